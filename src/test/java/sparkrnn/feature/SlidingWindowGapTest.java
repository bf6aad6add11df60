package sparkrnn.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static sparkrnn.feature.SeriesRows.one;
import static sparkrnn.feature.SeriesRows.row;
import static sparkrnn.feature.SeriesRows.show;
import static sparkrnn.feature.SeriesRows.window;

import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import sparkrnn.LocalSpark;

/** What becomes of missing rows and missing values, written out by hand. */
@ExtendWith(LocalSpark.class)
final class SlidingWindowGapTest {

  private final SparkSession spark;

  SlidingWindowGapTest(SparkSession spark) {
    this.spark = spark;
  }

  /** Rows 0 to 7 of which 3 and 4 are missing. */
  private Dataset<Row> withoutTwoRows() {
    return one(
        spark,
        row(0L, 10.0),
        row(1L, 11.0),
        row(2L, 12.0),
        row(5L, 15.0),
        row(6L, 16.0),
        row(7L, 19.0));
  }

  private Dataset<Row> withValues(Double... values) {
    Object[][] rows = new Object[values.length][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = row((long) i, values[i]);
    }
    return one(spark, rows);
  }

  private static SlidingWindow policy(String policy, int windowSize) {
    return window(windowSize).setGapPolicy(policy);
  }

  @Test
  void withoutTimeStepNoRowCountsAsMissing() {
    assertThat(show(policy("error", 3).transform(withoutTwoRows())))
        .containsExactly(
            "0..2 [10.0, 11.0, 12.0] -> 5: 15.0",
            "1..5 [11.0, 12.0, 15.0] -> 6: 16.0",
            "2..6 [12.0, 15.0, 16.0] -> 7: 19.0");
    assertThat(show(policy("fill", 5).setTimeStep("").transform(withoutTwoRows())))
        .containsExactly("0..6 [10.0, 11.0, 12.0, 15.0, 16.0] -> 7: 19.0");
  }

  @Test
  void noWindowOrTargetCrossesASplit() {
    SlidingWindow stage = policy("split", 2).setTimeStep("1");
    assertThat(show(stage.transform(withoutTwoRows())))
        .containsExactly("0..1 [10.0, 11.0] -> 2: 12.0", "5..6 [15.0, 16.0] -> 7: 19.0");
    assertThat(show(stage.setTarget("none").transform(withoutTwoRows())))
        .containsExactly(
            "0..1 [10.0, 11.0]", "1..2 [11.0, 12.0]", "5..6 [15.0, 16.0]", "6..7 [16.0, 19.0]");
  }

  @Test
  void strideCountsFromTheFirstRowAfterASplit() {
    assertThat(
            show(
                policy("split", 1)
                    .setTimeStep("1")
                    .setStride(2)
                    .setTarget("none")
                    .transform(withoutTwoRows())))
        .containsExactly("0..0 [10.0]", "2..2 [12.0]", "5..5 [15.0]", "7..7 [19.0]");
  }

  @Test
  void splitLeavesIncompleteRowsOut() {
    assertThat(
            show(
                policy("split", 2)
                    .setTarget("none")
                    .transform(
                        withValues(
                            null,
                            1.0,
                            2.0,
                            Double.NaN,
                            4.0,
                            null,
                            6.0,
                            7.0,
                            Double.NEGATIVE_INFINITY))))
        .containsExactly("1..2 [1.0, 2.0]", "6..7 [6.0, 7.0]");
  }

  @Test
  void splitTakesAnyOtherDistanceForAGap() {
    Dataset<Row> data =
        one(spark, row(0L, 1.0), row(2L, 2.0), row(3L, 3.0), row(5L, 4.0), row(7L, 5.0));
    assertThat(show(policy("split", 2).setTimeStep("2").setTarget("none").transform(data)))
        .containsExactly("0..2 [1.0, 2.0]", "3..5 [3.0, 4.0]", "5..7 [4.0, 5.0]");
  }

  @Test
  void padUnderSplitTakesTheLastStretch() {
    SlidingWindow stage =
        policy("split", 5).setTimeStep("1").setShortSeries("pad").setTarget("none");
    assertThat(show(stage.transform(withoutTwoRows())))
        .containsExactly("5..7 [15.0, 15.0, 15.0, 16.0, 19.0]");
  }

  @Test
  void fillCarriesTheLastValueForward() {
    assertThat(show(policy("fill", 4).setTimeStep("1").transform(withoutTwoRows())))
        .containsExactly(
            "0..3 [10.0, 11.0, 12.0, 12.0] -> 4: 12.0",
            "1..4 [11.0, 12.0, 12.0, 12.0] -> 5: 15.0",
            "2..5 [12.0, 12.0, 12.0, 15.0] -> 6: 16.0",
            "3..6 [12.0, 12.0, 15.0, 16.0] -> 7: 19.0");
  }

