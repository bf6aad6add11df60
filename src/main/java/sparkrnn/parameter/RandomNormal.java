package sparkrnn.parameter;

import sparkrnn.random.CounterRandom;

/** Normal values of mean 0; Keras' RandomNormal. */
record RandomNormal(double deviation) implements Initializer {

  @Override
  public void fill(
      float[] matrix, int at, int rows, int columns, CounterRandom random, QrDecomposition qr) {
    for (int e = 0; e < rows * columns; e++) {
      matrix[at + e] = (float) (deviation * random.gaussian(e));
    }
  }
}
