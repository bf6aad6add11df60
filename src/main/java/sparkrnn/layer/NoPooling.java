package sparkrnn.layer;

import sparkrnn.cell.GradientReach;
import sparkrnn.sequence.PackedSequences;
import sparkrnn.sequence.SequenceSegment;

/**
 * Every time step as it is, a row each: the head then gives an output for every time step.
 *
 * <p>Source: Keras' recurrent layers with return_sequences=True, Dense over all time steps.
 */
final class NoPooling implements Pooling {

  private final int columns;

  NoPooling(int columns) {
    this.columns = columns;
  }

  @Override
  public int rows(PackedSequences sequences) {
    return sequences.rows();
  }

  @Override
  public void forward(
      PoolingWorkspace workspace, PackedSequences sequences, float[] y, float[] parameters) {
    int size = sequences.rows() * columns;
    workspace.growPooled(size);
    System.arraycopy(y, 0, workspace.pooled, 0, size);
  }

  @Override
  public void backward(
      PoolingWorkspace workspace,
      PackedSequences sequences,
      float[] dy,
      float[] parameters,
      float[] gradient) {
    System.arraycopy(workspace.dPooled(), 0, dy, 0, sequences.rows() * columns);
  }

  @Override
  public void beginSegments(PoolingWorkspace workspace, PackedSequences whole) {}

  /** {@inheritDoc} What is pooled is the segment's, until the next one. */
  @Override
  public void forwardSegment(
      PoolingWorkspace workspace, SequenceSegment segment, float[] y, float[] parameters) {
    forward(workspace, segment.sequences(), y, parameters);
  }

  /** {@inheritDoc} The gradient by what is pooled is the segment's too. */
  @Override
  public void backwardSegment(
      PoolingWorkspace workspace,
      SequenceSegment segment,
      float[] y,
      float[] dy,
      float[] parameters,
      float[] gradient) {
    backward(workspace, segment.sequences(), dy, parameters, gradient);
  }

  @Override
  public GradientReach reach() {
    return GradientReach.ALL_ROWS;
  }
}