  @Test
  void fillLeavesOutWhatLiesBeforeTheFirstValue() {
    assertThat(
            show(
                policy("fill", 3)
                    .setTarget("none")
                    .transform(withValues(null, Double.NaN, 2.0, null, null, 5.0, null))))
        .containsExactly("2..4 [2.0, 2.0, 2.0]", "3..5 [2.0, 2.0, 5.0]", "4..6 [2.0, 5.0, 5.0]");
  }

  @Test
  void interpolateDrawsALineInTime() {
    assertThat(show(policy("interpolate", 4).setTimeStep("1").transform(withoutTwoRows())))
        .containsExactly(
            "0..3 [10.0, 11.0, 12.0, 13.0] -> 4: 14.0",
            "1..4 [11.0, 12.0, 13.0, 14.0] -> 5: 15.0",
            "2..5 [12.0, 13.0, 14.0, 15.0] -> 6: 16.0",
            "3..6 [13.0, 14.0, 15.0, 16.0] -> 7: 19.0");
  }

  @Test
  void interpolateWeighsByTimeNotByRows() {
    Dataset<Row> data = one(spark, row(0L, 10.0), row(1L, null), row(10L, 20.0), row(11L, 21.0));
    assertThat(show(policy("interpolate", 4).setTarget("none").transform(data)))
        .containsExactly("0..11 [10.0, 11.0, 20.0, 21.0]");
  }

  @Test
  void interpolateLeavesOutWhatHasNoValueOnBothSides() {
    assertThat(
            show(
                policy("interpolate", 2)
                    .setTarget("none")
                    .transform(withValues(null, 1.0, null, null, 4.0, null, null))))
        .containsExactly("1..2 [1.0, 2.0]", "2..3 [2.0, 3.0]", "3..4 [3.0, 4.0]");
  }

  @Test
  void eachColumnHasItsOwnGaps() {
    StructType schema =
        new StructType()
            .add("t", DataTypes.LongType)
            .add("a", DataTypes.DoubleType)
            .add("b", DataTypes.DoubleType);
    Dataset<Row> data =
        spark.createDataFrame(
            List.of(
                RowFactory.create(0L, null, 1.0),
                RowFactory.create(1L, 1.0, null),
                RowFactory.create(2L, null, null),
                RowFactory.create(4L, 7.0, 5.0),
                RowFactory.create(5L, null, 6.0)),
            schema);
    SlidingWindow stage = window(4).setValueCols("a", "b").setTimeStep("1").setTarget("none");
    assertThat(show(stage.setGapPolicy("interpolate").transform(data)))
        .containsExactly("1..4 [[1.0, 2.0], [3.0, 3.0], [5.0, 4.0], [7.0, 5.0]]");
    assertThat(show(stage.setGapPolicy("fill").transform(data)))
        .containsExactly(
            "1..4 [[1.0, 1.0], [1.0, 1.0], [1.0, 1.0], [7.0, 5.0]]",
            "2..5 [[1.0, 1.0], [1.0, 1.0], [7.0, 5.0], [7.0, 6.0]]");
  }

  @Test
  void missingTargetIsAGapToo() {
    Dataset<Row> data =
        withValues(1.0, 2.0, 3.0, 4.0).selectExpr("t", "t AS a", "if(t = 2, null, v) AS b");
    SlidingWindow stage = window(1).setValueCols("a").setTargetCols("b").setGapPolicy("split");
    assertThat(show(stage.transform(data))).containsExactly("0..0 [0.0] -> 1: 2.0");
    assertThat(show(stage.setTarget("none").transform(data))).hasSize(4);
  }

  @Test
  void noWindowCrossesAGapLongerThanMaxGap() {
    SlidingWindow stage = window(2).setTimeStep("1").setTarget("none");
    Dataset<Row> data =
        one(spark, row(0L, 0.0), row(2L, 2.0), row(3L, null), row(5L, 5.0), row(6L, 6.0));
    for (String policy : List.of("fill", "interpolate")) {
      String one = policy.equals("fill") ? "0.0" : "1.0";
      assertThat(show(stage.setGapPolicy(policy).setMaxGap(1).transform(data)))
          .containsExactly("0..1 [0.0, " + one + "]", "1..2 [" + one + ", 2.0]", "5..6 [5.0, 6.0]");
      assertThat(show(stage.setMaxGap(2).transform(data))).hasSize(6);
    }
    assertThat(stage.setMaxGap(1).describe(data))
        .contains("split: at 1 gap", "left out: 1 row in which a value is missing");
  }

  @Test
  void longGapsAreFilledWithoutHoldingThem() {
    Dataset<Row> data = one(spark, row(0L, 1.0), row(2_000_000L, 2.0));
    Dataset<Row> windows = policy("fill", 2).setTimeStep("1").setStride(1000).transform(data);
    assertThat(windows.count()).isEqualTo(2000);
  }
}
