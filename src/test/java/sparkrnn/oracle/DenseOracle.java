package sparkrnn.oracle;

/**
 * The equations in the class comment of {@link sparkrnn.layer.Dense}, one row at a time.
 *
 * @param W (H, K)
 * @param b (1, K)
 */
public record DenseOracle(double[][] W, double[][] b) {

  /** Reads kernel and bias from a flat array. */
  public static DenseOracle read(double[] flat, int kernelAt, int biasAt, int units, int outputs) {
    return new DenseOracle(
        CellWeights.matrix(flat, kernelAt, units, outputs),
        CellWeights.matrix(flat, biasAt, 1, outputs));
  }

  /** y (K) of h (H). */
  public double[] forward(double[] h) {
    return Rows.sum(Rows.product(h, W), b[0]);
  }

  /** Adds the gradient to a flat array and returns dh (H). */
  public double[] backward(double[] h, double[] dy, double[] flat, int kernelAt, int biasAt) {
    double[][] dW = new double[W.length][W[0].length];
    Rows.addOuterProduct(h, dy, dW);
    CellWeights.add(dW, flat, kernelAt);
    CellWeights.add(new double[][] {dy}, flat, biasAt);
    return Rows.productTransposed(dy, W);
  }
}
