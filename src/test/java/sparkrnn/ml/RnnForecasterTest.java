package sparkrnn.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import scala.collection.Seq;
import sparkrnn.LocalSpark;

/** Forecasts: what they look like, what they are worth, and that nothing leaks into them. */
@ExtendWith(LocalSpark.class)
final class RnnForecasterTest {

  private final SparkSession spark;

  RnnForecasterTest(SparkSession spark) {
    this.spark = spark;
  }

  /** The future of a shop: times and prices, no targets. */
  private static List<Row> future(String shop, int from, int count, int size, String kind) {
    List<Row> rows = new ArrayList<>();
    for (int t = from; t < from + count; t++) {
      double price = (t / 5) % 3;
      rows.add(
          RowFactory.create(shop, ForecastRows.hour(t), null, null, price, t % 2 == 0, size, kind));
    }
    return rows;
  }

  private static List<Row> withFuture(List<Row> rows, int from) {
    List<Row> all = new ArrayList<>(rows);
    all.addAll(future("a", from, 4, 1, "city"));
    all.addAll(future("b", from, 4, 20, "city"));
    all.addAll(future("c", from, 4, 3, "village"));
    return all;
  }

  private static double[] doubles(Object array) {
    Seq<?> seq = (Seq<?>) array;
    double[] values = new double[seq.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (Double) seq.apply(i);
    }
    return values;
  }

  @Test
  void rowsOfTheFutureFollowEachSeries() {
    RnnForecastModel model =
        ForecastRows.small().setDistribution("quantile").fit(ForecastRows.shops(spark));
    Dataset<Row> data = ForecastRows.frame(spark, withFuture(ForecastRows.shopRows(), 60));
    Dataset<Row> forecast = model.forecast(data);
    assertThat(forecast.schema()).isEqualTo(model.transformSchema(data.schema()));
    assertThat(forecast.columns())
        .containsExactly(
            "shop",
            "ts",
            "step",
            "load_prediction",
            "load_quantiles",
            "load_lower",
            "load_upper",
            "heat_prediction",
            "heat_quantiles",
            "heat_lower",
            "heat_upper");
    List<Row> rows = forecast.orderBy("shop", "ts").collectAsList();
    assertThat(rows).hasSize(3 * 4);
    for (int i = 0; i < rows.size(); i++) {
      Row row = rows.get(i);
      assertThat(row.getString(0)).isEqualTo(List.of("a", "b", "c").get(i / 4));
      assertThat(row.<Timestamp>getAs("ts")).isEqualTo(ForecastRows.hour(60 + i % 4));
      assertThat(row.<Integer>getAs("step")).isEqualTo(i % 4 + 1);
      double[] quantiles = doubles(row.getAs("load_quantiles"));
      assertThat(quantiles).hasSize(3).isSorted();
      assertThat(row.<Double>getAs("load_prediction")).isEqualTo(quantiles[1]);
      assertThat(row.<Double>getAs("load_lower")).isEqualTo(quantiles[0]);
      assertThat(row.<Double>getAs("load_upper")).isEqualTo(quantiles[2]);
    }
  }

  @Test
  void forecastsBeatBothNaiveOnesOnRowsThatTheFitHasNotSeen() {
    List<Row> rows = new ArrayList<>();
    for (String shop : List.of("a", "b", "c", "d")) {
      rows.addAll(ForecastRows.rows(shop, 160, 1 + shop.charAt(0) % 5, "city"));
    }
    Dataset<Row> data = ForecastRows.frame(spark, rows);
    Timestamp start = ForecastRows.hour(120);
    RnnForecastModel model =
        ForecastRows.plain()
            .setFutureCovariateCols("price")
            .setUnits(16)
            .setLearningRate(0.01)
            .setEpochs(25)
            .setSeasonalWeight(0.5)
            .setWindowLevel("mean")
            .fit(data.filter(functions.col("ts").lt(start)));
    RnnBacktest backtest = model.backtest(data, 1, "2024-01-06 00:00:00");
    assertThat(start).isEqualTo(Timestamp.valueOf("2024-01-06 00:00:00"));
    assertThat(backtest.windows()).isEqualTo(4 * 37);
    assertThat(backtest.model().mae()).isLessThan(0.6 * backtest.seasonalNaive().mae());
    assertThat(backtest.model().mae()).isLessThan(0.2 * backtest.lastValue().mae());
    assertThat(backtest.model().mase()).isLessThan(0.7);
  }

