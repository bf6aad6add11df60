package sparkrnn.forecast;

import java.util.Arrays;
import java.util.List;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.math3.distribution.PoissonDistribution;
import org.apache.commons.math3.distribution.TDistribution;
import org.apache.commons.math3.special.Beta;

/** What a forecast says of a target, by the outputs of the network. */
public enum Distribution {
  /** One number. */
  POINT("point", "", 1),
  /** Some quantiles; as many outputs as there are. */
  QUANTILE("quantile", "pinball", 0),
  /** Mean and standard deviation. */
  GAUSSIAN("gaussian", "gaussian", 2),
  /** Location, scale and degrees of freedom. */
  STUDENT_T("studentT", "studentT", 3),
  /** Rate. */
  POISSON("poisson", "poisson", 1),
  /** Mean and shape. */
  NEGATIVE_BINOMIAL("negativeBinomial", "negativeBinomial", 2);

  private static final double POISSON_ACCURACY = 1e-12;
  private static final int POISSON_STEPS = 10_000_000;

  private final String paramName;
  private final String lossName;
  private final int outputs;

  Distribution(String paramName, String lossName, int outputs) {
    this.paramName = paramName;
    this.lossName = lossName;
    this.outputs = outputs;
  }

  /** All names of params. */
  public static String[] names() {
    return Arrays.stream(values()).map(each -> each.paramName).toArray(String[]::new);
  }

  /** The distribution of a name, one of {@link #names}. */
  public static Distribution named(String name) {
    return values()[Arrays.asList(names()).indexOf(name)];
  }

  /** The name in a network's spec; empty of a point, whose loss is a param. */
  public String lossName() {
    return lossName;
  }

  /** Whether targets are counts, which are neither shifted nor scaled. */
  public boolean ofCounts() {
    return this == POISSON || this == NEGATIVE_BINOMIAL;
  }

  /** Outputs for each target. */
  public int outputs(List<Double> quantiles) {
    return this == QUANTILE ? quantiles.size() : outputs;
  }

  /**
   * Which quantiles of the targets a forecast has.
   *
   * @param quantiles the param
   */
  public List<Double> levels(List<Double> quantiles) {
    return this == POINT ? List.of() : quantiles;
  }

  /**
   * A quantile of a distribution that is given by its parameters.
   *
   * @param level above 0 and below 1
   * @param parameters what the outputs stand for
   */
  double quantile(double level, double[] parameters) {
    return switch (this) {
      case GAUSSIAN ->
          parameters[0]
              + parameters[1]
                  * new NormalDistribution(null, 0, 1).inverseCumulativeProbability(level);
      case STUDENT_T ->
          parameters[0]
              + parameters[1]
                  * new TDistribution(null, parameters[2]).inverseCumulativeProbability(level);
      case POISSON -> poissonQuantile(level, parameters[0]);
      case NEGATIVE_BINOMIAL -> negativeBinomialQuantile(level, parameters[0], parameters[1]);
      case POINT, QUANTILE ->
          throw new IllegalStateException(paramName + " has no parameters to take quantiles of.");
    };
  }

  private static double poissonQuantile(double level, double rate) {
    return rate > 0
        ? new PoissonDistribution(null, rate, POISSON_ACCURACY, POISSON_STEPS)
            .inverseCumulativeProbability(level)
        : 0;
  }

  /** The smallest count whose cumulative probability reaches the level. */
  private static double negativeBinomialQuantile(double level, double mean, double shape) {
    if (!(mean > 0)) {
      return 0;
    }
    double p = shape / (shape + mean);
    double low = -1;
    double high = Math.max(1, Math.ceil(mean));
    while (Beta.regularizedBeta(p, shape, high + 1) < level) {
      low = high;
      high *= 2;
    }
    while (high - low > 1) {
      double middle = Math.floor((low + high) / 2);
      if (Beta.regularizedBeta(p, shape, middle + 1) < level) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return high;
  }
}
