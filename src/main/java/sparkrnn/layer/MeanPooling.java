package sparkrnn.layer;

import java.util.Arrays;
import sparkrnn.cell.GradientReach;
import sparkrnn.sequence.PackedSequences;
import sparkrnn.sequence.SequenceSegment;

/**
 * The mean over the time steps of each sequence.
 *
 * <pre>
 *   pooled = (y(0) + ... + y(L-1)) / L      L: the length of the sequence
 *   dy(t) = dPooled / L
 * </pre>
 *
 * <p>Source: Keras' GlobalAveragePooling1D, which leaves masked time steps out.
 */
final class MeanPooling implements Pooling {

  private final int columns;

  MeanPooling(int columns) {
    this.columns = columns;
  }

  @Override
  public void forward(
      PoolingWorkspace workspace, PackedSequences sequences, float[] y, float[] parameters) {
    int size = sequences.sequences() * columns;
    workspace.growPooled(size);
    float[] pooled = workspace.pooled;
    // All sequences are alive in time step 0.
    System.arraycopy(y, 0, pooled, 0, size);
    addRows(sequences, 1, y, pooled);
    divideByLength(sequences, pooled);
  }

  @Override
  public void backward(
      PoolingWorkspace workspace,
      PackedSequences sequences,
      float[] dy,
      float[] parameters,
      float[] gradient) {
    divideByLength(sequences, workspace.dPooled());
    copyToRows(sequences, workspace.dPooled(), dy);
  }

  private void divideByLength(PackedSequences sequences, float[] rows) {
    for (int s = 0; s < sequences.sequences(); s++) {
      float length = sequences.length(s);
      for (int e = s * columns; e < (s + 1) * columns; e++) {
        rows[e] /= length;
      }
    }
  }

  @Override
  public void beginSegments(PoolingWorkspace workspace, PackedSequences whole) {
    int size = whole.sequences() * columns;
    workspace.growPooled(size);
    Arrays.fill(workspace.pooled, 0, size, 0f);
  }

  @Override
  public void forwardSegment(
      PoolingWorkspace workspace, SequenceSegment segment, float[] y, float[] parameters) {
    addRows(segment.sequences(), 0, y, workspace.pooled);
  }

  @Override
  public void endSegments(PoolingWorkspace workspace, PackedSequences whole) {
    divideByLength(whole, workspace.pooled);
  }

  @Override
  public void beginBackward(PoolingWorkspace workspace, PackedSequences whole) {
    divideByLength(whole, workspace.dPooled());
  }

  @Override
  public void backwardSegment(
      PoolingWorkspace workspace,
      SequenceSegment segment,
      float[] y,
      float[] dy,
      float[] parameters,
      float[] gradient) {
    copyToRows(segment.sequences(), workspace.dPooled(), dy);
  }

  /** pooled += y(t), from a time step on. */
  private void addRows(PackedSequences sequences, int firstStep, float[] y, float[] pooled) {
    for (int t = firstStep; t < sequences.timeSteps(); t++) {
      int from = sequences.firstRow(t) * columns;
      int live = sequences.liveRows(t) * columns;
      for (int e = 0; e < live; e++) {
        pooled[e] += y[from + e];
      }
    }
  }

  /** dy(t) = dPooled. */
  private void copyToRows(PackedSequences sequences, float[] dPooled, float[] dy) {
    for (int t = 0; t < sequences.timeSteps(); t++) {
      int live = sequences.liveRows(t) * columns;
      System.arraycopy(dPooled, 0, dy, sequences.firstRow(t) * columns, live);
    }
  }

  @Override
  public GradientReach reach() {
    return GradientReach.ALL_ROWS;
  }
}
