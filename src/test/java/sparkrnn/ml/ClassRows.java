package sparkrnn.ml;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/** Small data sets of sequences with classes: which way a noisy line goes. */
final class ClassRows {

  private static final String[] NAMES = {"up", "down", "flat"};

  private ClassRows() {}

  /** (id, features of 3 to 9 values, label: "up", "down" or "flat"). */
  static Dataset<Row> texts(SparkSession spark, int rows) {
    return rows(spark, rows, DataTypes.StringType, way -> NAMES[way]);
  }

  /** The label is a whole number: first for "up", then one more each. */
  static Dataset<Row> numbers(SparkSession spark, int rows, int first) {
    return rows(spark, rows, DataTypes.IntegerType, way -> first + way);
  }

  /** The label is (rises, falls, is level): 0 and 1, two of them for "flat" ones. */
  static Dataset<Row> arrays(SparkSession spark, int rows) {
    double[][] labels = {{1, 0, 0}, {0, 1, 0}, {0, 1, 1}};
    return rows(spark, rows, SequenceRows.SEQUENCE, way -> labels[way]);
  }

  private static Dataset<Row> rows(
      SparkSession spark, int count, DataType type, java.util.function.IntFunction<Object> label) {
    Random random = new Random(13);
    List<Row> rows = new ArrayList<>();
    for (long id = 0; id < count; id++) {
      int way = random.nextInt(3);
      double slope = new double[] {0.3, -0.3, 0}[way];
      double[] values = new double[3 + random.nextInt(7)];
      for (int t = 0; t < values.length; t++) {
        values[t] = slope * t + 0.05 * random.nextGaussian();
      }
      rows.add(RowFactory.create(id, values, label.apply(way)));
    }
    return spark.createDataFrame(rows, SequenceRows.schema(SequenceRows.SEQUENCE, type));
  }

  /** Good rows of texts with one more whose id is 17. */
  static Dataset<Row> withRow17(SparkSession spark, String label) {
    List<Row> rows = new ArrayList<>(texts(spark, 17).collectAsList());
    rows.add(RowFactory.create(17L, new double[] {1, 2, 3}, label));
    return spark.createDataFrame(
        rows, SequenceRows.schema(SequenceRows.SEQUENCE, DataTypes.StringType));
  }

  /** A small network and few epochs. */
  static RnnClassifier small() {
    return new RnnClassifier().setUnits(8).setEpochs(2).setBatchSize(8).setSeed(5);
  }

  /** Enough to learn. */
  static RnnClassifier learning() {
    return small().setEpochs(15).setLearningRate(0.02);
  }
}
