package sparkrnn.loss;

import org.apache.commons.math3.special.Gamma;

/** The logarithm of the gamma function, without the allocations of Commons Math below 8. */
final class LogGamma {

  private static final int SHIFT = 8;

  private LogGamma() {}

  /** Of a number above 0: lgamma(x + 8) - log(x (x+1) ... (x+7)) up to 8. */
  static double value(double x) {
    if (x > SHIFT) {
      return Gamma.logGamma(x);
    }
    double product = x;
    for (int i = 1; i < SHIFT; i++) {
      product *= x + i;
    }
    return Gamma.logGamma(x + SHIFT) - StrictMath.log(product);
  }
}
