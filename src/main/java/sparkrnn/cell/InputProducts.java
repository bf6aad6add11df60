package sparkrnn.cell;

import java.util.Arrays;
import sparkrnn.linalg.Blas;

/**
 * x W + b and its gradients, gate by gate.
 *
 * <p>With few features the bias is multiplied as one more of them, which is 1 in every row. That
 * saves filling it in, adding to it, and its column sums: a twentieth of a training step.
 *
 * <pre>
 *   z(g) = [x | 1] [W(g) ; b(g)]         [dW(g) ; db(g)] = [x | 1]' dz(g)       few features
 *   z(g) = b(g) + x W(g)                 dW(g) = x' dz(g)                       many
 *                                        db(g) = column sums of dz(g)
 * </pre>
 *
 * <p>Shapes as in the cells: x (N, F), z and dz of each gate (N, H) in an array of its own, W (F,
 * gates * H) and b (gates * H) in flat arrays.
 */
final class InputProducts {

  /** A product of 128 summands is one tile, and of 129 two: there is room for one more in few. */
  private static final int FEW = 64;

  private final int inputs;
  private final int units;
  private final int gates;
  private final int columns;
  private final int kernelAt;
  private final boolean few;

  /** What a run needs, in one thread. */
  static final class Buffers {
    private float[] bias = new float[0];
    private int biasAt;

    /** (N, F + 1), x with a one in every row. */
    private float[] joinedX = new float[0];

    /** (gates, F + 1, H), W and b of each gate. */
    private float[] joinedKernels = new float[0];

    /** (F + 1, H), the gradient by W and b of a gate. */
    private float[] joinedGradient = new float[0];

    private float[] biasGradient = new float[0];

    /** (H), the gradient by the bias of the gate that came last. */
    float[] biasGradient() {
      return biasGradient;
    }
  }

  InputProducts(int inputs, int units, int gates, GateParameters at) {
    this.inputs = inputs;
    this.units = units;
    this.gates = gates;
    this.columns = gates * units;
    this.kernelAt = at.kernelAt();
    this.few = inputs < FEW;
  }

  /**
   * Makes ready for a run forward and back.
   *
   * @param x (rows, F); read only
   * @param bias (gates * H) from biasAt on; referred to, read only
   */
  void prepare(
      CellWorkspace workspace, int rows, float[] x, float[] parameters, float[] bias, int biasAt) {
    Buffers w = workspace.inputProducts;
    w.bias = bias;
    w.biasAt = biasAt;
    if (few) {
      joinOnes(w, rows, x);
      joinBias(w, parameters);
    }
  }

  private void joinOnes(Buffers w, int rows, float[] x) {
    int width = inputs + 1;
    w.joinedX = CellWorkspace.grown(w.joinedX, rows * width);
    float[] joined = w.joinedX;
    for (int r = 0; r < rows; r++) {
      for (int f = 0; f < inputs; f++) {
        joined[r * width + f] = x[r * inputs + f];
      }
      joined[r * width + inputs] = 1f;
    }
  }

  private void joinBias(Buffers w, float[] parameters) {
    int size = (inputs + 1) * units;
    w.joinedKernels = CellWorkspace.grown(w.joinedKernels, gates * size);
    for (int gate = 0; gate < gates; gate++) {
      int to = gate * size;
      for (int f = 0; f < inputs; f++, to += units) {
        int from = kernelAt + f * columns + gate * units;
        System.arraycopy(parameters, from, w.joinedKernels, to, units);
      }
      System.arraycopy(w.bias, w.biasAt + gate * units, w.joinedKernels, to, units);
    }
  }

  /**
   * z = b(g) + x W(g): overwrites so many rows of z, from zAt on, with those of x from first on.
   */
  void write(
      int gate,
      int first,
      int rows,
      CellWorkspace workspace,
      float[] x,
      float[] parameters,
      float[] z,
      int zAt) {
    Buffers w = workspace.inputProducts;
    if (few) {
      int width = inputs + 1;
      int at = gate * width * units;
      float[] joined = w.joinedX;
      float[] kernels = w.joinedKernels;
      Blas.multiply(
          rows, units, width, joined, first * width, width, kernels, at, units, 0f, z, zAt, units);
    } else {
      int at = kernelAt + gate * units;
      int xAt = first * inputs;
      fillRows(z, zAt, rows, w.bias, w.biasAt + gate * units, units);
      Blas.multiply(
          rows, units, inputs, x, xAt, inputs, parameters, at, columns, 1f, z, zAt, units);
    }
  }

  /** Adds dW(g), and overwrites {@link Buffers#biasGradient} with db(g). */
  void addGradient(
      int gate, int rows, CellWorkspace workspace, float[] x, float[] dz, float[] gradient) {
    Buffers w = workspace.inputProducts;
    w.biasGradient = CellWorkspace.grown(w.biasGradient, units);
    if (!workspace.addsGradient) {
      return;
    }
    int at = kernelAt + gate * units;
    if (few) {
      addJoinedGradient(w, rows, dz, gradient, at);
    } else {
      Blas.multiplyTransposedA(
          inputs, units, rows, x, 0, inputs, dz, 0, units, 1f, gradient, at, columns);
      Arrays.fill(w.biasGradient, 0, units, 0f);
      addColumnSums(rows, units, dz, w.biasGradient, 0);
    }
  }

  private void addJoinedGradient(Buffers w, int rows, float[] dz, float[] gradient, int at) {
    int width = inputs + 1;
    w.joinedGradient = CellWorkspace.grown(w.joinedGradient, width * units);
    float[] joined = w.joinedGradient;
    Blas.multiplyTransposedA(
        width, units, rows, w.joinedX, 0, width, dz, 0, units, 0f, joined, 0, units);
    for (int f = 0; f < inputs; f++) {
      Ranges.add(joined, f * units, gradient, at + f * columns, units);
    }
    System.arraycopy(joined, inputs * units, w.biasGradient, 0, units);
  }

  /** Overwrites rows of z (N, units), from zAt on, with the same row. */
  static void fillRows(float[] z, int zAt, int rows, float[] row, int rowAt, int units) {
    int total = rows * units;
    System.arraycopy(row, rowAt, z, zAt, Math.min(units, total));
    for (int filled = units; filled < total; filled *= 2) {
      System.arraycopy(z, zAt, z, zAt + filled, Math.min(filled, total - filled));
    }
  }

  /** Adds the column sums of dz (rows, units). */
  static void addColumnSums(int rows, int units, float[] dz, float[] sums, int at) {
    int r = 0;
    for (; r + 4 <= rows; r += 4) {
      int row = r * units;
      for (int j = 0; j < units; j++) {
        sums[at + j] +=
            (dz[row + j] + dz[row + units + j])
                + (dz[row + 2 * units + j] + dz[row + 3 * units + j]);
      }
    }
    for (; r < rows; r++) {
      Ranges.add(dz, r * units, sums, at, units);
    }
  }
}
