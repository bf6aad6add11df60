package sparkrnn.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static sparkrnn.feature.SeriesRows.counted;
import static sparkrnn.feature.SeriesRows.one;
import static sparkrnn.feature.SeriesRows.show;
import static sparkrnn.feature.SeriesRows.window;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import sparkrnn.LocalSpark;

/** Which rows make which window and target, written out by hand. */
@ExtendWith(LocalSpark.class)
final class SlidingWindowTest {

  private final SparkSession spark;

  SlidingWindowTest(SparkSession spark) {
    this.spark = spark;
  }

  @Test
  void targetIsTheRowRightAfterTheWindow() {
    assertThat(show(window(3).transform(counted(spark, 10, 11, 12, 13, 14))))
        .containsExactly(
            "0..2 [10.0, 11.0, 12.0] -> 3: 13.0", "1..3 [11.0, 12.0, 13.0] -> 4: 14.0");
  }

  @Test
  void horizonCountsFromTheLastRowOfTheWindow() {
    assertThat(show(window(2).setHorizon(3).transform(counted(spark, 10, 11, 12, 13, 14, 15))))
        .containsExactly("0..1 [10.0, 11.0] -> 4: 14.0", "1..2 [11.0, 12.0] -> 5: 15.0");
  }

  @Test
  void sequenceHoldsAllRowsUpToTheHorizon() {
    assertThat(
            show(
                window(2)
                    .setHorizon(3)
                    .setTarget("sequence")
                    .transform(counted(spark, 10, 11, 12, 13, 14, 15))))
        .containsExactly(
            "0..1 [10.0, 11.0] -> 4: [12.0, 13.0, 14.0]",
            "1..2 [11.0, 12.0] -> 5: [13.0, 14.0, 15.0]");
  }

  @Test
  void windowsWithoutTargetReachTheLastRow() {
    assertThat(show(window(3).setTarget("none").transform(counted(spark, 10, 11, 12, 13))))
        .containsExactly("0..2 [10.0, 11.0, 12.0]", "1..3 [11.0, 12.0, 13.0]");
  }

  @Test
  void horizonHasNoMeaningWithoutTarget() {
    assertThat(
            show(
                window(4)
                    .setHorizon(9)
                    .setTarget("none")
                    .transform(counted(spark, 10, 11, 12, 13))))
        .containsExactly("0..3 [10.0, 11.0, 12.0, 13.0]");
  }

  @Test
  void strideCountsFromTheFirstRow() {
    assertThat(
            show(window(2).setStride(3).transform(counted(spark, 10, 11, 12, 13, 14, 15, 16, 17))))
        .containsExactly("0..1 [10.0, 11.0] -> 2: 12.0", "3..4 [13.0, 14.0] -> 5: 15.0");
  }

  @Test
  void oneWindowWhereRowsJustSuffice() {
    assertThat(show(window(1).transform(counted(spark, 10, 11))))
        .containsExactly("0..0 [10.0] -> 1: 11.0");
  }

  private Dataset<Row> wide() {
    return counted(spark, 1, 2, 3, 4)
        .selectExpr(
            "t", "v AS a", "10 * v AS b", "cast(100 * v AS int) AS c", "v > 2 AS d", "'x' AS e");
  }

  @Test
  void severalFeaturesAndTargets() {
    SlidingWindow stage = window(2).setValueCols("a", "b").setTargetCols("c", "a");
    assertThat(show(stage.transform(wide())))
        .containsExactly(
            "0..1 [[1.0, 10.0], [2.0, 20.0]] -> 2: [300.0, 3.0]",
            "1..2 [[2.0, 20.0], [3.0, 30.0]] -> 3: [400.0, 4.0]");
    assertThat(show(stage.setTarget("sequence").setHorizon(2).transform(wide())))
        .containsExactly("0..1 [[1.0, 10.0], [2.0, 20.0]] -> 3: [300.0, 3.0, 400.0, 4.0]");
  }

  @Test
  void targetsAreTheValuesWhereNoneAreNamed() {
    assertThat(show(window(3).setValueCols("b", "d").transform(wide())))
        .containsExactly("0..2 [[10.0, 0.0], [20.0, 0.0], [30.0, 1.0]] -> 3: [40.0, 1.0]");
  }

  @Test
  void targetColumnsAreNotReadWithoutTarget() {
    SlidingWindow stage = window(4).setTargetCols("later").setTarget("none");
    assertThat(show(stage.transform(counted(spark, 1, 2, 3, 4))))
        .containsExactly("0..3 [1.0, 2.0, 3.0, 4.0]");
  }

  private Dataset<Row> keyed() {
    StructType schema =
        new StructType()
            .add("store", DataTypes.StringType)
            .add("item", DataTypes.IntegerType)
            .add("t", DataTypes.LongType)
            .add("v", DataTypes.DoubleType);
    List<Row> rows = new ArrayList<>();
    for (long t = 0; t < 3; t++) {
      rows.add(RowFactory.create("a", 1, t, 10.0 + t));
      rows.add(RowFactory.create("a", 2, t, 20.0 + t));
      rows.add(RowFactory.create(null, 1, t, 30.0 + t));
    }
    Collections.shuffle(rows, new Random(3));
    return spark.createDataFrame(rows, schema);
  }

