package sparkrnn.oracle;

import sparkrnn.cell.GateParameters;

/**
 * The parameters of one cell as matrices, or a gradient by them.
 *
 * @param W (F, gates * H)
 * @param U (H, gates * H)
 * @param b (biases, gates * H)
 * @param norms (rows, H), what a cell has behind its biases
 */
public record CellWeights(double[][] W, double[][] U, double[][] b, double[][] norms) {

  /** All zeros, in the shapes of these. */
  public CellWeights zeros() {
    return new CellWeights(
        new double[W.length][W[0].length],
        new double[U.length][U[0].length],
        new double[b.length][b[0].length],
        new double[norms.length][U.length]);
  }

  /** Reads them from a flat array. */
  public static CellWeights read(
      double[] flat, GateParameters at, int inputs, int units, int gates, CellOracle oracle) {
    int columns = gates * units;
    return new CellWeights(
        matrix(flat, at.kernelAt(), inputs, columns),
        matrix(flat, at.recurrentKernelAt(), units, columns),
        matrix(flat, at.biasAt(), oracle.biases(), columns),
        matrix(flat, at.biasAt() + oracle.biases() * columns, oracle.norms(), units));
  }

  /** Adds them to a flat array. */
  public void addTo(double[] flat, GateParameters at) {
    add(W, flat, at.kernelAt());
    add(U, flat, at.recurrentKernelAt());
    add(b, flat, at.biasAt());
    add(norms, flat, at.biasAt() + b.length * b[0].length);
  }

  static double[][] matrix(double[] flat, int at, int rows, int columns) {
    double[][] matrix = new double[rows][columns];
    for (int r = 0; r < rows; r++) {
      System.arraycopy(flat, at + r * columns, matrix[r], 0, columns);
    }
    return matrix;
  }

  static void add(double[][] matrix, double[] flat, int at) {
    for (int r = 0; r < matrix.length; r++) {
      int columns = matrix[r].length;
      for (int c = 0; c < columns; c++) {
        flat[at + r * columns + c] += matrix[r][c];
      }
    }
  }
}
