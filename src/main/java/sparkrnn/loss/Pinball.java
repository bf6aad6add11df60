package sparkrnn.loss;

import java.util.List;

/**
 * The quantile loss of Q quantiles of each target, which never cross.
 *
 * <p>The output of the middle quantile, m = (Q - 1) / 2 rounded down, is the quantile itself; every
 * other output is how far its quantile lies beyond its neighbour on the side of the middle:
 *
 * <pre>
 *   q(m) = x(m)      q(i) = q(i-1) + softplus(x(i)), i above m      q(i) = q(i+1) - softplus(x(i)), i below m
 *   loss = mean over i of max(tau(i) (y - q(i)), (tau(i) - 1) (y - q(i)))
 *   dq(i) = 1 - tau(i) where q(i) is above y, -tau(i) where it is below, 0 at y; over Q
 *   dx(m) = sum of all dq      dx(i) = +-sigmoid(x(i)) (sum of the dq from i outwards)
 * </pre>
 *
 * <p>Softplus is never negative and rounding keeps the order of sums, so q(0) at most q(1) at most
 * ... for all outputs. Computed in double precision with StrictMath.
 *
 * <p>Source: Koenker and Bassett 1978.
 */
public final class Pinball implements PerTargetLoss {

  private final double[] levels;
  private final int middle;

  /**
   * @param quantiles tau, strictly increasing, each above 0 and below 1, at least one
   * @throws IllegalArgumentException if they are not
   */
  public Pinball(List<Double> quantiles) {
    levels = quantiles.stream().mapToDouble(Double::doubleValue).toArray();
    middle = (levels.length - 1) / 2;
    boolean right = levels.length > 0;
    for (int i = 0; i < levels.length; i++) {
      right &= levels[i] > (i == 0 ? 0 : levels[i - 1]) && levels[i] < 1;
    }
    if (!right) {
      throw new IllegalArgumentException(
          "NetworkSpec: quantiles is "
              + quantiles
              + "; there must be at least one, each above 0 and below 1, in increasing order.");
    }
  }

  @Override
  public int outputsPerTarget() {
    return levels.length;
  }

  private double cost(int i, double q, double y) {
    double error = y - q;
    return Math.max(levels[i] * error, (levels[i] - 1) * error);
  }

  @Override
  public double value(float[] predictions, int output, float[] targets, int number) {
    double y = targets[number];
    double q = predictions[output + middle];
    double sum = cost(middle, q, y);
    for (int i = middle + 1; i < levels.length; i++) {
      q += Softplus.value(predictions[output + i]);
      sum += cost(i, q, y);
    }
    q = predictions[output + middle];
    for (int i = middle - 1; i >= 0; i--) {
      q -= Softplus.value(predictions[output + i]);
      sum += cost(i, q, y);
    }
    return sum / levels.length;
  }

  /** dq(i) without the division by Q; NaN of a quantile that is NaN. */
  private double slope(int i, double q, double y) {
    if (q > y) {
      return 1 - levels[i];
    }
    return q < y ? -levels[i] : q - y;
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
    double q = predictions[output + middle];
    double atMiddle = slope(middle, q, y);
    for (int i = middle + 1; i < levels.length; i++) {
      q += Softplus.value(predictions[output + i]);
      gradient[output + i] = (float) slope(i, q, y);
    }
    q = predictions[output + middle];
    for (int i = middle - 1; i >= 0; i--) {
      q -= Softplus.value(predictions[output + i]);
      gradient[output + i] = (float) slope(i, q, y);
    }
    double ofEach = factor / levels.length;
    double above = 0;
    for (int i = levels.length - 1; i > middle; i--) {
      above += gradient[output + i];
      gradient[output + i] = (float) (ofEach * above * Softplus.slope(predictions[output + i]));
    }
    double below = 0;
    for (int i = 0; i < middle; i++) {
      below += gradient[output + i];
      gradient[output + i] = (float) (-ofEach * below * Softplus.slope(predictions[output + i]));
    }
    gradient[output + middle] = (float) (ofEach * (above + atMiddle + below));
  }

  /** The quantiles of each target, ascending. */
  @Override
  public void activate(double[] outputs) {
    for (int output = 0; output < outputs.length; output += levels.length) {
      for (int i = middle + 1; i < levels.length; i++) {
        outputs[output + i] = outputs[output + i - 1] + Softplus.value(outputs[output + i]);
      }
      for (int i = middle - 1; i >= 0; i--) {
        outputs[output + i] = outputs[output + i + 1] - Softplus.value(outputs[output + i]);
      }
    }
  }
}
