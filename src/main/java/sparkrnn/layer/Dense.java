package sparkrnn.layer;

import sparkrnn.linalg.Blas;
import sparkrnn.parameter.ParameterLayout;
import sparkrnn.sequence.PackedSequences;

/**
 * A linear layer on the last time step of each sequence.
 *
 * <pre>
 *   y = h W + b        h: the last row of each sequence
 * </pre>
 *
 * <p>Shapes: S sequences, N packed rows, H units below, K outputs.
 *
 * <pre>
 *   h (N, H)    lastH, dLastH (S, H)    y, dy (S, K)
 *   W (H, K)    b (K)                   in the flat parameter array, row-major
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

  /**
   * Overwrites {@code lastH} and {@code y}.
   *
   * @param h (N, H)
   */
  public void forward(
      PackedSequences sequences, float[] h, float[] parameters, float[] lastH, float[] y) {
    int S = sequences.sequences();
    for (int s = 0; s < S; s++) {
      System.arraycopy(h, sequences.lastRow(s) * units, lastH, s * units, units);
      System.arraycopy(parameters, biasAt, y, s * outputs, outputs);
    }
    Blas.multiply(
        S, outputs, units, lastH, 0, units, parameters, kernelAt, outputs, 1f, y, 0, outputs);
  }

  /**
   * Adds this layer's gradient to {@code gradient}, overwrites {@code dLastH} and the last row of
   * each sequence in {@code dh}; the other rows of dh stay as they are.
   *
   * <pre>
   *   dh(last) = dy W'      dW += lastH' dy      db += column sums of dy
   * </pre>
   *
   * @param dh (N, H)
   */
  public void backward(
      PackedSequences sequences,
      float[] lastH,
      float[] dy,
      float[] parameters,
      float[] gradient,
      float[] dLastH,
      float[] dh) {
    int S = sequences.sequences();
    Blas.multiplyTransposedA(
        units, outputs, S, lastH, 0, units, dy, 0, outputs, 1f, gradient, kernelAt, outputs);
    Blas.multiplyTransposedB(
        S, units, outputs, dy, 0, outputs, parameters, kernelAt, outputs, 0f, dLastH, 0, units);
    for (int s = 0; s < S; s++) {
      for (int k = 0; k < outputs; k++) {
        gradient[biasAt + k] += dy[s * outputs + k];
      }
      System.arraycopy(dLastH, s * units, dh, sequences.lastRow(s) * units, units);
    }
  }
}
