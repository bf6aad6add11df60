package sparkrnn.cluster;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import sparkrnn.ml.RnnRegressionModel;
import sparkrnn.ml.RnnRegressor;

/**
 * Trains an LSTM(128) on long sequences of one feature in batches of 32, with validation, and
 * predicts; prints "losses FIRST LAST predictions COUNT heap MB process MB seconds S epoch S".
 */
final class LongSequencesProgram {

  private LongSequencesProgram() {}

  /** Arguments: time steps, rows, "checkpointing" or the length of truncation. */
  public static void main(String[] arguments) throws IOException {
    int timeSteps = Integer.parseInt(arguments[0]);
    int rows = Integer.parseInt(arguments[1]);
    SparkSession spark =
        SparkSession.builder()
            .master("local[2]")
            .appName("long sequences")
            .config("spark.ui.enabled", "false")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .getOrCreate();
    Dataset<Row> data =
        spark
            .range(0, rows, 1, 4)
            .selectExpr(
                "transform(sequence(1, "
                    + timeSteps
                    + "), t -> float(sin(t * (0.001 + 0.0001 * id)))) AS features",
                "double(id % 7) / 7 AS label");
    RnnRegressor regressor =
        new RnnRegressor()
            .setCell("lstm")
            .setUnits(128)
            .setEpochs(1)
            .setValidationFraction(0.1)
            .setSeed(5);
    if (arguments[2].equals("checkpointing")) {
      regressor.setGradientCheckpointing(true);
    } else {
      regressor.setBpttLength(Integer.parseInt(arguments[2]));
    }
    long start = System.nanoTime();
    RnnRegressionModel model = regressor.fit(data);
    double seconds = (System.nanoTime() - start) / 1e9;
    long predictions = model.transform(data.limit(6)).where("prediction IS NOT NULL").count();
    double[] losses = model.summary().objectiveHistory();
    System.out.println(
        String.format(
            Locale.ROOT,
            "losses %.6f %.6f validation %d predictions %d heap %d MB process %d MB seconds %.1f epoch %.1f",
            losses[0],
            losses[1],
            model.summary().validationHistory().length,
            predictions,
            heapPeak() >> 20,
            processPeakKilobytes() >> 10,
            seconds,
            model.summary().epochSeconds()[0]));
    spark.stop();
  }

  /** The sum of the peaks of the pools: no less than the peak of the sum. */
  private static long heapPeak() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP)
        .map(MemoryPoolMXBean::getPeakUsage)
        .mapToLong(java.lang.management.MemoryUsage::getUsed)
        .sum();
  }

  private static long processPeakKilobytes() throws IOException {
    Path status = Path.of("/proc/self/status");
    if (!Files.isReadable(status)) {
      return 0;
    }
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("VmHWM"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst()
        .orElse(0);
  }
}
