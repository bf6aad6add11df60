package sparkrnn.loss;

/**
 * The absolute error.
 *
 * <pre>
 *   value(e) = |e|      derivative(e) = sign(e), 0 at 0
 * </pre>
 */
public final class MeanAbsoluteError implements ErrorLoss {

  @Override
  public double value(double error) {
    return Math.abs(error);
  }

  @Override
  public double derivative(double error) {
    return Math.signum(error);
  }
}
