package sparkrnn.data;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.ref.Cleaner;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import org.apache.spark.SparkEnv;

/**
 * A file for bytes that don't fit into memory, in a local directory of Spark (spark.local.dir).
 *
 * <p>It loses its name as soon as it is open, where the system allows that: whatever becomes of the
 * process, nothing is left. Its space is given back when nobody refers to it any more; where the
 * name had to stay, Spark removes it with the directory.
 *
 * <p>Read with plain calls, not mapped: mapped pages count as memory of the process where a cluster
 * manager kills for that. Not a channel: an interrupted task would close it for all others.
 */
final class ScratchFile {

  private static final int BUFFER_BYTES = 1 << 20;
  private static final int TOUCHED_BYTES = 1 << 16;
  private static final Cleaner CLEANER = Cleaner.create();
  private static final ThreadLocal<ByteBuffer> TOUCHED =
      ThreadLocal.withInitial(() -> ByteBuffer.allocateDirect(TOUCHED_BYTES));

  private final RandomAccessFile file;
  private final byte[] bytes = new byte[BUFFER_BYTES];
  private int buffered;

  private ScratchFile(RandomAccessFile file) {
    this.file = file;
    CLEANER.register(this, new Closing(file));
  }

  /** Closes the file of one that nobody refers to any more. */
  private record Closing(RandomAccessFile file) implements Runnable {
    @Override
    public void run() {
      try {
        file.close();
      } catch (IOException e) {
        System.getLogger(ScratchFile.class.getName())
            .log(System.Logger.Level.WARNING, "A file of sequences can't be closed.", e);
      }
    }
  }

  /** A new, empty one. */
  static ScratchFile create() throws IOException {
    File path = SparkEnv.get().blockManager().diskBlockManager().createTempLocalBlock()._2();
    RandomAccessFile opened = new RandomAccessFile(path, "rw");
    try {
      Files.delete(path.toPath());
    } catch (IOException openFilesCanNotBeDeletedHere) {
      path.deleteOnExit();
    }
    return new ScratchFile(opened);
  }

  /** Appends bytes; before the first {@link #read}. */
  synchronized void append(byte[] from, int offset, int length) throws IOException {
    if (length > bytes.length - buffered) {
      flush();
    }
    if (length > bytes.length) {
      file.write(from, offset, length);
    } else {
      System.arraycopy(from, offset, bytes, buffered, length);
      buffered += length;
    }
  }

  /** Writes what is buffered; the last act before {@link #read}. */
  synchronized void flush() throws IOException {
    file.write(bytes, 0, buffered);
    buffered = 0;
  }

  /** Reads floats from a byte on. */
  synchronized void read(long at, float[] target, int offset, int floats) throws IOException {
    file.seek(at);
    int left = floats;
    while (left > 0) {
      int now = Math.min(left, BUFFER_BYTES / Float.BYTES);
      file.readFully(bytes, 0, now * Float.BYTES);
      ByteBuffer.wrap(bytes)
          .order(ByteOrder.LITTLE_ENDIAN)
          .asFloatBuffer()
          .get(target, offset + floats - left, now);
      left -= now;
    }
  }

  /**
   * Has the system read bytes [from, to) into its own cache, where {@link #read} then finds them.
   * For threads that nobody interrupts; an error is left to read, which meets it again.
   */
  void touch(long from, long to) {
    ByteBuffer unused = TOUCHED.get();
    try {
      for (long at = from; at < to; at += unused.capacity()) {
        unused.clear().limit((int) Math.min(unused.capacity(), to - at));
        file.getChannel().read(unused, at);
      }
    } catch (IOException e) {
      System.getLogger(ScratchFile.class.getName())
          .log(System.Logger.Level.DEBUG, "A file of sequences can't be read ahead.", e);
    }
  }

  /** Writes all of it. */
  synchronized void copyTo(DataOutput out) throws IOException {
    file.seek(0);
    for (int n = file.read(bytes); n > 0; n = file.read(bytes)) {
      out.write(bytes, 0, n);
    }
  }

  /** Appends so many bytes. */
  synchronized void copyFrom(DataInput in, long length) throws IOException {
    for (long left = length; left > 0; left -= bytes.length) {
      int size = (int) Math.min(left, bytes.length);
      in.readFully(bytes, 0, size);
      file.write(bytes, 0, size);
    }
  }
}
