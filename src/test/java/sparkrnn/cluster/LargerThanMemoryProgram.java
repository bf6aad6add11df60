package sparkrnn.cluster;

import java.util.Locale;
import java.util.SplittableRandom;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import sparkrnn.ml.RnnRegressionModel;
import sparkrnn.ml.RnnRegressor;
import sparkrnn.training.TrainingListener;

/**
 * Trains SimpleRNN on generated sequences of 100 time steps of 16 features, 6,400 bytes each;
 * prints "sequences COUNT per second FIRST LAST fit SECONDS s weights DIGEST".
 */
final class LargerThanMemoryProgram {

  static final int BYTES = 6400;

  private static final int TIME_STEPS = 100;
  private static final int FEATURES = 16;
  private static final int ROWS_OF_A_PARTITION = 20_000;
  private static final int TELL_STEPS = 1000;

  private LargerThanMemoryProgram() {}

  /** Arguments: the master, a local directory, how many sequences, units, epochs. */
  public static void main(String[] arguments) {
    SparkSession spark =
        SparkSession.builder()
            .master(arguments[0])
            .appName("larger than memory")
            .config("spark.local.dir", arguments[1])
            .config("spark.ui.enabled", "false")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.executor.extraClassPath", System.getProperty("java.class.path"))
            .getOrCreate();
    long sequences = Long.parseLong(arguments[2]);
    RnnRegressionModel model =
        new RnnRegressor()
            .setUnits(Integer.parseInt(arguments[3]))
            .setBatchSize(256)
            .setEpochs(Integer.parseInt(arguments[4]))
            .setSeed(5)
            .addListener(new Progress(sequences))
            .fit(data(spark, sequences));
    double[] speed = model.summary().sequencesPerSecond();
    System.out.println(
        String.format(
            Locale.ROOT,
            "sequences %d per second %.0f %.0f fit %.0f s weights %s",
            sequences,
            speed[0],
            speed[speed.length - 1],
            model.summary().fitSeconds(),
            SameBitsProgram.digest(model)));
    spark.stop();
  }

  /** Rows that no machine keeps: each task makes them from their numbers. */
  private static Dataset<Row> data(SparkSession spark, long sequences) {
    int partitions = (int) Math.max(16, sequences / ROWS_OF_A_PARTITION);
    return spark
        .range(0, sequences, 1, partitions)
        .select(
            functions
                .udf(
                    (UDF1<Long, float[][]>) LargerThanMemoryProgram::readings,
                    DataTypes.createArrayType(DataTypes.createArrayType(DataTypes.FloatType)))
                .apply(functions.col("id"))
                .as("features"),
            functions.expr("double(id % 7) / 7").as("label"));
  }

  /**
   * Readings in steps of an eighth that half of the time stay as they are: like those of many
   * sensors they take a third of their size in Spark's shuffles, so that 20 GB fit on a disk.
   */
  private static float[][] readings(long number) {
    SplittableRandom random = new SplittableRandom(number);
    float[][] readings = new float[TIME_STEPS][];
    for (int t = 0; t < TIME_STEPS; t++) {
      if (t > 0 && random.nextBoolean()) {
        readings[t] = readings[t - 1];
        continue;
      }
      readings[t] = new float[FEATURES];
      for (int f = 0; f < FEATURES; f++) {
        readings[t][f] = random.nextInt(8) / 8f - 0.5f;
      }
    }
    return readings;
  }

  /** Who waits for gigabytes wants to see that they move. */
  private record Progress(long sequences) implements TrainingListener {

    @Override
    public void started(int maxIter, long stepsPerEpoch, long examples) {
      System.out.printf(Locale.ROOT, "# %d sequences are packed%n", sequences);
    }

    @Override
    public void stepEnded(int epoch, long step, double loss) {
      if (step % TELL_STEPS == 0) {
        System.out.printf(Locale.ROOT, "# epoch %d, step %d%n", epoch, step);
      }
    }
  }
}
