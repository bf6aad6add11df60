package sparkrnn.layer;

import java.util.Arrays;
import sparkrnn.cell.GradientReach;
import sparkrnn.sequence.PackedSequences;
import sparkrnn.sequence.SequenceSegment;

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
  public void beginSegments(PoolingWorkspace workspace, PackedSequences whole) {
    if (forwardColumns != columns) {
      throw new IllegalStateException("LastPooling: a layer read backward has no segments.");
    }
    workspace.growPooled(whole.sequences() * columns);
  }

  @Override
  public void forwardSegment(
      PoolingWorkspace workspace, SequenceSegment segment, float[] y, float[] parameters) {
    PackedSequences sequences = segment.sequences();
    for (int s = 0; s < sequences.sequences(); s++) {
      if (segment.holdsEnd(s)) {
        int from = sequences.lastRow(s) * columns;
        System.arraycopy(y, from, workspace.pooled, s * columns, columns);
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
    for (int s = 0; s < sequences.sequences(); s++) {
      int to = sequences.lastRow(s) * columns;
      if (segment.holdsEnd(s)) {
        System.arraycopy(workspace.dPooled(), s * columns, dy, to, columns);
      } else {
        Arrays.fill(dy, to, to + columns, 0f);
      }
    }
  }

  @Override
  public GradientReach reach() {
    return GradientReach.LAST_ROWS;
  }
}
