package sparkrnn.cell;

import java.util.Arrays;
import sparkrnn.linalg.PackedMatrix;
import sparkrnn.sequence.PackedSequences;

/** The buffers of one cell in one thread. */
public abstract class CellWorkspace {

  float[] h = new float[0];

  /** (gates, maskSequences, H), or null without recurrent dropout. */
  float[] recurrentMasks;

  private int maskSequences;

  /** h(t-1), masked, or its gradient before the mask. */
  float[] masked = new float[0];

  /** (states, S, H) before time step 0, or null where it is zero and the last one is not wanted. */
  float[] initialState;

  /** (states, S, H) after the last time step of each sequence; only with an initial state. */
  float[] lastState = new float[0];

  /** (H, gates * H), or null without weight drop. */
  float[] kernelMask;

  /** (H, gates * H), U * kernelMask, and the gradient by it. */
  float[] droppedKernel = new float[0];

  float[] droppedGradient = new float[0];

  /** U(g) of each gate, dropped or not, packed for the products of all time steps. */
  PackedMatrix[] kernels = new PackedMatrix[0];

  /** U(g)' of each gate, the same. */
  PackedMatrix[] transposedKernels = new PackedMatrix[0];

  /** Whether the last forward run has packed its kernels. */
  boolean kernelsPacked;

  /** What {@link InputProducts} needs of a run. */
  final InputProducts.Buffers inputProducts = new InputProducts.Buffers();

  /** What {@link RowProducts} needs of a run. */
  final RowProducts.Buffers rowProducts = new RowProducts.Buffers();

  private boolean keepsForBackward = true;

  /** Whether anybody reads the gradient by the parameters. */
  boolean addsGradient = true;

  /** Whether the gradient by the state crosses the border to the run of the segment before. */
  boolean carriesGradient;

  /** (states, carriedSequences, H), by the state that this segment ended in or began with. */
  float[] carriedGradient = new float[0];

  /** Sequences that go on after this segment; 0 at first. */
  int carriedSequences;

  private int carriedSize;

  /** Time steps that a gradient flows back at most; 0 for all. */
  private int reachSteps;

  /** (S), time steps of each sequence from the begin of the run on. */
  private int[] stepsLeft;

  /** Rows of the gradient by h that nothing is added to; what they held. */
  float[] cutRows = new float[0];

  /** (N, H), how much of h and of c stays, or null without zoneout. */
  float[] zoneoutH;

  float[] zoneoutC;

  /** (N, H), what zoneout hands on of the gradients by h and c to the time step before. */
  float[] keptH = new float[0];

  float[] keptC = new float[0];

  /** (N), the norm of the gradient by h of every row in runs backward; null for none. */
  private double[] gradientNorms;

  /** Limits subclasses to the cells of this package. */
  CellWorkspace() {}

  /** (N, H), the hidden states of the last forward run; longer than needed is possible. */
  public float[] h() {
    return h;
  }

  /**
   * Sets the recurrent dropout of the runs that follow: h(t-1) is multiplied by the mask of its
   * gate and sequence before the matrix product, the same at every time step.
   *
   * @param masks (gates, S, H), gate by gate in the order of the kernel; referred to, read only;
   *     null for no dropout
   */
  public void setRecurrentMasks(float[] masks) {
    setRecurrentMasks(masks, 0);
  }

  /**
   * The same with masks of more sequences than a run has, which takes the first ones.
   *
   * @param sequences that the masks were drawn for; 0 for as many as a run has
   */
  public void setRecurrentMasks(float[] masks, int sequences) {
    recurrentMasks = masks;
    maskSequences = sequences;
  }

  /** How many sequences the recurrent masks of a run are for. */
  int maskSequences(PackedSequences sequences) {
    return maskSequences == 0 ? sequences.sequences() : maskSequences;
  }

  /**
   * Says whether the runs backward that follow are those of consecutive segments of the same
   * sequences, the last one first: each adds the gradient by the state that it ended in, which the
   * one before left, and leaves that by the state that it began with. A sequence that goes on in
   * the next segment is longer than none of the others in this one.
   */
  public void setCarriesGradient(boolean carries) {
    carriesGradient = carries;
    carriedSequences = 0;
    carriedSize = 0;
  }

  /**
   * Lets the gradient of the runs backward that follow flow back so many time steps at most: from
   * the last time step of each sequence on it ends after every so many (truncated back-propagation
   * through time). States are carried on whole.
   *
   * @param steps at least 1; 0 for no end
   * @param left (S), time steps of each sequence from the begin of the run to its own end, which
   *     may lie behind that of the run; referred to, read only; null if steps is 0
   */
  public void setTruncation(int steps, int[] left) {
    reachSteps = steps;
    stepsLeft = left;
  }

  boolean truncates() {
    return reachSteps > 0;
  }

  /** Whether no gradient flows from time step t of a sequence to the one before. */
  boolean isCut(int sequence, int t) {
    return (stepsLeft[sequence] - t) % reachSteps == 0;
  }

  void growCarried(int states, PackedSequences sequences, int units) {
    carriedSequences = sequences.sequences();
    carriedSize = states * carriedSequences * units;
    carriedGradient = grown(carriedGradient, carriedSize);
  }

  /**
   * Whether the last run backward left anything for the segment before. What has become so small
   * that a float no longer holds it in full precision is made zero: it adds nothing to a gradient,
   * and processors compute with such numbers a hundred times slower.
   */
  public boolean leftGradient() {
    boolean left = false;
    for (int e = 0; e < carriedSize; e++) {
      boolean counts = !(Math.abs(carriedGradient[e]) < Float.MIN_NORMAL);
      carriedGradient[e] = counts ? carriedGradient[e] : 0f;
      left |= counts;
    }
    return left;
  }

