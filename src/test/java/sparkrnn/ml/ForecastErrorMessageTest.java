package sparkrnn.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.assertj.core.api.AbstractStringAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import sparkrnn.LocalSpark;

/** What users of forecasts read when something is wrong, side by side. */
@ExtendWith(LocalSpark.class)
final class ForecastErrorMessageTest {

  private final SparkSession spark;

  ForecastErrorMessageTest(SparkSession spark) {
    this.spark = spark;
  }

  private static AbstractStringAssert<?> messageOf(ThrowingCallable act) {
    Throwable thrown = catchThrowable(act);
    assertThat(thrown).isInstanceOf(IllegalArgumentException.class);
    return assertThat(thrown.getMessage());
  }

  /** Of an error in a task of a lazy transformation, which Spark wraps. */
  private static AbstractStringAssert<?> messageInJob(ThrowingCallable act) {
    Throwable cause = catchThrowable(act);
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    assertThat(cause).isInstanceOf(IllegalArgumentException.class);
    return assertThat(cause.getMessage());
  }

  private Dataset<Row> shops() {
    return ForecastRows.shops(spark);
  }

  private AbstractStringAssert<?> fitting(RnnForecaster forecaster) {
    return messageOf(() -> forecaster.fit(shops()));
  }

  private AbstractStringAssert<?> fitting(List<Row> rows) {
    return messageOf(() -> ForecastRows.small().fit(ForecastRows.frame(spark, rows)));
  }

  /** One param at a time. */
  @Nested
  final class OfParams {

    private final RnnForecaster forecaster = new RnnForecaster();

    @Test
    void negativeHorizon() {
      messageOf(() -> forecaster.setHorizon(-3))
          .isEqualTo("RnnForecaster: horizon is -3; it must be a whole number of at least 1.");
    }

    @Test
    void noContext() {
      messageOf(() -> forecaster.setContextLength(0))
          .isEqualTo("RnnForecaster: contextLength is 0; it must be a whole number of at least 1.");
    }

    @Test
    void noStride() {
      messageOf(() -> forecaster.setStride(0))
          .isEqualTo("RnnForecaster: stride is 0; it must be a whole number of at least 1.");
    }

    @Test
    void crossedQuantiles() {
      messageOf(() -> forecaster.setQuantiles(0.9, 0.1))
          .isEqualTo(
              "RnnForecaster: quantiles is [0.9, 0.1]; there must be at least one, each above 0 and"
                  + " below 1, in increasing order.");
    }

    @Test
    void quantilesOfAPoint() {
      messageOf(() -> ForecastRows.plain().setQuantiles(0.1, 0.9).fit(shops()))
          .isEqualTo(
              "RnnForecaster: quantiles is [0.1, 0.9] and distribution is \"point\", which forecasts"
                  + " one number. Set distribution to \"quantile\" or to one that has quantiles, or"
                  + " clear quantiles.");
    }

    @Test
    void unknownCalendarFeature() {
      messageOf(() -> forecaster.setCalendarFeatures("hour"))
          .isEqualTo(
              "RnnForecaster: calendarFeatures is [hour]; it must hold \"auto\" alone, or some of"
                  + " \"minuteOfHour\", \"hourOfDay\", \"dayOfWeek\", \"dayOfMonth\", \"weekOfYear\","
                  + " \"monthOfYear\", each once.");
    }

    @Test
    void timeStepThatIsNone() {
      messageOf(() -> forecaster.setTimeStep("hourly"))
          .isEqualTo(
              "RnnForecaster: timeStep is \"hourly\"; it must be a number above 0, or one amount of"
                  + " months, days or a fixed time, such as \"1 hour\", or empty.");
    }

    @Test
    void unknownWords() {
      messageOf(() -> forecaster.setScaling("batch"))
          .isEqualTo(
              "RnnForecaster: scaling is \"batch\"; it must be one of \"window\", \"series\","
                  + " \"none\".");
      messageOf(() -> forecaster.setDistribution("normal"))
          .isEqualTo(
              "RnnForecaster: distribution is \"normal\"; it must be one of \"point\", \"quantile\","
                  + " \"gaussian\", \"studentT\", \"poisson\", \"negativeBinomial\".");
    }

