package sparkrnn.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Packs encoded rows, in the order of their ranks, into a virtual partition: into blocks on the
 * heap as long as there is memory, and all of it into a file when there no longer is.
 */
final class VirtualPartitionBuilder {

  /** 16 Mi floats, 64 MiB: large enough to be few, small enough to be allocated on a busy heap. */
  private static final int BLOCK_FLOATS = 1 << 24;

  private static final int CHUNK_FLOATS = 1 << 16;

  private final int index;
  private final int outputs;
  private final List<float[]> blocks = new ArrayList<>();
  private float[] current;
  private int used;
  private int count;
  private final ShareMemory memory;

  /** Of a time step: all rows have as many. */
  private int features;

  /** Bytes of the values of all rows so far. */
  private long bytes;

  /** Null as long as the values are on the heap. */
  private ScratchFile file;

  private int[] block;
  private int[] offset;
  private int[] timeSteps;
  private float[] labels;
  private float[] weights;

  /**
   * An empty builder.
   *
   * @param size how many rows will be added
   * @param memory of the share that it is part of
   */
  VirtualPartitionBuilder(int index, int size, int outputs, ShareMemory memory) {
    this.memory = memory;
    this.index = index;
    this.outputs = outputs;
    this.block = new int[size];
    this.offset = new int[size];
    this.timeSteps = new int[size];
    this.labels = new float[Math.multiplyExact(size, outputs)];
    this.weights = new float[size];
    this.current = new float[0];
  }

  int size() {
    return count;
  }

  void add(byte[] row) {
    features = EncodedRow.features(row);
    int floats = Math.multiplyExact(EncodedRow.timeSteps(row), features);
    if (file == null && !memory.holds(bytes + (long) floats * Float.BYTES)) {
      moveToFile();
    }
    if (file == null) {
      addToBlock(row, floats);
    } else {
      append(row);
    }
    bytes += (long) floats * Float.BYTES;
    timeSteps[count] = EncodedRow.timeSteps(row);
    weights[count] = EncodedRow.weight(row);
    EncodedRow.copyLabel(row, labels, count * outputs);
    count++;
  }

  private void addToBlock(byte[] row, int floats) {
    reserve(floats);
    block[count] = blocks.size();
    offset[count] = used;
    EncodedRow.copyValues(row, current, used);
    used += floats;
  }

  private void append(byte[] row) {
    int from = EncodedRow.valuesAt(row);
    try {
      file.append(row, from, row.length - from);
    } catch (IOException e) {
      throw onDisk(e);
    }
  }

  private static UncheckedIOException onDisk(IOException e) {
    return new UncheckedIOException(
        "The sequences are larger than the memory of the executor and can't be put on its local disk"
            + " (spark.local.dir): "
            + e.getMessage(),
        e);
  }

  /** What is on the heap goes to the begin of a new file. */
  private void moveToFile() {
    try {
      file = ScratchFile.create();
      blocks.add(Arrays.copyOf(current, used));
      for (int i = 0; i < blocks.size(); i++) {
        float[] floats = blocks.set(i, null);
        ByteBuffer encoded =
            ByteBuffer.allocate(CHUNK_FLOATS * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int from = 0; from < floats.length; from += CHUNK_FLOATS) {
          int size = Math.min(CHUNK_FLOATS, floats.length - from);
          encoded.clear().asFloatBuffer().put(floats, from, size);
          file.append(encoded.array(), 0, size * Float.BYTES);
        }
      }
    } catch (IOException e) {
      throw onDisk(e);
    }
    blocks.clear();
    current = new float[0];
    used = 0;
  }

  private void reserve(int floats) {
    if (floats <= current.length - used) {
      return;
    }
    if (used > 0 && used + (long) floats > BLOCK_FLOATS) {
      blocks.add(Arrays.copyOf(current, used));
      current = new float[0];
      used = 0;
    }
    int remaining = Math.max(1, timeSteps.length - count);
    long guess = Math.max(2L * current.length, (long) floats * remaining);
    int capacity = (int) Math.max(used + (long) floats, Math.min(guess, BLOCK_FLOATS));
    current = Arrays.copyOf(current, capacity);
  }

  VirtualPartition build() {
    if (count != timeSteps.length) {
      throw new IllegalStateException(
          String.format(
                  Locale.ROOT,
                  "Virtual partition %d was promised %d sequences and got %d: the input gave other rows when",
                  index,
                  timeSteps.length,
                  count)
              + " it was read again. Cache it, or write it down, before the fit.");
    }
    SequenceValues values = file == null ? onHeap() : inFile();
    memory.take(values.heapBytes());
    return new VirtualPartition(index, outputs, values, timeSteps, labels, weights);
  }

  private SequenceValues onHeap() {
    blocks.add(used == current.length ? current : Arrays.copyOf(current, used));
    current = null;
    return new HeapValues(blocks.toArray(new float[0][]), block, offset);
  }

  /** A row of no values has none in the file either. */
  private SequenceValues inFile() {
    try {
      file.flush();
    } catch (IOException e) {
      throw onDisk(e);
    }
    long[] start = new long[timeSteps.length + 1];
    for (int i = 0; i < timeSteps.length; i++) {
      start[i + 1] = start[i] + (long) timeSteps[i] * features * Float.BYTES;
    }
    return new FileValues(file, start);
  }
}
