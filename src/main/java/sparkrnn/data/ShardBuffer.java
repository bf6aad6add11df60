package sparkrnn.data;

import java.util.Arrays;
import sparkrnn.sequence.PackedSequences;

/**
 * Collects the sequences of a shard and packs them, longest first and time-major.
 *
 * <p>Reused for shard after shard; allocates only when a shard is larger than every one before. The
 * added arrays are referred to until {@link #clear}, and read by {@link #pack}. Not thread-safe.
 */
public final class ShardBuffer {

  private final int features;
  private final PackedSequences sequences = new PackedSequences();
  private int count;
  private float[][] sources = new float[16][];
  private int[] offsets = new int[16];
  private int[] lengths = new int[16];

  /** Length and place in one number, so that sorting is a plain sort of longs and stable. */
  private long[] order = new long[16];

  private int[] sortedLengths = new int[16];
  private float[] x = new float[0];
  private float[] room = new float[0];
  private int roomAt;

  /** Empty, for sequences of so many features a time step. */
  public ShardBuffer(int features) {
    this.features = features;
  }

  /** Of a time step. */
  int features() {
    return features;
  }

  /** Forgets the sequences; keeps the buffers. */
  public void clear() {
    Arrays.fill(sources, 0, count, null);
    count = 0;
    roomAt = 0;
  }

  /** How many sequences were added since {@link #clear}. */
  public int size() {
    return count;
  }

  /**
   * Appends a sequence.
   *
   * @param values holds (timeSteps, features) from offset on
   */
  public void add(float[] values, int offset, int timeSteps) {
    if (count == offsets.length) {
      grow();
    }
    sources[count] = values;
    offsets[count] = offset;
    lengths[count] = timeSteps;
    count++;
  }

  /**
   * Where the values of a sequence that lies elsewhere may be read to, from {@link #roomAt()} on;
   * what was read there for other sequences since {@link #clear} stays.
   */
  float[] room(int timeSteps) {
    int floats = Math.multiplyExact(timeSteps, features);
    if (room.length - roomAt < floats) {
      // Sequences that were added keep the array that they were read to.
      room = new float[Math.max(floats, Math.multiplyExact(2, room.length))];
      roomAt = 0;
    }
    return room;
  }

  int roomAt() {
    return roomAt;
  }

  /** Appends the sequence that was read to the {@link #room}. */
  void addRoom(int timeSteps) {
    add(room, roomAt, timeSteps);
    roomAt += timeSteps * features;
  }

  private void grow() {
    int capacity = 2 * count;
    sources = Arrays.copyOf(sources, capacity);
    offsets = Arrays.copyOf(offsets, capacity);
    lengths = Arrays.copyOf(lengths, capacity);
    order = new long[capacity];
    sortedLengths = new int[capacity];
  }

  /**
   * Sorts (longest first, equal lengths in the order of adding) and overwrites {@link #x()} and
   * {@link #sequences()}.
   */
  public void pack() {
    for (int s = 0; s < count; s++) {
      order[s] = ((long) (Integer.MAX_VALUE - lengths[s]) << 32) | s;
    }
    Arrays.sort(order, 0, count);
    for (int place = 0; place < count; place++) {
      sortedLengths[place] = lengths[added(place)];
    }
    sequences.reset(sortedLengths, count);
    int size = Math.multiplyExact(sequences.rows(), features);
    if (x.length < size) {
      x = new float[size];
    }
    if (features == 1) {
      copyScalars();
    } else {
      copyRows();
    }
  }

  private void copyScalars() {
    for (int t = 0; t < sequences.timeSteps(); t++) {
      int first = sequences.firstRow(t);
      for (int place = 0; place < sequences.liveRows(t); place++) {
        int source = added(place);
        x[first + place] = sources[source][offsets[source] + t];
      }
    }
  }

  private void copyRows() {
    for (int t = 0; t < sequences.timeSteps(); t++) {
      int first = sequences.firstRow(t);
      for (int place = 0; place < sequences.liveRows(t); place++) {
        int source = added(place);
        System.arraycopy(
            sources[source],
            offsets[source] + t * features,
            x,
            (first + place) * features,
            features);
      }
    }
  }

  /** The shape of the packed shard. */
  public PackedSequences sequences() {
    return sequences;
  }

  /** (N, features), packed rows; longer than needed is possible. */
  public float[] x() {
    return x;
  }

  /** The length of the sequence at a packed place. */
  public int timeSteps(int place) {
    return sequences.length(place);
  }

  /** The packed row of a time step of the sequence at a packed place. */
  public int row(int place, int t) {
    return sequences.firstRow(t) + place;
  }

  /** Which of the added sequences (from 0) stands at this packed place. */
  public int added(int place) {
    return (int) order[place];
  }
}
