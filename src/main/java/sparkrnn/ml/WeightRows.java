package sparkrnn.ml;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** The tensors of a network as rows. */
final class WeightRows {

  private static final StructType SCHEMA =
      new StructType()
          .add("name", DataTypes.StringType, false)
          .add("shape", DataTypes.createArrayType(DataTypes.IntegerType, false), false)
          .add("values", DataTypes.createArrayType(DataTypes.FloatType, false), false);

  private WeightRows() {}

  static Dataset<Row> of(FittedNetwork fitted, SparkSession spark) {
    Map<String, List<Integer>> shapes = fitted.network().shapes();
    List<Row> rows = new ArrayList<>();
    fitted
        .weights()
        .forEach(
            (name, values) ->
                rows.add(
                    RowFactory.create(
                        name,
                        shapes.get(name).stream().mapToInt(Integer::intValue).toArray(),
                        values)));
    return spark.createDataFrame(rows, SCHEMA);
  }
}
