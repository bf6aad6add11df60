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
import org.apache.spark.sql.types.StructType;

/** Small data sets of sequences of differing lengths. */
final class SequenceRows {

  static final DataType SEQUENCE = DataTypes.createArrayType(DataTypes.DoubleType);

  private SequenceRows() {}

  static StructType schema(DataType features, DataType label) {
    return new StructType()
        .add("id", DataTypes.LongType)
        .add("features", features)
        .add("label", label);
  }

  /** (id, features of 1 to 9 values, label: their mean). */
  static Dataset<Row> means(SparkSession spark, int rows) {
    return spark.createDataFrame(meanRows(rows), schema(SEQUENCE, DataTypes.DoubleType));
  }

  static List<Row> meanRows(int rows) {
    Random random = new Random(11);
    List<Row> all = new ArrayList<>();
    for (long id = 0; id < rows; id++) {
      double[] values = random.doubles(1 + id % 9, -1, 1).toArray();
      double mean = java.util.Arrays.stream(values).average().orElseThrow();
      all.add(RowFactory.create(id, values, mean));
    }
    return all;
  }

  /** Means in the label as an array of two: the mean and its double. */
  static Dataset<Row> pairs(SparkSession spark, int rows) {
    List<Row> pairs = new ArrayList<>();
    for (Row row : meanRows(rows)) {
      double mean = row.getDouble(2);
      pairs.add(RowFactory.create(row.get(0), row.get(1), new double[] {mean, 2 * mean}));
    }
    return spark.createDataFrame(pairs, schema(SEQUENCE, SEQUENCE));
  }

  /** Good rows with one more whose id is 17. */
  static Dataset<Row> withRow17(SparkSession spark, Object features, Object label) {
    List<Row> rows = new ArrayList<>();
    for (Row row : meanRows(17)) {
      rows.add(row);
    }
    rows.add(RowFactory.create(17L, features, label));
    return spark.createDataFrame(rows, schema(SEQUENCE, DataTypes.DoubleType));
  }

  /** A small network and few epochs. */
  static RnnRegressor small() {
    return new RnnRegressor().setUnits(8).setEpochs(2).setBatchSize(8).setSeed(5);
  }
}
