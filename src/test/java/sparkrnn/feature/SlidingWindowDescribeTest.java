package sparkrnn.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static sparkrnn.feature.SeriesRows.counted;
import static sparkrnn.feature.SeriesRows.one;
import static sparkrnn.feature.SeriesRows.row;
import static sparkrnn.feature.SeriesRows.window;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import sparkrnn.LocalSpark;

/** What people read about the windows of a data set. */
@ExtendWith(LocalSpark.class)
final class SlidingWindowDescribeTest {

  private final SparkSession spark;

  SlidingWindowDescribeTest(SparkSession spark) {
    this.spark = spark;
  }

  @Test
  void firstAndLastWindowAreShown() {
    assertThat(window(3).setHorizon(2).describe(counted(spark, 10, 11, 12, 13, 14, 15)))
        .isEqualTo(
            """
            SlidingWindow: 2 windows of 3 rows from 1 series, 6 rows
            first window: t 0 to 2: [10.0, 11.0, 12.0]; target at 4: 14.0
            last window:  t 1 to 3: [11.0, 12.0, 13.0]; target at 5: 15.0
            left out: 2 windows with no target after it (at the end, or before a gap)""");
  }

  @Test
  void windowsWithoutTargetAndLongOnes() {
    assertThat(window(8).setTarget("none").describe(counted(spark, 0, 1, 2, 3, 4, 5, 6, 7, 8)))
        .isEqualTo(
            """
            SlidingWindow: 2 windows of 8 rows from 1 series, 9 rows
            first window: t 0 to 7: [0.0, 1.0, 2.0, ..., 5.0, 6.0, 7.0]
            last window:  t 1 to 8: [1.0, 2.0, 3.0, ..., 6.0, 7.0, 8.0]""");
  }

  private Dataset<Row> stores() {
    return spark.sql(
        """
        SELECT * FROM VALUES
          ('b', timestamp'2024-01-01 00:00:00', 1D, 10D),
          ('b', timestamp'2024-01-01 01:00:00', 2D, 20D),
          ('b', timestamp'2024-01-01 04:00:00', 5D, 50D),
          ('b', timestamp'2024-01-01 05:00:00', null, 60D),
          ('b', timestamp'2024-01-01 06:00:00', 7D, 70D),
          ('b', timestamp'2024-01-01 07:00:00', 8D, 80D),
          ('b', timestamp'2024-01-01 08:00:00', 9D, 90D),
          ('b', timestamp'2024-01-01 09:00:00', 10D, 100D),
          ('a', timestamp'2024-01-01 00:00:00', 1D, 10D),
          ('c', timestamp'2024-01-01 00:00:00', 3D, 30D),
          ('c', timestamp'2024-01-01 01:00:00', 4D, 40D)
        AS rows(store, at, v, w)""");
  }

  private static SlidingWindow hourly() {
    return new SlidingWindow()
        .setKeyCols("store")
        .setTimeCol("at")
        .setTimeStep("1 hour")
        .setValueCols("v", "w")
        .setTargetCols("v")
        .setWindowSize(1)
        .setShortSeries("skip");
  }

  @Test
  void splitCountsWhatIsLeftOut() {
    assertThat(hourly().setGapPolicy("split").setStride(2).describe(stores()))
        .isEqualTo(
            """
            SlidingWindow: 4 windows of 1 row from 3 series, 11 rows
            first window: store b, at 2024-01-01 00:00:00 to 2024-01-01 00:00:00: [[1.0, 10.0]]; \
            target at 2024-01-01 01:00:00: 2.0
            last window:  store c, at 2024-01-01 00:00:00 to 2024-01-01 00:00:00: [[3.0, 30.0]]; \
            target at 2024-01-01 01:00:00: 4.0
            split: at 2 gaps
            left out: 1 series (1 row) too short for a window and its target
            left out: 1 row in which a value is missing
            left out: 1 stretch (1 row) between gaps, too short for a window and its target""");
  }

  @Test
  void fillAndPadCountWhatIsMended() {
    assertThat(
            hourly().setGapPolicy("fill").setWindowSize(2).setShortSeries("pad").describe(stores()))
        .isEqualTo(
            """
            SlidingWindow: 9 windows of 2 rows from 3 series, 11 rows
            first window: store b, at 2024-01-01 00:00:00 to 2024-01-01 01:00:00: \
            [[1.0, 10.0], [2.0, 20.0]]; target at 2024-01-01 02:00:00: 2.0
            last window:  store c, at 2024-01-01 00:00:00 to 2024-01-01 00:00:00: \
            [[3.0, 30.0], [3.0, 30.0]]; target at 2024-01-01 01:00:00: 4.0
            filled: 2 missing rows
            filled: values missing in 1 row
            padded: 1 short series
            left out: 1 series (1 row) too short for a window and its target
            left out: 1 window with no target after it (at the end, or before a gap)""");
  }

  @Test
  void rowsAfterTheLastWholeStrideAreCounted() {
    assertThat(window(2).setStride(4).describe(counted(spark, 0, 1, 2, 3, 4, 5, 6, 7, 8)))
        .isEqualTo(
            """
            SlidingWindow: 2 windows of 2 rows from 1 series, 9 rows
            first window: t 0 to 1: [0.0, 1.0]; target at 2: 2.0
            last window:  t 4 to 5: [4.0, 5.0]; target at 6: 6.0
            left out: 2 rows at ends, less than a stride""");
  }

  @Test
  void edgesThatInterpolateCanNotMend() {
    Dataset<Row> data =
        one(spark, row(0L, null), row(1L, 1.0), row(3L, 3.0), row(4L, 4.0), row(5L, null));
    assertThat(
            window(2).setTimeStep("1").setGapPolicy("interpolate").setTarget("none").describe(data))
        .isEqualTo(
            """
            SlidingWindow: 3 windows of 2 rows from 1 series, 5 rows
            first window: t 1 to 2: [1.0, 2.0]
            last window:  t 3 to 4: [3.0, 4.0]
            interpolated: 1 missing row
            left out: 2 rows in which a value is missing""");
  }

  @Test
  void noRows() {
    assertThat(window(2).describe(one(spark)))
        .isEqualTo("SlidingWindow: 0 windows of 2 rows from 0 series, 0 rows");
  }

  @Test
  void partitionsDoNotMatter() {
    SlidingWindow stage = hourly().setGapPolicy("interpolate");
    String described = stage.describe(stores().coalesce(1));
    assertThat(described).contains("first window: store b", "last window:  store c");
    assertThat(stage.describe(stores().repartition(6))).isEqualTo(described);
  }
}
