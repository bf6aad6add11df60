package sparkrnn.loss;

/**
 * The squared error.
 *
 * <pre>
 *   value(e) = e^2      derivative(e) = 2 e
 * </pre>
 */
public final class MeanSquaredError implements ErrorLoss {

  @Override
  public double value(double error) {
    return error * error;
  }

  @Override
  public double derivative(double error) {
    return 2 * error;
  }
}
