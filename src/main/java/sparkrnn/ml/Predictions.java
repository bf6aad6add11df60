package sparkrnn.ml;

import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import scala.collection.mutable.ArraySeq;

/** The type of the prediction column. */
final class Predictions {

  private Predictions() {}

  /** The schema with the prediction column at its end. */
  static StructType appendTo(StructType schema, RnnParams params, boolean arrays) {
    DataType type =
        arrays ? DataTypes.createArrayType(DataTypes.DoubleType, false) : DataTypes.DoubleType;
    return schema.add(params.getPredictionCol(), type, params.getHandleInvalid().equals("keep"));
  }

  /** A prediction as a value of that column. */
  static Object value(double[] prediction, boolean arrays) {
    return arrays ? new ArraySeq.ofDouble(prediction) : (Object) prediction[0];
  }
}
