package sparkrnn.loss;

/**
 * The negative log-likelihood of counts under Poisson distributions; one output for each target, of
 * which the row has two numbers, the count y and an offset c: what is known of the logarithm of the
 * rate beforehand, 0 where nothing is.
 *
 * <pre>
 *   rate = exp(x + c)
 *   loss = rate - y (x + c) + lgamma(y + 1)
 *   dx   = rate - y
 * </pre>
 *
 * <p>Counts are at least 0. Computed in double precision with StrictMath; the gamma function is
 * that of Commons Math, pure Java and so the same bits on every machine.
 */
public final class Poisson implements PerTargetLoss {

  @Override
  public int outputsPerTarget() {
    return 1;
  }

  @Override
  public int numbersPerTarget() {
    return 2;
  }

  @Override
  public double value(float[] predictions, int output, float[] targets, int number) {
    double y = targets[number];
    double logRate = (double) predictions[output] + targets[number + 1];
    return StrictMath.exp(logRate) - y * logRate + LogGamma.value(y + 1);
  }

  @Override
  public void writeGradient(
      float[] gradient,
      float[] predictions,
      int output,
      float[] targets,
      int number,
      double factor) {
    double logRate = (double) predictions[output] + targets[number + 1];
    gradient[output] = (float) (factor * (StrictMath.exp(logRate) - targets[number]));
  }

  /** The rate of each target, from an output to which its offset was added. */
  @Override
  public void activate(double[] outputs) {
    for (int output = 0; output < outputs.length; output++) {
      outputs[output] = StrictMath.exp(outputs[output]);
    }
  }
}
