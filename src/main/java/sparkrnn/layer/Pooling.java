package sparkrnn.layer;

import sparkrnn.cell.GradientReach;
import sparkrnn.sequence.PackedSequences;

/**
 * Makes one row of each sequence's time steps, or leaves them all. Immutable; what a run needs is
 * in the {@link PoolingWorkspace}, one per thread.
 *
 * <p>Shapes: S sequences, N packed rows, H columns of the layer below.
 *
 * <pre>
 *   y, dy (N, H)    pooled, dPooled (S, H), in the workspace
 * </pre>
 */
public interface Pooling {

  /** The rows of the result: S, or N where nothing is pooled. */
  default int rows(PackedSequences sequences) {
    return sequences.sequences();
  }

  /**
   * Overwrites {@link PoolingWorkspace#pooled()} (S, H).
   *
   * @param y (N, H); read only
   */
  void forward(PoolingWorkspace workspace, PackedSequences sequences, float[] y);

  /**
   * Overwrites the rows of {@code dy} (N, H) that {@link #reach} names. Must follow {@link
   * #forward} of the same sequences on the same workspace, once.
   *
   * @param workspace its {@link PoolingWorkspace#dPooled()} holds the gradient of the loss by
   *     pooled, and is used as scratch
   */
  void backward(PoolingWorkspace workspace, PackedSequences sequences, float[] dy);

  /** Which rows of dy are written. */
  GradientReach reach();
}
