package sparkrnn.ml;

import com.fasterxml.jackson.databind.JsonMappingException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.Identifiable;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;
import scala.Tuple2;
import sparkrnn.forecast.Conformal;
import sparkrnn.forecast.Distribution;
import sparkrnn.forecast.ForecastPlan;
import sparkrnn.forecast.SeriesErrors;
import sparkrnn.training.TrainingHistory;

/**
 * A recurrent network trained by {@link RnnForecaster}.
 *
 * <p>{@link #transform}, which is {@link #forecast}, gives other rows than it takes: for each
 * series as many as its horizon, with the key, the time, "step" (1, 2, ... the horizon) and for
 * each target
 *
 * <ul>
 *   <li>{@code target_prediction} (see predictionCol): the number, the mean of a Gaussian, Poisson
 *       or negative binomial, the location of Student's t, or the quantile nearest to one half
 *   <li>{@code target_quantiles}, array&lt;double&gt; in the order of the param, ascending; not of
 *       distribution point
 *   <li>{@code target_lower} and {@code target_upper}, where there are intervals: of a distribution
 *       those of intervalCoverage, of quantiles from the lowest to the highest; after {@link
 *       #calibrate} those that hold intervalCoverage of the values of the calibration
 * </ul>
 *
 * <p>The origin of a series is its last row with a target; rows after it give the future
 * covariates. A series that is too short, has a gap or lacks future covariates is an error, left
 * out (handleInvalid "skip") or has rows of nulls ("keep"). A series that the fit has not seen is
 * forecast like any other, and values of static texts that it has not seen count as unknown.
 * Streams are not taken: a series must be whole.
 */
public final class RnnForecastModel extends RnnModel<RnnForecastModel> implements ForecastParams {

  private static final long serialVersionUID = 1L;

  private final RegressionParamDefinitions regressionParams;
  private final ForecastParamDefinitions forecastParams;
  private ForecastDescription description;

  /** Without a network; only for Spark, which looks stages up by such a constructor. */
  public RnnForecastModel() {
    this(Identifiable.randomUID("rnnForecaster"));
  }

  /** Without a network; only for Spark, which then reads the network from a directory. */
  public RnnForecastModel(String uid) {
    super(uid, LabelWords.FORECASTS);
    regressionParams = new RegressionParamDefinitions(this);
    regressionParams.setDefaults(this);
    forecastParams = new ForecastParamDefinitions(this);
    forecastParams.setDefaults(this);
  }

  /** Takes the network and what was learnt beside it. */
  RnnForecastModel become(
      FittedNetwork network, ForecastDescription found, TrainingHistory history) {
    description = found;
    return take(network, history == null ? null : new RnnTrainingSummary(history));
  }

  @Override
  RnnForecastModel self() {
    return this;
  }

  @Override
  RnnForecastModel empty(String uid) {
    RnnForecastModel model = new RnnForecastModel(uid);
    model.description = description;
    return model;
  }

  @Override
  public RegressionParamDefinitions regressionParams() {
    return regressionParams;
  }

  @Override
  public ForecastParamDefinitions forecastParams() {
    return forecastParams;
  }

  /** A forecast has several rows for a series, so that no columns are appended to its own. */
  @Override
  OutputColumns outputColumns() {
    throw new IllegalStateException("The rows of a forecast are not those that it is made of.");
  }

  /** What the params say of the head of the network. */
  static Head head(ForecastParams params, int outputs) {
    Distribution distribution = Distribution.named(params.getDistribution());
    boolean point = distribution == Distribution.POINT;
    return new Head(
        point ? params.getLoss() : distribution.lossName(),
        params.getHuberDelta(),
        outputs,
        false,
        distribution == Distribution.QUANTILE
            ? Arrays.stream(params.getQuantiles()).boxed().toList()
            : List.of(),
        false);
  }

  @Override
  Head head(ModelDescription saved) {
    return head(this, saved.network().outputs());
  }

  @Override
  ModelDescription described(ModelDescription saved) {
    return saved.withForecast(description);
  }

  @Override
  RnnForecastModel restored(FittedNetwork network, ModelDescription saved)
      throws JsonMappingException {
    if (saved.forecast() == null || !saved.forecast().whole()) {
      throw new JsonMappingException(null, "it has no forecast");
    }
    return become(network, saved.forecast(), saved.history());
  }

  /**
   * Sets {@link #intervalCoverage()}; of a calibrated model {@link #calibrate} has the last word.
   */
  public RnnForecastModel setIntervalCoverage(double value) {
    return with(intervalCoverage(), value);
  }

  private ForecastDescription description() {
    fitted();
    return description;
  }

  /** The distance of the rows of a series, as it was given or found in the data of the fit. */
  public String seriesTimeStep() {
    return description().timeStep();
  }

  /**
   * Rows that a forecast reads, the origin among them: contextLength with the longest lag, or a
   * season, if that is longer and seasonalWeight is above 0.
   */
  public int historyLength() {
    ForecastDescription known = description();
    int lag = known.lags().stream().mapToInt(Integer::intValue).max().orElse(0);
    int season = getSeasonalWeight() > 0 ? known.seasonLength() : 0;
    return Math.max(getContextLength() + lag, season);
  }

