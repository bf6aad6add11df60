package sparkrnn.ml;

import java.util.Iterator;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import sparkrnn.data.DecodedSequence;
import sparkrnn.data.InvalidSequenceException;

/**
 * A function over the rows of a partition that runs a fitted network over a batch of their
 * sequences at a time.
 *
 * @param <B> such a batch
 */
abstract class BatchTask<B extends RowBatch> implements MapPartitionsFunction<Row, Row> {

  private static final long serialVersionUID = 1L;

  private final SequenceReading reading;
  private final int batchSize;

  /**
   * @param model whose params say which columns are read, and how
   * @param schema of the rows
   */
  BatchTask(RnnModel<?> model, StructType schema) {
    reading = new SequenceReading(model, schema);
    batchSize = model.getPredictionBatchSize();
  }

  /** An empty batch. */
  abstract B newBatch();

  /**
   * The row as it leaves.
   *
   * @param place of its sequence in the batch, which was computed; negative if it can't be used
   */
  abstract Row result(Row row, B batch, int place);

  @Override
  public Iterator<Row> call(Iterator<Row> rows) {
    return new BatchIterator<>(rows, this);
  }

  /** The values of a row, with room for those that are appended. */
  static Object[] longer(Row row, int size) {
    Object[] values = new Object[size];
    for (int column = 0; column < row.size(); column++) {
      values[column] = row.get(column);
    }
    return values;
  }

  /** Rows of a batch at most. */
  int batchSize() {
    return batchSize;
  }

  /** A batch that holds so many time steps takes no further row. */
  long enoughTimeSteps() {
    return BatchIterator.ENOUGH_TIME_STEPS;
  }

  final SequenceReading reading() {
    return reading;
  }

  /** As {@link SequenceReading#read}. */
  DecodedSequence decode(Row row) throws InvalidSequenceException {
    return reading.read(row);
  }
}
