package sparkrnn.layer;

import java.util.Arrays;
import sparkrnn.cell.GradientReach;
import sparkrnn.sequence.PackedSequences;

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
    for (int t = 1; t < sequences.timeSteps(); t++) {
      int from = sequences.firstRow(t) * columns;
      int live = sequences.liveRows(t) * columns;
      for (int e = 0; e < live; e++) {
        float value = y[from + e];
        if (value > pooled[e] || Float.isNaN(value)) {
          pooled[e] = value;
          timeSteps[e] = t;
        }
      }
    }
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
  public GradientReach reach() {
    return GradientReach.ALL_ROWS;
  }
}
