package sparkrnn.cell;

import java.util.Arrays;
import sparkrnn.linalg.Blas;
import sparkrnn.sequence.PackedSequences;

/**
 * The products by U that all cells share, and those by W on the way back, gate by gate.
 *
 * <p>Values of a gate stand in an array (N, H) of their own, so that the rows of one time step are
 * one unbroken range for the element-wise loops. Its parameters are a block of H columns:
 *
 * <pre>
 *   W(g) (F, H) of W (F, gates * H)      U(g) (H, H) of U (H, gates * H)
 * </pre>
 */
final class GateProducts {

  /** With fewer rows than these to multiply, packing the kernel costs more than it saves. */
  private static final int LEAST_PACKED_ROWS = 64;

  private final int inputs;
  private final int units;
  private final int gates;
  private final int columns;
  private final GateParameters at;

  GateProducts(int inputs, int units, int gates, GateParameters at) {
    this.inputs = inputs;
    this.units = units;
    this.gates = gates;
    this.columns = gates * units;
    this.at = at;
  }

  /** Makes ready for a run: what it drops of h(t-1), of U, and keeps of states; packs U. */
  void prepare(CellWorkspace w, PackedSequences sequences, float[] parameters) {
    int rows = sequences.rows();
    w.growMasked(rows * units);
    if (w.kernelMask != null) {
      int size = units * columns;
      w.droppedKernel = CellWorkspace.grown(w.droppedKernel, size);
      w.droppedGradient = CellWorkspace.grown(w.droppedGradient, size);
      multiply(w.kernelMask, 0, parameters, at.recurrentKernelAt(), w.droppedKernel, 0, size);
    }
    w.kernelsPacked = rows - sequences.liveRows(0) >= LEAST_PACKED_ROWS;
    if (w.kernelsPacked) {
      w.growKernels(gates);
      for (int gate = 0; gate < gates; gate++) {
        int from = kernelAt(w) + gate * units;
        w.kernels[gate].pack(units, units, kernel(w, parameters), from, columns);
      }
    }
  }

  /** Makes ready for the way back after {@link #prepare}: packs U'. */
  void prepareBackward(CellWorkspace w, float[] parameters) {
    w.growKernels(gates);
    for (int gate = 0; gate < gates; gate++) {
      int from = kernelAt(w) + gate * units;
      w.transposedKernels[gate].packTransposed(units, units, kernel(w, parameters), from, columns);
    }
  }

  /** The array that holds U, dropped or not, and where it begins in it. */
  private static float[] kernel(CellWorkspace w, float[] parameters) {
    return w.kernelMask == null ? parameters : w.droppedKernel;
  }

  private int kernelAt(CellWorkspace w) {
    return w.kernelMask == null ? at.recurrentKernelAt() : 0;
  }

  /**
   * z(t) += (m(g) * h(t-1)) U(g): adds to the n(t) rows of time step t. Without recurrent dropout m
   * is 1; where h(-1) is zero nothing is added at t = 0.
   */
  void addRecurrentProduct(
      int gate, PackedSequences sequences, int t, CellWorkspace w, float[] parameters, float[] z) {
    addRecurrentProduct(gate, sequences, t, w, parameters, z, sequences.firstRow(t) * units);
  }

  /** The same with the rows of time step t in z from zAt on. */
  void addRecurrentProduct(
      int gate,
      PackedSequences sequences,
      int t,
      CellWorkspace w,
      float[] parameters,
      float[] z,
      int zAt) {
    if (t > 0) {
      int previousAt = sequences.firstRow(t - 1) * units;
      addProduct(gate, sequences, t, w.h, previousAt, w, parameters, z, zAt);
    } else if (w.initialState != null) {
      addProduct(gate, sequences, 0, w.initialState, 0, w, parameters, z, zAt);
    }
  }

  private void addProduct(
      int gate,
      PackedSequences sequences,
      int t,
      float[] previousH,
      int previousAt,
      CellWorkspace w,
      float[] parameters,
      float[] z,
      int zAt) {
    float[] h = previousH;
    int from = previousAt;
    if (w.recurrentMasks != null) {
      int size = sequences.liveRows(t) * units;
      multiply(w.recurrentMasks, firstMask(gate, w, sequences), h, from, w.masked, 0, size);
      h = w.masked;
      from = 0;
    }
    int rows = sequences.liveRows(t);
    if (w.kernelsPacked) {
      w.kernels[gate].multiply(rows, h, from, units, 1f, z, zAt, units);
    } else {
      int kernelAt = kernelAt(w) + gate * units;
      float[] kernel = kernel(w, parameters);
      Blas.multiply(
          rows, units, units, h, from, units, kernel, kernelAt, columns, 1f, z, zAt, units);
    }
  }

