package sparkrnn.layer;

import sparkrnn.linalg.Blas;
import sparkrnn.parameter.ParameterLayout;

/**
 * A linear layer on rows.
 *
 * <pre>
 *   y = h W + b
 * </pre>
 *
 * <p>Shapes: S rows, H columns below, K outputs.
 *
 * <pre>
 *   h, dh (S, H)    y, dy (S, K)
 *   W (H, K)        b (K)          in the flat parameter array, row-major
 * </pre>
 *
 * <p>Tied to a table of embeddings E (K, H) it has no kernel of its own: W is E', as in Press and
 * Wolf 2017.
 */
public final class Dense {

  private final int units;
  private final int outputs;
  private final int kernelAt;
  private final int biasAt;
  private final boolean tied;

  /** Appends "dense/kernel" (H, K) and "dense/bias" (K) to a layout. */
  public Dense(ParameterLayout.Builder layout, int units, int outputs) {
    this.units = units;
    this.outputs = outputs;
    this.kernelAt = layout.add("dense/kernel", units, outputs);
    this.biasAt = layout.add("dense/bias", outputs);
    this.tied = false;
  }

  private Dense(int units, int outputs, int tableAt, int biasAt) {
    this.units = units;
    this.outputs = outputs;
    this.kernelAt = tableAt;
    this.biasAt = biasAt;
    this.tied = true;
  }

  /**
   * A layer whose kernel is the transposed table of embeddings; appends "dense/bias" (K).
   *
   * @param tableAt where the table (K, H) begins in the flat array
   */
  public static Dense tied(ParameterLayout.Builder layout, int units, int outputs, int tableAt) {
    return new Dense(units, outputs, tableAt, layout.add("dense/bias", outputs));
  }

  /** Overwrites {@code y}. */
  public void forward(int rows, float[] h, float[] parameters, float[] y) {
    for (int s = 0; s < rows; s++) {
      System.arraycopy(parameters, biasAt, y, s * outputs, outputs);
    }
    if (tied) {
      Blas.multiplyTransposedB(
          rows, outputs, units, h, 0, units, parameters, kernelAt, units, 1f, y, 0, outputs);
    } else {
      Blas.multiply(
          rows, outputs, units, h, 0, units, parameters, kernelAt, outputs, 1f, y, 0, outputs);
    }
  }

  /**
   * Adds this layer's gradient to {@code gradient} and overwrites {@code dh}.
   *
   * <pre>
   *   dh = dy W'      dW += h' dy      db += column sums of dy
   *   dh = dy E       dE += dy' h      tied
   * </pre>
   */
  public void backward(
      int rows, float[] h, float[] dy, float[] parameters, float[] gradient, float[] dh) {
    if (tied) {
      Blas.multiplyTransposedA(
          outputs, units, rows, dy, 0, outputs, h, 0, units, 1f, gradient, kernelAt, units);
      Blas.multiply(
          rows, units, outputs, dy, 0, outputs, parameters, kernelAt, units, 0f, dh, 0, units);
    } else {
      Blas.multiplyTransposedA(
          units, outputs, rows, h, 0, units, dy, 0, outputs, 1f, gradient, kernelAt, outputs);
      Blas.multiplyTransposedB(
          rows, units, outputs, dy, 0, outputs, parameters, kernelAt, outputs, 0f, dh, 0, units);
    }
    for (int s = 0; s < rows; s++) {
      for (int k = 0; k < outputs; k++) {
        gradient[biasAt + k] += dy[s * outputs + k];
      }
    }
  }
}
