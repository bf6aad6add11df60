package sparkrnn.layer;

import sparkrnn.random.CounterRandom;
import sparkrnn.sequence.PackedSequences;

/**
 * Dropout between the recurrent layers and the head: leaves out columns of what the head sees, of a
 * sequence the same ones at every time step, in the runs that masks were drawn for.
 *
 * <pre>
 *   y(t) = m(s) * x(t)      dx(t) = m(s) * dy(t)      m: a mask of {@link Dropout}, s: the sequence
 * </pre>
 *
 * <p>Shapes: S sequences, R rows (N packed rows, or S after a pooling), H columns.
 *
 * <pre>
 *   x, y, dx, dy (R, H)    m (S, H)
 * </pre>
 *
 * <p>Immutable; the buffers of a thread are in the {@link Workspace}.
 */
public final class OutputDropout {

  private final double rate;
  private final int columns;

  /**
   * For so many columns.
   *
   * @param rate share that is left out, in [0, 1)
   */
  public OutputDropout(double rate, int columns) {
    this.rate = rate;
    this.columns = columns;
  }

  /**
   * Draws a new mask for the runs that follow, until {@link Workspace#clearMask}.
   *
   * @param from index of the first random number to use
   * @return the index of the next number that was not used
   */
  public long drawMask(Workspace workspace, int sequences, CounterRandom random, long from) {
    if (rate == 0) {
      return from;
    }
    int size = sequences * columns;
    workspace.mask = RecurrentWorkspace.grown(workspace.mask, size);
    workspace.drops = true;
    return Dropout.writeMask(random, from, rate, workspace.mask, size);
  }

  /**
   * What the head sees: x itself where nothing is dropped, else a buffer of the workspace.
   *
   * @param rows N, or S after a pooling
   */
  public float[] forward(Workspace workspace, PackedSequences sequences, int rows, float[] x) {
    if (!workspace.drops) {
      return x;
    }
    workspace.y = RecurrentWorkspace.grown(workspace.y, rows * columns);
    multiply(workspace, sequences, rows, x, workspace.y);
    return workspace.y;
  }

  /** Overwrites dy with dx. */
  public void backward(Workspace workspace, PackedSequences sequences, int rows, float[] dy) {
    if (workspace.drops) {
      multiply(workspace, sequences, rows, dy, dy);
    }
  }

  private void multiply(Workspace w, PackedSequences sequences, int rows, float[] x, float[] y) {
    if (rows == sequences.rows()) {
      Dropout.multiply(sequences, columns, w.mask, x, y);
    } else {
      for (int e = 0; e < rows * columns; e++) {
        y[e] = w.mask[e] * x[e];
      }
    }
  }

  /** The buffers of one thread. */
  public static final class Workspace {
    private boolean drops;
    private float[] mask = new float[0];
    private float[] y = new float[0];

    /** Ends the dropout: nothing is dropped in the runs that follow. */
    public void clearMask() {
      drops = false;
    }
  }
}
