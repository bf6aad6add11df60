package sparkrnn.cell;

import java.util.Arrays;
import sparkrnn.linalg.Activations;
import sparkrnn.parameter.ParameterLayout;
import sparkrnn.sequence.PackedSequences;

/**
 * A long short-term memory cell with layer normalization, run over packed sequences, forward in
 * time and back.
 *
 * <p>For each time step t, with norm of {@link RowNorm} over all columns of a row:
 *
 * <pre>
 *   z(t) = normW(x(t) W) + normU(h(t-1) U) + b        z = [zi | zf | zg | zo]
 *   i = sigmoid(zi)   f = sigmoid(zf)   g = tanh(zg)   o = sigmoid(zo)
 *   c(t) = normC(f * c(t-1) + i * g)                  c(-1) = 0
 *   h(t) = o * tanh(c(t))                             h(-1) = 0
 * </pre>
 *
 * <p>Recurrent dropout and zoneout as in {@link LstmCell}.
 *
 * <p>Shapes: F input features, H units, N packed rows; rows as in {@link LstmCell}.
 *
 * <pre>
 *   x (N, F)    h, c, tanh(c), i, f, g, o (N, H)    nW, nU (4, N, H), nC (N, H): the normalized rows
 *   W (F, 4H)   U (H, 4H)   b (4H), then gain and shift of normW (4H each), of normU (4H each) and of
 *   normC (H each)
 * </pre>
 *
 * <p>Kept from forward for backward: the gates, the normalized rows with their inverse deviations,
 * tanh(c), c(t-1), h. Nothing is allocated in either once the buffers have grown to the largest
 * shard.
 *
 * <p>Source: Ba, Kiros and Hinton 2016, equations 20 to 22, as LayerNormLSTMCell of TensorFlow
 * Addons (and the custom LSTM of PyTorch's examples) has them: c is carried on normalized, in the
 * paper as it was.
 */
final class LayerNormLstmCell implements Cell {

  private static final int GATES = 4;
  private static final int I = 0;
  private static final int F = 1;
  private static final int G = 2;
  private static final int O = 3;

  private static final int STATES = 2;
  private static final int STATE_H = 0;
  private static final int STATE_C = 1;

  private final int inputs;
  private final int units;
  private final GateParameters at;
  private final GateProducts products;
  private final InputProducts inputProducts;
  private final RowNorm normW;
  private final RowNorm normU;
  private final RowNorm normC;

  LayerNormLstmCell(int inputs, int units, GateParameters at) {
    this.inputs = inputs;
    this.units = units;
    this.at = at;
    this.products = new GateProducts(inputs, units, GATES, at);
    this.inputProducts = new InputProducts(inputs, units, GATES, at);
    this.normW = new RowNorm(units, gainWAt(at, units));
    this.normU = new RowNorm(units, gainUAt(at, units));
    this.normC = new RowNorm(units, gainCAt(at, units));
  }

  private static int gainWAt(GateParameters at, int units) {
    return at.biasAt() + GATES * units;
  }

  private static int gainUAt(GateParameters at, int units) {
    return gainWAt(at, units) + 2 * GATES * units;
  }

  private static int gainCAt(GateParameters at, int units) {
    return gainUAt(at, units) + 2 * GATES * units;
  }

  /** Appends gains and shifts to a layout, right behind the bias. */
  static void declareNorms(ParameterLayout.Builder layout, String layer, int units) {
    layout.add(layer + "/kernel_norm/gamma", GATES * units);
    layout.add(layer + "/kernel_norm/beta", GATES * units);
    layout.add(layer + "/recurrent_norm/gamma", GATES * units);
    layout.add(layer + "/recurrent_norm/beta", GATES * units);
    layout.add(layer + "/state_norm/gamma", units);
    layout.add(layer + "/state_norm/beta", units);
  }