  /** Each forecast of a backtest is that of data that ends at its origin: the strongest oracle. */
  @ParameterizedTest
  @ValueSource(strings = {"point", "quantile", "gaussian"})
  void backtestIsForecastsOfDataThatEndsAtTheirOrigins(String distribution) {
    List<Row> rows = ForecastRows.rows("a", 40, 2, "city");
    RnnForecastModel model =
        ForecastRows.small()
            .setDistribution(distribution)
            .setSeasonalWeight(0.3)
            .fit(ForecastRows.shops(spark))
            .calibrate(ForecastRows.shops(spark), 3, "");
    double naive = 0;
    for (int t = 6; t <= 29; t++) {
      naive += Math.abs(rows.get(t).getDouble(2) - rows.get(t - 6).getDouble(2)) / 24;
    }
    double absolute = 0;
    double squared = 0;
    double symmetric = 0;
    double crps = 0;
    double inside = 0;
    int points = 0;
    for (int origin = 29; origin + 4 < 40; origin += 2) {
      List<Row> cut = new ArrayList<>(rows.subList(0, origin + 1));
      cut.addAll(future("a", origin + 1, 4, 2, "city"));
      List<Row> found =
          model.forecast(ForecastRows.frame(spark, cut)).orderBy("step").collectAsList();
      for (int step = 1; step <= 4; step++) {
        Row row = found.get(step - 1);
        double y = rows.get(origin + step).getDouble(2);
        double prediction = row.getAs("load_prediction");
        double error = Math.abs(prediction - y);
        absolute += error;
        squared += error * error;
        symmetric += 200 * error / (Math.abs(prediction) + Math.abs(y));
        boolean covered =
            row.<Double>getAs("load_lower") <= y && y <= row.<Double>getAs("load_upper");
        inside += covered ? 1 : 0;
        crps +=
            distribution.equals("point") ? error : crps(y, doubles(row.getAs("load_quantiles")));
        points++;
      }
    }
    RnnBacktest backtest =
        model.backtest(ForecastRows.frame(spark, rows), 2, ForecastRows.hour(30).toString());
    RnnBacktest.Metrics load =
        backtest.rows().stream()
            .filter(row -> row.method().equals("model") && row.target().equals("load"))
            .findFirst()
            .orElseThrow();
    assertThat(load.points()).isEqualTo(points);
    assertThat(load.mae()).isCloseTo(absolute / points, within(1e-9));
    assertThat(load.mse()).isCloseTo(squared / points, within(1e-9));
    assertThat(load.rmse()).isCloseTo(Math.sqrt(squared / points), within(1e-9));
    assertThat(load.smape()).isCloseTo(symmetric / points, within(1e-9));
    assertThat(load.mase()).isCloseTo(absolute / points / naive, within(1e-9));
    assertThat(load.crps()).isCloseTo(crps / points, within(1e-9));
    assertThat(load.coverage()).isCloseTo(inside / points, within(1e-9));
  }

  private static double crps(double y, double[] quantiles) {
    double[] levels = {0.1, 0.5, 0.9};
    double sum = 0;
    for (int k = 0; k < 3; k++) {
      double error = y - quantiles[k];
      sum += 2 * (error > 0 ? levels[k] * error : (levels[k] - 1) * error) / 3;
    }
    return sum;
  }

