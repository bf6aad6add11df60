package sparkrnn.cluster;

import java.util.Locale;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import sparkrnn.ml.RnnRegressionModel;
import sparkrnn.ml.RnnRegressor;

/**
 * Trains a small network on generated sequences of 100 time steps of 16 features, 6,400 bytes each;
 * prints "sequences COUNT per second FIRST LAST weights DIGEST".
 */
final class LargerThanMemoryProgram {

  private LargerThanMemoryProgram() {}

  /** Arguments: the master, how many sequences, epochs. */
  public static void main(String[] arguments) {
    SparkSession spark =
        SparkSession.builder()
            .master(arguments[0])
            .appName("larger than memory")
            .config("spark.ui.enabled", "false")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.executor.extraClassPath", System.getProperty("java.class.path"))
            .getOrCreate();
    long sequences = Long.parseLong(arguments[1]);
    Dataset<Row> data =
        spark
            .range(0, sequences, 1, 16)
            .selectExpr(
                "transform(sequence(1, 100), t -> transform(sequence(1, 16), f ->"
                    + " float((id * 31 + t * (7 + id % 5) + f * 13) % 101) / 50 - 1)) AS features",
                "double(id % 7) / 7 AS label");
    RnnRegressionModel model =
        new RnnRegressor()
            .setUnits(64)
            .setBatchSize(256)
            .setEpochs(Integer.parseInt(arguments[2]))
            .setSeed(5)
            .fit(data);
    double[] speed = model.summary().sequencesPerSecond();
    System.out.println(
        String.format(
            Locale.ROOT,
            "sequences %d per second %.0f %.0f weights %s",
            sequences,
            speed[0],
            speed[speed.length - 1],
            SameBitsProgram.digest(model)));
    spark.stop();
  }
}
