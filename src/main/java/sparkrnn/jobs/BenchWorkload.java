package sparkrnn.jobs;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import sparkrnn.ml.RnnRegressor;

/**
 * What is trained or predicted, and for how long; src/bench/python/workloads.py has the values.
 *
 * @param units of each layer
 * @param minTimeSteps of the shortest sequence; the lengths are spread evenly by their logarithm
 * @param warmUpSeconds that are not counted
 * @param measuredSeconds that are counted, at least
 */
record BenchWorkload(
    Mode mode,
    String cell,
    String activation,
    List<Integer> units,
    int minTimeSteps,
    int maxTimeSteps,
    int features,
    int batchSize,
    int sequences,
    double warmUpSeconds,
    double measuredSeconds) {

  /** What is counted: the epochs of a fit, or the passes of a transform over all rows. */
  enum Mode {
    TRAIN,
    PREDICT
  }

  private static final long SEED = 20_260;

  /** The estimator that every system of the bench has its like of. */
  RnnRegressor estimator() {
    return new RnnRegressor()
        .setCell(cell)
        .setActivation(activation)
        .setUnits(units.stream().mapToInt(Integer::intValue).toArray())
        .setBatchSize(batchSize)
        .setSeed(SEED);
  }

  /**
   * Random normals in the columns "features" and "label"; the label is the mean of all, so that
   * there is something to learn.
   *
   * <p>The executors make the rows: rows of the driver would travel with every task of every pass,
   * kept in memory or not.
   */
  Dataset<Row> data(SparkSession spark) {
    StructType schema =
        new StructType()
            .add(
                "features",
                DataTypes.createArrayType(DataTypes.createArrayType(DataTypes.FloatType)))
            .add("label", DataTypes.DoubleType);
    int partitions = spark.sparkContext().defaultParallelism();
    List<Integer> lengths = lengths();
    int width = features; // not this record, which Java would have to serialize
    return spark.createDataFrame(
        JavaSparkContext.fromSparkContext(spark.sparkContext())
            .parallelize(lengths, partitions)
            .zipWithIndex()
            .map(numbered -> row(numbered._1(), width, numbered._2())),
        schema);
  }

  /** The same lengths as those of the peers, in another random order. */
  private List<Integer> lengths() {
    double ratio = (double) maxTimeSteps / minTimeSteps;
    List<Integer> lengths = new ArrayList<>();
    for (int s = 0; s < sequences; s++) {
      lengths.add((int) Math.round(minTimeSteps * Math.pow(ratio, (s + 0.5) / sequences)));
    }
    Collections.shuffle(lengths, new Random(SEED));
    return lengths;
  }

  private static Row row(int timeSteps, int features, long number) {
    SplittableRandom random = new SplittableRandom(SEED + number);
    float[][] sequence = new float[timeSteps][features];
    double sum = 0;
    for (float[] timeStep : sequence) {
      for (int i = 0; i < features; i++) {
        timeStep[i] = (float) random.nextGaussian();
        sum += timeStep[i];
      }
    }
    return RowFactory.create(sequence, sum / (timeSteps * features));
  }
}
