package sparkrnn.feature;

import java.io.Serializable;
import java.util.Arrays;
import java.util.stream.DoubleStream;

/**
 * How each feature of one key is scaled: (x - offset) / divisor.
 *
 * @param offsets one for each feature
 * @param divisors one for each feature, above 0
 */
record Scale(double[] offsets, double[] divisors) implements Serializable {

  /**
   * @throws IllegalArgumentException if there are not as many finite offsets as divisors above 0
   */
  Scale {
    if (offsets.length != divisors.length
        || !DoubleStream.concat(Arrays.stream(offsets), Arrays.stream(divisors))
            .allMatch(Double::isFinite)
        || !Arrays.stream(divisors).allMatch(divisor -> divisor > 0)) {
      throw new IllegalArgumentException("offsets and divisors are no scale");
    }
  }

  int features() {
    return offsets.length;
  }

  double forward(double number, int feature) {
    return (number - offsets[feature]) / divisors[feature];
  }

  double back(double number, int feature) {
    return number * divisors[feature] + offsets[feature];
  }
}
