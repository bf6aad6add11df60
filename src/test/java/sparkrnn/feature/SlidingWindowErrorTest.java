package sparkrnn.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static sparkrnn.feature.Messages.messageInJob;
import static sparkrnn.feature.Messages.messageOf;
import static sparkrnn.feature.SeriesRows.counted;
import static sparkrnn.feature.SeriesRows.one;
import static sparkrnn.feature.SeriesRows.row;
import static sparkrnn.feature.SeriesRows.window;

import java.util.List;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.assertj.core.api.AbstractStringAssert;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import sparkrnn.LocalSpark;

/** What users of SlidingWindow read when something is wrong, side by side. */
@ExtendWith(LocalSpark.class)
final class SlidingWindowErrorTest {

  private final SparkSession spark;

  SlidingWindowErrorTest(SparkSession spark) {
    this.spark = spark;
  }

  private Dataset<Row> good() {
    return counted(spark, 1, 2, 3, 4);
  }

  private AbstractStringAssert<?> schemaOf(SlidingWindow stage, Dataset<Row> data) {
    return messageOf(() -> stage.transform(data));
  }

  /** One param at a time. */
  @Nested
  final class OfParams {

    private final SlidingWindow stage = new SlidingWindow();

    @Test
    void emptyWindow() {
      messageOf(() -> stage.setWindowSize(0))
          .isEqualTo("SlidingWindow: windowSize is 0; it must be a whole number of at least 1.");
    }

    @Test
    void horizonInsideTheWindow() {
      messageOf(() -> stage.setHorizon(0))
          .isEqualTo("SlidingWindow: horizon is 0; it must be a whole number of at least 1.");
    }

    @Test
    void strideOfAnotherType() {
      messageOf(() -> stage.set(stage.stride(), 1.5))
          .isEqualTo("SlidingWindow: stride is 1.5; it must be a whole number of at least 1.");
    }

    @Test
    void noValueColumns() {
      messageOf(() -> stage.setValueCols())
          .isEqualTo(
              "SlidingWindow: valueCols is []; it must name at least one column, none of them"
                  + " twice.");
    }

    @Test
    void keyColumnTwice() {
      messageOf(() -> stage.setKeyCols("a", "b", "a"))
          .isEqualTo(
              "SlidingWindow: keyCols is [\"a\", \"b\", \"a\"]; it must be names of columns, none of"
                  + " them twice.");
    }

    @Test
    void emptyName() {
      messageOf(() -> stage.setTimeCol(""))
          .isEqualTo("SlidingWindow: timeCol is \"\"; it must be the name of a column.");
    }

    @Test
    void unknownPolicyFromAParamMap() {
      messageOf(() -> stage.copy(new ParamMap().put(stage.gapPolicy(), "ignore")))
          .isEqualTo(
              "SlidingWindow: gapPolicy is \"ignore\"; it must be one of \"error\", \"split\","
                  + " \"fill\", \"interpolate\".");
    }

    @Test
    void timeStepsThatAreNone() {
      for (String text :
          List.of(
              "hourly", "0", "-1", "-1 hour", "0 days", "1 day 2 hours", "1 month 1 day", " ")) {
        messageOf(() -> stage.setTimeStep(text))
            .isEqualTo(
                "SlidingWindow: timeStep is \""
                    + text
                    + "\"; it must be a positive number such as \"1\" where times are numbers, one"
                    + " positive amount of time such as \"15 minutes\", \"1 day\" or \"1 month\" where"
                    + " they are timestamps or dates, or empty.");
      }
    }
  }

  /** Columns, before any job runs. */
  @Nested
  final class OfColumns {

    @Test
    void unsetParam() {
      schemaOf(new SlidingWindow().setTimeCol("t").setWindowSize(2), good())
          .isEqualTo(
              "SlidingWindow: valueCols is not set; it is needed: columns that become the features of"
                  + " each time step, in this order: numbers or booleans. Set valueCols.");
    }

    @Test
    void unknownColumn() {
      schemaOf(window(2).setTargetCols("load"), good())
          .isEqualTo(
              "SlidingWindow: there is no column \"load\" (targetCols) in the data; it has \"t\","
                  + " \"v\". Set targetCols to one of them.");
    }

    @Test
    void textValue() {
      schemaOf(window(2), good().selectExpr("t", "'high' AS v"))
          .isEqualTo(
              "SlidingWindow: column \"v\" (valueCols) is string; it must be a number or boolean. Cast"
                  + " it to double, or leave it out of valueCols.");
    }

    @Test
    void textTime() {
      schemaOf(window(2), good().selectExpr("'2024-01-01' AS t", "v"))
          .isEqualTo(
              "SlidingWindow: column \"t\" (timeCol) is string; it must be a whole number, double,"
                  + " float, timestamp or date. Cast it to one of them, such as timestamp.");
    }

    @Test
    void keyThatIsNoKey() {
      schemaOf(window(2).setKeyCols("v"), good())
          .isEqualTo(
              "SlidingWindow: column \"v\" (keyCols) is double; it must be text, a whole number,"
                  + " decimal, boolean, date or timestamp. Cast it, for example to string.");
    }

    @Test
    void amountOfTimeForNumbers() {
      schemaOf(window(2).setTimeStep("1 hour"), good())
          .isEqualTo(
              "SlidingWindow: timeStep is \"1 hour\" and column \"t\" (timeCol) is bigint; times that"
                  + " are numbers need a number. Set timeStep to, for example, \"1\".");
    }

    @Test
    void halfStepForWholeNumbers() {
      schemaOf(window(2).setTimeStep("0.5"), good())
          .isEqualTo(
              "SlidingWindow: timeStep is \"0.5\" and column \"t\" (timeCol) is bigint; times that are"
                  + " whole numbers need a whole number. Set timeStep to, for example, \"1\".");
    }

