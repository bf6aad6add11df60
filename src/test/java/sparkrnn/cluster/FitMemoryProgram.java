package sparkrnn.cluster;

import java.lang.management.ManagementFactory;
import java.util.Locale;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import sparkrnn.ml.RnnRegressor;
import sparkrnn.training.TrainingListener;

/**
 * Says what a fit holds on the heap of a process that is driver and workers in one; prints "raw MB
 * held MB ratio R".
 */
final class FitMemoryProgram {

  private static final long BYTES_OF_SEQUENCE = 100 * 16 * Float.BYTES;

  private FitMemoryProgram() {}

  /** Argument: how many sequences of 6,400 bytes. */
  public static void main(String[] arguments) {
    SparkSession spark =
        SparkSession.builder()
            .master("local[2]")
            .appName("memory of a fit")
            .config("spark.ui.enabled", "false")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .getOrCreate();
    long sequences = Long.parseLong(arguments[0]);
    // What classes, generated code and the session itself need is there before.
    held(spark, 512, 0);
    long before = usedAfterCollection();
    long held = held(spark, sequences, before);
    double raw = (double) sequences * BYTES_OF_SEQUENCE;
    System.out.println(
        String.format(
            Locale.ROOT, "raw %.0f MB held %.0f MB ratio %.2f", raw / 1e6, held / 1e6, held / raw));
    spark.stop();
  }

  private static long held(SparkSession spark, long sequences, long before) {
    long[] most = new long[1];
    Dataset<Row> data =
        spark
            .range(0, sequences, 1, 8)
            .selectExpr(
                "transform(sequence(1, 100), t -> transform(sequence(1, 16), f ->"
                    + " float((id * 31 + t * (7 + id % 5) + f * 13) % 101) / 50 - 1)) AS features",
                "double(id % 7) / 7 AS label");
    new RnnRegressor()
        .setUnits(64)
        .setBatchSize(64)
        .setEpochs(2)
        .setSeed(5)
        .addListener(
            new TrainingListener() {
              @Override
              public void epochEnded(
                  int epoch, double loss, double validationLoss, double sequencesPerSecond) {
                most[0] = Math.max(most[0], usedAfterCollection() - before);
              }
            })
        .fit(data);
    return most[0];
  }

  private static long usedAfterCollection() {
    System.gc();
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
