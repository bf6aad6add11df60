package sparkrnn.data;

import java.io.Serializable;
import org.apache.spark.sql.types.StructType;

/** SKELETON: turns a value of a features column into float32 values. */
public final class SequenceDecoder implements Serializable {

  private static final long serialVersionUID = 1L;

  /**
   * @throws IllegalArgumentException if the column is missing or of another type; the message names
   *     owner, column, param, type found and types wanted
   */
  public static SequenceDecoder of(String owner, String param, StructType schema, String column) {
    throw new UnsupportedOperationException();
  }

  /**
   * The values of one sequence, time-major (T, F).
   *
   * @param value what {@code Row.get} gives for the column
   * @param features F wanted; 0 takes the F of the first time step
   * @throws InvalidSequenceException if the value is null, empty, ragged, not finite or has another
   *     F; the message has time step and feature but not the row
   */
  public DecodedSequence decode(Object value, int features) throws InvalidSequenceException {
    throw new UnsupportedOperationException();
  }
}