    @Test
    void numberForTimestamps() {
      schemaOf(window(2).setTimeStep("3600"), good().selectExpr("timestamp_seconds(t) AS t", "v"))
          .isEqualTo(
              "SlidingWindow: timeStep is \"3600\" and column \"t\" (timeCol) is timestamp; it needs a"
                  + " number and a unit. Set timeStep to, for example, \"1 day\".");
    }

    @Test
    void hoursForDates() {
      schemaOf(window(2).setTimeStep("24 hours"), good().selectExpr("date'2024-01-01' AS t", "v"))
          .isEqualTo(
              "SlidingWindow: timeStep is \"24 hours\" and column \"t\" (timeCol) is date; dates need"
                  + " whole days or months. Set timeStep to, for example, \"1 day\".");
    }

    @Test
    void oneNameForTwoColumns() {
      schemaOf(window(2).setKeyCols("t").setLabelCol("t"), good())
          .isEqualTo(
              "SlidingWindow: keyCols and labelCol both name the column \"t\" of the result; each"
                  + " needs a name of its own. Set labelCol to another one.");
    }

    @Test
    void stream() {
      Dataset<Row> stream =
          spark.readStream().format("rate").load().selectExpr("value AS t", "1D AS v");
      schemaOf(window(2), stream)
          .isEqualTo(
              "SlidingWindow: the data is a streaming DataFrame; windows need all rows of a series, in"
                  + " order. Write the stream to a table and make the windows of that.");
    }
  }

  /** Rows, when a job reaches them. */
  @Nested
  final class OfRows {

    private AbstractStringAssert<?> running(SlidingWindow stage, Dataset<Row> data) {
      return messageInJob(() -> stage.transform(data).collectAsList());
    }

    private Dataset<Row> keyed(Dataset<Row> data) {
      return data.selectExpr("3 AS store", "'pen' AS item", "t", "v");
    }

    @Test
    void sameTimeTwice() {
      running(
              window(2).setKeyCols("store", "item"),
              keyed(one(spark, row(0L, 1.0), row(1L, 1.0), row(1L, 2.0))))
          .isEqualTo(
              "SlidingWindow: the series with store 3, item pen has more than one row with t 1"
                  + " (timeCol); a series needs one row for each time. Aggregate or drop the others, or"
                  + " add to keyCols what tells the series apart.");
    }

    @Test
    void noTime() {
      running(window(2).setKeyCols("store"), keyed(one(spark, row(0L, 1.0), row(null, 1.0))))
          .isEqualTo(
              "SlidingWindow: column \"t\" (timeCol) is null in a row of the series with store 3; every"
                  + " row needs a time. Fill it, or leave the row out.");
    }

    @Test
    void timeThatIsNotANumber() {
      running(window(2), good().selectExpr("if(t = 2, double('NaN'), t) AS t", "v"))
          .isEqualTo(
              "SlidingWindow: column \"t\" (timeCol) is NaN in a row of the series; every row needs a"
                  + " time. Fill it, or leave the row out.");
    }

    @Test
    void missingValue() {
      running(window(2), one(spark, row(0L, 1.0), row(1L, null), row(2L, 3.0)))
          .isEqualTo(
              "SlidingWindow: column \"v\" is null, NaN or infinite in the row with t 1 of the series;"
                  + " gapPolicy \"error\" needs a number in every row. Fill it, or set gapPolicy to"
                  + " \"split\", \"fill\" or \"interpolate\".");
    }

    @Test
    void missingRows() {
      running(
              window(1).setKeyCols("store").setTimeStep("1 hour"),
              keyed(one(spark, row(0L, 1.0), row(1L, 2.0), row(4L, 3.0)))
                  .selectExpr("store", "timestamp_seconds(t * 3600) AS t", "v"))
          .isEqualTo(
              "SlidingWindow: the series with store 3 lacks 2 rows between t 1970-01-01 01:00:00 and"
                  + " 1970-01-01 04:00:00; gapPolicy \"error\" needs a row at every timeStep. Add them,"
                  + " or set gapPolicy to \"split\", \"fill\" or \"interpolate\".");
    }

    @Test
    void irregularTimes() {
      running(
              window(1).setTimeStep("2").setGapPolicy("fill"),
              one(spark, row(0L, 1.0), row(2L, 2.0), row(5L, 3.0)))
          .isEqualTo(
              "SlidingWindow: the series has rows with t 2 and 5, which are not a whole number of time"
                  + " steps apart; gapPolicy \"fill\" needs regular times. Round the times to timeStep,"
                  + " clear timeStep, or set gapPolicy to \"split\".");
    }

    @Test
    void shortSeries() {
      running(window(4).setHorizon(2), good())
          .isEqualTo(
              "SlidingWindow: the series has 4 usable rows; a window needs 6 (windowSize 4 and horizon"
                  + " 2) in a row. Lower windowSize, or set shortSeries to \"skip\" or \"pad\".");
    }

    @Test
    void shortStretches() {
      running(
              window(2).setTarget("none").setTimeStep("1").setGapPolicy("split"),
              one(spark, row(0L, 1.0), row(2L, 2.0), row(4L, 3.0)))
          .isEqualTo(
              "SlidingWindow: the series has 3 rows in 3 stretches, the longest of 1; a window needs 2"
                  + " (windowSize) in a row. Lower windowSize, or set shortSeries to \"skip\" or"
                  + " \"pad\".");
    }

    @Test
    void describeReportsTheSame() {
      messageInJob(() -> window(9).setTarget("none").describe(good()))
          .startsWith("SlidingWindow: the series has 4 usable rows; a window needs 9 (windowSize)");
      assertThat(window(4).setTarget("none").describe(good())).contains("1 window");
    }
  }
}
