package sparkrnn.data;

import sparkrnn.sequence.PackedSequences;

/** SKELETON: collects sequences and packs them, longest first and time-major; reusable. */
public final class ShardBuffer {

  public ShardBuffer(int features) {}

  /** Forgets the sequences; keeps the buffers. */
  public void clear() {
    throw new UnsupportedOperationException();
  }

  /** Appends a sequence; values (timeSteps, features) from offset on are read by {@link #pack}. */
  public void add(float[] values, int offset, int timeSteps) {
    throw new UnsupportedOperationException();
  }

  /** Sorts (longest first, stable) and overwrites {@link #x()} and {@link #sequences()}. */
  public void pack() {
    throw new UnsupportedOperationException();
  }

  public PackedSequences sequences() {
    throw new UnsupportedOperationException();
  }

  /** (N, features), packed rows; longer than needed is possible. */
  public float[] x() {
    throw new UnsupportedOperationException();
  }

  /** Which of the added sequences (from 0) stands at this packed place. */
  public int added(int packed) {
    throw new UnsupportedOperationException();
  }
}
