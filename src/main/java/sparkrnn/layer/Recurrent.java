package sparkrnn.layer;

import java.util.Arrays;
import java.util.List;
import sparkrnn.cell.Cell;
import sparkrnn.cell.CellWorkspace;
import sparkrnn.cell.GradientReach;
import sparkrnn.random.CounterRandom;
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
 * <p>In runs that masks were drawn for, each cell reads m * x in place of x, m being a mask of
 * {@link Dropout}, and drops h(t-1) as {@link CellWorkspace#setRecurrentMasks} says; one mask of
 * the inputs for all gates, one of h(t-1) for each gate, all the same at every time step. Our
 * deviation: with both rates above 0 Keras draws a mask of the inputs for each gate too. Weight
 * drop and zoneout as {@link CellWorkspace#setKernelMask} and {@link CellWorkspace#setZoneout} say.
 *
 * <p>A residual layer, as wide as its inputs, adds x(t) to y(t): see {@link Residual}.
 *
 * <p>Shapes: F input features, H units of a cell, S sequences, N packed rows. A sequence read
 * backward is as long as before and so has the same places; row (s, t) is swapped with {@link
 * PackedSequences#mirrorRow}.
 *
 * <pre>
 *   x (N, F)    hf, hb (N, H)    y (N, H), or (N, 2H) if bidirectional
 * </pre>
 *
 * <p>Kept from forward for backward: what each cell read (of the first, without dropout, a
 * reference to x), the masks and what the cells keep. Nothing is allocated in either once the
 * buffers have grown to the largest shard.
 *
 * <p>Source: Schuster and Paliwal 1997; Keras' Bidirectional with merge_mode "concat"; dropout of
 * Gal and Ghahramani 2016, as Keras' recurrent layers have it; weight drop of Merity, Keskar and
 * Socher 2018, scaled as they scale it; zoneout of Krueger et al. 2017.
 */
public final class Recurrent {

  private final List<Cell> cells;
  private final int inputs;
  private final int units;
  private final Rates rates;
  private final boolean residual;

  /** Shares that are left out, all in [0, 1). */
  private record Rates(double inputs, double recurrent, double weights, double zoneout) {
    static final Rates NONE = new Rates(0, 0, 0, 0);
  }

  private Recurrent(List<Cell> cells, Rates rates, boolean residual) {
    this.cells = cells;
    this.rates = rates;
    this.residual = residual;
    this.inputs = cells.get(0).inputs();
    this.units = cells.get(0).units();
  }

  /** One cell, forward in time. */
  public static Recurrent forward(Cell cell) {
    return new Recurrent(List.of(cell), Rates.NONE, false);
  }

  /** Two cells of the same inputs and units, the second one backward in time. */
  public static Recurrent bidirectional(Cell forward, Cell backward) {
    return new Recurrent(List.of(forward, backward), Rates.NONE, false);
  }

  /**
   * The same layer with dropout of its inputs and of h(t-1) in its cells, in the runs that masks
   * are drawn for.
   *
   * @param rate share of the inputs, in [0, 1)
   * @param recurrentRate share of h(t-1), in [0, 1)
   */
  public Recurrent withDropout(double rate, double recurrentRate) {
    Rates changed = new Rates(rate, recurrentRate, rates.weights, rates.zoneout);
    return new Recurrent(cells, changed, residual);
  }

  /**
   * The same layer with weight drop, in the runs that masks are drawn for: one mask of U for all
   * sequences and time steps of a run.
   *
   * @param rate share of the numbers of U, in [0, 1)
   */
  public Recurrent withWeightDrop(double rate) {
    Rates changed = new Rates(rates.inputs, rates.recurrent, rate, rates.zoneout);
    return new Recurrent(cells, changed, residual);
  }

  /**
   * The same layer with zoneout: in the runs that masks are drawn for each number of h, and of c
   * where the cell has one, stays as it was with this probability; in all others it is the mean of
   * old and new by it.
   *
   * @param rate in [0, 1)
   */
  public Recurrent withZoneout(double rate) {
    Rates changed = new Rates(rates.inputs, rates.recurrent, rates.weights, rate);
    return new Recurrent(cells, changed, residual);
  }

  /**
   * The same layer, adding its inputs to its outputs.
   *
   * @throws IllegalArgumentException if there are not as many outputs as inputs
   */
  public Recurrent withResidual() {
    if (inputs != outputs()) {
      throw new IllegalArgumentException(
          "Recurrent: the layer has "
              + inputs
              + " inputs and "
              + outputs()
              + " outputs; a layer that adds both needs as many.");
    }
    return new Recurrent(cells, rates, true);
  }

  /**
   * Draws new masks for the runs that follow, until {@link RecurrentWorkspace#clearMasks}: for each
   * direction its input mask (S, F), then its recurrent masks (gates, S, H), then its mask of U (H,
   * gates * H), then its zoneout of h and, if the cell has one, of c (N, H each, two numbers of a
   * draw); those of a rate of 0 are left out. Each direction drops other inputs.
   *
   * @param from index of the first random number to use
   * @return the index of the next number that was not used
   */
  public long drawMasks(
      RecurrentWorkspace workspace, PackedSequences sequences, CounterRandom random, long from) {
    RecurrentWorkspace w = workspace;
    long next = from;
    w.dropsInputs = rates.inputs > 0;
    w.zonesOut = rates.zoneout > 0;
    for (int d = 0; d < cells.size(); d++) {
      if (rates.inputs > 0) {
        int size = sequences.sequences() * inputs;
        w.inputMasks[d] = RecurrentWorkspace.grown(w.inputMasks[d], size);
        next = Dropout.writeMask(random, next, rates.inputs, w.inputMasks[d], size);
      }
      if (rates.recurrent > 0) {
        int size = cells.get(d).gates() * sequences.sequences() * units;
        w.recurrentMasks[d] = RecurrentWorkspace.grown(w.recurrentMasks[d], size);
        next = Dropout.writeMask(random, next, rates.recurrent, w.recurrentMasks[d], size);
        w.cells[d].setRecurrentMasks(w.recurrentMasks[d], sequences.sequences());
      }
      if (rates.weights > 0) {
        int size = units * cells.get(d).gates() * units;
        w.kernelMasks[d] = RecurrentWorkspace.grown(w.kernelMasks[d], size);
        next = Dropout.writeMask(random, next, rates.weights, w.kernelMasks[d], size);
        w.cells[d].setKernelMask(w.kernelMasks[d]);
      }
      if (rates.zoneout > 0) {
        int size = sequences.rows() * units;
        w.growZoneout(d, size);
        next = Dropout.writeChoices(random, next, rates.zoneout, w.zoneoutH[d], size);
        if (cells.get(d).states() > 1) {
          next = Dropout.writeChoices(random, next, rates.zoneout, w.zoneoutC[d], size);
        }
      }
    }
    return next;
  }

  /**
   * Numbers of the state of a sequence that goes from one time step to the next: h of the cell,
   * then, of an LSTM, c.
   *
   * @throws IllegalArgumentException if the layer is bidirectional: what comes last in time can't
   *     be known when a sequence is cut
   */
  public int stateSize() {
    if (isBidirectional()) {
      throw new IllegalArgumentException(
          "Recurrent: the layer is bidirectional; a state can be carried on only in one direction.");
    }
    return cells.get(0).states() * units;
  }

  /**
   * Sets the states that the runs that follow begin with, until {@link
   * RecurrentWorkspace#clearStates}.
   *
   * @param states holds {@link #stateSize()} numbers for each sequence, in packed order
   * @param from where those of the first sequence stand
   * @param stride from one sequence to the next
   */
  public void setStates(
      RecurrentWorkspace workspace, int sequences, float[] states, int from, int stride) {
    int kinds = stateSize() / units;
    float[] initial = RecurrentWorkspace.grown(workspace.initialState, sequences * stateSize());
    workspace.initialState = initial;
    for (int s = 0; s < sequences; s++) {
      for (int kind = 0; kind < kinds; kind++) {
        int at = from + s * stride + kind * units;
        System.arraycopy(states, at, initial, (kind * sequences + s) * units, units);
      }
    }
    workspace.cells[0].setInitialState(initial);
  }

  /**
   * Overwrites states, laid out as in {@link #setStates}, with those after the last time step of
   * each sequence in the last run, which began with given ones.
   */
  public void copyStates(
      RecurrentWorkspace workspace, int sequences, float[] states, int from, int stride) {
    int kinds = stateSize() / units;
    float[] last = workspace.cells[0].lastState();
    for (int s = 0; s < sequences; s++) {
      for (int kind = 0; kind < kinds; kind++) {
        int at = from + s * stride + kind * units;
        System.arraycopy(last, (kind * sequences + s) * units, states, at, units);
      }
    }
  }

  /** The zoneout that was drawn, or else the expectation of one. */
  private void setZoneout(RecurrentWorkspace w, int size) {
    for (int d = 0; rates.zoneout > 0 && d < cells.size(); d++) {
      if (!w.zonesOut) {
        w.growZoneout(d, size);
        Arrays.fill(w.zoneoutH[d], 0, size, (float) rates.zoneout);
        Arrays.fill(w.zoneoutC[d], 0, size, (float) rates.zoneout);
      }
      w.cells[d].setZoneout(w.zoneoutH[d], w.zoneoutC[d]);
    }
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
    RecurrentWorkspace w = workspace;
    w.x[0] = x;
    setZoneout(w, sequences.rows() * units);
    if (w.dropsInputs) {
      w.growDropped(sequences.rows() * inputs);
      Dropout.multiply(sequences, inputs, w.inputMasks[0], x, w.dropped);
      w.x[0] = w.dropped;
    }
    cells.get(0).forward(w.cells[0], sequences, w.x[0], parameters);
    w.y = w.cells[0].h();
    if (isBidirectional()) {
      w.growMirror(sequences.rows() * inputs, sequences.rows() * outputs());
      writeMirrored(sequences, x, w.x[1]);
      if (w.dropsInputs) {
        Dropout.multiply(sequences, inputs, w.inputMasks[1], w.x[1], w.x[1]);
      }
      cells.get(1).forward(w.cells[1], sequences, w.x[1], parameters);
      join(sequences, w.cells[0].h(), w.cells[1].h(), w.joined);
      w.y = w.joined;
    }
    if (residual) {
      int size = sequences.rows() * outputs();
      w.growJoined(size);
      Residual.add(w.y, x, w.joined, size);
      w.y = w.joined;
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
    boolean passesOn = residual && dx != null;
    int size = sequences.rows() * inputs;
    if (passesOn) {
      CellWorkspace.requireLength("dy", dy, sequences.rows(), outputs());
      w.growPassed(size);
      Residual.keep(sequences, inputs, units, reach, dy, w.passed);
    }
    if (isBidirectional()) {
      backwardBoth(w, sequences, dy, reach, dx, parameters, gradient);
    } else {
      cells.get(0).backward(w.cells[0], sequences, w.x[0], dy, reach, dx, parameters, gradient);
      multiplyByMask(w, 0, sequences, dx);
    }
    if (passesOn) {
      Residual.add(dx, w.passed, dx, size);
    }
  }

  private void backwardBoth(
      RecurrentWorkspace w,
      PackedSequences sequences,
      float[] dy,
      GradientReach reach,
      float[] dx,
      float[] parameters,
      float[] gradient) {
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
    multiplyByMask(w, 0, sequences, dx);
    multiplyByMask(w, 1, sequences, mirroredDx);
    if (dx != null) {
      addMirrored(sequences, mirroredDx, dx);
    }
  }

  /** dx(t) = m(s) * dx(t), if anybody wants it. */
  private void multiplyByMask(
      RecurrentWorkspace w, int direction, PackedSequences sequences, float[] dx) {
    if (dx != null && w.dropsInputs) {
      Dropout.multiply(sequences, inputs, w.inputMasks[direction], dx, dx);
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
