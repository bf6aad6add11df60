package sparkrnn.ml;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.spark.sql.Row;
import sparkrnn.data.InvalidSequenceException;

/**
 * The rows of one partition with what a task makes of them, in order, a batch in memory at a time.
 *
 * <p>A batch is read when its first row is asked for, not before.
 *
 * @param <B> such a batch
 */
final class BatchIterator<B extends RowBatch> implements Iterator<Row> {

  /** Bounds the memory of a batch of long sequences: it ends when it holds so many time steps. */
  static final int ENOUGH_TIME_STEPS = 32_768;

  /** The same where sequences are run back too, which needs several times the memory. */
  static final int ENOUGH_TIME_STEPS_BACK = ENOUGH_TIME_STEPS / 4;

  private final Iterator<Row> rows;
  private final BatchTask<B> task;
  private final B batch;
  private final List<Row> taken = new ArrayList<>();
  private final List<Integer> places = new ArrayList<>();
  private int next;

  BatchIterator(Iterator<Row> rows, BatchTask<B> task) {
    this.rows = rows;
    this.task = task;
    this.batch = task.newBatch();
  }

  @Override
  public boolean hasNext() {
    // A batch may come out empty when rows are skipped.
    while (next == taken.size() && rows.hasNext()) {
      readBatch();
    }
    return next < taken.size();
  }

  @Override
  public Row next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    Row row = taken.get(next);
    int place = places.get(next++);
    return task.result(row, batch, place);
  }

  private void readBatch() {
    taken.clear();
    places.clear();
    batch.clear();
    next = 0;
    while (taken.size() < task.batchSize()
        && batch.timeSteps() < task.enoughTimeSteps()
        && rows.hasNext()) {
      take(rows.next());
    }
    batch.compute();
  }

  private void take(Row row) {
    try {
      batch.add(task.decode(row));
      taken.add(row);
      places.add(batch.sequences() - 1);
    } catch (InvalidSequenceException invalid) {
      if (task.reading().invalidRowStays(row, invalid)) {
        taken.add(row);
        places.add(-1);
      }
    }
  }
}
