package sparkrnn.data;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What stands between a DataFrame in Spark's memory and the first training step: rows are checked,
 * encoded, ordered by content and packed on local[2]; seconds. A sequence is 200 bytes of float32.
 */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3)
@Measurement(iterations = 5)
// Large pages as jobs/launch asks for them.
@Fork(
    value = 1,
    jvmArgsAppend = {"-Xmx6g", "-XX:+UseTransparentHugePages"})
@State(Scope.Thread)
public class InputBenchmark {

  private static final SequenceColumns COLUMNS =
      new SequenceColumns(
          "InputBenchmark",
          new FeatureColumns("featuresCol", List.of("features"), List.of()),
          "label",
          "",
          "",
          "error",
          LabelCoding.numbers());

  /** Rows of 50 time steps of one feature. */
  @Param({"1000000"})
  public int sequences;

  private SparkSession spark;
  private Dataset<Row> data;

  /** Starts Spark and puts the data into its memory. */
  @Setup
  public void setUp() {
    spark = SparkSession.builder().master("local[2]").appName("InputBenchmark").getOrCreate();
    spark.sparkContext().setLogLevel("ERROR");
    data =
        spark
            .range(0, sequences, 1, 2)
            .selectExpr(
                "transform(sequence(1, 50), i -> cast(sin(id * 0.37 + i * (1 + id % 7)) as float))"
                    + " as features",
                "sin(id * 0.37) as label")
            .cache();
    data.count();
  }

  @TearDown
  public void tearDown() {
    spark.stop();
  }

  /** Until two workers hold all sequences. */
  @Benchmark
  public ShareTotals pack() {
    ValidationSplit none = new ValidationSplit(0, "random", "");
    try (PackedDataset packed = PackedDataset.prepare(data, COLUMNS, none, 32, 16, 1)) {
      return packed.totals(2);
    }
  }
}
