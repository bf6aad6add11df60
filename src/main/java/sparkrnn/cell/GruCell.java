package sparkrnn.cell;

import java.util.Arrays;
import sparkrnn.linalg.Activations;
import sparkrnn.sequence.PackedSequences;

/**
 * A gated recurrent unit run over packed sequences, forward in time and back.
 *
 * <p>For each time step t ({@code *} is element by element, {@code |} puts columns side by side):
 *
 * <pre>
 *   p(t) = x(t) W + b0        p = [pz | pr | pg]      Keras' gate order
 *   q(t) = h(t-1) U + b1      q = [qz | qr | qg]
 *   z = sigmoid(pz + qz)      r = sigmoid(pr + qr)      g = tanh(pg + r * qg)
 *   h(t) = z * h(t-1) + (1 - z) * g                   h(-1) = 0, or as given
 * </pre>
 *
 * <p>With recurrent dropout each gate k has a mask m(k): qk(t) = (m(k) * h(t-1)) U(k) + b1(k), and
 * m(k) * (dqk U(k)') stands for dqk U(k)' on the way back; what z carries over is not masked. See
 * {@link CellWorkspace#setRecurrentMasks}.
 *
 * <p>With {@link Zoneout} h(t) is the mixture of it and h(t-1).
 *
 * <p>Shapes: F input features, H units, n(t) sequences still running at t (never growing), N the
 * sum of all n(t). Rows of one time step are contiguous and begin at {@link
 * PackedSequences#firstRow(int)}; a sequence has the same place in every time step, so the rows
 * alive at t+1 are the first n(t+1) rows of t.
 *
 * <pre>
 *   x (N, F)    h, z, r, g, qg (N, H), each in an array of its own
 *   W (F, 3H)   U (H, 3H)   b (2, 3H): b0, then b1      in the flat parameter array, row-major
 * </pre>
 *
 * <p>Kept from forward for backward: z, r, g, qg, h(t-1) beside the row of t. Nothing is allocated
 * in either once the buffers have grown to the largest shard.
 *
 * <p>Source: Cho et al. 2014 (version 1 of the paper, the reset gate after the matrix product);
 * Keras' GRU with reset_after, which is PyTorch's.
 */
final class GruCell implements Cell {

  private static final int GATES = 3;
  private static final int Z = 0;
  private static final int R = 1;
  private static final int G = 2;

  private final int inputs;
  private final int units;
  private final int inputBiasAt;
  private final int recurrentBiasAt;
  private final GateProducts products;
  private final InputProducts inputProducts;
  private final RowProducts rowProducts;

  GruCell(int inputs, int units, GateParameters at) {
    this.inputs = inputs;
    this.units = units;
    this.inputBiasAt = at.biasAt();
    this.recurrentBiasAt = at.biasAt() + GATES * units;
    this.products = new GateProducts(inputs, units, GATES, at);
    this.inputProducts = new InputProducts(inputs, units, GATES, at);
    this.rowProducts = new RowProducts(inputs, units, GATES, at);
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
    w.growForward(N * units, N * units, units);
    products.prepare(w, sequences, parameters);
    prepareInputs(w, N, x, parameters);
    w.growState(1, sequences, units);
    for (int gate = 0; gate < GATES; gate++) {
      inputProducts.write(gate, 0, N, w, x, parameters, w.gates[gate], 0);
    }
    InputProducts.fillRows(w.qg, 0, N, parameters, recurrentBiasAt + G * units, units);
    products.writeInitial(sequences, w, 0, w.previousH);
    for (int t = 0; t < sequences.timeSteps(); t++) {
      products.addRecurrentProduct(Z, sequences, t, w, parameters, w.gates[Z]);
      products.addRecurrentProduct(R, sequences, t, w, parameters, w.gates[R]);
      products.addRecurrentProduct(G, sequences, t, w, parameters, w.qg);
      if (t > 0) {
        products.copyPrevious(sequences, t, w.h, w.previousH);
      }
      int from = sequences.firstRow(t) * units;
      int to = from + sequences.liveRows(t) * units;
      writeH(w, w.h, from, to);
      if (w.zoneoutH != null) {
        Zoneout.mix(w.zoneoutH, w.previousH, w.h, from, to);
      }
    }
    products.writeLast(sequences, w, 0, w.h);
  }