    @Test
    void sharesOutsideTheirRange() {
      messageOf(() -> forecaster.setSeasonalWeight(1.5))
          .isEqualTo(
              "RnnForecaster: seasonalWeight is 1.5; it must be a finite number at least 0 and at most"
                  + " 1.");
      messageOf(() -> forecaster.setIntervalCoverage(1))
          .isEqualTo(
              "RnnForecaster: intervalCoverage is 1.0; it must be a finite number above 0 and below"
                  + " 1.");
    }
  }

  /** Params and columns that do not go together. */
  @Nested
  final class OfColumns {

    @Test
    void paramsThatAreNotSet() {
      fitting(new RnnForecaster().setTargetCols("load"))
          .isEqualTo(
              "RnnForecaster: timeCol is not set; it is needed: column of the times that order the"
                  + " rows of a series: timestamp, date or a number. Set timeCol.");
      fitting(new RnnForecaster().setTimeCol("ts"))
          .isEqualTo(
              "RnnForecaster: targetCols is not set; it is needed: columns of the numbers to forecast,"
                  + " all by one network. Set targetCols.");
      fitting(new RnnForecaster().setTimeCol("ts").setTargetCols())
          .isEqualTo(
              "RnnForecaster: targetCols is empty; there must be at least one. Set targetCols.");
    }

    @Test
    void missingColumn() {
      fitting(ForecastRows.plain().setPastCovariateCols("wind"))
          .isEqualTo(
              "RnnForecaster: there is no column \"wind\" (pastCovariateCols) in the data; it has"
                  + " \"shop\", \"ts\", \"load\", \"heat\", \"price\", \"open\", \"size\", \"kind\"."
                  + " Set pastCovariateCols to one of them.");
    }

    @Test
    void columnsOfOtherTypes() {
      fitting(ForecastRows.plain().setTargetCols("kind"))
          .isEqualTo(
              "RnnForecaster: column \"kind\" (targetCols) is string; it must be a number. Cast it to"
                  + " double.");
      fitting(ForecastRows.plain().setFutureCovariateCols("kind"))
          .isEqualTo(
              "RnnForecaster: column \"kind\" (futureCovariateCols) is string; it must be a number or"
                  + " boolean. Cast it to double.");
      fitting(ForecastRows.plain().setTimeCol("kind"))
          .isEqualTo(
              "RnnForecaster: column \"kind\" (timeCol) is string; it must be a whole number, double,"
                  + " float, timestamp or date. Cast it to one of them, such as timestamp.");
      fitting(ForecastRows.plain().setKeyCols("price"))
          .isEqualTo(
              "RnnForecaster: column \"price\" (keyCols) is double; it must be text, a whole number,"
                  + " decimal, boolean, date or timestamp. Cast it to string.");
    }

    @Test
    void columnInTwoLists() {
      fitting(ForecastRows.plain().setPastCovariateCols("load"))
          .isEqualTo(
              "RnnForecaster: column \"load\" is in targetCols and in pastCovariateCols; a column has"
                  + " one meaning. Leave it out of one of them. The past of the targets is read"
                  + " without being a covariate.");
    }

    @Test
    void timeStepOfAnotherKindThanTheTimes() {
      fitting(ForecastRows.plain().setTimeStep("1"))
          .isEqualTo(
              "RnnForecaster: timeStep is \"1\" and column \"ts\" (timeCol) is timestamp; it needs a"
                  + " number and a unit. Set timeStep to, for example, \"1 day\".");
    }

    @Test
    void calendarOfTimesThatAreNumbers() {
      Dataset<Row> numbered =
          shops().withColumn("ts", functions.unix_timestamp(functions.col("ts")));
      messageOf(() -> ForecastRows.plain().setCalendarFeatures("hourOfDay").fit(numbered))
          .isEqualTo(
              "RnnForecaster: calendarFeatures is [hourOfDay] and column \"ts\" (timeCol) is bigint,"
                  + " which has no calendar. Clear calendarFeatures, or cast the column to timestamp or"
                  + " date.");
    }

    @Test
    void lossBesideADistribution() {
      fitting(ForecastRows.plain().setLoss("mae").setDistribution("gaussian"))
          .isEqualTo(
              "RnnForecaster: loss is \"mae\" and distribution is \"gaussian\", which has a loss of its"
                  + " own. Clear loss, or set distribution to \"point\".");
    }

