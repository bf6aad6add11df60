package sparkrnn.training;

import breeze.linalg.DenseMatrix;
import breeze.linalg.qr;
import breeze.linalg.qr$reduced$impl_reduced_DM_Double$;
import java.util.logging.Level;
import java.util.logging.Logger;
import sparkrnn.parameter.QrDecomposition;

/**
 * The reduced QR decomposition by Breeze, that is by LAPACK's Householder reflections. Runs on the
 * driver, once a fit.
 */
public final class BreezeQr implements QrDecomposition {

  /** Held, because the logging library forgets loggers that nobody holds. */
  private static final Logger LAPACK =
      Logger.getLogger("dev.ludovic.netlib.lapack.InstanceBuilder");

  @Override
  public double[] orthonormalColumns(double[] a, int rows, int columns) {
    double[] columnMajor = new double[rows * columns];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        columnMajor[j * rows + i] = a[i * columns + j];
      }
    }
    qr.QR<DenseMatrix<Object>> decomposition = decompose(rows, columns, columnMajor);
    double[] q = new double[rows * columns];
    for (int j = 0; j < columns; j++) {
      double sign = (double) decomposition.r().apply(j, j) < 0 ? -1 : 1;
      for (int i = 0; i < rows; i++) {
        q[i * columns + j] = sign * (double) decomposition.q().apply(i, j);
      }
    }
    return q;
  }

  /** One small matrix a layer: that no native LAPACK is there is no news for anybody. */
  private static synchronized qr.QR<DenseMatrix<Object>> decompose(
      int rows, int columns, double[] columnMajor) {
    Level before = LAPACK.getLevel();
    LAPACK.setLevel(Level.SEVERE);
    try {
      return qr$reduced$impl_reduced_DM_Double$.MODULE$.apply(
          new DenseMatrix<Object>(rows, columns, columnMajor));
    } finally {
      LAPACK.setLevel(before);
    }
  }
}
