package sparkrnn.parameter;

/** The one piece of linear algebra that initialisation needs from outside the kernels. */
@FunctionalInterface
public interface QrDecomposition {

  /**
   * Q of the reduced QR decomposition of a tall matrix, with the signs chosen so that the diagonal
   * of R is positive.
   *
   * @param a (rows, columns), row-major, rows at least columns; not changed
   * @return (rows, columns), row-major, columns orthonormal
   */
  double[] orthonormalColumns(double[] a, int rows, int columns);
}
