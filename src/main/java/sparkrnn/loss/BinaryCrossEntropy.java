package sparkrnn.loss;

/**
 * The cross entropy of K labels of which each holds or not, on logits; the mean over the labels.
 *
 * <pre>
 *   p(k)   = sigmoid(x(k)) = 1 / (1 + exp(-x(k)))
 *   loss   = mean over k of max(x, 0) - x y + log(1 + exp(-|x|))
 *   dx(k)  = (p(k) - y(k)) / K
 * </pre>
 *
 * <p>Targets are in [0, 1]. Computed in double precision with StrictMath, whose bits are the same
 * on every machine.
 *
 * <p>Source: Keras' BinaryCrossentropy with from_logits.
 */
public final class BinaryCrossEntropy implements Loss {

  @Override
  public double weightedSum(
      float[] predictions, float[] targets, float[] weights, int sequences, int outputs) {
    double sum = 0;
    for (int s = 0; s < sequences; s++) {
      double ofSequence = 0;
      for (int i = s * outputs; i < (s + 1) * outputs; i++) {
        double x = predictions[i];
        ofSequence +=
            Math.max(x, 0) - x * targets[i] + StrictMath.log1p(StrictMath.exp(-Math.abs(x)));
      }
      sum += weights[s] * (ofSequence / outputs);
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
      double factor = (double) scale * weights[s] / outputs;
      for (int i = s * outputs; i < (s + 1) * outputs; i++) {
        gradient[i] = (float) (factor * (sigmoid(predictions[i]) - targets[i]));
      }
    }
  }

  private static double sigmoid(double x) {
    return 1 / (1 + StrictMath.exp(-x));
  }

  /** The sigmoid of each. */
  @Override
  public void activate(double[] outputs) {
    for (int k = 0; k < outputs.length; k++) {
      outputs[k] = sigmoid(outputs[k]);
    }
  }
}
