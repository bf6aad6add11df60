package sparkrnn.sequence;

import java.util.Arrays;

/**
 * The shape of a shard of sequences packed without padding: longest first, time-major.
 *
 * <p>The rows of time step t are contiguous and begin at {@link #firstRow(int)}; a sequence has the
 * same place in every time step, so the sequences alive at t are the first {@link #liveRows(int)}
 * ones. Row r of time step t of sequence s stands at {@code firstRow(t) + s}.
 *
 * <pre>
 *   lengths 3, 2, 2, 1      t = 0: s0 s1 s2 s3      t = 1: s0 s1 s2      t = 2: s0
 *   rows                           0  1  2  3              4  5  6              7
 * </pre>
 *
 * <p>Holds no values; one instance serves shard after shard through {@link #reset}. Not
 * thread-safe.
 */
public final class PackedSequences {

  private int sequences;
  private int timeSteps;
  private int[] lengths = new int[0];
  private int[] liveRows = new int[0];
  private int[] firstRow = new int[1];

  /**
   * A new instance of these lengths.
   *
   * @param lengths longest first, each at least 1
   * @throws IllegalArgumentException as {@link #reset}
   */
  public static PackedSequences of(int... lengths) {
    PackedSequences packed = new PackedSequences();
    packed.reset(lengths, lengths.length);
    return packed;
  }

  /**
   * Takes the shape of another shard; allocates only where it is larger than every one before.
   *
   * @param newLengths the first {@code count} elements count: longest first, each at least 1
   * @throws IllegalArgumentException if a length is below 1 or above the one before it
   */
  public void reset(int[] newLengths, int count) {
    for (int s = 0; s < count; s++) {
      if (newLengths[s] < 1 || (s > 0 && newLengths[s] > newLengths[s - 1])) {
        throw new IllegalArgumentException(
            "PackedSequences: length "
                + newLengths[s]
                + " of sequence "
                + s
                + "; lengths must be at least 1 and sorted, longest first.");
      }
    }
    if (lengths.length < count) {
      lengths = new int[count];
    }
    System.arraycopy(newLengths, 0, lengths, 0, count);
    takeShape(count);
  }

  private void takeShape(int count) {
    sequences = count;
    timeSteps = count == 0 ? 0 : lengths[0];
    if (liveRows.length < timeSteps) {
      liveRows = new int[timeSteps];
      firstRow = new int[timeSteps + 1];
    }
    countLiveRows();
  }

  /**
   * Takes the shape of the time steps [from, to) of other sequences: of those that are longer than
   * from, which are the first ones. Allocates as {@link #reset} does.
   */
  void resetToSteps(PackedSequences whole, int from, int to) {
    int count = whole.liveRows(from);
    if (lengths.length < count) {
      lengths = new int[count];
    }
    for (int s = 0; s < count; s++) {
      lengths[s] = Math.min(whole.length(s), to) - from;
    }
    takeShape(count);
  }

  private void countLiveRows() {
    int live = sequences;
    int row = 0;
    for (int t = 0; t < timeSteps; t++) {
      while (lengths[live - 1] <= t) {
        live--;
      }
      liveRows[t] = live;
      firstRow[t] = row;
      row = Math.addExact(row, live);
    }
    firstRow[timeSteps] = row;
  }

  /** How many sequences there are. */
  public int sequences() {
    return sequences;
  }

  /** The length of the longest sequence. */
  public int timeSteps() {
    return timeSteps;
  }

  /** N, the sum of all lengths. */
  public int rows() {
    return firstRow[timeSteps];
  }

  /** n(t), the number of sequences longer than t. */
  public int liveRows(int t) {
    return t < timeSteps ? liveRows[t] : 0;
  }

  /** The row of time step t of the first sequence. */
  public int firstRow(int t) {
    return firstRow[t];
  }

  /** The length of a sequence. */
  public int length(int sequence) {
    return lengths[sequence];
  }

  /** The row of the last time step of a sequence. */
  public int lastRow(int sequence) {
    return firstRow[lengths[sequence] - 1] + sequence;
  }

  /**
   * The row of a sequence that is as far from its end as t is from its begin: where time step t
   * stands when the sequence is read backward. Mirroring twice gives the row itself.
   *
   * @param t in [0, length of the sequence)
   */
  public int mirrorRow(int sequence, int t) {
    return firstRow[lengths[sequence] - 1 - t] + sequence;
  }

  @Override
  public String toString() {
    return "PackedSequences" + Arrays.toString(Arrays.copyOf(lengths, sequences));
  }
}
