package sparkrnn.data;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;
import scala.Tuple2;

/**
 * Encoded rows one after the other, to be shuffled as one record: Spark's shuffle costs some
 * microseconds a record, many times what it costs to write a short row.
 *
 * <pre>  int length | byte[length] row, again and again  </pre>
 */
final class RowBlock {

  /** Where a block is large enough to be sent. */
  static final int ENOUGH_BYTES = 1 << 15;

  private byte[] bytes = new byte[0];
  private int size;

  /** Bytes of the rows added since {@link #take}. */
  int size() {
    return size;
  }

  /** Whether no row was added since {@link #take}. */
  boolean isEmpty() {
    return size == 0;
  }

  /**
   * Copies a row to the end.
   *
   * @throws ArithmeticException if the block would be longer than an array can be
   */
  void add(byte[] row) {
    int end = Math.addExact(size, Math.addExact(Integer.BYTES, row.length));
    if (end > bytes.length) {
      bytes = Arrays.copyOf(bytes, (int) Math.max(end, Math.min(2L * bytes.length, ENOUGH_BYTES)));
    }
    ByteBuffer.wrap(bytes).putInt(size, row.length).put(size + Integer.BYTES, row);
    size = end;
  }

  /** The bytes of the rows added; the block is empty then and holds no memory. */
  byte[] take() {
    byte[] taken = size == bytes.length ? bytes : Arrays.copyOf(bytes, size);
    bytes = new byte[0];
    size = 0;
    return taken;
  }

  /** The rows of blocks, each a copy, in the order in which they stand there. */
  static Iterator<byte[]> rows(Iterator<Tuple2<Long, byte[]>> blocks) {
    return new Iterator<>() {
      private ByteBuffer left = ByteBuffer.allocate(0);

      @Override
      public boolean hasNext() {
        while (!left.hasRemaining() && blocks.hasNext()) {
          left = ByteBuffer.wrap(blocks.next()._2());
        }
        return left.hasRemaining();
      }

      @Override
      public byte[] next() {
        if (!hasNext()) {
          throw new NoSuchElementException();
        }
        byte[] row = new byte[left.getInt()];
        left.get(row);
        return row;
      }
    };
  }
}
