package sparkrnn.data;

import java.io.Externalizable;
import java.io.IOException;
import java.io.ObjectInput;
import java.io.ObjectOutput;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Values in a file of the machine that they were packed on, for data larger than the memory.
 *
 * <p>Serialized it is the values themselves, which the reader writes to a file of its own: a share
 * that is fetched by another executor is whole there.
 */
final class FileValues implements SequenceValues, Externalizable {

  private static final long serialVersionUID = 1L;

  private static final int SEQUENCES_OF_A_TASK = 8;
  private static final int READER_THREADS = 8;

  /** They wait for the disk nearly all the time, and end when there is nothing to do. */
  private static final ThreadPoolExecutor READERS = readers();

  private ScratchFile file;

  /** The first byte of each sequence, and the end of the last. */
  private long[] start;

  /** For Spark, which reads one that another executor has written. */
  public FileValues() {}

  /**
   * @param file that holds the values, little endian, sequence after sequence
   * @param start the first byte of each sequence, and the end of the last
   */
  FileValues(ScratchFile file, long[] start) {
    this.file = file;
    this.start = start;
  }

  private static ThreadPoolExecutor readers() {
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            READER_THREADS,
            READER_THREADS,
            1,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            task -> {
              Thread thread = new Thread(task, "sparkrnn-read-ahead");
              thread.setDaemon(true);
              return thread;
            });
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }

  /** {@inheritDoc} They are read into a buffer of the shard. */
  @Override
  public void addTo(ShardBuffer shard, int sequence, int fromStep, int steps) {
    long at = start[sequence] + (long) fromStep * shard.features() * Float.BYTES;
    try {
      file.read(at, shard.room(steps), shard.roomAt(), steps * shard.features());
    } catch (IOException e) {
      throw new UncheckedIOException(
          "Sequences that were put on the local disk can't be read again: " + e.getMessage(), e);
    }
    shard.addRoom(steps);
  }

  /** {@inheritDoc} Several at once, for a disk answers many questions as fast as one. */
  @Override
  public void expect(int[] places, int start, int size) {
    for (int from = start; from < start + size; from += SEQUENCES_OF_A_TASK) {
      int first = from;
      int end = Math.min(start + size, from + SEQUENCES_OF_A_TASK);
      int[] some = Arrays.copyOfRange(places, first, end);
      READERS.execute(() -> touch(some));
    }
  }

  private void touch(int[] sequences) {
    for (int sequence : sequences) {
      file.touch(this.start[sequence], this.start[sequence + 1]);
    }
  }

  @Override
  public long heapBytes() {
    return 0;
  }

  @Override
  public void writeExternal(ObjectOutput out) throws IOException {
    out.writeInt(start.length);
    for (long each : start) {
      out.writeLong(each);
    }
    file.copyTo(out);
  }

  @Override
  public void readExternal(ObjectInput in) throws IOException {
    start = new long[in.readInt()];
    for (int i = 0; i < start.length; i++) {
      start[i] = in.readLong();
    }
    file = ScratchFile.create();
    file.copyFrom(in, start[start.length - 1]);
  }
}
