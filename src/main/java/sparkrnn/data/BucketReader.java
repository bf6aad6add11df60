package sparkrnn.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
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
  private KeyedRow current;

  /** How often the current row is to come yet. */
  private int copies;

  BucketReader(Iterator<Tuple2<Long, byte[]>> blocks) {
    this.blocks = blocks;
    advance();
  }

  private void advance() {
    ahead = blocks.hasNext() ? blocks.next() : null;
  }

  @Override
  public boolean hasNext() {
    return copies > 0 || bucket.hasNext() || ahead != null;
  }

  @Override
  public byte[] next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    if (copies == 0) {
      bucket = bucket.hasNext() ? bucket : nextBucket();
      current = bucket.next();
      copies = current.copies;
    }
    copies--;
    return current.row;
  }

  private Iterator<KeyedRow> nextBucket() {
    long number = ahead._1();
    Map<KeyedRow, KeyedRow> rows = new HashMap<>();
    while (ahead != null && ahead._1() == number) {
      RowBlock.rows(List.of(ahead).iterator()).forEachRemaining(row -> count(row, rows));
      advance();
    }
    List<KeyedRow> ordered = new ArrayList<>(rows.keySet());
    ordered.sort(KeyedRow.ORDER);
    return ordered.iterator();
  }

  /** Of equal rows one is kept: a row that half of the data repeats takes no memory. */
  private static void count(byte[] row, Map<KeyedRow, KeyedRow> rows) {
    KeyedRow keyed = new KeyedRow(EncodedRow.key(row), row);
    KeyedRow known = rows.putIfAbsent(keyed, keyed);
    (known == null ? keyed : known).copies++;
  }

  /** A row, and how often it came. */
  private static final class KeyedRow {

    static final Comparator<KeyedRow> ORDER =
        Comparator.<KeyedRow>comparingLong(row -> row.key)
            .thenComparing(row -> row.row, Arrays::compare);

    private final long key;
    private final byte[] row;
    private int copies;

    KeyedRow(long key, byte[] row) {
      this.key = key;
      this.row = row;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof KeyedRow same && key == same.key && Arrays.equals(row, same.row);
    }

    @Override
    public int hashCode() {
      return Long.hashCode(key);
    }
  }
}
