package sparkrnn.feature;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.extension.ExtendWith;
import sparkrnn.LocalSpark;

/**
 * Windows of random series against {@link WindowReference}. A failure names its seed; -Dseed=...
 * runs that one again.
 */
@ExtendWith(LocalSpark.class)
final class SlidingWindowPropertyTest {

  private static final int SERIES = 12;
  private static final long STEP = 3;
  private static final long SHIFT = -20;
  private static final long QUARTER_SECONDS = 15 * 60;

  private final SparkSession spark;

  SlidingWindowPropertyTest(SparkSession spark) {
    this.spark = spark;
  }

  @RepeatedTest(30)
  void windowsAreThoseOfTheReference(RepetitionInfo repetition) {
    long seed = Long.getLong("seed", 7_000L + repetition.getCurrentRepetition());
    Random random = new Random(seed);
    int features = 1 + random.nextInt(2);
    int[] targets = random.nextBoolean() ? new int[] {2} : new int[] {1, 0};
    WindowReference.Settings settings =
        new WindowReference.Settings(
            1 + random.nextInt(4),
            1 + random.nextInt(3),
            1 + random.nextInt(3),
            List.of("value", "sequence", "none").get(random.nextInt(3)),
            List.of("split", "fill", "interpolate").get(random.nextInt(3)),
            random.nextInt(4));
    List<Row> rows = new ArrayList<>();
    List<String> expected = new ArrayList<>();
    for (int key = 0; key < SERIES; key++) {
      double[][] series = randomSeries(random, settings, features, targets);
      for (int t = 0; t < series.length; t++) {
        if (series[t] != null) {
          rows.add(row(key, t, series[t]));
        }
      }
      int series1 = key;
      new WindowReference(series, features, targets)
          .windows(settings, STEP, SHIFT)
          .forEach(window -> expected.add(series1 + " " + window));
    }
    Collections.shuffle(rows, random);
    Dataset<Row> data = spark.createDataFrame(rows, SCHEMA).repartition(1 + random.nextInt(5));
    SlidingWindow stage = stage(settings, features, targets);
    Collections.sort(expected);
    assertThat(expected).as("seed %d", seed).isNotEmpty();
    assertThat(SeriesRows.show(stage.setTimeCol("t").setTimeStep("3").transform(data)))
        .as("seed %d, %s, %d features", seed, settings, features)
        .isEqualTo(expected);
    Dataset<Row> byTimestamp = stage.setTimeCol("at").setTimeStep("15 minutes").transform(data);
    assertThat(SeriesRows.show(inSteps(byTimestamp, settings)))
        .as("timestamps, seed %d, %s, %d features", seed, settings, features)
        .isEqualTo(expected);
  }

  private static final StructType SCHEMA =
      new StructType()
          .add("key", DataTypes.IntegerType)
          .add("t", DataTypes.LongType)
          .add("at", DataTypes.TimestampType)
          .add("c0", DataTypes.DoubleType)
          .add("c1", DataTypes.DoubleType)
          .add("c2", DataTypes.DoubleType);

  private static Row row(int key, int t, double[] values) {
    Object[] columns = new Object[6];
    columns[0] = key;
    columns[1] = t * STEP + SHIFT;
    columns[2] = Timestamp.from(Instant.ofEpochSecond(t * QUARTER_SECONDS));
    for (int c = 0; c < values.length; c++) {
      // A missing value is null as often as NaN.
      columns[3 + c] = Double.isNaN(values[c]) && (t + c) % 2 == 0 ? null : (Object) values[c];
    }
    return RowFactory.create(columns);
  }

  /** Turns timestamps back into the numbers of column t. */
  private static Dataset<Row> inSteps(Dataset<Row> windows, WindowReference.Settings settings) {
    List<String> times =
        settings.target().equals("none")
            ? List.of("windowStart", "windowEnd")
            : List.of("windowStart", "windowEnd", "targetTime");
    Dataset<Row> counted = windows;
    for (String time : times) {
      counted =
          counted.withColumn(
              time,
              org.apache.spark.sql.functions.expr(
                  String.format(
                      Locale.ROOT, "cast(unix_seconds(%s) / 900 AS long) * 3 - 20", time)));
    }
    return counted;
  }

  private static SlidingWindow stage(
      WindowReference.Settings settings, int features, int[] targets) {
    List<String> names = List.of("c0", "c1", "c2");
    return new SlidingWindow()
        .setKeyCols("key")
        .setValueCols(names.subList(0, features).toArray(String[]::new))
        .setTargetCols(java.util.Arrays.stream(targets).mapToObj(names::get).toArray(String[]::new))
        .setWindowSize(settings.windowSize())
        .setHorizon(settings.horizon())
        .setStride(settings.stride())
        .setTarget(settings.target())
        .setGapPolicy(settings.gapPolicy())
        .setMaxGap(settings.maxGap())
        .setShortSeries("skip");
  }

  /** Three columns; those that the stage does not read hold no gaps, as it would not see them. */
  private static double[][] randomSeries(
      Random random, WindowReference.Settings settings, int features, int[] targets) {
    boolean[] read = new boolean[3];
    java.util.Arrays.fill(read, 0, features, true);
    if (!settings.target().equals("none")) {
      java.util.Arrays.stream(targets).forEach(target -> read[target] = true);
    }
    double[][] series = new double[1 + random.nextInt(25)][];
    double missing = random.nextDouble() * 0.3;
    for (int t = 0; t < series.length; t++) {
      boolean inside = t > 0 && t < series.length - 1;
      if (inside && random.nextDouble() < missing) {
        continue;
      }
      series[t] = random.doubles(3, -1, 1).toArray();
      for (int c = 0; c < 3; c++) {
        if (read[c] && random.nextDouble() < missing) {
          series[t][c] = Double.NaN;
        }
      }
    }
    return series;
  }
}
