package sparkrnn.layer;

import sparkrnn.cell.GradientReach;
import sparkrnn.sequence.PackedSequences;

/**
 * The last output of each sequence, of each direction its own last one.
 *
 * <pre>
 *   pooled = [ yf(L-1) | yb(0) ]      L: the length of the sequence
 * </pre>
 *
 * <p>yf are the columns from the cell that reads forward, yb those from the one that reads backward
 * and so ends at time step 0; there are none of these in a layer of one direction.
 *
 * <p>Source: Keras' recurrent layers and Bidirectional with return_sequences=False.
 */
final class LastPooling implements Pooling {

  private final int forwardColumns;
  private final int columns;

  LastPooling(int forwardColumns, int columns) {
    this.forwardColumns = forwardColumns;
    this.columns = columns;
  }

  @Override
  public void forward(
      PoolingWorkspace workspace, PackedSequences sequences, float[] y, float[] parameters) {
    workspace.growPooled(sequences.sequences() * columns);
    float[] pooled = workspace.pooled;
    int backwardColumns = columns - forwardColumns;
    for (int s = 0; s < sequences.sequences(); s++) {
      int first = s * columns;
      System.arraycopy(y, sequences.lastRow(s) * columns, pooled, first, forwardColumns);
      // In time step 0 the row of a sequence is its place.
      int backward = first + forwardColumns;
      System.arraycopy(y, backward, pooled, backward, backwardColumns);
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
    int backwardColumns = columns - forwardColumns;
    for (int s = 0; s < sequences.sequences(); s++) {
      int first = s * columns;
      System.arraycopy(dPooled, first, dy, sequences.lastRow(s) * columns, forwardColumns);
      int backward = first + forwardColumns;
      System.arraycopy(dPooled, backward, dy, backward, backwardColumns);
    }
  }

  @Override
  public GradientReach reach() {
    return GradientReach.LAST_ROWS;
  }
}
