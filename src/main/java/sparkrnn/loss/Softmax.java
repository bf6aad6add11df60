package sparkrnn.loss;

/** softmax(x) = exp(x - max x) / sum exp(x - max x), with bits that are the same everywhere. */
final class Softmax {

  private Softmax() {}

  /** log sum exp(x) over {@code x[from .. from + size)}; overflows nowhere. */
  static double logSumExp(float[] x, int from, int size) {
    float largest = x[from];
    for (int i = from + 1; i < from + size; i++) {
      largest = Math.max(largest, x[i]);
    }
    double sum = 0;
    for (int i = from; i < from + size; i++) {
      sum += StrictMath.exp((double) x[i] - largest);
    }
    return largest + StrictMath.log(sum);
  }

  /** Overwrites x with its softmax. */
  static void activate(double[] x) {
    double largest = Double.NEGATIVE_INFINITY;
    for (double each : x) {
      largest = Math.max(largest, each);
    }
    double sum = 0;
    for (int k = 0; k < x.length; k++) {
      x[k] = StrictMath.exp(x[k] - largest);
      sum += x[k];
    }
    for (int k = 0; k < x.length; k++) {
      x[k] /= sum;
    }
  }
}