  @Test
  void naiveRowsOfABacktestAreThoseOfTheLastValueAndOfTheSeasonBefore() {
    List<Row> rows = ForecastRows.rows("a", 30, 1, "city");
    RnnForecastModel model = ForecastRows.plain().setEpochs(0).fit(ForecastRows.shops(spark));
    RnnBacktest backtest = model.backtest(ForecastRows.frame(spark, rows), 1, "");
    double last = 0;
    double seasonal = 0;
    int points = 0;
    for (int origin = 7; origin + 4 < 30; origin++) {
      for (int step = 1; step <= 4; step++) {
        double y = rows.get(origin + step).getDouble(2);
        last += Math.abs(y - rows.get(origin).getDouble(2));
        seasonal += Math.abs(y - rows.get(origin + step - 6).getDouble(2));
        points++;
      }
    }
    assertThat(backtest.lastValue().mae()).isCloseTo(last / points, within(1e-9));
    assertThat(backtest.seasonalNaive().mae()).isCloseTo(seasonal / points, within(1e-9));
    assertThat(backtest.seasonalNaive().crps()).isEqualTo(backtest.seasonalNaive().mae());
    assertThat(backtest.lastValue().coverage()).isNaN();
    assertThat(backtest.toDataset(spark).count()).isEqualTo(3);
    assertThat(backtest.toString()).contains("model", "lastValue", "seasonalNaive");
  }

  /** With the median of no training at all a window's forecast is what it is counted from. */
  @Test
  void scalingIsUndone() {
    for (String scaling : List.of("window", "series", "none")) {
      RnnForecaster forecaster = ForecastRows.plain().setScaling(scaling).setEpochs(0);
      Dataset<Row> small = ForecastRows.frame(spark, ForecastRows.rows("a", 60, 1, "city"));
      Dataset<Row> large =
          small
              .withColumn("load", functions.col("load").multiply(4096).minus(65536))
              .select(small.columns()[0], Arrays.copyOfRange(small.columns(), 1, 8));
      RnnForecastModel model = forecaster.fit(small);
      List<Double> one = predictions(model, small);
      List<Double> other = predictions(model, large);
      if (scaling.equals("none")) {
        assertThat(other.get(0)).isNotCloseTo(4096 * one.get(0) - 65536, within(1.0));
      } else {
        for (int i = 0; i < 4; i++) {
          assertThat(other.get(i)).isCloseTo(4096 * one.get(i) - 65536, within(0.05));
        }
      }
    }
  }

  private static List<Double> predictions(RnnForecastModel model, Dataset<Row> data) {
    return model.forecast(data).orderBy("step").collectAsList().stream()
        .map(row -> row.<Double>getAs("load_prediction"))
        .toList();
  }

  @Test
  void seriesAndCategoriesThatTheFitHasNotSeenAreForecast() {
    RnnForecastModel model = ForecastRows.small().fit(ForecastRows.shops(spark));
    List<Row> rows = new ArrayList<>(ForecastRows.rows("new", 30, 2, "island"));
    rows.addAll(future("new", 30, 4, 2, "island"));
    List<Row> found = model.forecast(ForecastRows.frame(spark, rows)).collectAsList();
    assertThat(found).hasSize(4);
    assertThat(found)
        .allSatisfy(row -> assertThat(row.<Double>getAs("load_prediction")).isFinite());
    List<Row> unknown = new ArrayList<>(ForecastRows.rows("new", 30, 2, null));
    unknown.addAll(future("new", 30, 4, 2, null));
    assertThat(model.forecast(ForecastRows.frame(spark, unknown)).collectAsList()).isEqualTo(found);
    List<Row> city = new ArrayList<>(ForecastRows.rows("new", 30, 2, "city"));
    city.addAll(future("new", 30, 4, 2, "city"));
    assertThat(model.forecast(ForecastRows.frame(spark, city)).collectAsList()).isNotEqualTo(found);
  }

