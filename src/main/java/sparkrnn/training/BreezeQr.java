package sparkrnn.training;

import breeze.linalg.DenseMatrix;
import breeze.linalg.qr;
import sparkrnn.parameter.QrDecomposition;

/** QR decomposition by Breeze, that is by LAPACK's Householder reflections. Runs on the driver. */
final class BreezeQr implements QrDecomposition {

  @Override
  public double[] orthonormalColumns(double[] a, int rows, int columns) {
    return null;
  }
}
