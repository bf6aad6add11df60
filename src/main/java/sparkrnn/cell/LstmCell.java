package sparkrnn.cell;

import java.util.Arrays;
import sparkrnn.linalg.Activations;
import sparkrnn.sequence.PackedSequences;

/**
 * A long short-term memory cell run over packed sequences, forward in time and back.
 *
 * <p>For each time step t ({@code *} is element by element, {@code |} puts columns side by side):
 *
 * <pre>
 *   z(t) = x(t) W + h(t-1) U + b        z = [zi | zf | zg | zo]      Keras' gate order
 *   i = sigmoid(zi)   f = sigmoid(zf)   g = tanh(zg)   o = sigmoid(zo)
 *   c(t) = f * c(t-1) + i * g           c(-1) = 0, or as given
 *   h(t) = o * tanh(c(t))               h(-1) = 0, or as given
 * </pre>
 *
 * <p>With recurrent dropout each gate k has a mask m(k): zk(t) = x(t) W(k) + (m(k) * h(t-1)) U(k) +
 * b(k), and dh(t-1) is the sum of the m(k) * (dzk U(k)'); see {@link
 * CellWorkspace#setRecurrentMasks}.
 *
 * <p>With {@link Zoneout} c(t) and h(t) are the mixtures of these and c(t-1) and h(t-1); h is made
 * of c before it is mixed.
 *
 * <p>Shapes: F input features, H units, n(t) sequences still running at t (never growing), N the
 * sum of all n(t). Rows of one time step are contiguous and begin at {@link
 * PackedSequences#firstRow(int)}; a sequence has the same place in every time step, so the rows
 * alive at t+1 are the first n(t+1) rows of t.
 *
 * <pre>
 *   x (N, F)    h, c, tanh(c), i, f, g, o (N, H), each in an array of its own
 *   W (F, 4H)   U (H, 4H)   b (4H)      in the flat parameter array, row-major
 * </pre>
 *
 * <p>Kept from forward for backward: the gates, tanh(c), c(t-1) beside the row of t, h. Nothing is
 * allocated in either once the buffers have grown to the largest shard.
 *
 * <p>Source: Hochreiter and Schmidhuber 1997, with the forget gate of Gers, Schmidhuber and Cummins
 * 2000; Keras' LSTM. No peepholes.
 */
final class LstmCell implements Cell {

  private static final int GATES = 4;
  private static final int I = 0;
  private static final int F = 1;
  private static final int G = 2;
  private static final int O = 3;

  /** The places of h and c in a state. */
  private static final int H = 0;

  private static final int C = 1;
  private static final int STATES = 2;

  private final int inputs;
  private final int units;
  private final GateParameters at;
  private final GateProducts products;
  private final InputProducts inputProducts;
  private final RowProducts rowProducts;

  LstmCell(int inputs, int units, GateParameters at) {
    this.inputs = inputs;
    this.units = units;
    this.at = at;
    this.products = new GateProducts(inputs, units, GATES, at);
    this.inputProducts = new InputProducts(inputs, units, GATES, at);
    this.rowProducts = new RowProducts(inputs, units, GATES, at);
  }

  /** Keras' unit_forget_bias: a cell that begins by remembering. */
  static void writeForgetBiasOne(float[] parameters, GateParameters at, int units) {
    Arrays.fill(parameters, at.biasAt() + F * units, at.biasAt() + (F + 1) * units, 1f);
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
    return GATES;
  }

  @Override
  public int states() {
    return STATES;
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
    if (RowProducts.begin(w, sequences)) {
      writeOneSequence(w, sequences, x, parameters);
      return;
    }
    if (w.wantsOnlyH()) {
      writeOnlyH(w, sequences, x, parameters);
      return;
    }
    w.growForward(N * units, N * units);
    products.prepare(w, sequences, parameters);
    inputProducts.prepare(w, N, x, parameters, parameters, at.biasAt());
    w.growState(STATES, sequences, units);
    for (int gate = 0; gate < GATES; gate++) {
      inputProducts.write(gate, 0, N, w, x, parameters, w.gates[gate], 0);
    }
    products.writeInitial(sequences, w, C, w.previousC);
    for (int t = 0; t < sequences.timeSteps(); t++) {
      for (int gate = 0; gate < GATES; gate++) {
        products.addRecurrentProduct(gate, sequences, t, w, parameters, w.gates[gate]);
      }
      if (t > 0) {
        products.copyPrevious(sequences, t, w.c, w.previousC);
      }
      int from = sequences.firstRow(t) * units;
      int to = from + sequences.liveRows(t) * units;
      writeC(w, w.previousC, from, to);
      writeH(w, w.h, from, to);
      zoneOut(w, sequences, t);
    }
    products.writeLast(sequences, w, H, w.h);
    products.writeLast(sequences, w, C, w.c);
  }

