package sparkrnn.loss;

import org.apache.commons.math3.special.Gamma;

/**
 * The negative log-likelihood of targets under Student's t distributions, which outliers pull less
 * than normal ones; three outputs for each target.
 *
 * <pre>
 *   m = x(0)      s = 1e-4 + softplus(x(1))      v = 2 + softplus(x(2))      z = (y - m) / s
 *   loss  = log(s) + (v+1)/2 log(1 + z^2/v) + log(v pi)/2 + lgamma(v/2) - lgamma((v+1)/2)
 *   dx(0) = -(v+1) z / (s (v + z^2))
 *   dx(1) = sigmoid(x(1)) (1 - (v+1) z^2 / (v + z^2)) / s
 *   dx(2) = sigmoid(x(2)) (log(1 + z^2/v) + (1 - (v+1) z^2 / (v + z^2)) / v
 *                          + digamma(v/2) - digamma((v+1)/2)) / 2
 * </pre>
 *
 * <p>More than two degrees of freedom, so that the variance is finite. Computed in double precision
 * with StrictMath; the gamma functions are those of Commons Math, pure Java and so the same bits on
 * every machine.
 */
public final class StudentT implements PerTargetLoss {

  private static final double LEAST_FREEDOM = 2;

  @Override
  public int outputsPerTarget() {
    return 3;
  }

  private static double scale(double output) {
    return Gaussian.LEAST_SCALE + Softplus.value(output);
  }

  private static double freedom(double output) {
    return LEAST_FREEDOM + Softplus.value(output);
  }

  @Override
  public double value(float[] predictions, int output, float[] targets, int number) {
    double s = scale(predictions[output + 1]);
    double v = freedom(predictions[output + 2]);
    double z = ((double) targets[number] - predictions[output]) / s;
    return StrictMath.log(s)
        + (v + 1) / 2 * StrictMath.log1p(z * z / v)
        + 0.5 * StrictMath.log(v * Math.PI)
        + LogGamma.value(v / 2)
        - LogGamma.value((v + 1) / 2);
  }

  @Override
  public void writeGradient(
      float[] gradient,
      float[] predictions,
      int output,
      float[] targets,
      int number,
      double factor) {
    double s = scale(predictions[output + 1]);
    double v = freedom(predictions[output + 2]);
    double z = ((double) targets[number] - predictions[output]) / s;
    double pull = (v + 1) / (v + z * z);
    double byFreedom =
        0.5
            * (StrictMath.log1p(z * z / v)
                + (1 - pull * z * z) / v
                + Gamma.digamma(v / 2)
                - Gamma.digamma((v + 1) / 2));
    double slopeOfScale = Softplus.slope(predictions[output + 1]);
    double slopeOfFreedom = Softplus.slope(predictions[output + 2]);
    gradient[output] = (float) (-factor * pull * z / s);
    gradient[output + 1] = (float) (factor * slopeOfScale * (1 - pull * z * z) / s);
    gradient[output + 2] = (float) (factor * slopeOfFreedom * byFreedom);
  }

  /** Location, scale and degrees of freedom of each target. */
  @Override
  public void activate(double[] outputs) {
    for (int output = 0; output < outputs.length; output += 3) {
      outputs[output + 1] = scale(outputs[output + 1]);
      outputs[output + 2] = freedom(outputs[output + 2]);
    }
  }
}
