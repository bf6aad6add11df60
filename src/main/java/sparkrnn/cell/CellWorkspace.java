package sparkrnn.cell;

import java.util.Arrays;
import sparkrnn.linalg.PackedMatrix;
import sparkrnn.sequence.PackedSequences;

/** The buffers of one cell in one thread. */
public abstract class CellWorkspace {

  float[] h = new float[0];

  /** (gates, S, H), or null without recurrent dropout. */
  float[] recurrentMasks;

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

  private boolean keepsForBackward = true;

  /** (N, H), how much of h and of c stays, or null without zoneout. */
  float[] zoneoutH;

  float[] zoneoutC;

  /** (N, H), what zoneout hands on of the gradients by h and c to the time step before. */
  float[] keptH = new float[0];

  float[] keptC = new float[0];

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
    recurrentMasks = masks;
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

  /** Whether nothing but h is wanted of a run. */
  boolean wantsOnlyH() {
    return !keepsForBackward && initialState == null && zoneoutH == null && recurrentMasks == null;
  }

  /** Makes room for the last state of a run where there is an initial one. */
  void growState(int states, PackedSequences sequences, int units) {
    if (initialState != null) {
      requireLength("initial state", initialState, states * sequences.sequences(), units);
      lastState = grown(lastState, states * sequences.sequences() * units);
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
