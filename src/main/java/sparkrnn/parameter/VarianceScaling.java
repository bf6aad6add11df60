package sparkrnn.parameter;

import sparkrnn.random.CounterRandom;

/**
 * Random values whose variance is scale / fan, where fan counts the inputs of an output (rows) or
 * the mean of inputs and outputs (rows and columns).
 *
 * <pre>
 *   uniform            in [-limit, limit),  limit = sqrt(3 scale / fan)
 *   truncated normal   redrawn beyond two standard deviations, and widened by 1 / 0.8796 so that
 *                      the variance is as said in spite of that
 * </pre>
 *
 * <p>The columns of a recurrent layer's kernel are all its gates: (inputs, gates * units).
 *
 * <p>Source: LeCun et al. 1998; Glorot and Bengio 2010; He et al. 2015; Keras' VarianceScaling.
 */
record VarianceScaling(double scale, Fan fan, boolean normal) implements Initializer {

  enum Fan {
    IN,
    AVERAGE
  }

  private static final double TRUNCATED_DEVIATION = 0.87962566103423978;

  static VarianceScaling uniform(double scale, Fan fan) {
    return new VarianceScaling(scale, fan, false);
  }

  static VarianceScaling truncatedNormal(double scale, Fan fan) {
    return new VarianceScaling(scale, fan, true);
  }

  @Override
  public void fill(
      float[] matrix, int at, int rows, int columns, CounterRandom random, QrDecomposition qr) {
    double variance = scale / (fan == Fan.IN ? rows : (rows + (double) columns) / 2);
    if (normal) {
      double deviation = Math.sqrt(variance) / TRUNCATED_DEVIATION;
      for (int e = 0; e < rows * columns; e++) {
        matrix[at + e] = (float) (deviation * TruncatedNormal.draw(random, e));
      }
    } else {
      float limit = (float) Math.sqrt(3 * variance);
      for (int e = 0; e < rows * columns; e++) {
        matrix[at + e] = random.uniform(e, -limit, limit);
      }
    }
  }
}
