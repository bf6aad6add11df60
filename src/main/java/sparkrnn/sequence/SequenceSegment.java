package sparkrnn.sequence;

/**
 * The time steps [from, to) of packed sequences, as packed sequences of their own.
 *
 * <p>The sequences longer than from are the first ones and keep their places, and the rows of the
 * segment are one unbroken range of the whole's: row r of the segment is row {@code firstRow() + r}
 * of the whole.
 *
 * <p>One instance serves segment after segment through {@link #reset}. Not thread-safe.
 */
public final class SequenceSegment {

  private final PackedSequences sequences = new PackedSequences();
  private PackedSequences whole = new PackedSequences();
  private int from;
  private int to;
  private int[] stepsLeft = new int[0];

  /**
   * Takes the shape of another segment; allocates only where it is larger than every one before.
   *
   * @param whole referred to
   * @param from in [0, time steps of the whole)
   * @param to above from, at most the time steps of the whole
   */
  public void reset(PackedSequences whole, int from, int to) {
    this.whole = whole;
    this.from = from;
    this.to = to;
    sequences.resetToSteps(whole, from, to);
    if (stepsLeft.length < sequences.sequences()) {
      stepsLeft = new int[sequences.sequences()];
    }
    for (int s = 0; s < sequences.sequences(); s++) {
      stepsLeft[s] = whole.length(s) - from;
    }
  }

  /** The shape of the segment. */
  public PackedSequences sequences() {
    return sequences;
  }

  /** The shape of the whole. */
  public PackedSequences whole() {
    return whole;
  }

  /** The time step of the whole that is the first of the segment. */
  public int firstStep() {
    return from;
  }

  /** The row of the whole that is the first of the segment. */
  public int firstRow() {
    return whole.firstRow(from);
  }

  /** Whether the last time step of a sequence lies in the segment. */
  public boolean holdsEnd(int sequence) {
    return whole.length(sequence) <= to;
  }

  /** Whether the last time step of any sequence lies in the segment. */
  public boolean holdsAnEnd() {
    return holdsEnd(sequences.sequences() - 1);
  }

  /** Copies the rows of the segment from those of the whole. */
  public void copyFrom(float[] ofWhole, int columns, float[] ofSegment) {
    int size = sequences.rows() * columns;
    System.arraycopy(ofWhole, firstRow() * columns, ofSegment, 0, size);
  }

  /** Copies the rows of the segment to those of the whole. */
  public void copyTo(float[] ofWhole, int columns, float[] ofSegment) {
    int size = sequences.rows() * columns;
    System.arraycopy(ofSegment, 0, ofWhole, firstRow() * columns, size);
  }

  /**
   * How many time steps each sequence of the segment has from the first of the segment to its own
   * end; longer than needed is possible.
   */
  public int[] stepsLeft() {
    return stepsLeft;
  }
}
