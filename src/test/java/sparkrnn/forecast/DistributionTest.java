package sparkrnn.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.math3.distribution.TDistribution;
import org.junit.jupiter.api.Test;

/** Quantiles against the cumulative probabilities that they invert. */
final class DistributionTest {

  private static final double[] LEVELS = {0.01, 0.1, 0.3, 0.5, 0.77, 0.9, 0.999};

  @Test
  void normalQuantilesInvertTheCumulativeProbability() {
    for (double level : LEVELS) {
      double q = Distribution.GAUSSIAN.quantile(level, new double[] {3, 2});
      assertThat(new NormalDistribution(null, 3, 2).cumulativeProbability(q))
          .isCloseTo(level, within(1e-9));
    }
    assertThat(Distribution.GAUSSIAN.quantile(0.9, new double[] {0, 1}))
        .isCloseTo(1.2815515655, within(1e-9));
  }

  @Test
  void studentQuantilesInvertTheCumulativeProbability() {
    for (double level : LEVELS) {
      double q = Distribution.STUDENT_T.quantile(level, new double[] {3, 2, 4.5});
      assertThat(new TDistribution(null, 4.5).cumulativeProbability((q - 3) / 2))
          .isCloseTo(level, within(1e-9));
    }
    // From tables.
    assertThat(Distribution.STUDENT_T.quantile(0.95, new double[] {0, 1, 5}))
        .isCloseTo(2.015048, within(1e-5));
  }

  @Test
  void quantileOfCountsIsTheFirstWhoseCumulativeProbabilityReachesTheLevel() {
    for (double mean : new double[] {0.05, 0.8, 7, 61.5}) {
      for (double level : LEVELS) {
        double rate = mean;
        assertThat(Distribution.POISSON.quantile(level, new double[] {rate}))
            .isEqualTo(first(level, Math.exp(-rate), n -> rate / n));
        double shape = 1.7;
        double ratio = mean / (shape + mean);
        assertThat(Distribution.NEGATIVE_BINOMIAL.quantile(level, new double[] {mean, shape}))
            .isEqualTo(
                first(
                    level,
                    Math.pow(shape / (shape + mean), shape),
                    n -> (shape + n - 1) / n * ratio));
      }
    }
  }

  /** By adding up probabilities. */
  private static double first(
      double level, double ofNone, java.util.function.IntToDoubleFunction factor) {
    double probability = ofNone;
    double sum = ofNone;
    int n = 0;
    while (sum < level) {
      n++;
      probability *= factor.applyAsDouble(n);
      sum += probability;
    }
    return n;
  }

  @Test
  void countsThatNeverComeHaveNoQuantileAboveZero() {
    assertThat(Distribution.POISSON.quantile(0.9, new double[] {0})).isZero();
    assertThat(Distribution.NEGATIVE_BINOMIAL.quantile(0.9, new double[] {0, 1})).isZero();
  }
}
