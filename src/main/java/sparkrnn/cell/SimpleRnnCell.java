package sparkrnn.cell;

import sparkrnn.linalg.Activations;
import sparkrnn.sequence.PackedSequences;

/**
 * A fully connected recurrent cell run over packed sequences, forward in time and back.
 *
 * <p>For each time step t ({@code *} is element by element):
 *
 * <pre>
 *   z(t) = x(t) W + h(t-1) U + b
 *   h(t) = f(z(t))                   h(-1) = 0      f = tanh or relu
 * </pre>
 *
 * <p>With recurrent dropout m * h(t-1) stands for h(t-1), and m * (dz U') for dz U' on the way
 * back: see {@link CellWorkspace#setRecurrentMasks}.
 *
 * <p>With {@link Zoneout} h(t) is the mixture of it and h(t-1), and the new state is kept for
 * backward too.
 *
 * <p>Shapes: F input features, H units, n(t) sequences still running at t (never growing), N the
 * sum of all n(t). Rows of one time step are contiguous and begin at {@link
 * PackedSequences#firstRow(int)}; a sequence has the same place in every time step, so the rows
 * alive at t+1 are the first n(t+1) rows of t.
 *
 * <pre>
 *   x (N, F)    h (N, H)
 *   W (F, H)    U (H, H)    b (H)      in the flat parameter array, row-major
 * </pre>
 *
 * <p>Kept from forward for backward: h; nothing else. Nothing is allocated in either once the
 * buffers have grown to the largest shard.
 *
 * <p>Source: Elman 1990 with the output of the hidden layer fed back; relu as in Le, Jaitly and
 * Hinton 2015; Keras' SimpleRNN.
 */
final class SimpleRnnCell implements Cell {

  private enum Activation {
    TANH,
    RELU
  }

  private final int inputs;
  private final int units;
  private final GateParameters at;
  private final GateProducts products;
  private final InputProducts inputProducts;
  private final RowProducts rowProducts;
  private final Activation activation;

  private SimpleRnnCell(int inputs, int units, GateParameters at, Activation activation) {
    this.inputs = inputs;
    this.units = units;
    this.at = at;
    this.products = new GateProducts(inputs, units, 1, at);
    this.inputProducts = new InputProducts(inputs, units, 1, at);
    this.rowProducts = new RowProducts(inputs, units, 1, at);
    this.activation = activation;
  }

  static SimpleRnnCell tanh(int inputs, int units, GateParameters at) {
    return new SimpleRnnCell(inputs, units, at, Activation.TANH);
  }

  static SimpleRnnCell relu(int inputs, int units, GateParameters at) {
    return new SimpleRnnCell(inputs, units, at, Activation.RELU);
  }

  @Override
  public int inputs() {
    return inputs;
  }

  @Override
  public int units() {
    return units;
  }

  @Override
  public int gates() {
    return 1;
  }

  @Override
  public CellWorkspace newWorkspace() {
    return new Workspace();
  }

  @Override
  public void forward(
      CellWorkspace workspace, PackedSequences sequences, float[] x, float[] parameters) {
    int N = sequences.rows();
    CellWorkspace.requireLength("x", x, N, inputs);
    Workspace w = (Workspace) workspace;
    w.h = CellWorkspace.grown(w.h, N * units);
    w.growState(1, sequences, units);
    if (RowProducts.begin(w, sequences)) {
      writeOneSequence(w, sequences, x, parameters);
      return;
    }
    products.prepare(w, sequences, parameters);
    inputProducts.prepare(w, N, x, parameters, parameters, at.biasAt());
    float[] h = w.h;
    boolean zoneout = w.zoneoutH != null;
    if (zoneout) {
      w.previousH = CellWorkspace.grown(w.previousH, N * units);
      w.fresh = CellWorkspace.grown(w.fresh, N * units);
      products.writeInitial(sequences, w, 0, w.previousH);
    }
    boolean stepByStep = w.wantsOnlyH();
    if (!stepByStep) {
      inputProducts.write(0, 0, N, w, x, parameters, h, 0);
    }
    for (int t = 0; t < sequences.timeSteps(); t++) {
      int from = sequences.firstRow(t) * units;
      if (stepByStep) {
        inputProducts.write(
            0, sequences.firstRow(t), sequences.liveRows(t), w, x, parameters, h, from);
      }
      products.addRecurrentProduct(0, sequences, t, w, parameters, h);
      int to = from + sequences.liveRows(t) * units;
      activate(h, from, to);
      if (zoneout) {
        System.arraycopy(h, from, w.fresh, from, to - from);
        if (t > 0) {
          products.copyPrevious(sequences, t, h, w.previousH);
        }
        Zoneout.mix(w.zoneoutH, w.previousH, h, from, to);
      }
    }
    products.writeLast(sequences, w, 0, h);
  }