  /**
   * Sets the state that the runs that follow begin with, h(-1) and what else the cell carries from
   * one time step to the next, so that a sequence can be cut and read piece by piece. No gradient
   * flows back through it.
   *
   * @param state (states, S, H), h first; referred to, read only, by forward and backward; null for
   *     zeros
   */
  public void setInitialState(float[] state) {
    initialState = state;
  }

  /** Whether there is one. */
  public boolean hasInitialState() {
    return initialState != null;
  }

  /**
   * (states, S, H), the state after the last time step of each sequence in the last forward run;
   * longer than needed is possible. Written only in runs with an initial state.
   */
  public float[] lastState() {
    return lastState;
  }

  /**
   * Says whether {@code backward} may follow the runs that follow; it may at first. Where it can't,
   * the cell keeps nothing but h, and its buffers hold one time step, which stays in the cache.
   */
  public void setKeepsForBackward(boolean keeps) {
    keepsForBackward = keeps;
  }

  boolean keepsForBackward() {
    return keepsForBackward;
  }

  /**
   * Says whether the runs backward that follow add to the gradient by the parameters; they do at
   * first. Where nobody reads it, they leave out the products for the kernels, a third of all, and
   * what they add in the places of biases and norms means nothing.
   */
  public void setAddsGradient(boolean adds) {
    addsGradient = adds;
  }

  /** Whether nothing but h is wanted of a run. */
  boolean wantsOnlyH() {
    return initialState == null && keepsNothing();
  }

  /** Whether nothing but h, and the last state where one is given, is wanted of a run. */
  boolean keepsNothing() {
    return !keepsForBackward && zoneoutH == null && recurrentMasks == null && kernelMask == null;
  }

  /** Makes room for the last state of a run where there is an initial one. */
  void growState(int states, PackedSequences sequences, int units) {
    if (initialState != null) {
      requireLength("initial state", initialState, states * sequences.sequences(), units);
      lastState = grown(lastState, states * sequences.sequences() * units);
    }
  }

  /**
   * Lets the runs backward that follow write down how large the gradient of the loss by h(t) is,
   * what later time steps hand back to it included.
   *
   * @param norms (N), overwritten with the Euclidean norm of each row; null to stop
   */
  public void setGradientNorms(double[] norms) {
    gradientNorms = norms;
  }

  /** Writes down the norms of the rows of time step t, whose gradient is complete. */
  void noteGradient(PackedSequences sequences, int t, float[] dh, int units) {
    if (gradientNorms == null) {
      return;
    }
    int first = sequences.firstRow(t);
    for (int row = first; row < first + sequences.liveRows(t); row++) {
      double sum = 0;
      for (int e = row * units; e < (row + 1) * units; e++) {
        sum += (double) dh[e] * dh[e];
      }
      gradientNorms[row] = Math.sqrt(sum);
    }
  }

  /**
   * Sets the weight drop of the runs that follow: U is multiplied by the mask, the same in all
   * sequences and time steps.
   *
   * @param mask (H, gates * H); referred to, read only; null for none
   */
  public void setKernelMask(float[] mask) {
    kernelMask = mask;
  }

  /**
   * Sets the zoneout of the runs that follow: how much of h(t-1), and of c(t-1) where the cell has
   * one, stays in h(t) and c(t).
   *
   * @param h (N, H), in [0, 1]; referred to, read only; null for no zoneout
   * @param c the same for c; read by cells that have one
   */
  public void setZoneout(float[] h, float[] c) {
    zoneoutH = h;
    zoneoutC = c;
  }

  /** Makes room for so many masked elements where there are masks, and kept ones with zoneout. */
  void growMasked(int size) {
    if (recurrentMasks != null) {
      masked = grown(masked, size);
    }
    if (zoneoutH != null) {
      keptH = grown(keptH, size);
      keptC = grown(keptC, size);
    }
  }

  /** Makes room for the packed kernels of so many gates. */
  void growKernels(int gates) {
    kernels = grown(kernels, gates);
    transposedKernels = grown(transposedKernels, gates);
  }

  private static PackedMatrix[] grown(PackedMatrix[] matrices, int gates) {
    if (matrices.length == gates) {
      return matrices;
    }
    PackedMatrix[] grown = new PackedMatrix[gates];
    Arrays.setAll(grown, gate -> new PackedMatrix());
    return grown;
  }

  /** The buffer itself if it is long enough, else a new one; what it held is lost. */
  static float[] grown(float[] buffer, int size) {
    return buffer.length >= size ? buffer : new float[size];
  }

  /** Grows each of the buffers as {@link #grown(float[], int)} does. */
  static void grow(float[][] buffers, int size) {
    for (int i = 0; i < buffers.length; i++) {
      buffers[i] = grown(buffers[i], size);
    }
  }

  /**
   * Returns if the array holds its shape.
   *
   * @throws IllegalArgumentException if it is shorter; the message names the array, what it has and
   *     what it needs
   */
  public static void requireLength(String name, float[] array, int rows, int columns) {
    if (array.length < (long) rows * columns) {
      throw new IllegalArgumentException(
          name
              + " has "
              + array.length
              + " elements; its shape ("
              + rows
              + ", "
              + columns
              + ") needs "
              + (long) rows * columns
              + ".");
    }
  }
}
