package sparkrnn.oracle;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Float results against double ones.
 *
 * <p>A difference is measured against the largest element, because an element near zero is a sum of
 * larger ones that cancel, and grows with the number of terms of that sum.
 */
public final class Agreement {

  /** Allowed difference per term of a sum: one unit in the last place of a float. */
  private static final double PER_TERM = 0x1p-23;

  private Agreement() {}

  /**
   * Asserts that the first elements of {@code actual} are those of {@code expected}.
   *
   * @param terms how many terms the longest sum has that an element is made of
   */
  public static void assertAgrees(String what, float[] actual, double[] expected, int terms) {
    assertThat(largestDifference(actual, expected))
        .as("largest difference of %s, relative to the largest element", what)
        .isLessThanOrEqualTo(PER_TERM * terms);
  }

  /** The largest difference of two elements, relative to the largest element; NaN is infinite. */
  public static double largestDifference(float[] actual, double[] expected) {
    double largest = 0;
    double difference = 0;
    for (int e = 0; e < expected.length; e++) {
      largest = Math.max(largest, Math.abs(expected[e]));
      double d = Math.abs(actual[e] - expected[e]);
      difference = Math.max(difference, Double.isNaN(d) ? Double.POSITIVE_INFINITY : d);
    }
    return difference == 0 ? 0 : difference / largest;
  }
}
