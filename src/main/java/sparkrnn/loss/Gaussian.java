package sparkrnn.loss;

/**
 * The negative log-likelihood of targets under normal distributions; two outputs for each target.
 *
 * <pre>
 *   m = x(0)      s = 1e-4 + softplus(x(1))      z = (y - m) / s
 *   loss  = log(s) + z^2 / 2 + log(2 pi) / 2
 *   dx(0) = -z / s      dx(1) = sigmoid(x(1)) (1 - z^2) / s
 * </pre>
 *
 * <p>The least scale keeps the likelihood of targets that are hit exactly finite. Computed in
 * double precision with StrictMath.
 */
public final class Gaussian implements PerTargetLoss {

  static final double LEAST_SCALE = 1e-4;

  private static final double HALF_LOG_TWO_PI = 0.91893853320467274178;

  @Override
  public int outputsPerTarget() {
    return 2;
  }

  private static double scale(double output) {
    return LEAST_SCALE + Softplus.value(output);
  }

  @Override
  public double value(float[] predictions, int output, float[] targets, int number) {
    double s = scale(predictions[output + 1]);
    double z = ((double) targets[number] - predictions[output]) / s;
    return StrictMath.log(s) + 0.5 * z * z + HALF_LOG_TWO_PI;
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
    double z = ((double) targets[number] - predictions[output]) / s;
    double slope = Softplus.slope(predictions[output + 1]);
    gradient[output] = (float) (-factor * z / s);
    gradient[output + 1] = (float) (factor * slope * (1 - z * z) / s);
  }

  /** Mean and standard deviation of each target. */
  @Override
  public void activate(double[] outputs) {
    for (int output = 0; output < outputs.length; output += 2) {
      outputs[output + 1] = scale(outputs[output + 1]);
    }
  }
}
