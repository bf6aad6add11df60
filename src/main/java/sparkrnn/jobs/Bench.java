package sparkrnn.jobs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import sparkrnn.ml.RnnRegressor;
import sparkrnn.ml.RnnTrainingSummary;
import sparkrnn.training.TrainingListener;

/**
 * Our part of jobs/bench: how many sequences a second a fit trains once it is warm.
 *
 * <p>Three fits of one estimator in one process: a short one to learn the speed, one that lets the
 * JVM compile, and the one that is measured, without its first epochs. Prints one line of JSON.
 */
public final class Bench {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Epochs of each fit that are not counted. */
  private static final int FIRST_EPOCHS = 2;

  private static final int LEAST_COUNTED_EPOCHS = 3;
  private static final long SEED = 20_260;
  private static final double NANOS = 1e9;

  /** What is trained, and for how long; src/bench/python/bench.py has the values. */
  record Workload(
      String cell,
      String activation,
      int units,
      int timeSteps,
      int features,
      int batchSize,
      int sequences,
      double warmUpSeconds,
      double measuredSeconds) {}

  private final Dataset<Row> data;
  private final Workload workload;

  private Bench(SparkSession spark, Workload workload) {
    this.data = sequences(spark, workload);
    this.workload = workload;
  }

  /** Takes one argument, a {@link Workload} as JSON. */
  public static void main(String[] arguments) throws JsonProcessingException {
    if (arguments.length != 1) {
      System.err.println("Bench: there are " + arguments.length + " arguments; run jobs/bench.");
      System.exit(2);
    }
    Workload workload = JSON.readValue(arguments[0], Workload.class);
    SparkSession spark = SparkSession.builder().appName("spark-rnn bench").getOrCreate();
    System.out.println(JSON.writeValueAsString(run(spark, workload)));
    spark.stop();
  }

  /** Runs the three fits in the Spark session; the values by their names in the JSON. */
  static Map<String, Object> run(SparkSession spark, Workload workload) {
    return new Bench(spark, workload).run();
  }

  private Map<String, Object> run() {
    double speed = fit(FIRST_EPOCHS + LEAST_COUNTED_EPOCHS).speed();
    speed = fit(epochs(workload.warmUpSeconds(), speed)).speed();
    Measurement measured = fit(epochs(workload.measuredSeconds(), speed));
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("sequencesPerSecond", measured.speed());
    values.put("epochs", measured.epochs());
    values.put("seconds", measured.seconds());
    values.put("loss", measured.loss());
    values.put("workers", measured.summary().workers());
    values.put("exchange", measured.summary().exchange());
    values.put("blas", measured.summary().blas());
    values.put("version", "Spark " + data.sparkSession().version());
    return values;
  }

  /** So many epochs that those that count take about so long. */
  private int epochs(double seconds, double speed) {
    int counted = (int) Math.ceil(seconds * speed / workload.sequences());
    return FIRST_EPOCHS + Math.max(LEAST_COUNTED_EPOCHS, counted);
  }

  private Measurement fit(int epochs) {
    EpochClock clock = new EpochClock();
    RnnTrainingSummary summary =
        new RnnRegressor()
            .setCell(workload.cell())
            .setActivation(workload.activation())
            .setUnits(workload.units())
            .setBatchSize(workload.batchSize())
            .setEpochs(epochs)
            .setSeed(SEED)
            .addListener(clock)
            .fit(data)
            .summary();
    int counted = epochs - FIRST_EPOCHS;
    double seconds = (clock.ends.get(epochs - 1) - clock.ends.get(FIRST_EPOCHS - 1)) / NANOS;
    return new Measurement(counted, seconds, counted * workload.sequences() / seconds, summary);
  }

  /** The counted epochs of one fit; speed in sequences a second. */
  private record Measurement(int epochs, double seconds, double speed, RnnTrainingSummary summary) {

    double loss() {
      double[] losses = summary.objectiveHistory();
      return losses[losses.length - 1];
    }
  }

  /** When each epoch was over. */
  private static final class EpochClock implements TrainingListener {
    private final List<Long> ends = new ArrayList<>();

    @Override
    public void epochEnded(
        int epoch, double loss, double validationLoss, double sequencesPerSecond) {
      ends.add(System.nanoTime());
    }
  }

  /** Random normals; the label is the mean of all, so that there is something to learn. */
  private static Dataset<Row> sequences(SparkSession spark, Workload workload) {
    StructType schema =
        new StructType()
            .add(
                "features",
                DataTypes.createArrayType(DataTypes.createArrayType(DataTypes.FloatType)))
            .add("label", DataTypes.DoubleType);
    Random random = new Random(SEED);
    List<Row> rows = new ArrayList<>();
    for (int s = 0; s < workload.sequences(); s++) {
      float[][] sequence = new float[workload.timeSteps()][workload.features()];
      double sum = 0;
      for (float[] timeStep : sequence) {
        for (int i = 0; i < timeStep.length; i++) {
          timeStep[i] = (float) random.nextGaussian();
          sum += timeStep[i];
        }
      }
      rows.add(RowFactory.create(sequence, sum / (workload.timeSteps() * workload.features())));
    }
    return spark.createDataFrame(rows, schema);
  }
}
