package sparkrnn.parameter;

import java.util.Arrays;
import sparkrnn.random.CounterRandom;

/** The same value everywhere. */
record Constant(float value) implements Initializer {

  @Override
  public void fill(
      float[] matrix, int at, int rows, int columns, CounterRandom random, QrDecomposition qr) {
    Arrays.fill(matrix, at, at + rows * columns, value);
  }
}
