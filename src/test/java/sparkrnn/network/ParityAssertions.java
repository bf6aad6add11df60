package sparkrnn.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import sparkrnn.parameter.ParameterLayout;

/** How near our numbers must be to those of another library. */
final class ParityAssertions {

  /** Of a prediction, which is of the size of one. */
  static final double ABSOLUTE = 1e-5;

  /** Of a loss, and of a tensor's numbers to its largest. */
  static final double RELATIVE = 1e-4;

  private ParityAssertions() {}

  static void assertPredictionsNear(float[] actual, float[] expected) {
    assertThat(actual).hasSameSizeAs(expected);
    assertThat(largestDifference(actual, expected))
        .as("largest difference of a prediction")
        .isLessThanOrEqualTo(ABSOLUTE);
  }

  static void assertLossNear(double actual, double expected, String what) {
    assertThat(Math.abs(actual - expected) / expected)
        .as("%s: %s, not %s; relative difference", what, actual, expected)
        .isLessThanOrEqualTo(RELATIVE);
  }

  /** Tensor by tensor, relative to the largest number of each. */
  static void assertTensorsNear(
      float[] actual, float[] expected, ParameterLayout layout, String what) {
    for (ParameterLayout.Tensor tensor : layout.tensors()) {
      int end = tensor.offset() + tensor.size();
      float[] found = Arrays.copyOfRange(actual, tensor.offset(), end);
      float[] wanted = Arrays.copyOfRange(expected, tensor.offset(), end);
      assertThat(largestDifference(found, wanted))
          .as("%s of %s: largest difference", what, tensor.name())
          .isLessThanOrEqualTo(RELATIVE * largest(wanted));
    }
  }

  /** NaN if a number is NaN. */
  static double largestDifference(float[] actual, float[] expected) {
    double largest = 0;
    for (int i = 0; i < expected.length; i++) {
      largest = Math.max(largest, Math.abs((double) actual[i] - expected[i]));
    }
    return largest;
  }

  private static double largest(float[] values) {
    return largestDifference(values, new float[values.length]);
  }
}