  /** As {@link #writeOnlyH}, all gates in one product; a given state is read and the last kept. */
  private void writeOneSequence(
      Workspace w, PackedSequences sequences, float[] x, float[] parameters) {
    int T = sequences.timeSteps();
    w.growForward(T * units, units, units);
    w.growState(1, sequences, units);
    w.q = CellWorkspace.grown(w.q, GATES * units);
    addBiases(w, parameters);
    products.writeInitial(sequences, w, 0, w.previousH);
    for (int t = 0; t < T; t++) {
      int from = rowProducts.write(w, t, T, x, parameters, w.bias, 0);
      Arrays.fill(w.q, 0, G * units, 0f);
      System.arraycopy(parameters, recurrentBiasAt + G * units, w.q, G * units, units);
      rowProducts.addRecurrent(w, t, parameters, w.q, 0);
      for (int gate = 0; gate < GATES; gate++) {
        System.arraycopy(w.rowProducts.z, from + gate * units, w.gates[gate], 0, units);
      }
      Ranges.add(w.q, Z * units, w.gates[Z], 0, units);
      Ranges.add(w.q, R * units, w.gates[R], 0, units);
      System.arraycopy(w.q, G * units, w.qg, 0, units);
      writeH(w, w.previousH, 0, units);
      System.arraycopy(w.previousH, 0, w.h, t * units, units);
    }
    products.writeLast(sequences, w, 0, w.h);
  }

  /** The gates, qg and h(t-1) hold the rows of one time step, one after the other. */
  private void writeOnlyH(Workspace w, PackedSequences sequences, float[] x, float[] parameters) {
    w.growForward(sequences.rows() * units, sequences.liveRows(0) * units, units);
    products.prepare(w, sequences, parameters);
    prepareInputs(w, sequences.rows(), x, parameters);
    Arrays.fill(w.previousH, 0, sequences.liveRows(0) * units, 0f);
    for (int t = 0; t < sequences.timeSteps(); t++) {
      int rows = sequences.liveRows(t);
      int size = rows * units;
      InputProducts.fillRows(w.qg, 0, rows, parameters, recurrentBiasAt + G * units, units);
      for (int gate = 0; gate < GATES; gate++) {
        inputProducts.write(gate, sequences.firstRow(t), rows, w, x, parameters, w.gates[gate], 0);
        float[] q = gate == G ? w.qg : w.gates[gate];
        products.addRecurrentProduct(gate, sequences, t, w, parameters, q, 0);
      }
      if (t > 0) {
        System.arraycopy(w.h, sequences.firstRow(t - 1) * units, w.previousH, 0, size);
      }
      writeH(w, w.previousH, 0, size);
      System.arraycopy(w.previousH, 0, w.h, sequences.firstRow(t) * units, size);
    }
  }

  /** The biases of z and r come in one sum, those of g apart: r stands between them. */
  private void addBiases(Workspace w, float[] parameters) {
    System.arraycopy(parameters, inputBiasAt, w.bias, 0, GATES * units);
    Ranges.add(parameters, recurrentBiasAt, w.bias, 0, G * units);
  }

  private void prepareInputs(Workspace w, int rows, float[] x, float[] parameters) {
    addBiases(w, parameters);
    inputProducts.prepare(w, rows, x, parameters, w.bias, 0);
  }

  /** zg = pg + r * qg. */
  private static void addReset(Workspace w, int from, int to) {
    float[] r = w.gates[R];
    float[] g = w.gates[G];
    float[] qg = w.qg;
    for (int e = from; e < to; e++) {
      g[e] += r[e] * qg[e];
    }
  }

  /** The gates, and h(t) = z * h(t-1) + (1 - z) * g; h may be where h(t-1) stands. */
  private static void writeH(Workspace w, float[] h, int from, int to) {
    float[] z = w.gates[Z];
    float[] g = w.gates[G];
    float[] previousH = w.previousH;
    Activations.sigmoid(z, from, to);
    Activations.sigmoid(w.gates[R], from, to);
    addReset(w, from, to);
    Activations.tanh(g, from, to);
    for (int e = from; e < to; e++) {
      h[e] = z[e] * previousH[e] + (1f - z[e]) * g[e];
    }
  }

