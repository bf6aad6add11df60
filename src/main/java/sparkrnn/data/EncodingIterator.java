package sparkrnn.data;

import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.spark.sql.Row;

/**
 * Encodes the rows of one input partition; the last element may be an {@link EncodingNote}. Reads
 * no further than the first row that can't be used, unless such rows are skipped.
 */
final class EncodingIterator implements Iterator<byte[]> {

  private final Iterator<Row> rows;
  private final RowEncoder encoder;
  private long skipped;
  private boolean ended;
  private byte[] ahead;

  EncodingIterator(Iterator<Row> rows, RowEncoder encoder) {
    this.rows = rows;
    this.encoder = encoder;
  }

  @Override
  public boolean hasNext() {
    while (ahead == null && !ended) {
      if (rows.hasNext()) {
        ahead = encode(rows.next());
      } else {
        ended = true;
        ahead = skipped > 0 ? EncodingNote.skipped(skipped) : null;
      }
    }
    return ahead != null;
  }

  private byte[] encode(Row row) {
    try {
      return encoder.encode(row);
    } catch (InvalidSequenceException invalid) {
      if (encoder.skipsInvalid()) {
        skipped++;
        return null;
      }
      ended = true;
      return EncodingNote.problem(invalid.getMessage());
    }
  }

  @Override
  public byte[] next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    byte[] row = ahead;
    ahead = null;
    return row;
  }
}
