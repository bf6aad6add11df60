package sparkrnn.ml;

import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.util.DefaultParamsReadable;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;
import sparkrnn.data.FeatureColumns;
import sparkrnn.data.LabelCoding;
import sparkrnn.data.SequenceColumns;
import sparkrnn.data.ValidationSplit;
import sparkrnn.forecast.ForecastPlan;
import sparkrnn.forecast.SeriesFacts;
import sparkrnn.forecast.StepCensus;
import sparkrnn.forecast.TrainingWindows;

/**
 * Forecasts series: one network reads the last rows of a series and predicts the next rows of all
 * its targets at once, trained on the windows of all series.
 *
 * <pre>{@code
 * RnnForecastModel model =
 *     new RnnForecaster()
 *         .setKeyCols("store")
 *         .setTimeCol("day")
 *         .setTargetCols("sales")
 *         .setContextLength(56)
 *         .setHorizon(14)
 *         .setDistribution("quantile")
 *         .setCell("gru")
 *         .setUnits(32)
 *         .setEpochs(10)
 *         .fit(history);
 * Dataset<Row> next = model.forecast(history);
 * RnnBacktest test = model.backtest(history, 14, "2024-06-01");
 * }</pre>
 *
 * <p>One DataFrame holds all series in rows of key, time, targets and covariates, in any order. The
 * rows of a series follow each other by one time step; rows that are missing, irregular times, and
 * targets or covariates that are null or not finite are an error that names them, or, with
 * handleInvalid "skip", cost the windows that they would be in, which the summary counts. Two rows
 * of one time, and static covariates that change, are always an error. Rows after the last target
 * of a series, which hold covariates to come, are not trained on.
 *
 * <p>Targets are counted from a level, or from the season before, and in the spread of their own
 * window (see {@link #scaling}): so one network serves series of all sizes, also such as the fit
 * has not seen, and what it need not learn is that tomorrow is like today. Windows whose targets
 * are all held out, by validationIndicatorCol (of rows) or as the last share validationFraction of
 * each series, validate; those that mix are left out.
 *
 * <p>A whole series is read at a time, so that the longest must fit into an executor's memory.
 */
