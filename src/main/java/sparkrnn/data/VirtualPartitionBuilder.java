package sparkrnn.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Packs encoded rows, in the order of their ranks, into the blocks of a virtual partition. */
final class VirtualPartitionBuilder {

  /** 16 Mi floats, 64 MiB: large enough to be few, small enough to be allocated on a busy heap. */
  private static final int BLOCK_FLOATS = 1 << 24;

  private final int index;
  private final int outputs;
  private final List<float[]> blocks = new ArrayList<>();
  private float[] current;
  private int used;
  private int count;
  private int[] block;
  private int[] offset;
  private int[] timeSteps;
  private float[] labels;
  private float[] weights;

  /**
   * An empty builder.
   *
   * @param size how many rows will be added
   */
  VirtualPartitionBuilder(int index, int size, int outputs) {
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
    int floats = Math.multiplyExact(EncodedRow.timeSteps(row), EncodedRow.features(row));
    reserve(floats);
    block[count] = blocks.size();
    offset[count] = used;
    timeSteps[count] = EncodedRow.timeSteps(row);
    weights[count] = EncodedRow.weight(row);
    EncodedRow.copyLabel(row, labels, count * outputs);
    EncodedRow.copyValues(row, current, used);
    used += floats;
    count++;
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
    blocks.add(used == current.length ? current : Arrays.copyOf(current, used));
    current = null;
    return new VirtualPartition(
        index, outputs, blocks.toArray(new float[0][]), block, offset, timeSteps, labels, weights);
  }
}
