package sparkrnn.data;

import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.UncheckedIOException;

/**
 * Values in a file of the machine that they were packed on, for data larger than the memory.
 *
 * <p>Serialized it is the values themselves, which the reader writes to a file of its own: a share
 * that is fetched by another executor is whole there.
 */
final class FileValues implements SequenceValues {

  private static final long serialVersionUID = 1L;

  private transient ScratchFile file;

  /** The first byte of each sequence, and the end of the last. */
  private final long[] start;

  /**
   * @param file that holds the values, little endian, sequence after sequence
   * @param start the first byte of each sequence, and the end of the last
   */
  FileValues(ScratchFile file, long[] start) {
    this.file = file;
    this.start = start;
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

  @Override
  public long heapBytes() {
    return 0;
  }

  private void writeObject(ObjectOutputStream out) throws IOException {
    out.defaultWriteObject();
    file.copyTo(out);
  }

  private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
    in.defaultReadObject();
    file = ScratchFile.create();
    file.copyFrom(in, start[start.length - 1]);
  }
}
