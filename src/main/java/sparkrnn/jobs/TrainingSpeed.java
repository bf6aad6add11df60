package sparkrnn.jobs;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import sparkrnn.ml.RnnTrainingSummary;
import sparkrnn.training.TrainingListener;

/**
 * How many sequences a second a fit trains once it is warm.
 *
 * <p>Three fits of one estimator in one process: a short one to learn the speed, one that lets the
 * JVM compile, unless the first has taken long enough for that, and the one that is measured,
 * without its first epochs.
 */
final class TrainingSpeed {

  /** Epochs of each fit that are not counted. */
  private static final int FIRST_EPOCHS = 2;

  private static final int LEAST_COUNTED_EPOCHS = 3;
  private static final double NANOS = 1e9;

  private final Dataset<Row> data;
  private final BenchWorkload workload;

  TrainingSpeed(SparkSession spark, BenchWorkload workload) {
    this.data = workload.data(spark);
    this.workload = workload;
  }

  /** Runs the three fits; the values by their names in the JSON. */
  Map<String, Object> measure() {
    Measurement warm = fit(FIRST_EPOCHS + LEAST_COUNTED_EPOCHS);
    if (warm.seconds() < workload.warmUpSeconds()) {
      warm = fit(epochs(workload.warmUpSeconds(), warm.speed()));
    }
    Measurement measured = fit(epochs(workload.measuredSeconds(), warm.speed()));
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("sequencesPerSecond", measured.speed());
    values.put("epochs", measured.epochs());
    values.put("seconds", measured.seconds());
    values.put("loss", measured.loss());
    values.put("workers", measured.summary().workers());
    values.put("exchange", measured.summary().exchange());
    values.put("blas", measured.summary().blas());
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
        workload.estimator().setEpochs(epochs).addListener(clock).fit(data).summary();
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
}
