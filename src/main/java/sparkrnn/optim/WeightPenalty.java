package sparkrnn.optim;

import java.util.ArrayList;
import java.util.List;

/**
 * What is added to a loss for large parameters, tensor by tensor.
 *
 * <pre>
 *   penalty = sum over tensors k of  l1(k) |p| + l2(k) p^2,  summed over the parameters p of k
 *   dp += l1(k) sign(p) + 2 l2(k) p                          sign(0) = 0
 * </pre>
 *
 * <p>The penalty is summed in double, in the order of the parameters.
 *
 * <p>Source: Keras' regularizers L1, L2 and L1L2.
 */
public final class WeightPenalty {

  private record Range(int from, int to, double l1, double l2) {}

  private final List<Range> ranges = new ArrayList<>();

  /** Without any tensor. */
  public WeightPenalty() {}

  /**
   * Adds a tensor, unless both factors are 0.
   *
   * @param from its first place in the flat array
   * @param to the place after its last
   * @param l1 at least 0
   * @param l2 at least 0
   */
  public void add(int from, int to, double l1, double l2) {
    if (l1 > 0 || l2 > 0) {
      ranges.add(new Range(from, to, l1, l2));
    }
  }

  /** The penalty of these parameters. */
  public double of(float[] parameters) {
    double penalty = 0;
    for (int r = 0; r < ranges.size(); r++) {
      Range range = ranges.get(r);
      double absolutes = 0;
      double squares = 0;
      for (int i = range.from; i < range.to; i++) {
        double p = parameters[i];
        absolutes += Math.abs(p);
        squares += p * p;
      }
      penalty += range.l1 * absolutes + range.l2 * squares;
    }
    return penalty;
  }

  /** Adds the gradient of the penalty to {@code gradient}. */
  public void addGradient(float[] parameters, float[] gradient) {
    addGradient(parameters, gradient, 0);
  }

  /**
   * Adds the gradient of the penalty to a slice of a gradient.
   *
   * @param parameters all
   * @param slice the numbers of the gradient from {@code from} on
   */
  public void addGradient(float[] parameters, float[] slice, int from) {
    for (int r = 0; r < ranges.size(); r++) {
      Range range = ranges.get(r);
      float l1 = (float) range.l1;
      float twiceL2 = (float) (2 * range.l2);
      int end = Math.min(range.to, from + slice.length);
      for (int i = Math.max(range.from, from); i < end; i++) {
        slice[i - from] += l1 * Math.signum(parameters[i]) + twiceL2 * parameters[i];
      }
    }
  }
}
