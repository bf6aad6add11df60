package sparkrnn.data;

import java.util.Iterator;
import java.util.NoSuchElementException;
import scala.Tuple2;

/**
 * Gives the rows of one partition, which come in order, their ranks, and hands them out in blocks
 * of consecutive ranks for one worker each, by the rank of their first row. Notes are left out.
 */
final class RankWriter implements Iterator<Tuple2<Long, byte[]>> {

  private final Iterator<byte[]> rows;
  private final RankPartitioner workers;
  private final Run training;
  private final Run validation;

  /** A row that has to wait for the block before it to be handed out. */
  private byte[] waiting;

  private Tuple2<Long, byte[]> full;

  /**
   * The rows after so many of the partitions before.
   *
   * @param firstTraining rank of the first training row
   * @param firstValidation rank of the first validation row, after {@link
   *     RankPartitioner#VALIDATION}
   */
  RankWriter(
      Iterator<byte[]> rows, RankPartitioner workers, long firstTraining, long firstValidation) {
    this.rows = rows;
    this.workers = workers;
    this.training = new Run(firstTraining);
    this.validation = new Run(RankPartitioner.VALIDATION + firstValidation);
  }

  @Override
  public boolean hasNext() {
    while (full == null && (waiting != null || rows.hasNext())) {
      byte[] row = waiting != null ? waiting : rows.next();
      waiting = null;
      if (!EncodingNote.is(row)) {
        add(EncodedRow.validation(row) ? validation : training, row);
      }
    }
    if (full == null) {
      full = !training.block.isEmpty() ? training.take() : null;
    }
    if (full == null) {
      full = !validation.block.isEmpty() ? validation.take() : null;
    }
    return full != null;
  }

  private void add(Run run, byte[] row) {
    int worker = workers.getPartition(run.next);
    if (!run.block.isEmpty()
        && (worker != run.worker || run.block.size() >= RowBlock.ENOUGH_BYTES)) {
      full = run.take();
      waiting = row;
      return;
    }
    run.worker = worker;
    run.block.add(row);
    run.next++;
  }

  @Override
  public Tuple2<Long, byte[]> next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    Tuple2<Long, byte[]> taken = full;
    full = null;
    return taken;
  }

  /** The block that is being filled, and where. */
  private static final class Run {
    private final RowBlock block = new RowBlock();
    private long first;
    private long next;
    private int worker;

    Run(long first) {
      this.first = first;
      this.next = first;
    }

    Tuple2<Long, byte[]> take() {
      Tuple2<Long, byte[]> taken = new Tuple2<>(first, block.take());
      first = next;
      return taken;
    }
  }
}