  /**
   * {@inheritDoc}
   *
   * <pre>
   *   dh(t) = dLoss/dh(t) + dh(t+1) * z(t+1) + dq(t+1) U'   (the first n(t+1) rows; the rest end here)
   *   dpz = dqz = dh * (h(t-1) - g) * z * (1 - z)
   *   dpg = dh * (1 - z) * (1 - g^2)         dqg = dpg * r
   *   dpr = dqr = dpg * qg * r * (1 - r)
   *   dx(t) = dp W'      dW += x(t)' dp      db0 += column sums of dp
   *                      dU += h(t-1)' dq    db1 += column sums of dq
   * </pre>
   *
   * <p>dp overwrites the gates, dqg overwrites qg.
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
    products.addCarried(sequences, w, dh);
    for (int t = sequences.timeSteps() - 1; t >= 0; t--) {
      w.noteGradient(sequences, t, dh, units);
      int from = sequences.firstRow(t) * units;
      int to = from + sequences.liveRows(t) * units;
      if (w.zoneoutH != null) {
        Zoneout.part(w.zoneoutH, dh, w.keptH, from, to);
      }
      writeDpDq(w, dh, from, to);
      if (products.beginFlow(sequences, t, w, 1, t > 0 ? beta : 0, dh)) {
        carry(sequences, t, w, dh, reach);
        products.backPropagate(Z, sequences, t, w, w.gates[Z], 1, dh);
        products.backPropagate(R, sequences, t, w, w.gates[R], 1, dh);
        products.backPropagate(G, sequences, t, w, w.qg, 1, dh);
        products.addKept(sequences, t, w, dh);
        products.endFlow(sequences, t, w, dh);
      }
    }
    addParameterGradients(w, sequences, x, dx, parameters, gradient);
  }

  /** Overwrites the gates with dp, qg with dqg and dh with dh * z, the part carried to t-1. */
  private static void writeDpDq(Workspace w, float[] dh, int from, int to) {
    float[] gateZ = w.gates[Z];
    float[] gateR = w.gates[R];
    float[] gateG = w.gates[G];
    float[] qg = w.qg;
    float[] previousH = w.previousH;
    for (int e = from; e < to; e++) {
      float z = gateZ[e];
      float g = gateG[e];
      float dhz = dh[e] * z;
      float dg = dh[e] * (1f - z);
      gateZ[e] = dhz * (1f - z) * (previousH[e] - g);
      gateG[e] = dg * (1f - g * g);
      dh[e] = dhz;
    }
    for (int e = from; e < to; e++) {
      float r = gateR[e];
      float dqg = gateG[e] * r;
      gateR[e] = dqg * qg[e] * (1f - r);
      qg[e] = dqg;
    }
  }

  /** dh(t-1) = dh(t) * z(t), added to or in place of what dh(t-1) holds, as reach says. */
  private void carry(
      PackedSequences sequences, int t, Workspace w, float[] dh, GradientReach reach) {
    int from = sequences.firstRow(t) * units;
    int size = sequences.liveRows(t) * units;
    if (t == 0) {
      System.arraycopy(dh, from, w.carriedGradient, 0, size);
      return;
    }
    float[] carried = w.carried;
    int to = sequences.firstRow(t - 1) * units;
    if (reach == GradientReach.LAST_ROWS) {
      System.arraycopy(dh, from, dh, to, size);
    } else {
      // Beside its target first: the compiler vectorises only loops over one range of all arrays.
      System.arraycopy(dh, from, carried, to, size);
      for (int e = to; e < to + size; e++) {
        dh[e] += carried[e];
      }
    }
  }

  private void addParameterGradients(
      Workspace w,
      PackedSequences sequences,
      float[] x,
      float[] dx,
      float[] parameters,
      float[] gradient) {
    int N = sequences.rows();
    if (dx != null) {
      CellWorkspace.requireLength("dx", dx, N, inputs);
    }
    for (int gate = 0; gate < GATES; gate++) {
      float[] dp = w.gates[gate];
      float[] dq = gate == G ? w.qg : dp;
      if (dx != null) {
        products.writeInputGradient(gate, N, dp, parameters, gate == 0 ? 0 : 1, dx);
      }
      inputProducts.addGradient(gate, N, w, x, dp, gradient);
      products.addRecurrentKernelGradient(gate, sequences, w, w.previousH, dq, gradient);
      addBiasGradients(gate, N, w, dq, gradient);
    }
  }

  /** db0 and db1, which are the same but for g. */
  private void addBiasGradients(int gate, int N, Workspace w, float[] dq, float[] gradient) {
    float[] db0 = w.inputProducts.biasGradient();
    Ranges.add(db0, 0, gradient, inputBiasAt + gate * units, units);
    int b1 = recurrentBiasAt + gate * units;
    if (gate == G) {
      InputProducts.addColumnSums(N, units, dq, gradient, b1);
    } else {
      Ranges.add(db0, 0, gradient, b1, units);
    }
  }

  private static final class Workspace extends CellWorkspace {
    private final float[][] gates = new float[GATES][0];
    private float[] qg = new float[0];
    private float[] previousH = new float[0];
    private float[] carried = new float[0];

    /** (3H), h(t-1) U of one sequence, b1 added to that of g. */
    private float[] q = new float[0];

    /** (3H), b0, and b1 added to it for z and r. */
    private float[] bias = new float[0];

    /** For h of all rows, and what else is kept of as many, or of one time step. */
    private void growForward(int size, int keptSize, int units) {
      grow(gates, keptSize);
      h = grown(h, size);
      qg = grown(qg, keptSize);
      previousH = grown(previousH, keptSize);
      bias = grown(bias, GATES * units);
    }

    private void growBackward(int size) {
      carried = grown(carried, size);
    }
  }
}
