package sparkrnn.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import scala.Tuple2;

/**
 * The rows of blocks that come in the order of their buckets, by the 64-bit keys of their bytes,
 * then by the bytes: a bucket in memory at a time.
 */
final class BucketReader implements Iterator<byte[]> {

  private final Iterator<Tuple2<Long, byte[]>> blocks;
  private Tuple2<Long, byte[]> ahead;
  private Iterator<KeyedRow> bucket = List.<KeyedRow>of().iterator();

  BucketReader(Iterator<Tuple2<Long, byte[]>> blocks) {
    this.blocks = blocks;
    advance();
  }

  private void advance() {
    ahead = blocks.hasNext() ? blocks.next() : null;
  }

  @Override
  public boolean hasNext() {
    return bucket.hasNext() || ahead != null;
  }

  @Override
  public byte[] next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    if (!bucket.hasNext()) {
      bucket = nextBucket();
    }
    return bucket.next().row();
  }

  private Iterator<KeyedRow> nextBucket() {
    long number = ahead._1();
    List<Tuple2<Long, byte[]>> together = new ArrayList<>();
    while (ahead != null && ahead._1() == number) {
      together.add(ahead);
      advance();
    }
    List<KeyedRow> rows = new ArrayList<>();
    RowBlock.rows(together.iterator()).forEachRemaining(row -> rows.add(KeyedRow.of(row)));
    rows.sort(KeyedRow.ORDER);
    return rows.iterator();
  }

  @SuppressWarnings("ArrayRecordComponent") // Compared by ORDER alone.
  private record KeyedRow(long key, byte[] row) {

    static final Comparator<KeyedRow> ORDER =
        Comparator.comparingLong(KeyedRow::key).thenComparing(KeyedRow::row, Arrays::compare);

    static KeyedRow of(byte[] row) {
      return new KeyedRow(EncodedRow.key(row), row);
    }
  }
}
