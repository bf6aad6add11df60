package sparkrnn.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import sparkrnn.ml.RnnRegressionModel;
import sparkrnn.ml.RnnRegressor;

/** A data set for fits: sequences of 1 to 7 numbers whose label is their sum. */
final class FitRows {

  private static final StructType SCHEMA =
      new StructType()
          .add("id", DataTypes.LongType)
          .add("group", DataTypes.StringType)
          .add("weight", DataTypes.DoubleType)
          .add("features", DataTypes.createArrayType(DataTypes.DoubleType))
          .add("label", DataTypes.DoubleType);

  private FitRows() {}

  /** Rows of (id from 0, group "g0" to "g9", weight 1, features, label). */
  static List<Row> rows(int count) {
    Random random = new Random(23);
    List<Row> rows = new ArrayList<>();
    for (long id = 0; id < count; id++) {
      double[] values = random.doubles(1 + id % 7, -1, 1).toArray();
      rows.add(RowFactory.create(id, "g" + id % 10, 1.0, values, Arrays.stream(values).sum()));
    }
    return rows;
  }

  static Dataset<Row> dataset(SparkSession spark, int count) {
    return dataset(spark, rows(count));
  }

  static Dataset<Row> dataset(SparkSession spark, List<Row> rows) {
    return spark.createDataFrame(rows, SCHEMA);
  }

  /** A network of 6 units, batches of 16, 3 epochs. */
  static RnnRegressor estimator() {
    return new RnnRegressor().setUnits(6).setBatchSize(16).setEpochs(3).setSeed(2);
  }

  /** All weights in one array, in the order of the network. */
  static float[] weights(RnnRegressionModel model) {
    int size = model.weights().values().stream().mapToInt(tensor -> tensor.length).sum();
    float[] all = new float[size];
    int at = 0;
    for (float[] tensor : model.weights().values()) {
      System.arraycopy(tensor, 0, all, at, tensor.length);
      at += tensor.length;
    }
    return all;
  }

  /** The training loss of the last epoch. */
  static double lastLoss(RnnRegressionModel model) {
    double[] losses = model.summary().objectiveHistory();
    return losses[losses.length - 1];
  }
}
