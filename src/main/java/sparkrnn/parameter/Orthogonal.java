package sparkrnn.parameter;

import sparkrnn.random.CounterRandom;

/**
 * A matrix with orthonormal rows if it is wide, orthonormal columns if it is tall: Q of a matrix of
 * normal numbers, transposed where wide, with the diagonal of R made positive.
 *
 * <p>A recurrent matrix (units, gates * units) is drawn as one, so its rows are orthonormal and the
 * block of one gate alone is not. Source: Saxe, McClelland and Ganguli 2013; Keras'
 * OrthogonalInitializer.
 */
final class Orthogonal implements Initializer {

  @Override
  public void fill(
      float[] matrix, int at, int rows, int columns, CounterRandom random, QrDecomposition qr) {
    int tall = Math.max(rows, columns);
    int narrow = Math.min(rows, columns);
    double[] a = new double[tall * narrow];
    for (int e = 0; e < a.length; e++) {
      a[e] = random.gaussian(e);
    }
    double[] q = qr.orthonormalColumns(a, tall, narrow);
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < columns; c++) {
        double value = rows < columns ? q[c * narrow + r] : q[r * narrow + c];
        matrix[at + r * columns + c] = (float) value;
      }
    }
  }
}
