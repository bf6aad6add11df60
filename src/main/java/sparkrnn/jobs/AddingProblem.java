package sparkrnn.jobs;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * The adding problem, which asks a network to remember over many time steps: each time step has a
 * number in [0, 1) and a mark; two numbers, one in each half, are marked by 1; the label is their
 * sum. Always answering 1 has a mean squared error of 1/6.
 *
 * <p>Source: Hochreiter and Schmidhuber 1997, experiment 4, in the form of Le, Jaitly and Hinton
 * 2015 (arXiv:1504.00941), section 4.1.
 */
final class AddingProblem {

  private AddingProblem() {}

  /**
   * Rows of id, features (timeSteps, 2) and label.
   *
   * @param timeSteps at least 2
   */
  static Dataset<Row> rows(SparkSession spark, int sequences, int timeSteps, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Row> rows = new ArrayList<>();
    for (int id = 0; id < sequences; id++) {
      rows.add(row(id, timeSteps, random));
    }
    return spark.createDataFrame(
        rows,
        new StructType()
            .add("id", DataTypes.LongType, false)
            .add(
                "features",
                DataTypes.createArrayType(
                    DataTypes.createArrayType(DataTypes.FloatType, false), false),
                false)
            .add("label", DataTypes.DoubleType, false));
  }

  private static Row row(int id, int timeSteps, SplittableRandom random) {
    float[][] features = new float[timeSteps][2];
    for (float[] step : features) {
      step[0] = (float) random.nextDouble();
    }
    int first = random.nextInt(timeSteps / 2);
    int second = timeSteps / 2 + random.nextInt(timeSteps - timeSteps / 2);
    features[first][1] = 1;
    features[second][1] = 1;
    return RowFactory.create(
        (long) id, features, (double) features[first][0] + features[second][0]);
  }
}
