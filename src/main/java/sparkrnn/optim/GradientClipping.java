package sparkrnn.optim;

import java.util.Arrays;

/**
 * Shortens a gradient that is too long, in place, and measures it.
 *
 * <p>With g the whole gradient, g[k] that of the k-th parameter tensor, and c the threshold:
 *
 * <pre>
 *   "none"         g
 *   "globalNorm"   g c / max(|g|, c)             |.| is the Euclidean norm
 *   "norm"         g[k] c / max(|g[k]|, c)       each tensor by itself
 *   "value"        min(max(g, -c), c)            each number by itself
 * </pre>
 *
 * <p>Norms are summed in double, in an order that depends on the lengths only, so that equal
 * gradients give equal bits. What is short enough already keeps its bits.
 *
 * <p>Source: Pascanu, Mikolov and Bengio 2013, section 3.2 for the norms; "globalNorm", "norm" and
 * "value" are Keras' global_clipnorm, clipnorm and clipvalue. Our deviation: where Keras goes on
 * with NaN, a gradient that is not finite is left as it is and reported.
 */
public final class GradientClipping {

  /** The kinds, by their names in the param "clipping". */
  private enum Kind {
    none,
    globalNorm,
    norm,
    value
  }

  private final Kind kind;
  private final double threshold;
  private final int[] tensorOffsets;

  private GradientClipping(Kind kind, double threshold, int[] tensorOffsets) {
    this.kind = kind;
    this.threshold = threshold;
    this.tensorOffsets = tensorOffsets;
  }

  /**
   * The clipping of this name.
   *
   * @param clipping "none", "globalNorm", "norm" or "value"
   * @param threshold the largest norm or value, above 0; not read by "none"
   * @param tensorOffsets where each parameter tensor begins, then where the last one ends: begins
   *     with 0, never falls
   * @throws IllegalArgumentException if an argument is outside its range
   */
  public static GradientClipping of(String clipping, double threshold, int[] tensorOffsets) {
    Kind kind = kindOf(clipping);
    if (kind != Kind.none && !(threshold > 0 && threshold < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "clipThreshold is " + threshold + "; it must be above 0 and finite.");
    }
    checkOffsets(tensorOffsets);
    return new GradientClipping(kind, threshold, tensorOffsets.clone());
  }

  private static Kind kindOf(String clipping) {
    for (Kind kind : Kind.values()) {
      if (kind.name().equals(clipping)) {
        return kind;
      }
    }
    throw new IllegalArgumentException(
        "clipping is \""
            + clipping
            + "\"; it must be one of \"none\", \"globalNorm\", \"norm\", \"value\".");
  }

  private static void checkOffsets(int[] offsets) {
    boolean rising = offsets.length > 0 && offsets[0] == 0;
    for (int k = 1; k < offsets.length; k++) {
      rising &= offsets[k] >= offsets[k - 1];
    }
    if (!rising) {
      throw new IllegalArgumentException(
          "clipping: the tensor offsets are "
              + Arrays.toString(offsets)
              + "; they must begin with 0 and never fall.");
    }
  }

  /**
   * Clips {@code gradient} in place.
   *
   * @param gradient (P), P the last tensor offset
   * @return the norm of the whole gradient before clipping; NaN or infinite if and only if a number
   *     of it is not finite, and then nothing was changed
   * @throws IllegalArgumentException if the length is not P
   */
  public double clip(float[] gradient) {
    int size = tensorOffsets[tensorOffsets.length - 1];
    if (gradient.length != size) {
      throw new IllegalArgumentException(
          "clipping: gradient has length " + gradient.length + "; it must be " + size + ".");
    }
    double norm = Math.sqrt(sumOfSquares(gradient, 0, size));
    if (Double.isFinite(norm)) {
      switch (kind) {
        case none -> {}
        case globalNorm -> shorten(gradient, 0, size, norm);
        case norm -> clipTensors(gradient);
        case value -> clipValues(gradient, (float) threshold);
      }
    }
    return norm;
  }

  /** The norm of a whole gradient, which stays as it is; as {@link #clip} returns it. */
  public double norm(float[] gradient) {
    return Math.sqrt(sumOfSquares(gradient, 0, gradient.length));
  }

  private void clipTensors(float[] gradient) {
    for (int k = 1; k < tensorOffsets.length; k++) {
      int from = tensorOffsets[k - 1];
      int to = tensorOffsets[k];
      shorten(gradient, from, to, Math.sqrt(sumOfSquares(gradient, from, to)));
    }
  }

  private void shorten(float[] gradient, int from, int to, double norm) {
    if (norm > threshold) {
      double factor = threshold / norm;
      for (int i = from; i < to; i++) {
        gradient[i] = (float) (gradient[i] * factor);
      }
    }
  }

  private static void clipValues(float[] gradient, float limit) {
    for (int i = 0; i < gradient.length; i++) {
      gradient[i] = Math.min(Math.max(gradient[i], -limit), limit);
    }
  }

  /** Four sums side by side: one alone waits for each addition to end before the next begins. */
  private static double sumOfSquares(float[] values, int from, int to) {
    double sum0 = 0;
    double sum1 = 0;
    double sum2 = 0;
    double sum3 = 0;
    int i = from;
    for (; i < to - 3; i += 4) {
      sum0 += (double) values[i] * values[i];
      sum1 += (double) values[i + 1] * values[i + 1];
      sum2 += (double) values[i + 2] * values[i + 2];
      sum3 += (double) values[i + 3] * values[i + 3];
    }
    for (; i < to; i++) {
      sum0 += (double) values[i] * values[i];
    }
    return (sum0 + sum1) + (sum2 + sum3);
  }

  /** The first place that holds NaN or an infinity, or -1. */
  public static int firstNotFinite(float[] values) {
    for (int i = 0; i < values.length; i++) {
      if (!Float.isFinite(values[i])) {
        return i;
      }
    }
    return -1;
  }
}
