package sparkrnn.ml;

import java.io.Serializable;
import org.apache.spark.sql.types.StructType;

/** The columns that a model appends to the rows. */
interface OutputColumns extends Serializable {

  /**
   * The schema with the columns at its end.
   *
   * @throws IllegalArgumentException if one of them is there already
   */
  StructType appendTo(StructType schema);

  /** How many columns. */
  int size();

  /** Writes the values for a sequence's outputs from a place on. */
  void write(double[] outputs, Object[] row, int from);
}