  /** As {@link #writeOnlyH}, all gates in one product; a given state is read and the last kept. */
  private void writeOneSequence(
      Workspace w, PackedSequences sequences, float[] x, float[] parameters) {
    int T = sequences.timeSteps();
    w.growForward(T * units, units);
    w.growState(STATES, sequences, units);
    products.writeInitial(sequences, w, C, w.c);
    for (int t = 0; t < T; t++) {
      int from = rowProducts.write(w, t, T, x, parameters, parameters, at.biasAt());
      float[] z = w.rowProducts.z;
      rowProducts.addRecurrent(w, t, parameters, z, from);
      for (int gate = 0; gate < GATES; gate++) {
        System.arraycopy(z, from + gate * units, w.gates[gate], 0, units);
      }
      writeC(w, w.c, 0, units);
      writeH(w, w.tanhC, 0, units);
      System.arraycopy(w.tanhC, 0, w.h, t * units, units);
    }
    products.writeLast(sequences, w, H, w.h);
    if (w.initialState != null) {
      System.arraycopy(w.c, 0, w.lastState, C * units, units);
    }
  }

  /** The gates, c and tanh(c) hold the rows of one time step, one after the other. */
  private void writeOnlyH(Workspace w, PackedSequences sequences, float[] x, float[] parameters) {
    w.growForward(sequences.rows() * units, sequences.liveRows(0) * units);
    products.prepare(w, sequences, parameters);
    inputProducts.prepare(w, sequences.rows(), x, parameters, parameters, at.biasAt());
    Arrays.fill(w.c, 0, sequences.liveRows(0) * units, 0f);
    for (int t = 0; t < sequences.timeSteps(); t++) {
      for (int gate = 0; gate < GATES; gate++) {
        float[] z = w.gates[gate];
        int rows = sequences.liveRows(t);
        inputProducts.write(gate, sequences.firstRow(t), rows, w, x, parameters, z, 0);
        products.addRecurrentProduct(gate, sequences, t, w, parameters, z, 0);
      }
      int size = sequences.liveRows(t) * units;
      writeC(w, w.c, 0, size);
      writeH(w, w.tanhC, 0, size);
      System.arraycopy(w.tanhC, 0, w.h, sequences.firstRow(t) * units, size);
    }
  }

  /** Mixes c(t) with c(t-1) and h(t) with h(t-1), where there is zoneout. */
  private void zoneOut(Workspace w, PackedSequences sequences, int t) {
    if (w.zoneoutH == null) {
      return;
    }
    int from = sequences.firstRow(t) * units;
    int to = from + sequences.liveRows(t) * units;
    w.previousH = CellWorkspace.grown(w.previousH, sequences.rows() * units);
    if (t == 0) {
      products.writeInitial(sequences, w, H, w.previousH);
    } else {
      products.copyPrevious(sequences, t, w.h, w.previousH);
    }
    Zoneout.mix(w.zoneoutC, w.previousC, w.c, from, to);
    Zoneout.mix(w.zoneoutH, w.previousH, w.h, from, to);
  }

  /** The gates, and c(t) = f * c(t-1) + i * g; c(t-1) may be c itself. */
  private static void writeC(Workspace w, float[] previousC, int from, int to) {
    float[] i = w.gates[I];
    float[] f = w.gates[F];
    float[] g = w.gates[G];
    float[] c = w.c;
    Activations.sigmoid(i, from, to);
    Activations.sigmoid(f, from, to);
    Activations.tanh(g, from, to);
    for (int e = from; e < to; e++) {
      c[e] = f[e] * previousC[e] + i[e] * g[e];
    }
  }

  /** The last gate, tanh(c(t)), and h(t) = o * tanh(c(t)); h may be where tanh(c(t)) stands. */
  private static void writeH(Workspace w, float[] h, int from, int to) {
    float[] o = w.gates[O];
    float[] tanhC = w.tanhC;
    Activations.sigmoid(o, from, to);
    Activations.tanh(w.c, tanhC, from, to);
    for (int e = from; e < to; e++) {
      h[e] = o[e] * tanhC[e];
    }
  }

