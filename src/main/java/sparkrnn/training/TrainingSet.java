package sparkrnn.training;

import org.apache.spark.sql.Dataset;
import sparkrnn.data.SequenceColumns;
import sparkrnn.data.ValidationSplit;

/** SKELETON: the packed, persisted sequences of one fit; close releases them. */
public final class TrainingSet implements AutoCloseable {

  /**
   * Reads, checks and packs the data: a few Spark jobs.
   *
   * @throws IllegalArgumentException for data that can't be trained on; the message names the column
   *     and the row
   */
  public static TrainingSet prepare(
      Dataset<?> dataset,
      SequenceColumns columns,
      ValidationSplit validation,
      TrainingSettings settings) {
    throw new UnsupportedOperationException();
  }

  /** Features of one time step. */
  public int features() {
    throw new UnsupportedOperationException();
  }

  /** Numbers in a label. */
  public int outputs() {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() {}
}
