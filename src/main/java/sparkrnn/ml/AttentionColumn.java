package sparkrnn.ml;

import java.io.Serializable;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import scala.collection.mutable.ArraySeq;

/**
 * The column of the weights of attention, behind all others that a model appends, if it is wanted.
 *
 * @param name of the column; empty for none
 * @param nullable whether a row may have none
 */
record AttentionColumn(String stage, String name, boolean nullable) implements Serializable {

  private static final long serialVersionUID = 1L;

  /**
   * The column that the params ask for.
   *
   * @throws IllegalArgumentException if they ask for one where nothing attends
   */
  static AttentionColumn of(RnnParams params) {
    String name = FitInputs.textOrEmpty(params, params.attentionCol());
    if (!name.isEmpty() && !params.getPooling().equals("attention")) {
      throw ParamCombination.refusal(
          params,
          "attentionCol is \"%s\" and pooling is \"%s\"; only attention gives its time steps"
              + " weights. Clear attentionCol, or fit with pooling \"attention\".",
          name,
          params.getPooling());
    }
    return new AttentionColumn(
        params.getClass().getSimpleName(), name, params.getHandleInvalid().equals("keep"));
  }

  boolean isWanted() {
    return !name.isEmpty();
  }

  /**
   * The schema with the column at its end.
   *
   * @throws IllegalArgumentException if it is there already
   */
  StructType appendTo(StructType schema) {
    if (!isWanted()) {
      return schema;
    }
    ColumnCheck.isNew(stage, schema, "attentionCol", name);
    return schema.add(name, DataTypes.createArrayType(DataTypes.FloatType, false), nullable);
  }

  /** The value of one row. */
  static Object value(float[] weights) {
    return new ArraySeq.ofFloat(weights);
  }
}
