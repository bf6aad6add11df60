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
 */
public final class Dense {

  private final int units;
  private final int outputs;
  private final int kernelAt;
  private final int biasAt;

  /** Appends "dense/kernel" (H, K) and "dense/bias" (K) to a layout. */
  public Dense(ParameterLayout.Builder layout, int units, int outputs) {
    this.units = units;
    this.outputs = outputs;
    this.kernelAt = layout.add("dense/kernel", units, outputs);
    this.biasAt = layout.add("dense/bias", outputs);
  }

  /** Overwrites {@code y}. */
  public void forward(int rows, float[] h, float[] parameters, float[] y) {
    for (int s = 0; s < rows; s++) {
      System.arraycopy(parameters, biasAt, y, s * outputs, outputs);
    }
    Blas.multiply(
        rows, outputs, units, h, 0, units, parameters, kernelAt, outputs, 1f, y, 0, outputs);
  }

  /**
   * Adds this layer's gradient to {@code gradient} and overwrites {@code dh}.
   *
   * <pre>
   *   dh = dy W'      dW += h' dy      db += column sums of dy
   * </pre>
   */
  public void backward(
      int rows, float[] h, float[] dy, float[] parameters, float[] gradient, float[] dh) {
    Blas.multiplyTransposedA(
        units, outputs, rows, h, 0, units, dy, 0, outputs, 1f, gradient, kernelAt, outputs);
    Blas.multiplyTransposedB(
        rows, units, outputs, dy, 0, outputs, parameters, kernelAt, outputs, 0f, dh, 0, units);
    for (int s = 0; s < rows; s++) {
      for (int k = 0; k < outputs; k++) {
        gradient[biasAt + k] += dy[s * outputs + k];
      }
    }
  }
}