    @Test
    void seasonOfWhatIsNotScaled() {
      fitting(ForecastRows.plain().setScaling("none").setSeasonalWeight(0.5))
          .isEqualTo(
              "RnnForecaster: seasonalWeight is 0.5, distribution is \"point\" and scaling is"
                  + " \"none\"; only targets that are scaled, and no counts, are counted from a season."
                  + " Set seasonalWeight to 0.");
    }

    @Test
    void seasonOfTimesThatHaveNone() {
      Dataset<Row> numbered =
          shops().withColumn("ts", functions.unix_timestamp(functions.col("ts")));
      messageOf(() -> ForecastRows.plain().setSeasonLength(0).setSeasonalWeight(0.5).fit(numbered))
          .isEqualTo(
              "RnnForecaster: seasonalWeight is 0.5 and a time step of 3600 has no season. Set"
                  + " seasonLength, or seasonalWeight to 0.");
    }

    @Test
    void lagZeroBesideOthers() {
      fitting(ForecastRows.plain().setLags(0, 6))
          .isEqualTo(
              "RnnForecaster: lags is [0, 6]; 0 stands alone, for the lags of the time step. Leave out"
                  + " the 0 or the others.");
    }

    @Test
    void paramsThatAForecasterDoesNotRead() {
      String why =
          " is set, and a forecaster does not read it: it makes sequences of timeCol, targetCols and"
              + " the covariates, all windows weigh 1, and the last rows of each series validate."
              + " Clear ";
      fitting(ForecastRows.plain().setLabelCol("load"))
          .isEqualTo("RnnForecaster: labelCol" + why + "labelCol.");
      fitting(ForecastRows.plain().setWeightCol("price"))
          .isEqualTo("RnnForecaster: weightCol" + why + "weightCol.");
    }

    @Test
    void columnOfTheResultThatIsThere() {
      Dataset<Row> data = shops().withColumnRenamed("shop", "step");
      messageOf(() -> ForecastRows.plain().setKeyCols("step").fit(data))
          .isEqualTo(
              "RnnForecaster: the data already has a column \"step\" (keyCols); it would be"
                  + " overwritten. Drop or rename it, or set keyCols to another name.");
    }
  }

  /** Series and rows. */
  @Nested
  final class OfSeries {

    @Test
    void missingRows() {
      List<Row> rows = ForecastRows.without(ForecastRows.without(ForecastRows.shopRows(), 70), 70);
      fitting(rows)
          .isEqualTo(
              "RnnForecaster: the series with shop b lacks 2 rows between ts 2024-01-01 09:00:00 and"
                  + " 2024-01-01 12:00:00; a forecast needs a row at every time step of 1 hours. Add"
                  + " them, or set handleInvalid to \"skip\" to leave out the windows that they would"
                  + " be in.");
    }

    @Test
    void irregularTime() {
      Timestamp odd = Timestamp.from(ForecastRows.hour(10).toInstant().plusSeconds(90));
      fitting(ForecastRows.with(ForecastRows.shopRows(), 10, "ts", odd))
          .isEqualTo(
              "RnnForecaster: the series with shop a has rows with ts 2024-01-01 09:00:00 and"
                  + " 2024-01-01 10:01:30, which are not a whole number of time steps of 1 hours apart;"
                  + " a forecast needs regular times. Round the times, set timeStep, or set"
                  + " handleInvalid to \"skip\" to leave out the windows between.");
    }

    @Test
    void duplicateTimeStamps() {
      List<Row> rows = ForecastRows.with(ForecastRows.shopRows(), 10, "ts", ForecastRows.hour(9));
      String message =
          "RnnForecaster: the series with shop a has more than one row with ts 2024-01-01 09:00:00"
              + " (timeCol); a series needs one row for each time. Aggregate or drop the others, or add"
              + " to keyCols what tells the series apart.";
      fitting(rows).isEqualTo(message);
      messageOf(
              () ->
                  ForecastRows.small()
                      .setHandleInvalid("skip")
                      .fit(ForecastRows.frame(spark, rows)))
          .isEqualTo(message);
    }

    @Test
    void missingTime() {
      fitting(ForecastRows.with(ForecastRows.shopRows(), 10, "ts", null))
          .isEqualTo(
              "RnnForecaster: column \"ts\" (timeCol) is null in a row of the series with shop a;"
                  + " every row needs a time. Fill it, or leave the row out.");
    }

