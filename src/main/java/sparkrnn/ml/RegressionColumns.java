package sparkrnn.ml;

import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import scala.collection.mutable.ArraySeq;

/**
 * The column of a regression: its outputs.
 *
 * @param arrays whether predictions are arrays even where there is one output
 * @param nullable whether a row may have none
 */
record RegressionColumns(String stage, String prediction, boolean arrays, boolean nullable)
    implements OutputColumns {

  private static final long serialVersionUID = 1L;

  static RegressionColumns of(RnnParams params, boolean arrays) {
    return new RegressionColumns(
        params.getClass().getSimpleName(),
        params.getPredictionCol(),
        arrays,
        params.getHandleInvalid().equals("keep"));
  }

  @Override
  public StructType appendTo(StructType schema) {
    ColumnCheck.isNew(stage, schema, "predictionCol", prediction);
    DataType type =
        arrays ? DataTypes.createArrayType(DataTypes.DoubleType, false) : DataTypes.DoubleType;
    return schema.add(prediction, type, nullable);
  }

  @Override
  public int size() {
    return 1;
  }

  @Override
  public void write(double[] outputs, Object[] row, int from) {
    row[from] = arrays ? new ArraySeq.ofDouble(outputs) : (Object) outputs[0];
  }
}
