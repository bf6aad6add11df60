package sparkrnn.layer;

import sparkrnn.cell.GradientReach;
import sparkrnn.sequence.PackedSequences;

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
    for (int t = 1; t < sequences.timeSteps(); t++) {
      int from = sequences.firstRow(t) * columns;
      int live = sequences.liveRows(t) * columns;
      for (int e = 0; e < live; e++) {
        pooled[e] += y[from + e];
      }
    }
    divideByLength(sequences, pooled);
  }

  @Override
  public void backward(
      PoolingWorkspace workspace,
      PackedSequences sequences,
      float[] dy,
      float[] parameters,
      float[] gradient) {
    float[] dPooled = workspace.dPooled();
    divideByLength(sequences, dPooled);
    for (int t = 0; t < sequences.timeSteps(); t++) {
      int live = sequences.liveRows(t) * columns;
      System.arraycopy(dPooled, 0, dy, sequences.firstRow(t) * columns, live);
    }
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
  public GradientReach reach() {
    return GradientReach.ALL_ROWS;
  }
}