  /** The mask of a gate for the first sequence; those of the others follow. */
  private int firstMask(int gate, CellWorkspace w, PackedSequences sequences) {
    return gate * w.maskSequences(sequences) * units;
  }

  /** y = m * x, a range of each. */
  private static void multiply(
      float[] m, int firstM, float[] x, int firstX, float[] y, int firstY, int size) {
    for (int e = 0; e < size; e++) {
      y[firstY + e] = m[firstM + e] * x[firstX + e];
    }
  }

  /**
   * dh(t-1) = beta dh(t-1) + m(g) * (dz(t) U(g)'): the first n(t) rows of time step t-1; at t = 0
   * the carried gradient stands for dh(-1). Without recurrent dropout m is 1.
   */
  void backPropagate(
      int gate,
      PackedSequences sequences,
      int t,
      CellWorkspace w,
      float[] dz,
      float beta,
      float[] dhOfRows) {
    boolean dropped = w.recurrentMasks != null;
    float[] dh = t > 0 ? dhOfRows : w.carriedGradient;
    int first = t > 0 ? sequences.firstRow(t - 1) * units : 0;
    w.transposedKernels[gate].multiply(
        sequences.liveRows(t),
        dz,
        sequences.firstRow(t) * units,
        units,
        dropped ? 0f : beta,
        dropped ? w.masked : dh,
        dropped ? 0 : first,
        units);
    if (dropped) {
      int firstM = firstMask(gate, w, sequences);
      int size = sequences.liveRows(t) * units;
      if (beta == 0) {
        multiply(w.recurrentMasks, firstM, w.masked, 0, dh, first, size);
      } else {
        addProduct(w.recurrentMasks, firstM, w.masked, dh, first, size);
      }
    }
  }

  /** y += m * x, a range of each. */
  private static void addProduct(
      float[] m, int firstM, float[] x, float[] y, int firstY, int size) {
    for (int e = 0; e < size; e++) {
      y[firstY + e] += m[firstM + e] * x[e];
    }
  }

  /** dx = beta dx + dz W(g)' for all rows. */
  void writeInputGradient(
      int gate, int rows, float[] dz, float[] parameters, float beta, float[] dx) {
    Blas.multiplyTransposedB(
        rows,
        inputs,
        units,
        dz,
        0,
        units,
        parameters,
        at.kernelAt() + gate * units,
        columns,
        beta,
        dx,
        0,
        inputs);
  }

  /**
   * Adds dU(g) += (m(g) * h(t-1))' dz(t) over all t, from 1 on where h(-1) is zero. Without
   * recurrent dropout m is 1.
   *
   * @param previousH (N, H), beside each row of dz the h of the time step before; the rows of time
   *     step 0 are not read where h(-1) is zero
   */
  void addRecurrentKernelGradient(
      int gate,
      PackedSequences sequences,
      CellWorkspace w,
      float[] previousH,
      float[] dz,
      float[] gradient) {
    if (!w.addsGradient) {
      return;
    }
    int first = w.initialState == null ? sequences.liveRows(0) : 0;
    float[] h = previousH;
    if (w.recurrentMasks != null) {
      writeMaskedRows(gate, sequences, w, previousH);
      h = w.masked;
    }
    boolean dropped = w.kernelMask != null;
    Blas.multiplyTransposedA(
        units,
        units,
        sequences.rows() - first,
        h,
        first * units,
        units,
        dz,
        first * units,
        units,
        dropped ? 0f : 1f,
        dropped ? w.droppedGradient : gradient,
        (dropped ? 0 : at.recurrentKernelAt()) + gate * units,
        columns);
    if (dropped) {
      addDroppedGradient(gate, w, gradient);
    }
  }

  /** dU(g) += mask * d(U * mask). */
  private void addDroppedGradient(int gate, CellWorkspace w, float[] gradient) {
    for (int r = 0; r < units; r++) {
      int from = r * columns + gate * units;
      for (int e = from; e < from + units; e++) {
        gradient[at.recurrentKernelAt() + e] += w.kernelMask[e] * w.droppedGradient[e];
      }
    }
  }

  private void writeMaskedRows(
      int gate, PackedSequences sequences, CellWorkspace w, float[] previousH) {
    int firstM = firstMask(gate, w, sequences);
    for (int t = w.initialState == null ? 1 : 0; t < sequences.timeSteps(); t++) {
      int from = sequences.firstRow(t) * units;
      int size = sequences.liveRows(t) * units;
      multiply(w.recurrentMasks, firstM, previousH, from, w.masked, from, size);
    }
  }

  /** With zoneout dh(t-1) += what it hands on of dh(t), the first n(t) rows. */
  void addKept(PackedSequences sequences, int t, CellWorkspace w, float[] dh) {
    if (w.zoneoutH != null) {
      int from = sequences.firstRow(t) * units;
      int to = t > 0 ? sequences.firstRow(t - 1) * units : 0;
      float[] previous = t > 0 ? dh : w.carriedGradient;
      Ranges.add(w.keptH, from, previous, to, sequences.liveRows(t) * units);
    }
  }