  @Test
  void futureCovariatesOfTheWholeHorizonAreSeenByAContextThatIsShorter() {
    RnnForecastModel model =
        ForecastRows.plain()
            .setFutureCovariateCols("price")
            .setContextLength(3)
            .setHorizon(8)
            .fit(ForecastRows.shops(spark));
    List<Row> rows = new ArrayList<>(ForecastRows.rows("a", 30, 1, "city"));
    rows.addAll(future("a", 30, 8, 1, "city"));
    List<Double> before = predictions(model, ForecastRows.frame(spark, rows));
    for (int step = 0; step < 8; step++) {
      Dataset<Row> changed =
          ForecastRows.frame(spark, ForecastRows.with(rows, 30 + step, "price", 77.0));
      assertThat(predictions(model, changed)).as("price of step %d", step + 1).isNotEqualTo(before);
    }
    rows.addAll(future("a", 38, 1, 1, "city"));
    Dataset<Row> beyond = ForecastRows.frame(spark, ForecastRows.with(rows, 38, "price", 77.0));
    assertThat(predictions(model, beyond)).isEqualTo(before);
  }

  @Test
  void lastShareOfEachSeriesValidatesAndMixedWindowsAreLeftOut() {
    RnnForecastModel model =
        ForecastRows.plain().setValidationFraction(0.2).fit(ForecastRows.shops(spark));
    // 60 rows, 12 held out: origins 7..43 train, 47..55 validate, those between mix.
    assertThat(model.summary().trainingSequences()).isEqualTo(3 * 37);
    assertThat(model.summary().validationSequences()).isEqualTo(3 * 9);
    Dataset<Row> marked =
        ForecastRows.shops(spark)
            .withColumn("held", functions.col("ts").geq(ForecastRows.hour(48)));
    RnnForecastModel same = ForecastRows.plain().setValidationIndicatorCol("held").fit(marked);
    assertThat(same.summary().validationHistory()).isEqualTo(model.summary().validationHistory());
    assertThat(weights(same)).isEqualTo(weights(model));
  }

  private static List<List<Float>> weights(RnnForecastModel model) {
    List<List<Float>> all = new ArrayList<>();
    for (float[] tensor : model.weights().values()) {
      List<Float> values = new ArrayList<>();
      for (float value : tensor) {
        values.add(value);
      }
      all.add(values);
    }
    return all;
  }

  @Test
  void strideLeavesOutOrigins() {
    RnnForecastModel model = ForecastRows.plain().setStride(5).fit(ForecastRows.shops(spark));
    assertThat(model.summary().trainingSequences()).isEqualTo(3 * 10);
  }

  @Test
  void skippedWindowsAreCountedAndTheOthersTrain() {
    List<Row> rows = ForecastRows.without(ForecastRows.shopRows(), 30);
    rows = ForecastRows.with(rows, 100, "load", null);
    rows.addAll(ForecastRows.rows("short", 9, 1, "city"));
    RnnForecastModel model =
        ForecastRows.plain().setHandleInvalid("skip").fit(ForecastRows.frame(spark, rows));
    // 49 windows of a whole series; a gap costs 11 of 48, a null 12 of 49, the short series counts
    // 1.
    assertThat(model.summary().trainingSequences()).isEqualTo(48 - 11 + 49 - 12 + 49);
    assertThat(model.summary().skippedRows()).isEqualTo(11 + 12 + 1);
  }