public final class RnnForecaster extends RnnEstimator<RnnForecaster, RnnForecastModel>
    implements ForecastParams, DefaultParamsWritable {

  private static final long serialVersionUID = 1L;

  private final RegressionParamDefinitions regressionParams;
  private final ForecastParamDefinitions forecastParams;

  /** With defaults and a uid of its own. */
  public RnnForecaster() {
    this(Identifiable.randomUID("rnnForecaster"));
  }

  /** With defaults and this uid. */
  public RnnForecaster(String uid) {
    super(uid, LabelWords.FORECASTS);
    regressionParams = new RegressionParamDefinitions(this);
    regressionParams.setDefaults(this);
    forecastParams = new ForecastParamDefinitions(this);
    forecastParams.setDefaults(this);
  }

  @Override
  public RegressionParamDefinitions regressionParams() {
    return regressionParams;
  }

  @Override
  public ForecastParamDefinitions forecastParams() {
    return forecastParams;
  }

  @Override
  RnnForecaster self() {
    return this;
  }

  /** Sets {@link #loss()}, which only distribution point reads. */
  public RnnForecaster setLoss(String value) {
    return with(loss(), value);
  }

  /** Sets {@link #huberDelta()}. */
  public RnnForecaster setHuberDelta(double value) {
    return with(huberDelta(), value);
  }

  /** Sets {@link #keyCols()}. */
  public RnnForecaster setKeyCols(String... value) {
    return with(keyCols(), value.clone());
  }

  /** Sets {@link #timeCol()}. */
  public RnnForecaster setTimeCol(String value) {
    return with(timeCol(), value);
  }

  /** Sets {@link #targetCols()}. */
  public RnnForecaster setTargetCols(String... value) {
    return with(targetCols(), value.clone());
  }

  /** Sets {@link #pastCovariateCols()}. */
  public RnnForecaster setPastCovariateCols(String... value) {
    return with(pastCovariateCols(), value.clone());
  }

  /** Sets {@link #futureCovariateCols()}. */
  public RnnForecaster setFutureCovariateCols(String... value) {
    return with(futureCovariateCols(), value.clone());
  }

  /** Sets {@link #staticCovariateCols()}. */
  public RnnForecaster setStaticCovariateCols(String... value) {
    return with(staticCovariateCols(), value.clone());
  }

  /** Sets {@link #timeStep()}. */
  public RnnForecaster setTimeStep(String value) {
    return with(timeStep(), value);
  }

  /** Sets {@link #contextLength()}. */
  public RnnForecaster setContextLength(int value) {
    return with(contextLength(), value);
  }

  /** Sets {@link #horizon()}. */
  public RnnForecaster setHorizon(int value) {
    return with(horizon(), value);
  }

  /** Sets {@link #stride()}. */
  public RnnForecaster setStride(int value) {
    return with(stride(), value);
  }

  /** Sets {@link #scaling()}. */
  public RnnForecaster setScaling(String value) {
    return with(scaling(), value);
  }

  /** Sets {@link #windowLevel()}. */
  public RnnForecaster setWindowLevel(String value) {
    return with(windowLevel(), value);
  }

  /** Sets {@link #seasonalWeight()}. */
  public RnnForecaster setSeasonalWeight(double value) {
    return with(seasonalWeight(), value);
  }

  /** Sets {@link #seasonLength()}. */
  public RnnForecaster setSeasonLength(int value) {
    return with(seasonLength(), value);
  }

  /** Sets {@link #lags()}. */
  public RnnForecaster setLags(int... value) {
    return with(lags(), value.clone());
  }

  /** Sets {@link #calendarFeatures()}. */
  public RnnForecaster setCalendarFeatures(String... value) {
    return with(calendarFeatures(), value.clone());
  }

  /** Sets {@link #distribution()}. */
  public RnnForecaster setDistribution(String value) {
    return with(distribution(), value);
  }

  /** Sets {@link #quantiles()}. */
  public RnnForecaster setQuantiles(double... value) {
    return with(quantiles(), value.clone());
  }

  /** Sets {@link #intervalCoverage()}. */
  public RnnForecaster setIntervalCoverage(double value) {
    return with(intervalCoverage(), value);
  }

  /**
   * Finds the time step, what covariates are standardized by and the categories, and trains a
   * model.
   *
   * @throws IllegalArgumentException if params, columns, series or rows can't be used; the message
   *     says which and what to do
   * @throws sparkrnn.training.DivergedException if the loss stops being finite
   * @throws sparkrnn.training.InterruptedFitException if the interruption asked for it
   */
  @Override
  public RnnForecastModel fit(Dataset<?> dataset) {
    requireBounded(dataset);
    transformSchema(dataset.schema());
    ForecastSchema schema = new ForecastSchema(this, dataset.schema());
    String zone = ForecastSchema.zone(dataset);
    String indicator = FitInputs.textOrEmpty(this, validationIndicatorCol());
    Dataset<Row> sorted =
        schema.columns(indicator).sorted(dataset).persist(StorageLevel.MEMORY_AND_DISK());
    try {
      ForecastDescription found = schema.described(timeStep(sorted, schema, zone));
      ForecastPlan plan = schema.plan(found, zone, indicator, getValidationFraction());
      requireSeason(plan);
      ForecastDescription learnt =
          found.with(
              TaskErrors.unwrapped(() -> SeriesFacts.learn(sorted.toJavaRDD(), plan, validated())));
      return fit(sorted, plan.with(learnt.learnt()), learnt);
    } finally {
      sorted.unpersist(false);
    }
  }

  private String timeStep(Dataset<Row> sorted, ForecastSchema schema, String zone) {
    return getTimeStep().isEmpty()
        ? StepCensus.timeStep(
            sorted.toJavaRDD(),
            getClass().getSimpleName(),
            getTimeCol(),
            getKeyCols().length,
            schema.axis(zone, ""))
        : getTimeStep();
  }

  private boolean validated() {
    return getValidationFraction() > 0
        || !FitInputs.textOrEmpty(this, validationIndicatorCol()).isEmpty();
  }

  private RnnForecastModel fit(
      Dataset<Row> sorted, ForecastPlan plan, ForecastDescription description) {
    SequenceColumns columns =
        new SequenceColumns(
            getClass().getSimpleName(),
            new FeatureColumns("featuresCol", List.of(TrainingWindows.FEATURES), List.of()),
            TrainingWindows.LABEL,
            "",
            validated() ? TrainingWindows.VALIDATION : "",
            getHandleInvalid(),
            LabelCoding.numbers());
    TrainedNetwork trained =
        train(
            TrainingWindows.of(sorted, plan),
            columns,
            new ValidationSplit(0, "random", ""),
            RnnForecastModel.head(this, plan.outputs()));
    FittedNetwork fitted = new FittedNetwork(trained.spec(), trained.parameters());
    return asParentOf(new RnnForecastModel(uid()).become(fitted, description, trained.history()));
  }

  private void requireSeason(ForecastPlan plan) {
    if (plan.seasonalWeight() > 0 && plan.seasonLength() == 1) {
      throw ParamCombination.refusal(
          this,
          "seasonalWeight is %s and a time step of %s has no season. Set seasonLength, or"
              + " seasonalWeight to 0.",
          plan.seasonalWeight(),
          plan.series().timeStep());
    }
  }

  /**
   * The columns of forecasts.
   *
   * @throws IllegalArgumentException if a column is missing or of a type that can't be used, or if
   *     params don't go together
   */
  @Override
  public StructType transformSchema(StructType schema) {
    ParamCombination.check(this);
    for (Param<?> unread :
        List.of(
            featuresCol(),
            featuresCols(),
            labelCol(),
            weightCol(),
            validationSplit(),
            validationSplitCol(),
            embeddingSizes(),
            vocabularySizes())) {
      refuseIfSet(unread);
    }
    checkTogether();
    new ForecastSchema(this, schema);
    new ColumnCheck(this, schema).validation();
    return RnnForecastModel.columns(this, null).appendTo(RnnForecastModel.keyAndTime(this, schema));
  }

  private void refuseIfSet(Param<?> unread) {
    if (isSet(unread)) {
      throw ParamCombination.refusal(
          this,
          "%s is set, and a forecaster does not read it: it makes sequences of timeCol, targetCols"
              + " and the covariates, all windows weigh 1, and the last rows of each series validate."
              + " Clear %s.",
          unread.name(),
          unread.name());
    }
  }

  private void checkTogether() {
    String distribution = getDistribution();
    if (!distribution.equals("point") && isSet(loss())) {
      throw ParamCombination.refusal(
          this,
          "loss is \"%s\" and distribution is \"%s\", which has a loss of its own. Clear loss, or set"
              + " distribution to \"point\".",
          getLoss(),
          distribution);
    }
    if (distribution.equals("point") && isSet(quantiles())) {
      throw ParamCombination.refusal(
          this,
          "quantiles is %s and distribution is \"point\", which forecasts one number. Set"
              + " distribution to \"quantile\" or to one that has quantiles, or clear quantiles.",
          Arrays.toString(getQuantiles()));
    }
    boolean counts = distribution.equals("poisson") || distribution.equals("negativeBinomial");
    if (getSeasonalWeight() > 0 && (counts || getScaling().equals("none"))) {
      throw ParamCombination.refusal(
          this,
          "seasonalWeight is %s, distribution is \"%s\" and scaling is \"%s\"; only targets that are"
              + " scaled, and no counts, are counted from a season. Set seasonalWeight to 0.",
          getSeasonalWeight(),
          distribution,
          getScaling());
    }
    int[] lags = getLags();
    if (lags.length > 1 && Arrays.stream(lags).anyMatch(lag -> lag == 0)) {
      throw ParamCombination.refusal(
          this,
          "lags is %s; 0 stands alone, for the lags of the time step. Leave out the 0 or the others.",
          Arrays.toString(lags));
    }
  }

  /** A reader of saved estimators. */
  public static MLReader<RnnForecaster> read() {
    return new DefaultParamsReadable<RnnForecaster>() {}.read();
  }

  /** The estimator that was saved at a path. */
  public static RnnForecaster load(String path) {
    return read().load(path);
  }
}
