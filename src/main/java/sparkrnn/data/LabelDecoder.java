package sparkrnn.data;

import java.io.Serializable;
import org.apache.spark.sql.types.StructType;

/** Turns a value of a label column into the float32 targets of a network. */
public interface LabelDecoder extends Serializable {

  /**
   * The decoder of a column of numbers, arrays of numbers or vectors, which are the targets.
   *
   * @throws IllegalArgumentException if the column is missing or of another type
   */
  static LabelDecoder of(String owner, StructType schema, String column) {
    return NumberLabelDecoder.of(owner, schema, column);
  }

  /**
   * The targets of one label.
   *
   * @param value what {@code Row.get} gives for the column
   * @throws InvalidSequenceException if it is null or can't be used
   */
  float[] decode(Object value) throws InvalidSequenceException;

  /**
   * The factor by which such a label multiplies the weight of its row.
   *
   * @param value one that {@link #decode} takes
   * @throws InvalidSequenceException if {@link #decode} does not take it
   */
  default double weight(Object value) throws InvalidSequenceException {
    return 1;
  }
}
