package sparkrnn.ml;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import sparkrnn.forecast.ForecastErrors;
import sparkrnn.forecast.Moments;
import sparkrnn.forecast.SeriesErrors;
import sparkrnn.forecast.SeriesErrors.Method;

/**
 * What rolling forecasts were worth, beside those of the last value and of the season before.
 *
 * @param windows origins that were forecast from
 * @param rows of each method, for all targets together (target "") and, of several, each alone
 */
public record RnnBacktest(long windows, List<Metrics> rows) {

  /**
   * The errors of one method; of all targets together their means.
   *
   * @param method "model", "lastValue" or "seasonalNaive"
   * @param target its column; empty for all together
   * @param points values that were forecast
   * @param mae mean absolute error
   * @param mse mean squared error
   * @param rmse its root
   * @param mase mean absolute error over that of the season before in the past of the series; NaN
   *     where no series has enough of it
   * @param smape symmetric mean absolute percentage error, from 0 to 200
   * @param crps twice the mean loss of the quantiles; of a point its absolute error
   * @param coverage share of the values inside the intervals; NaN without intervals
   * @param intervalWidth mean width of the intervals; NaN without intervals
   * @param standardizedMae mean absolute error in deviations of the target in the training rows
   * @param standardizedMse mean squared error in their squares
   */
  public record Metrics(
      String method,
      String target,
      long points,
      double mae,
      double mse,
      double rmse,
      double mase,
      double smape,
      double crps,
      double coverage,
      double intervalWidth,
      double standardizedMae,
      double standardizedMse) {

    private static Metrics of(
        Method method, String target, ForecastErrors errors, Moments moments) {
      double deviation = moments.deviation();
      return new Metrics(
          method.shownName(),
          target,
          errors.points(),
          errors.meanAbsolute(),
          errors.meanSquared(),
          Math.sqrt(errors.meanSquared()),
          errors.meanAbsoluteScaled(),
          errors.symmetricPercentage(),
          errors.crps(),
          errors.coverage(),
          errors.meanWidth(),
          errors.meanAbsolute() / deviation,
          errors.meanSquared() / (deviation * deviation));
    }

    private static Metrics together(List<Metrics> each) {
      double mse = mean(each, Metrics::mse);
      return new Metrics(
          each.get(0).method(),
          "",
          each.stream().mapToLong(Metrics::points).sum(),
          mean(each, Metrics::mae),
          mse,
          Math.sqrt(mse),
          mean(each, Metrics::mase),
          mean(each, Metrics::smape),
          mean(each, Metrics::crps),
          mean(each, Metrics::coverage),
          mean(each, Metrics::intervalWidth),
          mean(each, Metrics::standardizedMae),
          mean(each, Metrics::standardizedMse));
    }

    private static double mean(
        List<Metrics> each, java.util.function.ToDoubleFunction<Metrics> of) {
      double sum = 0;
      for (Metrics metrics : each) {
        sum += of.applyAsDouble(metrics);
      }
      return sum / each.size();
    }
  }

  private static final StructType SCHEMA = schema();

  private static StructType schema() {
    StructType schema =
        new StructType()
            .add("method", DataTypes.StringType)
            .add("target", DataTypes.StringType)
            .add("points", DataTypes.LongType);
    for (String name :
        List.of(
            "mae",
            "mse",
            "rmse",
            "mase",
            "smape",
            "crps",
            "coverage",
            "intervalWidth",
            "standardizedMae",
            "standardizedMse")) {
      schema = schema.add(name, DataTypes.DoubleType);
    }
    return schema;
  }

  private static Row row(Metrics metrics) {
    return RowFactory.create(
        metrics.method(),
        metrics.target(),
        metrics.points(),
        metrics.mae(),
        metrics.mse(),
        metrics.rmse(),
        metrics.mase(),
        metrics.smape(),
        metrics.crps(),
        metrics.coverage(),
        metrics.intervalWidth(),
        metrics.standardizedMae(),
        metrics.standardizedMse());
  }

  /** Copies the list. */
  public RnnBacktest {
    rows = List.copyOf(rows);
  }

  static RnnBacktest of(SeriesErrors errors, List<String> targets, List<Moments> moments) {
    List<Metrics> rows = new ArrayList<>();
    for (Method method : Method.values()) {
      List<Metrics> each = new ArrayList<>();
      for (int i = 0; i < targets.size(); i++) {
        each.add(Metrics.of(method, targets.get(i), errors.of(method, i), moments.get(i)));
      }
      rows.add(Metrics.together(each));
      if (each.size() > 1) {
        rows.addAll(each);
      }
    }
    return new RnnBacktest(errors.windows(), rows);
  }

  private Metrics of(Method method) {
    return rows.stream()
        .filter(row -> row.method().equals(method.shownName()) && row.target().isEmpty())
        .findFirst()
        .orElseThrow();
  }

  /** Of the model, all targets together. */
  public Metrics model() {
    return of(Method.MODEL);
  }

  /** Of the value at the origin. */
  public Metrics lastValue() {
    return of(Method.LAST_VALUE);
  }

  /** Of the value of the season before. */
  public Metrics seasonalNaive() {
    return of(Method.SEASONAL_NAIVE);
  }

  /** The rows as a table of Spark. */
  public Dataset<Row> toDataset(SparkSession spark) {
    return spark.createDataFrame(rows.stream().map(RnnBacktest::row).toList(), SCHEMA);
  }

  /** The table, for people. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "%-14s %-12s %10s %10s %8s %8s %10s %8s%n",
            "method",
            "target",
            "mae",
            "rmse",
            "mase",
            "smape",
            "crps",
            "coverage"));
    for (Metrics row : rows) {
      text.append(
          String.format(
              Locale.ROOT,
              "%-14s %-12s %10.4g %10.4g %8.4f %8.3f %10.4g %8.4f%n",
              row.method(),
              row.target().isEmpty() ? "all" : row.target(),
              row.mae(),
              row.rmse(),
              row.mase(),
              row.smape(),
              row.crps(),
              row.coverage()));
    }
    return text.toString();
  }
}
