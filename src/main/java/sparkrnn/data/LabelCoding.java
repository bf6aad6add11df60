package sparkrnn.data;

import java.io.Serializable;
import org.apache.spark.sql.types.StructType;

/** How the labels of a stage become targets, whatever the column. */
public interface LabelCoding extends Serializable {

  /** Labels that are their own targets. */
  static LabelCoding numbers() {
    return LabelDecoder::of;
  }

  /**
   * Numbers of the target of a time step where every time step has one: the decoder then gives
   * those of all time steps, one after the other, and NaN where a time step has no label. 0 where a
   * sequence has one label.
   */
  default int targetsPerStep() {
    return 0;
  }

  /**
   * The decoder of a column.
   *
   * @param owner the stage, for messages
   * @throws IllegalArgumentException if the column is missing or of a type that it can't take
   */
  LabelDecoder decoder(String owner, StructType schema, String column);
}
