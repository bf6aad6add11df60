package sparkrnn.optim;

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
 * <p>Norms are summed in double as {@link GradientNorm} does, so that equal gradients give equal
 * bits. What is short enough already keeps its bits. Not for several threads at once.
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
  private final GradientNorm measure;

  /** What {@link #norms} writes: of the whole gradient, then of each tensor if they are clipped. */
  private final double[] norms;

  private GradientClipping(Kind kind, double threshold, GradientNorm measure) {
    this.kind = kind;
    this.threshold = threshold;
    this.measure = measure;
    this.norms = new double[kind == Kind.norm ? 1 + measure.tensors() : 1];
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
    return new GradientClipping(kind, threshold, new GradientNorm(tensorOffsets));
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

  /**
   * Clips {@code gradient} in place.
   *
   * @param gradient (P), P the last tensor offset
   * @return the norm of the whole gradient before clipping; NaN or infinite if and only if a number
   *     of it is not finite, and then nothing was changed
   * @throws IllegalArgumentException if the length is not P
   */
  public double clip(float[] gradient) {
    int size = measure.size();
    if (gradient.length != size) {
      throw new IllegalArgumentException(
          "clipping: gradient has length " + gradient.length + "; it must be " + size + ".");
    }
    norms[0] = measure.ofAll(gradient);
    for (int k = 1; k < norms.length; k++) {
      norms[k] = measure.ofTensor(k - 1, gradient);
    }
    clip(gradient, 0, norms, 0);
    return norms[0];
  }

  /**
   * The same of a gradient that was measured before.
   *
   * @param sums of all pieces of {@link #measure} of it
   */
  public void clip(float[] gradient, double[] sums) {
    norms(sums, norms, 0);
    clip(gradient, 0, norms, 0);
  }

  /**
   * Clips a slice of a gradient in place, to the bits that {@link #clip(float[])} gives it.
   *
   * @param slice the numbers of the gradient from {@code from} on
   * @param norms those of the whole gradient, as {@link #norms} writes them
   * @param at where they begin
   */
  public void clip(float[] slice, int from, double[] norms, int at) {
    if (!Double.isFinite(norms[at])) {
      return;
    }
    switch (kind) {
      case none -> {}
      case globalNorm -> shorten(slice, 0, slice.length, norms[at]);
      case norm -> clipTensors(slice, from, norms, at + 1);
      case value -> clipValues(slice, (float) threshold);
    }
  }

  /** Whether what a number is clipped to depends on others. */
  public boolean byNorm() {
    return kind == Kind.globalNorm || kind == Kind.norm;
  }

  /** How the norms of gradients are summed. */
  public GradientNorm measure() {
    return measure;
  }

  /** How many numbers {@link #norms} writes. */
  public int normCount() {
    return norms.length;
  }

  /**
   * Writes the norms by which a gradient is clipped.
   *
   * @param sums of all pieces of {@link #measure}
   * @param into from {@code at} on
   */
  public void norms(double[] sums, double[] into, int at) {
    into[at] = measure.ofAll(sums);
    for (int k = 1; k < norms.length; k++) {
      into[at + k] = measure.ofTensor(k - 1, sums);
    }
  }

  private void clipTensors(float[] slice, int from, double[] tensorNorms, int at) {
    for (int k = 0; k < measure.tensors(); k++) {
      int start = Math.max(measure.tensorStart(k) - from, 0);
      int end = Math.min(measure.tensorStart(k + 1) - from, slice.length);
      shorten(slice, start, end, tensorNorms[at + k]);
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
