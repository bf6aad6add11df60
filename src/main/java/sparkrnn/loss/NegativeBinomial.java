package sparkrnn.loss;

import org.apache.commons.math3.special.Gamma;

/**
 * The negative log-likelihood of counts that vary more than Poisson's; two outputs for each target,
 * of which the row has two numbers, the count y and an offset c: what is known of the logarithm of
 * the mean beforehand, 0 where nothing is.
 *
 * <pre>
 *   u = exp(x(0) + c)      k = 1e-4 + softplus(x(1))         mean u, variance u + u^2 / k
 *   loss  = lgamma(k) + lgamma(y+1) - lgamma(y+k) + k log(1 + u/k) + y (log(k + u) - x(0) - c)
 *   dx(0) = k (u - y) / (k + u)
 *   dx(1) = sigmoid(x(1)) (digamma(k) - digamma(y+k) + log(1 + u/k) + (y - u) / (k + u))
 * </pre>
 *
 * <p>Counts are at least 0. Computed in double precision with StrictMath; the gamma functions are
 * those of Commons Math, pure Java and so the same bits on every machine.
 *
 * <p>Source: Salinas et al. 2020 (DeepAR), with the shape k = 1 / alpha and a logarithmic mean.
 */
public final class NegativeBinomial implements PerTargetLoss {

  private static final double LEAST_SHAPE = 1e-4;

  @Override
  public int outputsPerTarget() {
    return 2;
  }

  @Override
  public int numbersPerTarget() {
    return 2;
  }

  private static double shape(double output) {
    return LEAST_SHAPE + Softplus.value(output);
  }

  @Override
  public double value(float[] predictions, int output, float[] targets, int number) {
    double y = targets[number];
    double logMean = (double) predictions[output] + targets[number + 1];
    double u = StrictMath.exp(logMean);
    double k = shape(predictions[output + 1]);
    return LogGamma.value(k)
        + LogGamma.value(y + 1)
        - LogGamma.value(y + k)
        + k * StrictMath.log1p(u / k)
        + y * (StrictMath.log(k + u) - logMean);
  }

  @Override
  public void writeGradient(
      float[] gradient,
      float[] predictions,
      int output,
      float[] targets,
      int number,
      double factor) {
    double y = targets[number];
    double u = StrictMath.exp((double) predictions[output] + targets[number + 1]);
    double k = shape(predictions[output + 1]);
    double byShape =
        Gamma.digamma(k) - Gamma.digamma(y + k) + StrictMath.log1p(u / k) + (y - u) / (k + u);
    double slope = Softplus.slope(predictions[output + 1]);
    gradient[output] = (float) (factor * k * (u - y) / (k + u));
    gradient[output + 1] = (float) (factor * slope * byShape);
  }

  /** Mean and shape of each target, from outputs to whose first the offset was added. */
  @Override
  public void activate(double[] outputs) {
    for (int output = 0; output < outputs.length; output += 2) {
      outputs[output] = StrictMath.exp(outputs[output]);
      outputs[output + 1] = shape(outputs[output + 1]);
    }
  }
}
