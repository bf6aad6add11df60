package sparkrnn.jobs;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import sparkrnn.ml.RnnRegressionModel;

/**
 * How many sequences a second a transform predicts once it is warm.
 *
 * <p>One batch and one epoch make the model: how well it predicts does not matter. Then the whole
 * data, which Spark keeps in memory, is predicted again and again, into a sink that drops the rows.
 */
final class PredictionSpeed {

  /** Passes that are not counted, however long they take. */
  private static final int FIRST_PASSES = 2;

  private static final int LEAST_COUNTED_PASSES = 3;
  private static final double NANOS = 1e9;

  private final Dataset<Row> data;
  private final BenchWorkload workload;

  PredictionSpeed(SparkSession spark, BenchWorkload workload) {
    this.data = workload.data(spark);
    this.workload = workload;
  }

  /** Fits, and predicts until the time is over; the values by their names in the JSON. */
  Map<String, Object> measure() {
    RnnRegressionModel model =
        workload.estimator().setEpochs(1).fit(data.limit(workload.batchSize()));
    Dataset<Row> predictions = model.transform(data.cache());
    passes(predictions, FIRST_PASSES, workload.warmUpSeconds());
    long begin = System.nanoTime();
    int passes = passes(predictions, LEAST_COUNTED_PASSES, workload.measuredSeconds());
    double seconds = secondsSince(begin);
    data.unpersist();
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("sequencesPerSecond", (double) passes * workload.sequences() / seconds);
    values.put("passes", passes);
    values.put("partitions", data.rdd().getNumPartitions());
    values.put("seconds", seconds);
    values.put("blas", model.summary().blas());
    return values;
  }

  /** Predicts all rows at least so often and for so long; returns how often. */
  private static int passes(Dataset<Row> predictions, int least, double seconds) {
    long begin = System.nanoTime();
    int passes = 0;
    while (passes < least || secondsSince(begin) < seconds) {
      predictions.write().format("noop").mode("overwrite").save();
      passes++;
    }
    return passes;
  }

  private static double secondsSince(long nanoTime) {
    return (System.nanoTime() - nanoTime) / NANOS;
  }
}
