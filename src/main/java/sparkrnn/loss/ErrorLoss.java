package sparkrnn.loss;

/**
 * A loss of the error alone, prediction minus target.
 *
 * <p>The loss of one sequence is the mean over its outputs of {@link #value}, as in Keras.
 */
public interface ErrorLoss extends Loss {

  /** The loss of one output whose error is prediction minus target; at least 0. */
  double value(double error);

  /** The derivative of {@link #value}; where there is none, as for |0|, it is 0. */
  double derivative(double error);

  @Override
  default double weightedSum(
      float[] predictions, float[] targets, float[] weights, int sequences, int outputs) {
    double sum = 0;
    for (int s = 0; s < sequences; s++) {
      double ofSequence = 0;
      for (int i = s * outputs; i < (s + 1) * outputs; i++) {
        ofSequence += value((double) predictions[i] - targets[i]);
      }
      sum += weights[s] * (ofSequence / outputs);
    }
    return sum;
  }

  @Override
  default void writeGradient(
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
        gradient[i] = (float) (factor * derivative((double) predictions[i] - targets[i]));
      }
    }
  }
}