  @Test
  void seriesThatCanNotBeForecastAreLeftOutOrKeptAsNulls() {
    RnnForecastModel model = ForecastRows.plain().fit(ForecastRows.shops(spark));
    List<Row> rows = new ArrayList<>(ForecastRows.rows("a", 20, 1, "city"));
    rows.addAll(ForecastRows.rows("short", 5, 1, "city"));
    Dataset<Row> data = ForecastRows.frame(spark, rows);
    assertThat(model.setHandleInvalid("skip").forecast(data).collectAsList())
        .hasSize(4)
        .allSatisfy(row -> assertThat(row.getString(0)).isEqualTo("a"));
    List<Row> kept =
        model.setHandleInvalid("keep").forecast(data).orderBy("shop", "ts").collectAsList();
    assertThat(kept).hasSize(8);
    assertThat(kept.get(4).getString(0)).isEqualTo("short");
    assertThat(kept.get(4).<Timestamp>getAs("ts")).isEqualTo(ForecastRows.hour(5));
    assertThat(kept.get(4).isNullAt(kept.get(4).fieldIndex("load_prediction"))).isTrue();
    assertThat(kept.get(0).<Double>getAs("load_prediction")).isFinite();
  }

  /** Normal noise of deviation 2 and Poisson counts about 5: the truth is known. */
  @ParameterizedTest
  @ValueSource(strings = {"gaussian", "studentT", "poisson", "negativeBinomial", "quantile"})
  void distributionsLearnTheSpread(String distribution) {
    boolean counts = distribution.equals("poisson") || distribution.equals("negativeBinomial");
    Random random = new Random(3);
    List<Row> rows = new ArrayList<>();
    for (int t = 0; t < 900; t++) {
      double y = 50 + 2 * random.nextGaussian();
      if (counts) {
        y = 0;
        for (int i = 0; i < 500; i++) {
          y += random.nextDouble() < 0.01 ? 1 : 0;
        }
      }
      rows.add(RowFactory.create(t, y));
    }
    Dataset<Row> data =
        spark.createDataFrame(
            rows, new StructType().add("t", DataTypes.IntegerType).add("y", DataTypes.DoubleType));
    RnnForecastModel model =
        new RnnForecaster()
            .setTimeCol("t")
            .setTargetCols("y")
            .setContextLength(20)
            .setHorizon(2)
            .setWindowLevel("mean")
            .setDistribution(distribution)
            .setCell("gru")
            .setUnits(4)
            .setEpochs(12)
            .setLearningRate(0.01)
            .setSeed(1)
            .fit(data.filter("t < 600"));
    RnnBacktest.Metrics found = model.backtest(data, 1, "600").model();
    // Of counts an interval holds more than it must: it ends at whole numbers.
    assertThat(found.coverage()).isBetween(0.68, counts ? 0.97 : 0.9);
    double deviation = counts ? Math.sqrt(5) : 2;
    assertThat(found.intervalWidth()).isBetween(2 * deviation, (counts ? 3.8 : 3.3) * deviation);
    // The CRPS of the normal itself is 0.564 deviations; three quantiles make it a little more.
    assertThat(found.crps()).isLessThan(0.75 * deviation).isLessThan(found.mae());
    Row row = model.forecast(data).first();
    assertThat(doubles(row.getAs("y_quantiles"))).hasSize(3).isSorted();
    assertThat(row.<Double>getAs("y_prediction")).isCloseTo(counts ? 5 : 50, within(deviation));
  }

  @Test
  void calibratedIntervalsHoldTheirShareOfNewValues() {
    Random random = new Random(8);
    List<Row> rows = new ArrayList<>();
    for (int t = 0; t < 1500; t++) {
      rows.add(RowFactory.create((long) t, 5 + random.nextGaussian() * (1 + t % 2)));
    }
    Dataset<Row> data =
        spark.createDataFrame(
            rows, new StructType().add("t", DataTypes.LongType).add("y", DataTypes.DoubleType));
    RnnForecastModel model =
        new RnnForecaster()
            .setTimeCol("t")
            .setTargetCols("y")
            .setContextLength(10)
            .setHorizon(3)
            .setWindowLevel("mean")
            .setCell("gru")
            .setUnits(4)
            .setEpochs(2)
            .setIntervalCoverage(0.7)
            .fit(data.filter("t < 500"));
    assertThat(model.backtest(data, 1, "1000").model().coverage()).isNaN();
    assertThat(model.isCalibrated()).isFalse();
    RnnForecastModel calibrated = model.calibrate(data.filter("t < 1000"), 1, "500");
    assertThat(calibrated.isCalibrated()).isTrue();
    assertThat(calibrated.backtest(data, 1, "1000").model().coverage()).isBetween(0.65, 0.75);
    assertThat(calibrated.forecast(data).columns()).contains("y_lower", "y_upper");
    assertThat(model.isCalibrated()).isFalse();
  }

