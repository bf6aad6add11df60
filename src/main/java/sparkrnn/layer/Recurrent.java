package sparkrnn.layer;

import java.util.List;
import sparkrnn.cell.Cell;
import sparkrnn.cell.CellWorkspace;
import sparkrnn.cell.GradientReach;
import sparkrnn.sequence.PackedSequences;

/**
 * A recurrent layer: one cell that reads the sequences forward in time, or two that read them in
 * opposite directions, side by side.
 *
 * <p>For each time step t of a sequence of length L ({@code |} puts columns side by side, {@code
 * x'} is the sequence read backward):
 *
 * <pre>
 *   one direction     y(t) = h(t)                        h: the cell over x
 *   bidirectional     x'(t) = x(L-1-t)
 *                     y(t) = [ hf(t) | hb(L-1-t) ]       hf: the first cell over x
 *                                                        hb: the second cell over x'
 * </pre>
 *
 * <p>Shapes: F input features, H units of a cell, N packed rows. A sequence read backward is as
 * long as before and so has the same places; row (s, t) is swapped with {@link
 * PackedSequences#mirrorRow}.
 *
 * <pre>
 *   x (N, F)    hf, hb (N, H)    y (N, H), or (N, 2H) if bidirectional
 * </pre>
 *
 * <p>Kept from forward for backward: a reference to x, x' and what the cells keep. Nothing is
 * allocated in either once the buffers have grown to the largest shard.
 *
 * <p>Source: Schuster and Paliwal 1997; Keras' Bidirectional with merge_mode "concat".
 */
public final class Recurrent {

  private final List<Cell> cells;
  private final int inputs;
  private final int units;

  private Recurrent(List<Cell> cells) {
    this.cells = cells;
    this.inputs = cells.get(0).inputs();
    this.units = cells.get(0).units();
  }

  /** One cell, forward in time. */
  public static Recurrent forward(Cell cell) {
    return new Recurrent(List.of(cell));
  }

  /** Two cells of the same inputs and units, the second one backward in time. */
  public static Recurrent bidirectional(Cell forward, Cell backward) {
    return new Recurrent(List.of(forward, backward));
  }

  private boolean isBidirectional() {
    return cells.size() > 1;
  }

  /** Columns of y: H, or 2H. */
  public int outputs() {
    return cells.size() * units;
  }

  /** H, the columns of y that come from the cell that reads forward; the first ones. */
  public int forwardOutputs() {
    return units;
  }

  /** Buffers for one thread; they grow to the largest shard seen and are then reused. */
  public RecurrentWorkspace newWorkspace() {
    return new RecurrentWorkspace(cells);
  }

  /**
   * Overwrites {@link RecurrentWorkspace#y()} (N, outputs) with the values of all time steps.
   *
   * @param x (N, F), finite; read only, and read again by {@link #backward}
   * @throws IllegalArgumentException if x is shorter than its shape
   */
  public void forward(
      RecurrentWorkspace workspace, PackedSequences sequences, float[] x, float[] parameters) {
    CellWorkspace.requireLength("x", x, sequences.rows(), inputs);
    workspace.x[0] = x;
    cells.get(0).forward(workspace.cells[0], sequences, x, parameters);
    workspace.y = workspace.cells[0].h();
    if (isBidirectional()) {
      workspace.growMirror(sequences.rows() * inputs, sequences.rows() * outputs());
      writeMirrored(sequences, x, workspace.x[1]);
      cells.get(1).forward(workspace.cells[1], sequences, workspace.x[1], parameters);
      join(sequences, workspace.cells[0].h(), workspace.cells[1].h(), workspace.joined);
      workspace.y = workspace.joined;
    }
  }

  /** x'(t) = x(L-1-t). */
  private void writeMirrored(PackedSequences sequences, float[] x, float[] mirrored) {
    for (int t = 0; t < sequences.timeSteps(); t++) {
      int row = sequences.firstRow(t);
      for (int s = 0; s < sequences.liveRows(t); s++) {
        int from = sequences.mirrorRow(s, t) * inputs;
        System.arraycopy(x, from, mirrored, (row + s) * inputs, inputs);
      }
    }
  }

