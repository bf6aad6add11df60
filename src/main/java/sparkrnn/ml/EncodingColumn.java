package sparkrnn.ml;

import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.types.StructType;

/**
 * The column of an encoder: a vector.
 *
 * @param nullable whether a row may have none
 */
record EncodingColumn(String stage, String name, boolean nullable) implements OutputColumns {

  private static final long serialVersionUID = 1L;

  static EncodingColumn of(RnnEncoder encoder) {
    return new EncodingColumn(
        encoder.getClass().getSimpleName(),
        encoder.getOutputCol(),
        encoder.getHandleInvalid().equals("keep"));
  }

  @Override
  public StructType appendTo(StructType schema) {
    ColumnCheck.isNew(stage, schema, "outputCol", name);
    return schema.add(name, SQLDataTypes.VectorType(), nullable);
  }

  @Override
  public int size() {
    return 1;
  }

  @Override
  public void write(double[] encoding, Object[] row, int from) {
    row[from] = Vectors.dense(encoding);
  }
}