  /** Gains of one. */
  static void writeGains(float[] parameters, GateParameters at, int units) {
    int W = gainWAt(at, units);
    int U = gainUAt(at, units);
    int C = gainCAt(at, units);
    Arrays.fill(parameters, W, W + GATES * units, 1f);
    Arrays.fill(parameters, U, U + GATES * units, 1f);
    Arrays.fill(parameters, C, C + units, 1f);
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
    w.growForward(N, units);
    products.prepare(w, sequences, parameters);
    w.growState(STATES, sequences, units);
    writeInputPart(w, N, x, parameters);
    products.writeInitial(sequences, w, STATE_C, w.previousC);
    Arrays.fill(w.inverseU, 0, sequences.liveRows(0), 0f);
    for (int t = 0; t < sequences.timeSteps(); t++) {
      int row = sequences.firstRow(t);
      int end = row + sequences.liveRows(t);
      int from = row * units;
      int to = end * units;
      for (float[] gate : w.nU) {
        Arrays.fill(gate, from, to, 0f);
      }
      if (t > 0 || w.initialState != null) {
        addRecurrentPart(w, sequences, t, parameters);
      }
      if (t > 0) {
        products.copyPrevious(sequences, t, w.c, w.previousC);
      }
      Activations.sigmoid(w.gates[I], from, to);
      Activations.sigmoid(w.gates[F], from, to);
      Activations.tanh(w.gates[G], from, to);
      Activations.sigmoid(w.gates[O], from, to);
      writeC(w, parameters, row, end);
      Activations.tanh(w.c, w.tanhC, from, to);
      writeH(w, from, to);
      zoneOut(w, sequences, t);
    }
    products.writeLast(sequences, w, STATE_H, w.h);
    products.writeLast(sequences, w, STATE_C, w.c);
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
      products.writeInitial(sequences, w, STATE_H, w.previousH);
    } else {
      products.copyPrevious(sequences, t, w.h, w.previousH);
    }
    Zoneout.mix(w.zoneoutC, w.previousC, w.c, from, to);
    Zoneout.mix(w.zoneoutH, w.previousH, w.h, from, to);
  }

  /** normW(x W) + b + the shift of normU, for all rows. */
  private void writeInputPart(Workspace w, int N, float[] x, float[] parameters) {
    inputProducts.prepare(w, N, x, parameters, w.noBias, 0);
    for (int gate = 0; gate < GATES; gate++) {
      inputProducts.write(gate, 0, N, w, x, parameters, w.nW[gate], 0);
    }
    normW.normalize(w.nW, w.inverseW, 0, N);
    int shiftW = gainWAt(at, units) + GATES * units;
    int shiftU = gainUAt(at, units) + GATES * units;
    for (int gate = 0; gate < GATES; gate++) {
      for (int j = 0; j < units; j++) {
        int column = gate * units + j;
        w.bias[j] =
            parameters[at.biasAt() + column]
                + parameters[shiftW + column]
                + parameters[shiftU + column];
      }
      InputProducts.fillRows(w.gates[gate], 0, N, w.bias, 0, units);
      normW.addScaled(gate, w.nW[gate], parameters, w.gates[gate], 0, N);
    }
  }

  private void addRecurrentPart(Workspace w, PackedSequences sequences, int t, float[] parameters) {
    int row = sequences.firstRow(t);
    int end = row + sequences.liveRows(t);
    for (int gate = 0; gate < GATES; gate++) {
      products.addRecurrentProduct(gate, sequences, t, w, parameters, w.nU[gate]);
    }
    normU.normalize(w.nU, w.inverseU, row, end);
    for (int gate = 0; gate < GATES; gate++) {
      normU.addScaled(gate, w.nU[gate], parameters, w.gates[gate], row, end);
    }
  }

  /** c(t) = normC(f * c(t-1) + i * g). */
  private void writeC(Workspace w, float[] parameters, int row, int end) {
    float[] i = w.gates[I];
    float[] f = w.gates[F];
    float[] g = w.gates[G];
    float[] n = w.nC[0];
    for (int e = row * units; e < end * units; e++) {
      n[e] = f[e] * w.previousC[e] + i[e] * g[e];
    }
    normC.normalize(w.nC, w.inverseC, row, end);
    int shiftC = gainCAt(at, units) + units;
    for (int r = row; r < end; r++) {
      System.arraycopy(parameters, shiftC, w.c, r * units, units);
    }
    normC.addScaled(0, n, parameters, w.c, row, end);
  }

  /** h(t) = o * tanh(c(t)). */
  private static void writeH(Workspace w, int from, int to) {
    float[] o = w.gates[O];
    float[] tanhC = w.tanhC;
    float[] h = w.h;
    for (int e = from; e < to; e++) {
      h[e] = o[e] * tanhC[e];
    }
  }

  /**
   * {@inheritDoc}
   *
   * <p>With dnormC, dnormU and dnormW as {@link RowNorm#backward} says:
   *
   * <pre>
   *   dh(t) = dLoss/dh(t) + dzU(t+1) U'                     (the first n(t+1) rows; the rest end here)
   *   dc(t) = dh * o * (1 - tanh(c)^2) + de(t+1) * f(t+1)
   *   de = dnormC(dc)
   *   dzi = de * g * i * (1 - i)         dzf = de * c(t-1) * f * (1 - f)
   *   dzg = de * i * (1 - g^2)           dzo = dh * tanh(c) * o * (1 - o)
   *   dzU = dnormU(dz)      dzW = dnormW(dz)
   *   dx(t) = dzW W'      dW += x(t)' dzW      dU += h(t-1)' dzU      db += column sums of dz
   * </pre>
   *
   * <p>dz overwrites the gates, dzW, dzU and de the normalized rows, dc overwrites c.
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
    if (dx != null) {
      CellWorkspace.requireLength("dx", dx, N, inputs);
    }
    Workspace w = (Workspace) workspace;
    w.growBackward(N * units);
    products.prepareBackward(w, parameters);
    float beta = reach == GradientReach.ALL_ROWS ? 1 : 0;
    int live = products.addCarried(sequences, w, dh);
    products.copyCarried(sequences, w, STATE_C, w.c);
    for (int t = sequences.timeSteps() - 1; t >= 0; t--) {
      w.noteGradient(sequences, t, dh, units);
      int row = sequences.firstRow(t);
      int from = row * units;
      Arrays.fill(w.c, from + live * units, from + sequences.liveRows(t) * units, 0f);
      live = sequences.liveRows(t);
      if (w.zoneoutH != null) {
        Zoneout.part(w.zoneoutH, dh, w.keptH, from, from + live * units);
        Zoneout.part(w.zoneoutC, w.c, w.keptC, from, from + live * units);
      }
      writeDc(w, dh, from, from + live * units);
      normC.backward(w.dC, w.nC, w.inverseC, row, row + live, parameters, gradient);
      writeDz(w, from, from + live * units);
      if (w.zoneoutH != null) {
        Ranges.add(w.keptC, from, w.c, from, live * units);
      }
      normU.backward(w.gates, w.nU, w.inverseU, row, row + live, parameters, gradient);
      float held = t > 0 ? beta : 0;
      if (products.beginFlow(sequences, t, w, STATES, held, dh)) {
        for (int gate = 0; gate < GATES; gate++) {
          products.backPropagate(gate, sequences, t, w, w.nU[gate], gate == 0 ? held : 1, dh);
        }
        products.addKept(sequences, t, w, dh);
        products.endFlow(sequences, t, w, dh);
        products.handOn(sequences, t, w, STATE_C, w.c);
      }
      if (t > 0) {
        products.copyPrevious(sequences, t, w.h, w.previousH);
      }
    }
    products.writeInitial(sequences, w, STATE_H, w.previousH);
    normW.backward(w.gates, w.nW, w.inverseW, 0, N, parameters, gradient);
    for (int gate = 0; gate < GATES; gate++) {
      if (dx != null) {
        products.writeInputGradient(gate, N, w.nW[gate], parameters, gate == 0 ? 0 : 1, dx);
      }
      inputProducts.addGradient(gate, N, w, x, w.nW[gate], gradient);
      products.addRecurrentKernelGradient(gate, sequences, w, w.previousH, w.nU[gate], gradient);
      InputProducts.addColumnSums(N, units, w.gates[gate], gradient, at.biasAt() + gate * units);
    }
  }

  /** Overwrites c, which holds de(t+1) * f(t+1), with dc(t), and o with dzo. */
  private static void writeDc(Workspace w, float[] dh, int from, int to) {
    float[] gateO = w.gates[O];
    float[] tanhC = w.tanhC;
    float[] dc = w.c;
    for (int e = from; e < to; e++) {
      float o = gateO[e];
      float dho = dh[e] * o;
      dc[e] += dho * (1f - tanhC[e] * tanhC[e]);
      gateO[e] = dho * tanhC[e] * (1f - o);
    }
    w.dC[0] = dc;
  }

  /** Overwrites i, f and g with their dz, and c with de(t) * f(t); nC holds de. */
  private static void writeDz(Workspace w, int from, int to) {
    float[] gateI = w.gates[I];
    float[] gateF = w.gates[F];
    float[] gateG = w.gates[G];
    float[] de = w.nC[0];
    float[] previousC = w.previousC;
    float[] carried = w.c;
    for (int e = from; e < to; e++) {
      float i = gateI[e];
      float f = gateF[e];
      float g = gateG[e];
      float def = de[e] * f;
      float dei = de[e] * i;
      carried[e] = def;
      gateI[e] = dei * g * (1f - i);
      gateF[e] = def * previousC[e] * (1f - f);
      gateG[e] = dei * (1f - g * g);
    }
  }

  private static final class Workspace extends CellWorkspace {
    private final float[][] gates = new float[GATES][0];
    private final float[][] nW = new float[GATES][0];
    private final float[][] nU = new float[GATES][0];
    private final float[][] nC = new float[1][0];
    private final float[][] dC = new float[1][0];
    private float[] inverseW = new float[0];
    private float[] inverseU = new float[0];
    private float[] inverseC = new float[0];
    private float[] bias = new float[0];

    /** (4H), zeros. */
    private float[] noBias = new float[0];

    private float[] c = new float[0];
    private float[] tanhC = new float[0];
    private float[] previousC = new float[0];
    private float[] previousH = new float[0];

    private void growForward(int rows, int units) {
      int size = rows * units;
      grow(gates, size);
      grow(nW, size);
      grow(nU, size);
      grow(nC, size);
      inverseW = grown(inverseW, rows);
      inverseU = grown(inverseU, rows);
      inverseC = grown(inverseC, rows);
      bias = grown(bias, units);
      noBias = grown(noBias, GATES * units);
      h = grown(h, size);
      c = grown(c, size);
      tanhC = grown(tanhC, size);
      previousC = grown(previousC, size);
    }

    private void growBackward(int size) {
      previousH = grown(previousH, size);
    }
  }
}