  /** y(t) = [ hf(t) | hb(L-1-t) ]. */
  private void join(PackedSequences sequences, float[] hf, float[] hb, float[] y) {
    for (int t = 0; t < sequences.timeSteps(); t++) {
      int row = sequences.firstRow(t);
      for (int s = 0; s < sequences.liveRows(t); s++) {
        int to = (row + s) * 2 * units;
        System.arraycopy(hf, (row + s) * units, y, to, units);
        System.arraycopy(hb, sequences.mirrorRow(s, t) * units, y, to + units, units);
      }
    }
  }

  /**
   * Adds this layer's gradient to {@code gradient} and overwrites {@code dx}. Must follow {@link
   * #forward} of the same arguments on the same workspace, once; what forward wrote to y stays.
   *
   * <pre>
   *   dhf(t) = the first H columns of dy(t)      dhb(t) = the last H columns of dy(L-1-t)
   *   dx(t) = dxf(t) + dxb(L-1-t)
   * </pre>
   *
   * @param dy (N, outputs), gradient of the loss by y; used as scratch
   * @param reach which rows of dy hold a gradient; with LAST_ROWS of a bidirectional layer the last
   *     row of each direction: the first H columns of a sequence's last row, the last H columns of
   *     its first row
   * @param dx (N, F), gradient of the loss by x; null if nobody wants it
   * @throws IllegalArgumentException if dy or dx is shorter than its shape
   */
  public void backward(
      RecurrentWorkspace workspace,
      PackedSequences sequences,
      float[] dy,
      GradientReach reach,
      float[] dx,
      float[] parameters,
      float[] gradient) {
    RecurrentWorkspace w = workspace;
    if (!isBidirectional()) {
      cells.get(0).backward(w.cells[0], sequences, w.x[0], dy, reach, dx, parameters, gradient);
      return;
    }
    int N = sequences.rows();
    CellWorkspace.requireLength("dy", dy, N, outputs());
    w.growBackward(N * units, dx == null ? 0 : N * inputs);
    if (reach == GradientReach.LAST_ROWS) {
      splitLastRows(sequences, dy, w.dh[0], w.dh[1]);
    } else {
      split(sequences, dy, w.dh[0], w.dh[1]);
    }
    float[] mirroredDx = dx == null ? null : w.mirroredDx;
    cells.get(0).backward(w.cells[0], sequences, w.x[0], w.dh[0], reach, dx, parameters, gradient);
    cells
        .get(1)
        .backward(w.cells[1], sequences, w.x[1], w.dh[1], reach, mirroredDx, parameters, gradient);
    if (dx != null) {
      addMirrored(sequences, mirroredDx, dx);
    }
  }

  private void split(PackedSequences sequences, float[] dy, float[] dhf, float[] dhb) {
    for (int t = 0; t < sequences.timeSteps(); t++) {
      int row = sequences.firstRow(t);
      for (int s = 0; s < sequences.liveRows(t); s++) {
        int from = (row + s) * 2 * units;
        System.arraycopy(dy, from, dhf, (row + s) * units, units);
        System.arraycopy(dy, from + units, dhb, sequences.mirrorRow(s, t) * units, units);
      }
    }
  }

  private void splitLastRows(PackedSequences sequences, float[] dy, float[] dhf, float[] dhb) {
    for (int s = 0; s < sequences.sequences(); s++) {
      int last = sequences.lastRow(s);
      System.arraycopy(dy, last * 2 * units, dhf, last * units, units);
      System.arraycopy(dy, s * 2 * units + units, dhb, last * units, units);
    }
  }

  /** dx(t) += dxb(L-1-t). */
  private void addMirrored(PackedSequences sequences, float[] mirroredDx, float[] dx) {
    for (int t = 0; t < sequences.timeSteps(); t++) {
      int row = sequences.firstRow(t);
      for (int s = 0; s < sequences.liveRows(t); s++) {
        int from = sequences.mirrorRow(s, t) * inputs;
        int to = (row + s) * inputs;
        for (int j = 0; j < inputs; j++) {
          dx[to + j] += mirroredDx[from + j];
        }
      }
    }
  }
}