  @Test
  void noWindowCrossesFromOneSeriesToAnother() {
    assertThat(show(window(2).setKeyCols("store", "item").transform(keyed())))
        .containsExactly(
            "a 1 0..1 [10.0, 11.0] -> 2: 12.0",
            "a 2 0..1 [20.0, 21.0] -> 2: 22.0",
            "null 1 0..1 [30.0, 31.0] -> 2: 32.0");
  }

  @Test
  void resultHasTheColumnsThatTheSchemaSays() {
    SlidingWindow stage =
        window(2)
            .setKeyCols("item", "store")
            .setWindowStartCol("from")
            .setWindowEndCol("to")
            .setTargetTimeCol("at")
            .setFeaturesCol("past")
            .setLabelCol("future");
    Dataset<Row> data =
        keyed()
            .withColumn(
                "item",
                functions
                    .col("item")
                    .as("item", org.apache.spark.sql.types.Metadata.fromJson("{\"a\": 1}")));
    Dataset<Row> windows = stage.transform(data);
    assertThat(windows.columns())
        .containsExactly("item", "store", "from", "to", "at", "past", "future");
    assertThat(windows.schema()).isEqualTo(stage.transformSchema(data.schema()));
    assertThat(windows.schema().apply("item").metadata().getLong("a")).isEqualTo(1);
    assertThat(windows.count()).isEqualTo(3);
    assertThat(stage.setTarget("none").transform(data).columns())
        .containsExactly("item", "store", "from", "to", "past");
  }

  @Test
  void namesOfColumnsMayHoldDotsAndBackticks() {
    Dataset<Row> data = counted(spark, 1, 2, 3).toDF("the.time", "a`b");
    assertThat(
            show(
                new SlidingWindow()
                    .setTimeCol("the.time")
                    .setValueCols("a`b")
                    .setWindowSize(2)
                    .transform(data)))
        .containsExactly("0..1 [1.0, 2.0] -> 2: 3.0");
  }

  @Test
  void orderAndPartitionsOfTheDataDoNotMatter() {
    Dataset<Row> sorted = keyed().orderBy("store", "item", "t").coalesce(1);
    SlidingWindow stage = window(2).setKeyCols("store", "item");
    List<String> expected = show(stage.transform(sorted));
    assertThat(expected).hasSize(3);
    for (int partitions : new int[] {1, 2, 7}) {
      Dataset<Row> shuffled = keyed().repartition(partitions, functions.rand(partitions));
      assertThat(show(stage.transform(shuffled))).isEqualTo(expected);
    }
  }

  @Test
  void noRowsMakeNoWindows() {
    assertThat(show(window(2).transform(one(spark)))).isEmpty();
    assertThat(show(window(2).setKeyCols("t").transform(one(spark)))).isEmpty();
  }

  @Test
  void shortSeriesIsSkippedOrPadded() {
    Dataset<Row> three = counted(spark, 10, 11, 12);
    assertThat(show(window(3).setShortSeries("skip").transform(three))).isEmpty();
    assertThat(show(window(3).setShortSeries("pad").transform(three)))
        .containsExactly("0..1 [10.0, 10.0, 11.0] -> 2: 12.0");
    assertThat(show(window(4).setHorizon(2).setShortSeries("pad").transform(three)))
        .containsExactly("0..0 [10.0, 10.0, 10.0, 10.0] -> 2: 12.0");
    assertThat(show(window(5).setTarget("none").setShortSeries("pad").transform(three)))
        .containsExactly("0..2 [10.0, 10.0, 10.0, 11.0, 12.0]");
    assertThat(show(window(3).setHorizon(3).setShortSeries("pad").transform(three))).isEmpty();
  }

  @Test
  void padLeavesSeriesThatAreLongEnoughAlone() {
    SlidingWindow stage = window(2).setShortSeries("pad");
    assertThat(show(stage.transform(counted(spark, 10, 11, 12, 13))))
        .containsExactly("0..1 [10.0, 11.0] -> 2: 12.0", "1..2 [11.0, 12.0] -> 3: 13.0");
  }

  @Test
  void shortSeriesAmongLongOnes() {
    Dataset<Row> data = keyed().filter("NOT (item = 2 AND t > 0)");
    SlidingWindow stage = window(2).setKeyCols("store", "item");
    assertThat(show(stage.setShortSeries("skip").transform(data)))
        .containsExactly("a 1 0..1 [10.0, 11.0] -> 2: 12.0", "null 1 0..1 [30.0, 31.0] -> 2: 32.0");
  }

  @Test
  void rowsAreWhatSparkDecodesWhenARowFunctionFollows() {
    SlidingWindow stage = window(2).setValueCols("a", "b");
    List<Row> fromRdd = stage.transform(wide()).toJavaRDD().collect();
    assertThat(fromRdd).isEqualTo(stage.transform(wide()).collectAsList()).hasSize(2);
    assertThat(fromRdd.get(0).<Object>getAs("label")).isInstanceOf(scala.collection.Seq.class);
  }
}
