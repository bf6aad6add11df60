package sparkrnn.loss;

/**
 * The cross entropy of one class among K, on logits, where the target is the place of the class.
 *
 * <pre>
 *   p      = softmax(x) = exp(x - max x) / sum exp(x - max x)
 *   loss   = log sum exp(x) - x(y)
 *   dx(k)  = p(k) - [k = y]
 * </pre>
 *
 * <p>Targets are whole numbers of [0, K), one a sequence. Computed in double precision with
 * StrictMath, whose bits are the same on every machine.
 *
 * <p>Source: Keras' SparseCategoricalCrossentropy with from_logits.
 */
public final class SparseCrossEntropy implements Loss {

  @Override
  public int targets(int outputs) {
    return 1;
  }

  @Override
  public double weightedSum(
      float[] predictions, float[] targets, float[] weights, int sequences, int outputs) {
    double sum = 0;
    for (int s = 0; s < sequences; s++) {
      int first = s * outputs;
      double logSum = Softmax.logSumExp(predictions, first, outputs);
      sum += weights[s] * (logSum - predictions[first + (int) targets[s]]);
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
      int first = s * outputs;
      double logSum = Softmax.logSumExp(predictions, first, outputs);
      for (int i = first; i < first + outputs; i++) {
        gradient[i] = (float) (factor * StrictMath.exp(predictions[i] - logSum));
      }
      int y = first + (int) targets[s];
      gradient[y] = (float) (factor * (StrictMath.exp(predictions[y] - logSum) - 1));
    }
  }

  /** Softmax. */
  @Override
  public void activate(double[] outputs) {
    Softmax.activate(outputs);
  }
}
