package sparkrnn.layer;

import java.util.List;
import sparkrnn.cell.GradientReach;
import sparkrnn.sequence.PackedSequences;
import sparkrnn.sequence.SequenceSegment;

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
   * @param y (N, H); read only, and read again by {@link #backward}
   * @param parameters the flat array
   */
  void forward(
      PoolingWorkspace workspace, PackedSequences sequences, float[] y, float[] parameters);

  /**
   * Adds to {@code gradient} where the pooling has parameters, and overwrites the rows of {@code
   * dy} (N, H) that {@link #reach} names. Must follow {@link #forward} of the same arguments on the
   * same workspace, once.
   *
   * @param workspace its {@link PoolingWorkspace#dPooled()} holds the gradient of the loss by
   *     pooled, and is used as scratch
   */
  void backward(
      PoolingWorkspace workspace,
      PackedSequences sequences,
      float[] dy,
      float[] parameters,
      float[] gradient);

  /** Which rows of dy are written. */
  GradientReach reach();

  /** Begins a run over the consecutive segments of sequences, the first one first. */
  void beginSegments(PoolingWorkspace workspace, PackedSequences whole);

  /**
   * Takes the next segment in.
   *
   * @param y (n, H), n packed rows of the segment; read only
   */
  void forwardSegment(
      PoolingWorkspace workspace, SequenceSegment segment, float[] y, float[] parameters);

  /** Overwrites {@link PoolingWorkspace#pooled()} (S, H) after the last segment. */
  default void endSegments(PoolingWorkspace workspace, PackedSequences whole) {}

  /**
   * Begins the way back over the same segments; {@link PoolingWorkspace#dPooled()} is used as
   * scratch from here on.
   */
  default void beginBackward(PoolingWorkspace workspace, PackedSequences whole) {}

  /**
   * As {@link #backward} of one segment, the segments in any order. Where {@link #reach} is the
   * last rows, those of sequences that go on after the segment get zeros.
   *
   * @param y (n, H), as it was in {@link #forwardSegment}
   * @param dy (n, H), overwritten
   */
  void backwardSegment(
      PoolingWorkspace workspace,
      SequenceSegment segment,
      float[] y,
      float[] dy,
      float[] parameters,
      float[] gradient);

  /**
   * The names of its matrices, which glorot_uniform initializes; its other parameters begin at 0.
   */
  default List<String> kernels() {
    return List.of();
  }
}
