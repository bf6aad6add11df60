package sparkrnn.loss;

/** log(1 + exp(x)), which turns an output into a number above 0. */
final class Softplus {

  private Softplus() {}

  static double value(double x) {
    return Math.max(x, 0) + StrictMath.log1p(StrictMath.exp(-Math.abs(x)));
  }

  /** The sigmoid of x. */
  static double slope(double x) {
    return 1 / (1 + StrictMath.exp(-x));
  }
}