  /**
   * dh += what the run of the segment after this one left, in the last time step.
   *
   * @return how many sequences go on there
   */
  int addCarried(PackedSequences sequences, CellWorkspace w, float[] dh) {
    int size = w.carriedSequences * units;
    if (size > 0) {
      Ranges.add(w.carriedGradient, 0, dh, lastStepAt(sequences), size);
    }
    return w.carriedSequences;
  }

  /** Overwrites the same rows of the gradient by another part of the state than h. */
  void copyCarried(PackedSequences sequences, CellWorkspace w, int state, float[] gradient) {
    int size = w.carriedSequences * units;
    if (size > 0) {
      System.arraycopy(w.carriedGradient, state * size, gradient, lastStepAt(sequences), size);
    }
  }

  private int lastStepAt(PackedSequences sequences) {
    return sequences.firstRow(sequences.timeSteps() - 1) * units;
  }

  /**
   * Whether a gradient flows from t to the time step before, be it in the segment before; makes
   * room for it there, and keeps what truncation takes out of it for {@link #endFlow}.
   *
   * @param beta 0 where dh(t-1) holds nothing yet
   */
  boolean beginFlow(
      PackedSequences sequences, int t, CellWorkspace w, int states, float beta, float[] dh) {
    if (t == 0) {
      if (!w.carriesGradient) {
        return false;
      }
      w.growCarried(states, sequences, units);
    }
    if (w.truncates()) {
      w.cutRows = CellWorkspace.grown(w.cutRows, sequences.sequences() * units);
      for (int s = 0; s < sequences.liveRows(t); s++) {
        if (w.isCut(s, t) && t > 0 && beta != 0) {
          int row = sequences.firstRow(t - 1) + s;
          System.arraycopy(dh, row * units, w.cutRows, s * units, units);
        } else if (w.isCut(s, t)) {
          Arrays.fill(w.cutRows, s * units, (s + 1) * units, 0f);
        }
      }
    }
    return true;
  }

  /** Takes what was added to dh(t-1) out again where the gradient of a sequence ends at t. */
  void endFlow(PackedSequences sequences, int t, CellWorkspace w, float[] dh) {
    if (w.truncates()) {
      float[] previous = t > 0 ? dh : w.carriedGradient;
      int first = t > 0 ? sequences.firstRow(t - 1) : 0;
      for (int s = 0; s < sequences.liveRows(t); s++) {
        if (w.isCut(s, t)) {
          System.arraycopy(w.cutRows, s * units, previous, (first + s) * units, units);
        }
      }
    }
  }

  /**
   * Overwrites the gradient by another part of the state than h before t, be it in the segment
   * before, with what its rows of t hold; zero where the gradient of a sequence ends at t.
   */
  void handOn(PackedSequences sequences, int t, CellWorkspace w, int state, float[] gradient) {
    int size = sequences.liveRows(t) * units;
    float[] previous = t > 0 ? gradient : w.carriedGradient;
    int first = t > 0 ? sequences.firstRow(t - 1) * units : state * size;
    System.arraycopy(gradient, sequences.firstRow(t) * units, previous, first, size);
    if (w.truncates()) {
      for (int s = 0; s < sequences.liveRows(t); s++) {
        if (w.isCut(s, t)) {
          Arrays.fill(previous, first + s * units, first + (s + 1) * units, 0f);
        }
      }
    }
  }

  /** Overwrites the rows of t in {@code previous} with the first n(t) rows of t-1 in values. */
  void copyPrevious(PackedSequences sequences, int t, float[] values, float[] previous) {
    System.arraycopy(
        values,
        sequences.firstRow(t - 1) * units,
        previous,
        sequences.firstRow(t) * units,
        sequences.liveRows(t) * units);
  }

  /**
   * Overwrites the rows of time step 0 in {@code previous} with the given initial state or zeros.
   */
  void writeInitial(PackedSequences sequences, CellWorkspace w, int state, float[] previous) {
    int size = sequences.liveRows(0) * units;
    if (w.initialState == null) {
      Arrays.fill(previous, 0, size, 0f);
    } else {
      System.arraycopy(w.initialState, state * size, previous, 0, size);
    }
  }

  /** Overwrites a last state with the values of each sequence's last time step, if it is wanted. */
  void writeLast(PackedSequences sequences, CellWorkspace w, int state, float[] values) {
    if (w.initialState == null) {
      return;
    }
    int first = state * sequences.sequences();
    for (int s = 0; s < sequences.sequences(); s++) {
      int row = sequences.lastRow(s);
      System.arraycopy(values, row * units, w.lastState, (first + s) * units, units);
    }
  }
}
