package sparkrnn.layer;

import java.util.Arrays;
import sparkrnn.cell.GradientReach;
import sparkrnn.sequence.PackedSequences;
import sparkrnn.sequence.SequenceSegment;

/**
 * The largest value over the time steps of each sequence, column by column.
 *
 * <pre>
 *   pooled = max over t of y(t)
 *   dy(t) = dPooled where t is the time step of the maximum, else 0
 * </pre>
 *
 * <p>NaN counts as the largest. Kept from forward for backward: the time steps of the maxima.
 *
 * <p>Source: Keras' GlobalMaxPooling1D, over the time steps of the sequence alone. Our deviation:
 * of several equal maxima the first gets the whole gradient, in Keras each its share.
 */
final class MaxPooling implements Pooling {

  private final int columns;

  MaxPooling(int columns) {
    this.columns = columns;
  }

  @Override
  public void forward(
      PoolingWorkspace workspace, PackedSequences sequences, float[] y, float[] parameters) {
    int size = sequences.sequences() * columns;
    workspace.growPooled(size);
    workspace.growTimeSteps(size);
    float[] pooled = workspace.pooled;
    int[] timeSteps = workspace.timeSteps;
    // All sequences are alive in time step 0.
    System.arraycopy(y, 0, pooled, 0, size);
    Arrays.fill(timeSteps, 0, size, 0);
    takeLarger(workspace, sequences, 1, 0, y);
  }

  @Override
  public void backward(
      PoolingWorkspace workspace,
      PackedSequences sequences,
      float[] dy,
      float[] parameters,
      float[] gradient) {
    float[] dPooled = workspace.dPooled();
    int[] timeSteps = workspace.timeSteps;
    Arrays.fill(dy, 0, sequences.rows() * columns, 0f);
    for (int e = 0; e < sequences.sequences() * columns; e++) {
      dy[sequences.firstRow(timeSteps[e]) * columns + e] = dPooled[e];
    }
  }

  @Override
  public void beginSegments(PoolingWorkspace workspace, PackedSequences whole) {
    int size = whole.sequences() * columns;
    workspace.growPooled(size);
    workspace.growTimeSteps(size);
    Arrays.fill(workspace.pooled, 0, size, Float.NEGATIVE_INFINITY);
    Arrays.fill(workspace.timeSteps, 0, size, 0);
  }

  @Override
  public void forwardSegment(
      PoolingWorkspace workspace, SequenceSegment segment, float[] y, float[] parameters) {
    takeLarger(workspace, segment.sequences(), 0, segment.firstStep(), y);
  }

  /**
   * Takes the maxima with the values from a time step on.
   *
   * @param before time steps before the first one
   */
  private void takeLarger(
      PoolingWorkspace workspace, PackedSequences sequences, int firstStep, int before, float[] y) {
    float[] pooled = workspace.pooled;
    int[] timeSteps = workspace.timeSteps;
    for (int t = firstStep; t < sequences.timeSteps(); t++) {
      int from = sequences.firstRow(t) * columns;
      int live = sequences.liveRows(t) * columns;
      for (int e = 0; e < live; e++) {
        float value = y[from + e];
        if (value > pooled[e] || Float.isNaN(value)) {
          pooled[e] = value;
          timeSteps[e] = before + t;
        }
      }
    }
  }

  @Override
  public void backwardSegment(
      PoolingWorkspace workspace,
      SequenceSegment segment,
      float[] y,
      float[] dy,
      float[] parameters,
      float[] gradient) {
    PackedSequences sequences = segment.sequences();
    Arrays.fill(dy, 0, sequences.rows() * columns, 0f);
    for (int e = 0; e < sequences.sequences() * columns; e++) {
      int t = workspace.timeSteps[e] - segment.firstStep();
      if (t >= 0 && t < sequences.timeSteps()) {
        dy[sequences.firstRow(t) * columns + e] = workspace.dPooled()[e];
      }
    }
  }

  @Override
  public GradientReach reach() {
    return GradientReach.ALL_ROWS;
  }
}