  @Test
  void timeStepIsFoundInTheData() {
    RnnForecastModel model = ForecastRows.plain().setEpochs(0).fit(ForecastRows.shops(spark));
    assertThat(model.seriesTimeStep()).isEqualTo("1 hours");
    List<Row> months = new ArrayList<>();
    for (int m = 0; m < 40; m++) {
      months.add(
          RowFactory.create(
              java.sql.Date.valueOf(java.time.LocalDate.of(2020, 1, 31).plusMonths(m)),
              (double) m));
    }
    Dataset<Row> data =
        spark.createDataFrame(
            months, new StructType().add("d", DataTypes.DateType).add("y", DataTypes.DoubleType));
    RnnForecastModel monthly =
        new RnnForecaster()
            .setTimeCol("d")
            .setTargetCols("y")
            .setContextLength(6)
            .setHorizon(3)
            .setLags(0)
            .setSeasonalWeight(0.5)
            .setBatchSize(8)
            .setUnits(4)
            .setEpochs(0)
            .fit(data);
    assertThat(monthly.seriesTimeStep()).isEqualTo("1 months");
    // The target, its lag of 12 months, sine and cosine of the month.
    assertThat(monthly.numFeatures()).isEqualTo(4);
    assertThat(monthly.historyLength()).isEqualTo(6 + 12);
    assertThat(monthly.forecast(data).orderBy("step").collectAsList().get(0).getDate(0))
        .isEqualTo(java.sql.Date.valueOf("2023-05-31"));
  }

  @Test
  void partitioningChangesNoBit() {
    Dataset<Row> data = ForecastRows.shops(spark);
    RnnForecaster forecaster = ForecastRows.small().setScaling("series").setValidationFraction(0.3);
    RnnForecastModel one = forecaster.fit(data.repartition(1));
    RnnForecastModel other = forecaster.setNumWorkers(2).fit(data.repartition(7));
    assertThat(weights(other)).isEqualTo(weights(one));
    assertThat(other.summary().validationHistory()).isEqualTo(one.summary().validationHistory());
    assertThat(other.backtest(data.repartition(5), 1, "").rows())
        .isEqualTo(one.backtest(data.repartition(2), 1, "").rows());
  }

  @Test
  void encoderReadsTheSequencesOfTheModel(@TempDir Path directory) throws IOException {
    RnnForecastModel model =
        ForecastRows.plain().setDistribution("quantile").fit(ForecastRows.shops(spark));
    Dataset<Row> sequences = model.sequences(ForecastRows.shops(spark));
    assertThat(sequences.columns()).containsExactly("shop", "ts", "features");
    RnnEncoder encoder = model.encoder();
    List<Row> encoded = encoder.transform(sequences).orderBy("shop").collectAsList();
    assertThat(encoded).hasSize(3);
    assertThat(encoded.get(0).<Timestamp>getAs("ts")).isEqualTo(ForecastRows.hour(59));
    assertThat(encoded.get(0).<Vector>getAs("encoding").size()).isEqualTo(6);
    encoder.save(directory.resolve("encoder").toString());
    assertThat(
            RnnEncoder.load(directory.resolve("encoder").toString())
                .transform(sequences)
                .orderBy("shop")
                .collectAsList())
        .isEqualTo(encoded);
  }
}