  /**
   * {@inheritDoc}
   *
   * <pre>
   *   dh(t) = dLoss/dh(t) + dz(t+1) U'                      (the first n(t+1) rows; the rest end here)
   *   dc(t) = dh * o * (1 - tanh(c)^2) + dc(t+1) * f(t+1)
   *   dzi = dc * g * i * (1 - i)         dzf = dc * c(t-1) * f * (1 - f)
   *   dzg = dc * i * (1 - g^2)           dzo = dh * tanh(c) * o * (1 - o)
   *   dx(t) = dz W'      dW += x(t)' dz      dU += h(t-1)' dz      db += column sums of dz
   * </pre>
   *
   * <p>dz overwrites the gates, dc overwrites c.
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
    w.growBackward(N * units);
    products.prepareBackward(w, parameters);
    float beta = reach == GradientReach.ALL_ROWS ? 1 : 0;
    int live = products.addCarried(sequences, w, dh);
    products.copyCarried(sequences, w, C, w.c);
    for (int t = sequences.timeSteps() - 1; t >= 0; t--) {
      w.noteGradient(sequences, t, dh, units);
      int from = sequences.firstRow(t) * units;
      int to = from + sequences.liveRows(t) * units;
      Arrays.fill(w.c, from + live * units, to, 0f);
      if (w.zoneoutH != null) {
        Zoneout.part(w.zoneoutH, dh, w.keptH, from, to);
        Zoneout.part(w.zoneoutC, w.c, w.keptC, from, to);
      }
      writeDz(w, dh, from, to);
      if (w.zoneoutH != null) {
        Ranges.add(w.keptC, from, w.c, from, to - from);
      }
      live = sequences.liveRows(t);
      float held = t > 0 ? beta : 0;
      if (products.beginFlow(sequences, t, w, STATES, held, dh)) {
        for (int gate = 0; gate < GATES; gate++) {
          products.backPropagate(gate, sequences, t, w, w.gates[gate], gate == 0 ? held : 1, dh);
        }
        products.addKept(sequences, t, w, dh);
        products.endFlow(sequences, t, w, dh);
        products.handOn(sequences, t, w, C, w.c);
      }
      if (t > 0) {
        products.copyPrevious(sequences, t, w.h, w.previousH);
      }
    }
    products.writeInitial(sequences, w, H, w.previousH);
    if (dx != null) {
      CellWorkspace.requireLength("dx", dx, N, inputs);
    }
    for (int gate = 0; gate < GATES; gate++) {
      float[] dz = w.gates[gate];
      if (dx != null) {
        products.writeInputGradient(gate, N, dz, parameters, gate == 0 ? 0 : 1, dx);
      }
      inputProducts.addGradient(gate, N, w, x, dz, gradient);
      int biasAt = at.biasAt() + gate * units;
      Ranges.add(w.inputProducts.biasGradient(), 0, gradient, biasAt, units);
      products.addRecurrentKernelGradient(gate, sequences, w, w.previousH, dz, gradient);
    }
  }

  /** Overwrites the gates with dz and dc(t+1) * f(t+1), which c holds, with dc(t) * f(t). */
  private static void writeDz(Workspace w, float[] dh, int from, int to) {
    float[] gateI = w.gates[I];
    float[] gateF = w.gates[F];
    float[] gateG = w.gates[G];
    float[] gateO = w.gates[O];
    float[] tanhC = w.tanhC;
    float[] previousC = w.previousC;
    float[] carriedDc = w.c;
    for (int e = from; e < to; e++) {
      float o = gateO[e];
      float dho = dh[e] * o;
      float dc = carriedDc[e] + dho * (1f - tanhC[e] * tanhC[e]);
      gateO[e] = dho * tanhC[e] * (1f - o);
      carriedDc[e] = dc;
    }
    for (int e = from; e < to; e++) {
      float dc = carriedDc[e];
      float i = gateI[e];
      float f = gateF[e];
      float g = gateG[e];
      float dcf = dc * f;
      float dci = dc * i;
      carriedDc[e] = dcf;
      gateI[e] = dci * g * (1f - i);
      gateF[e] = dcf * previousC[e] * (1f - f);
      gateG[e] = dci * (1f - g * g);
    }
  }

  private static final class Workspace extends CellWorkspace {
    private final float[][] gates = new float[GATES][0];
    private float[] c = new float[0];
    private float[] tanhC = new float[0];
    private float[] previousC = new float[0];
    private float[] previousH = new float[0];

    /** For h of all rows, and what else is kept of as many, or of one time step. */
    private void growForward(int size, int keptSize) {
      grow(gates, keptSize);
      h = grown(h, size);
      c = grown(c, keptSize);
      tanhC = grown(tanhC, keptSize);
      previousC = grown(previousC, keptSize);
    }

    private void growBackward(int size) {
      previousH = grown(previousH, size);
    }
  }
}
