package sparkrnn.data;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.stream.Stream;
import scala.Tuple2;

/**
 * Collects the rows of one input partition in blocks, one of each bucket at a time, and hands out
 * those that are large enough; when all together take too much memory, all of them.
 */
final class BucketWriter implements Iterator<Tuple2<Long, byte[]>> {

  /** Of all blocks together, but for the row that is too much. */
  static final long MOST_BYTES = 1L << 25;

  private final Iterator<byte[]> rows;
  private final KeyBuckets buckets;
  private final RowBlock[] blocks;
  private long held;

  /** The bucket that is handed out next, or -1. */
  private int full = -1;

  /** While all are handed out: the first bucket that may hold rows. */
  private int flushing;

  BucketWriter(Iterator<byte[]> rows, KeyBuckets buckets) {
    this.rows = rows;
    this.buckets = buckets;
    this.blocks = Stream.generate(RowBlock::new).limit(buckets.count()).toArray(RowBlock[]::new);
    this.flushing = blocks.length;
  }

  @Override
  public boolean hasNext() {
    while (full < 0 && (flush() || rows.hasNext())) {
      if (full < 0) {
        add(rows.next());
      }
    }
    return full >= 0;
  }

  /** Whether, while all are handed out, there is one more. */
  private boolean flush() {
    if (flushing == blocks.length && held > 0 && (held >= MOST_BYTES || !rows.hasNext())) {
      flushing = 0;
    }
    while (flushing < blocks.length) {
      if (!blocks[flushing].isEmpty()) {
        full = flushing;
        return true;
      }
      flushing++;
    }
    return false;
  }

  private void add(byte[] row) {
    int bucket = buckets.bucketOf(EncodedRow.key(row));
    RowBlock block = blocks[bucket];
    int before = block.size();
    block.add(row);
    held += block.size() - before;
    if (block.size() >= RowBlock.ENOUGH_BYTES) {
      full = bucket;
    }
  }

  @Override
  public Tuple2<Long, byte[]> next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    byte[] block = blocks[full].take();
    held -= block.length;
    Tuple2<Long, byte[]> taken = new Tuple2<>((long) full, block);
    full = -1;
    return taken;
  }
}
