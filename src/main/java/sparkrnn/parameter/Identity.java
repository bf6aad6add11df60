package sparkrnn.parameter;

import sparkrnn.random.CounterRandom;

/**
 * Ones on the diagonal, zeros elsewhere; the identity side by side for each gate where a matrix is
 * wide.
 *
 * <p>Source: Le, Jaitly and Hinton 2015 (the IRNN). Our deviation from Keras: its Identity puts
 * ones only into the first gate's block, which no paper asks for; for one gate they are equal.
 */
final class Identity implements Initializer {

  @Override
  public void fill(
      float[] matrix, int at, int rows, int columns, CounterRandom random, QrDecomposition qr) {
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < columns; c++) {
        matrix[at + r * columns + c] = c % rows == r ? 1 : 0;
      }
    }
  }
}
