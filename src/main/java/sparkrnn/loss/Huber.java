package sparkrnn.loss;

/**
 * Quadratic near 0, linear from delta on, so that outliers pull less.
 *
 * <pre>
 *   value(e)      = e^2 / 2                    |e| at most delta
 *                   delta |e| - delta^2 / 2    beyond
 *   derivative(e) = e, kept within [-delta, delta]
 * </pre>
 *
 * <p>Source: Huber 1964, as Keras' Huber.
 *
 * @param delta where the loss turns linear, finite and above 0
 */
public record Huber(double delta) implements ErrorLoss {

  /**
   * @throws IllegalArgumentException if delta is not above 0 or not finite
   */
  public Huber {
    if (!(delta > 0) || Double.isInfinite(delta)) {
      throw new IllegalArgumentException(
          "NetworkSpec: huberDelta is " + delta + "; it must be finite and above 0.");
    }
  }

  @Override
  public double value(double error) {
    double size = Math.abs(error);
    return size <= delta ? 0.5 * error * error : delta * size - 0.5 * delta * delta;
  }

  @Override
  public double derivative(double error) {
    return Math.max(-delta, Math.min(delta, error));
  }
}
