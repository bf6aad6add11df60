package sparkrnn.parameter;

import sparkrnn.random.CounterRandom;

/**
 * Normal values of mean 0, drawn again beyond two standard deviations; Keras' TruncatedNormal.
 * Their own deviation is that of the normal times 0.8796.
 */
record TruncatedNormal(double deviation) implements Initializer {

  @Override
  public void fill(
      float[] matrix, int at, int rows, int columns, CounterRandom random, QrDecomposition qr) {
    for (int e = 0; e < rows * columns; e++) {
      matrix[at + e] = (float) (deviation * draw(random, e));
    }
  }

  /**
   * A number of deviation 1 before the cut. The draws of one element lie 2^32 apart, farther than
   * any element from another.
   */
  static double draw(CounterRandom random, int element) {
    long index = element;
    double value = random.gaussian(index);
    while (Math.abs(value) > 2) {
      index += 1L << 32;
      value = random.gaussian(index);
    }
    return value;
  }
}