    @Test
    void missingNumbers() {
      String rest =
          " is null, NaN or infinite in the row with ts 2024-01-01 10:00:00 of the series with shop"
              + " a; a forecast needs a number in every row. Fill it, or set handleInvalid to \"skip\""
              + " to leave out the windows that it would be in.";
      fitting(ForecastRows.with(ForecastRows.shopRows(), 10, "load", null))
          .isEqualTo("RnnForecaster: column \"load\" (targetCols)" + rest);
      fitting(ForecastRows.with(ForecastRows.shopRows(), 10, "price", Double.NaN))
          .isEqualTo("RnnForecaster: column \"price\" (futureCovariateCols)" + rest);
      fitting(ForecastRows.with(ForecastRows.shopRows(), 10, "open", null))
          .isEqualTo("RnnForecaster: column \"open\" (pastCovariateCols)" + rest);
    }

    @Test
    void staticCovariateThatChanges() {
      fitting(ForecastRows.with(ForecastRows.shopRows(), 10, "kind", "village"))
          .isEqualTo(
              "RnnForecaster: column \"kind\" (staticCovariateCols) is \"city\" in one row of the"
                  + " series with shop a and \"village\" in another; a static covariate has one value"
                  + " for each series. Make it so, or list the column in pastCovariateCols or"
                  + " futureCovariateCols.");
    }

    @Test
    void staticNumberThatIsMissing() {
      List<Row> rows = new ArrayList<>();
      for (Row row : ForecastRows.rows("a", 30, 1, "city")) {
        rows.addAll(ForecastRows.with(List.of(row), 0, "size", null));
      }
      fitting(rows)
          .isEqualTo(
              "RnnForecaster: column \"size\" (staticCovariateCols) is null, NaN or infinite in all"
                  + " rows of the series with shop a; a forecast needs a number in every row. Fill it,"
                  + " or set handleInvalid to \"skip\" to leave out the windows that it would be in.");
    }

    @Test
    void seriesShorterThanAWindow() {
      List<Row> rows = ForecastRows.shopRows();
      rows.addAll(ForecastRows.rows("short", 13, 1, "city"));
      fitting(rows)
          .isEqualTo(
              "RnnForecaster: the series with shop short has 13 rows with targets; contextLength 8 and"
                  + " lags of up to 6 and horizon 4 need 18. Lower contextLength or horizon, give more"
                  + " rows, or set handleInvalid to \"skip\".");
    }

    @Test
    void horizonLongerThanTheSeries() {
      Dataset<Row> one = ForecastRows.frame(spark, ForecastRows.rows("a", 60, 1, "city"));
      messageOf(() -> ForecastRows.plain().setHorizon(500).fit(one))
          .isEqualTo(
              "RnnForecaster: the series with shop a has 60 rows with targets; contextLength 8 and"
                  + " horizon 500 need 508. Lower contextLength or horizon, give more rows, or set"
                  + " handleInvalid to \"skip\".");
    }

    @Test
    void noWindowAtAll() {
      fitting(ForecastRows.plain().setHorizon(500).setHandleInvalid("skip"))
          .isEqualTo(
              "RnnForecaster: no window is left to train on (3 series; 3 windows skipped as not whole,"
                  + " 0 held out for validation); one needs 8 rows up to its origin and 500 (horizon)"
                  + " after it. Give more rows, or lower contextLength or horizon.");
    }

    @Test
    void noWindowValidates() {
      fitting(ForecastRows.plain().setValidationFraction(0.05))
          .isEqualTo(
              "RnnForecaster: no window validates; one needs all its 4 targets (horizon) in rows that"
                  + " are held out. Hold out more rows, by validationFraction or"
                  + " validationIndicatorCol.");
    }

    @Test
    void batchLargerThanTheWindows() {
      fitting(ForecastRows.plain().setBatchSize(1000))
          .isEqualTo(
              "RnnForecaster: batchSize is 1000 and there are 147 training sequences; a batch can't be"
                  + " larger than the data. Lower batchSize to at most 147.");
    }

    @Test
    void seriesOfOneRow() {
      List<Row> rows = new ArrayList<>(ForecastRows.rows("a", 1, 1, "city"));
      rows.addAll(ForecastRows.rows("b", 1, 1, "city"));
      fitting(rows)
          .isEqualTo(
              "RnnForecaster: no series has two rows, so that column \"ts\" (timeCol) does not tell how"
                  + " far they lie apart. Set timeStep, for example to \"1 hour\", or check keyCols.");
    }