  private void activate(float[] h, int from, int to) {
    if (activation == Activation.TANH) {
      Activations.tanh(h, from, to);
    } else {
      Activations.relu(h, from, to);
    }
  }

  private void writeOneSequence(
      Workspace w, PackedSequences sequences, float[] x, float[] parameters) {
    int T = sequences.timeSteps();
    for (int t = 0; t < T; t++) {
      int from = rowProducts.write(w, t, T, x, parameters, parameters, at.biasAt());
      rowProducts.addRecurrent(w, t, parameters, w.rowProducts.z, from);
      System.arraycopy(w.rowProducts.z, from, w.h, t * units, units);
      activate(w.h, t * units, (t + 1) * units);
    }
    products.writeLast(sequences, w, 0, w.h);
  }

  /**
   * {@inheritDoc}
   *
   * <pre>
   *   dh(t) = dLoss/dh(t) + dz(t+1) U'       (the first n(t+1) rows; the rest end here)
   *   dz = dh * (1 - h^2)                    tanh
   *   dz = dh where h is above 0, else 0     relu
   *   dx(t) = dz W'      dW += x(t)' dz      dU += h(t-1)' dz      db += column sums of dz
   * </pre>
   *
   * <p>dz overwrites dh.
   */
  @Override
  public void backward(
      CellWorkspace workspace,
      PackedSequences sequences,
      float[] x,
      float[] dh,
      GradientReach reach,
      float[] dx,
      float[] parameters,
      float[] gradient) {
    int N = sequences.rows();
    CellWorkspace.requireLength("dh", dh, N, units);
    Workspace w = (Workspace) workspace;
    w.previousH = CellWorkspace.grown(w.previousH, N * units);
    products.prepareBackward(w, parameters);
    boolean zoneout = w.zoneoutH != null;
    float[] fresh = zoneout ? w.fresh : w.h;
    float beta = reach == GradientReach.ALL_ROWS ? 1 : 0;
    products.addCarried(sequences, w, dh);
    for (int t = sequences.timeSteps() - 1; t >= 0; t--) {
      w.noteGradient(sequences, t, dh, units);
      int from = sequences.firstRow(t) * units;
      int to = from + sequences.liveRows(t) * units;
      if (zoneout) {
        Zoneout.part(w.zoneoutH, dh, w.keptH, from, to);
      }
      if (activation == Activation.TANH) {
        Activations.multiplyByTanhGradient(dh, fresh, from, to);
      } else {
        Activations.multiplyByReluGradient(dh, fresh, from, to);
      }
      float held = t > 0 ? beta : 0;
      if (products.beginFlow(sequences, t, w, 1, held, dh)) {
        products.backPropagate(0, sequences, t, w, dh, held, dh);
        products.addKept(sequences, t, w, dh);
        products.endFlow(sequences, t, w, dh);
      }
      if (t > 0) {
        products.copyPrevious(sequences, t, w.h, w.previousH);
      }
    }
    products.writeInitial(sequences, w, 0, w.previousH);
    if (dx != null) {
      CellWorkspace.requireLength("dx", dx, N, inputs);
      products.writeInputGradient(0, N, dh, parameters, 0, dx);
    }
    inputProducts.addGradient(0, N, w, x, dh, gradient);
    Ranges.add(w.inputProducts.biasGradient(), 0, gradient, at.biasAt(), units);
    products.addRecurrentKernelGradient(0, sequences, w, w.previousH, dh, gradient);
  }

  private static final class Workspace extends CellWorkspace {
    private float[] previousH = new float[0];

    /** (N, H), h before zoneout. */
    private float[] fresh = new float[0];
  }
}
