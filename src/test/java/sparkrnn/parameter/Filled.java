package sparkrnn.parameter;

import java.util.Arrays;
import sparkrnn.random.CounterRandom;
import sparkrnn.training.BreezeQr;

/** A matrix filled by an initializer, in the middle of an array of NaN. */
final class Filled {

  private static final int AT = 3;

  final int rows;
  final int columns;
  final float[] array;
  final float[] values;

  Filled(String initializer, int rows, int columns, long seed) {
    this.rows = rows;
    this.columns = columns;
    array = new float[AT + rows * columns + AT];
    Arrays.fill(array, Float.NaN);
    Initializer.named(initializer)
        .fill(array, AT, rows, columns, new CounterRandom(seed, 0), new BreezeQr());
    values = Arrays.copyOfRange(array, AT, AT + rows * columns);
  }

  /** The array without the matrix. */
  float[] surroundings() {
    float[] rest = Arrays.copyOf(array, 2 * AT);
    System.arraycopy(array, array.length - AT, rest, AT, AT);
    return rest;
  }

  double get(int r, int c) {
    return values[r * columns + c];
  }

  double mean() {
    double sum = 0;
    for (float value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  double variance() {
    double squares = 0;
    for (float value : values) {
      squares += (double) value * value;
    }
    return squares / values.length - mean() * mean();
  }

  double largest() {
    double largest = 0;
    for (float value : values) {
      largest = Math.max(largest, Math.abs(value));
    }
    return largest;
  }
}