    @Test
    void countsThatAreNone() {
      Dataset<Row> one = ForecastRows.frame(spark, ForecastRows.rows("a", 60, 1, "city"));
      messageOf(() -> ForecastRows.plain().setDistribution("poisson").fit(one))
          .startsWith("RnnForecaster: column \"load\" (targetCols) is ")
          .endsWith(
              " in the row with ts 2024-01-01 00:00:00 of the series with shop a; counts are whole"
                  + " numbers of at least 0. Set distribution to \"gaussian\", \"studentT\" or"
                  + " \"quantile\", or mend the row.");
    }
  }

  /** Of fitted models. */
  @Nested
  final class OfModels {

    private RnnForecastModel model() {
      return ForecastRows.plain().setFutureCovariateCols("price").setEpochs(0).fit(shops());
    }

    @Test
    void futureCovariatesThatAreMissing() {
      Dataset<Row> one = ForecastRows.frame(spark, ForecastRows.rows("a", 60, 1, "city"));
      messageInJob(() -> model().forecast(one).collectAsList())
          .isEqualTo(
              "RnnForecastModel: the series with shop a has 0 rows after ts 2024-01-03 11:00:00, its"
                  + " last with a target; futureCovariateCols need 4 (horizon). Append rows with the"
                  + " times and covariates to come, their targets null.");
    }

    @Test
    void seriesShorterThanTheContext() {
      Dataset<Row> data = ForecastRows.frame(spark, ForecastRows.rows("new", 5, 1, "city"));
      messageInJob(() -> model().forecast(data).collectAsList())
          .isEqualTo(
              "RnnForecastModel: the series with shop new has 5 rows with targets; contextLength 8"
                  + " need 8. Lower contextLength in a new fit, give more rows, or set handleInvalid to"
                  + " \"skip\".");
    }

    @Test
    void startThatIsNoTime() {
      messageOf(() -> model().backtest(shops(), 1, "soon"))
          .isEqualTo(
              "RnnForecastModel: start is \"soon\", which is no timestamp, the type of column \"ts\""
                  + " (timeCol). Write it as Spark does.");
    }

    @Test
    void startAfterTheData() {
      messageOf(() -> model().backtest(shops(), 1, "2030-01-01"))
          .isEqualTo(
              "RnnForecastModel: there is no window in the data that forecasts from \"2030-01-01\" on;"
                  + " one needs 8 rows up to its origin and 4 (horizon) after it, without gaps. Give"
                  + " more rows, or an earlier start.");
    }

    @Test
    void noStrideOfABacktest() {
      messageOf(() -> model().backtest(shops(), 0, ""))
          .isEqualTo("RnnForecastModel: stride is 0; it must be at least 1.");
    }

    @Test
    void tooFewWindowsToCalibrate() {
      messageOf(() -> model().setIntervalCoverage(0.99).calibrate(shops(), 4, ""))
          .isEqualTo(
              "RnnForecastModel: calibrate found 39 windows and intervalCoverage is 0.99; it needs at"
                  + " least 99. Give more data, or lower stride.");
    }

    @Test
    void stream(@TempDir java.nio.file.Path directory) {
      Dataset<Row> data = shops();
      String input = directory.resolve("in").toString();
      data.write().json(input);
      Dataset<Row> stream = spark.readStream().schema(data.schema()).json(input);
      messageOf(() -> model().forecast(stream))
          .isEqualTo(
              "RnnForecastModel: the data is a stream; a forecast needs the whole of each series."
                  + " Write the stream to a table and forecast that.");
      messageOf(() -> ForecastRows.plain().fit(stream))
          .startsWith("RnnForecaster: the data is a stream; a fit needs data that ends.");
    }

    @Test
    void columnOfAnotherTypeThanInTheFit() {
      Dataset<Row> data =
          shops().withColumn("load", functions.col("load").cast(DataTypes.StringType));
      messageOf(() -> model().forecast(data))
          .isEqualTo(
              "RnnForecastModel: column \"load\" (targetCols) is string; it must be a number. Cast it"
                  + " to double.");
    }
  }
}