  /** Whether intervals were learnt by {@link #calibrate}. */
  public boolean isCalibrated() {
    return description().conformal() != null;
  }

  static ForecastColumns columns(ForecastParams params, ForecastDescription description) {
    Distribution distribution = Distribution.named(params.getDistribution());
    int quantiles = params.getQuantiles().length;
    boolean own =
        distribution == Distribution.QUANTILE ? quantiles > 1 : distribution != Distribution.POINT;
    return new ForecastColumns(
        params.getClass().getSimpleName(),
        List.of(params.getTargetCols()),
        params.getPredictionCol(),
        distribution != Distribution.POINT,
        own || (description != null && description.conformal() != null),
        params.getHandleInvalid().equals("keep"));
  }

  /** The columns of key and time. */
  static StructType keyAndTime(ForecastParams params, StructType schema) {
    StructType output = new StructType();
    for (String key : params.getKeyCols()) {
      output = output.add(schema.apply(key));
    }
    return output.add(schema.apply(params.getTimeCol()));
  }

  @Override
  public StructType transformSchema(StructType schema) {
    ForecastDescription known = description();
    new ForecastSchema(this, schema);
    return columns(this, known).appendTo(keyAndTime(this, schema));
  }

  private Dataset<Row> sorted(Dataset<?> dataset) {
    if (dataset.isStreaming()) {
      throw new IllegalArgumentException(
          getClass().getSimpleName()
              + ": the data is a stream; a forecast needs the whole of each series. Write the stream"
              + " to a table and forecast that.");
    }
    return new ForecastSchema(this, dataset.schema()).columns("").sorted(dataset);
  }

  private ForecastTask task(Dataset<?> dataset, ForecastDescription known) {
    ForecastPlan plan =
        new ForecastSchema(this, dataset.schema()).plan(known, ForecastSchema.zone(dataset), "", 0);
    return new ForecastTask(
        plan,
        getIntervalCoverage(),
        known,
        fitted().spec(),
        broadcastParameters(dataset.sparkSession().sparkContext()),
        getPredictionBatchSize());
  }

  /**
   * The rows that follow each series, lazily.
   *
   * @throws IllegalArgumentException if a column is missing or of another type; a series that can't
   *     be used is reported when it is reached
   */
  @Override
  public Dataset<Row> transform(Dataset<?> dataset) {
    StructType output = transformSchema(dataset.schema());
    FutureTask future =
        new FutureTask(
            task(dataset, description()), columns(this, description()), output, getHandleInvalid());
    return sorted(dataset).mapPartitions(future, Encoders.row(output));
  }

  /** As {@link #transform}. */
  public Dataset<Row> forecast(Dataset<?> dataset) {
    return transform(dataset);
  }

  /**
   * What the network reads of each series before its future, lazily: rows of key, time of the
   * origin and featuresCol, array&lt;array&lt;float&gt;&gt; of (contextLength, features), for
   * {@link #encoder}. Series that can't be used are treated as by {@link #transform}.
   *
   * @throws IllegalArgumentException if a column is missing or of another type
   */
  public Dataset<Row> sequences(Dataset<?> dataset) {
    ForecastDescription known = description();
    new ForecastSchema(this, dataset.schema());
    StructType keyed = keyAndTime(this, dataset.schema());
    ColumnCheck.isNew(getClass().getSimpleName(), keyed, "featuresCol", getFeaturesCol());
    boolean nullable = getHandleInvalid().equals("keep");
    StructType output = keyed.add(getFeaturesCol(), ContextTask.TYPE, nullable);
    ContextTask contexts = new ContextTask(task(dataset, known).plan(), output, nullable);
    return sorted(dataset).mapPartitions(contexts, Encoders.row(output));
  }

  /**
   * Forecasts from origins all over the data, one after the other, and compares with what came: the
   * errors of this model, of the last value and of the season before, on the same rows. Windows
   * that can't be made are left out under handleInvalid "skip" and "keep". One Spark job.
   *
   * @param dataset with targets
   * @param stride rows from one origin to the next, at least 1
   * @param start the first time that is forecast, as a text that Spark casts to the type of
   *     timeCol; empty for the first that has a context. What lies before is read as context, and
   *     for the scale of MASE
   * @throws IllegalArgumentException if there is no window, or start is no time
   */
  public RnnBacktest backtest(Dataset<?> dataset, int stride, String start) {
    ForecastTask task = task(dataset, description());
    RollingTask rolling = rolling(task, dataset, stride, start);
    Dataset<Row> sorted = sorted(dataset);
    List<SeriesErrors> parts =
        TaskErrors.unwrapped(() -> sorted.toJavaRDD().mapPartitions(rolling.errors()).collect());
    SeriesErrors all = SeriesErrors.sum(parts, task.plan().targets());
    if (all.windows() == 0) {
      throw noWindow(task.plan(), start);
    }
    return RnnBacktest.of(all, List.of(getTargetCols()), description().learnt().targets());
  }

