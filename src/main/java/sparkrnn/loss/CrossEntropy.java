package sparkrnn.loss;

/**
 * The cross entropy of one class among K, on logits.
 *
 * <pre>
 *   p      = softmax(x) = exp(x - max x) / sum exp(x - max x)
 *   loss   = sum over k of y(k) (log sum exp(x) - x(k))
 *   dx     = p - y
 * </pre>
 *
 * <p>The targets y of a sequence are a distribution: at least 0, and 1 in sum; one class, or one
 * class with label smoothing. Computed in double precision with StrictMath, whose bits are the same
 * on every machine. Not divided by K, unlike the losses of errors.
 *
 * <p>Source: Keras' CategoricalCrossentropy with from_logits.
 */
public final class CrossEntropy implements Loss {

  @Override
  public double weightedSum(
      float[] predictions, float[] targets, float[] weights, int sequences, int outputs) {
    double sum = 0;
    for (int s = 0; s < sequences; s++) {
      double logSum = Softmax.logSumExp(predictions, s * outputs, outputs);
      double ofSequence = 0;
      for (int i = s * outputs; i < (s + 1) * outputs; i++) {
        ofSequence += targets[i] * (logSum - predictions[i]);
      }
      sum += weights[s] * ofSequence;
    }
    return sum;
  }

  @Override
  public void writeGradient(
      float[] gradient,
      float[] predictions,
      float[] targets,
      float[] weights,
      float scale,
      int sequences,
      int outputs) {
    for (int s = 0; s < sequences; s++) {
      double factor = (double) scale * weights[s];
      double logSum = Softmax.logSumExp(predictions, s * outputs, outputs);
      for (int i = s * outputs; i < (s + 1) * outputs; i++) {
        double p = StrictMath.exp(predictions[i] - logSum);
        gradient[i] = (float) (factor * (p - targets[i]));
      }
    }
  }

  /** Softmax. */
  @Override
  public void activate(double[] outputs) {
    Softmax.activate(outputs);
  }
}
