package sparkrnn.cell;

import sparkrnn.sequence.PackedSequences;

/**
 * A recurrent cell run over packed sequences, forward in time and back.
 *
 * <p>A cell is immutable and knows where its parameters stand in the flat array; what a run needs
 * is in the {@link CellWorkspace}, one per thread.
 *
 * <p>Shapes: F input features, H units, N rows of the packed sequences.
 */
public interface Cell {

  /** F. */
  int inputs();

  /** H. */
  int units();

  /** How many blocks of H columns the kernel has, and masks the recurrent dropout. */
  int gates();

  /**
   * How many arrays (S, H) one time step hands to the next: h, and whatever else; see {@link
   * CellWorkspace#setInitialState}.
   */
  default int states() {
    return 1;
  }

  /** Buffers for one thread; they grow to the largest shard seen and are then reused. */
  CellWorkspace newWorkspace();

  /**
   * Overwrites {@link CellWorkspace#h()} (N, H) with the values of all time steps.
   *
   * @param x (N, F), finite; read only
   * @throws IllegalArgumentException if x is shorter than its shape
   */
  void forward(CellWorkspace workspace, PackedSequences sequences, float[] x, float[] parameters);

  /**
   * Adds this cell's gradient to {@code gradient} and overwrites {@code dx}. Must follow {@link
   * #forward} of the same arguments on the same workspace, once: it uses up what forward kept,
   * except h.
   *
   * @param dh (N, H), gradient of the loss by h from the layers above; used as scratch
   * @param reach which rows of dh hold a gradient
   * @param dx (N, F), gradient of the loss by x; null if nobody wants it
   * @throws IllegalArgumentException if dh or dx is shorter than its shape
   */
  void backward(
      CellWorkspace workspace,
      PackedSequences sequences,
      float[] x,
      float[] dh,
      GradientReach reach,
      float[] dx,
      float[] parameters,
      float[] gradient);
}