  /** As {@link #backtest(Dataset, int, String)} over all of the data, a horizon apart. */
  public RnnBacktest backtest(Dataset<?> dataset) {
    return backtest(dataset, getHorizon(), "");
  }

  /**
   * A copy of this model whose intervals hold intervalCoverage of the values in the data, which
   * should be none of those that it was trained on: the intervals of the network, or its numbers,
   * are widened or narrowed by what they missed in a backtest, for each row of the horizon and each
   * target by itself, in scales of the window. Of new values they then hold as many, if those
   * follow no other law. One Spark job.
   *
   * @param stride rows from one origin to the next, at least 1
   * @param start as of {@link #backtest(Dataset, int, String)}
   * @throws IllegalArgumentException if there are too few windows for the coverage
   */
  public RnnForecastModel calibrate(Dataset<?> dataset, int stride, String start) {
    ForecastDescription own = description().with((Conformal) null);
    ForecastTask task = task(dataset, own);
    double coverage = getIntervalCoverage();
    RollingTask rolling = rolling(task, dataset, stride, start);
    Dataset<Row> sorted = sorted(dataset);
    List<Tuple2<Integer, double[]>> reaches =
        TaskErrors.unwrapped(
            () ->
                sorted
                    .toJavaRDD()
                    .mapPartitionsToPair(rolling::scores)
                    .groupByKey()
                    .mapValues(RnnForecastModel::joined)
                    .mapValues(scores -> reach(scores, coverage))
                    .collect());
    RnnForecastModel calibrated = copy(ParamMap.empty());
    calibrated.description = description().with(conformal(reaches, coverage, task.plan(), start));
    return calibrated;
  }

  private static double[] joined(Iterable<double[]> parts) {
    List<double[]> all = new ArrayList<>();
    parts.forEach(all::add);
    return all.stream().flatMapToDouble(Arrays::stream).toArray();
  }

  /** Reach and number of the scores. */
  private static double[] reach(double[] scores, double coverage) {
    boolean enough = scores.length >= Conformal.leastWindows(coverage);
    return new double[] {enough ? Conformal.reach(scores, coverage) : 0, scores.length};
  }

  private Conformal conformal(
      List<Tuple2<Integer, double[]>> found, double coverage, ForecastPlan plan, String start) {
    double[][] reaches = new double[plan.horizon()][plan.targets()];
    int windows = 0;
    for (Tuple2<Integer, double[]> each : found) {
      reaches[each._1() / plan.targets()][each._1() % plan.targets()] = each._2()[0];
      windows = (int) each._2()[1];
    }
    if (windows == 0) {
      throw noWindow(plan, start);
    }
    if (windows < Conformal.leastWindows(coverage)) {
      throw ParamCombination.refusal(
          this,
          "calibrate found %d windows and intervalCoverage is %s; it needs at least %d. Give more"
              + " data, or lower stride.",
          windows,
          coverage,
          Conformal.leastWindows(coverage));
    }
    return new Conformal(
        coverage,
        windows,
        Arrays.stream(reaches).map(row -> Arrays.stream(row).boxed().toList()).toList());
  }

  private RollingTask rolling(ForecastTask task, Dataset<?> dataset, int stride, String start) {
    if (stride < 1) {
      throw ParamCombination.refusal(this, "stride is %d; it must be at least 1.", stride);
    }
    return new RollingTask(task, stride, start.isEmpty() ? null : time(dataset, start));
  }

  private Object time(Dataset<?> dataset, String start) {
    ForecastSchema schema = new ForecastSchema(this, dataset.schema());
    Object time =
        dataset
            .sparkSession()
            .range(1)
            .select(functions.lit(start).as("start"))
            .selectExpr("try_cast(start AS " + schema.timeType().sql() + ")")
            .head()
            .get(0);
    if (time == null) {
      throw ParamCombination.refusal(
          this,
          "start is \"%s\", which is no %s, the type of column \"%s\" (timeCol). Write it as Spark"
              + " does.",
          start,
          schema.timeType().catalogString(),
          getTimeCol());
    }
    return time;
  }

  private IllegalArgumentException noWindow(ForecastPlan plan, String start) {
    return ParamCombination.refusal(
        this,
        "there is no window in the data%s; one needs %d rows up to its origin and %d (horizon) after"
            + " it, without gaps. Give more rows, or an earlier start.",
        start.isEmpty() ? "" : String.format(Locale.ROOT, " that forecasts from \"%s\" on", start),
        plan.history(),
        plan.horizon());
  }

  /** A reader of saved models. */
  public static MLReader<RnnForecastModel> read() {
    return new ModelReader<>(RnnForecastModel.class);
  }

  /**
   * The model that was saved at a path.
   *
   * @throws IllegalArgumentException if the directory is not that of a whole model of this version
   */
  public static RnnForecastModel load(String path) {
    return read().load(path);
  }
}
