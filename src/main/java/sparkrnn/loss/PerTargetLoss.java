package sparkrnn.loss;

/**
 * A loss that is the mean over the targets of a sequence of what each costs by outputs of its own.
 *
 * <p>The outputs of a target stand side by side, and so do the numbers of a target: the outputs of
 * target i begin at i {@link #outputsPerTarget}, its numbers at i {@link #numbersPerTarget}.
 */
interface PerTargetLoss extends Loss {

  /** Numbers of a target's part of the target row. */
  default int numbersPerTarget() {
    return 1;
  }

  /** What one target costs whose outputs begin at a place and whose numbers at another. */
  double value(float[] predictions, int output, float[] targets, int number);

  /** Overwrites a target's part of the gradient with factor times the slope of {@link #value}. */
  void writeGradient(
      float[] gradient,
      float[] predictions,
      int output,
      float[] targets,
      int number,
      double factor);

  @Override
  default int targets(int outputs) {
    return outputs / outputsPerTarget() * numbersPerTarget();
  }

  @Override
  default double weightedSum(
      float[] predictions, float[] targets, float[] weights, int sequences, int outputs) {
    int count = outputs / outputsPerTarget();
    double sum = 0;
    for (int s = 0; s < sequences; s++) {
      double ofSequence = 0;
      for (int i = s * count; i < (s + 1) * count; i++) {
        ofSequence += value(predictions, i * outputsPerTarget(), targets, i * numbersPerTarget());
      }
      sum += weights[s] * (ofSequence / count);
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
    int count = outputs / outputsPerTarget();
    for (int s = 0; s < sequences; s++) {
      double factor = (double) scale * weights[s] / count;
      for (int i = s * count; i < (s + 1) * count; i++) {
        int output = i * outputsPerTarget();
        writeGradient(gradient, predictions, output, targets, i * numbersPerTarget(), factor);
      }
    }
  }
}
