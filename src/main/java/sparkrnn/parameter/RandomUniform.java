package sparkrnn.parameter;

import sparkrnn.random.CounterRandom;

/** Uniform values in [low, high); Keras' RandomUniform. */
record RandomUniform(float low, float high) implements Initializer {

  @Override
  public void fill(
      float[] matrix, int at, int rows, int columns, CounterRandom random, QrDecomposition qr) {
    for (int e = 0; e < rows * columns; e++) {
      matrix[at + e] = random.uniform(e, low, high);
    }
  }
}
