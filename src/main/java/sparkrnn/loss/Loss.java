package sparkrnn.loss;

/**
 * What the outputs of a network cost against targets.
 *
 * <p>A loss is a function of one sequence's outputs and targets; of many sequences it is the sum of
 * theirs, each times its weight.
 */
public interface Loss {

  /** How many outputs stand for one target; outputs must be a multiple of it. */
  default int outputsPerTarget() {
    return 1;
  }

  /** The width of the row of targets that go with so many outputs. */
  default int targets(int outputs) {
    return outputs;
  }

  /**
   * The weighted sum of the losses.
   *
   * @param predictions (sequences, outputs)
   * @param targets (sequences, {@link #targets targets(outputs)})
   * @param weights (sequences)
   */
  double weightedSum(
      float[] predictions, float[] targets, float[] weights, int sequences, int outputs);

  /**
   * Overwrites {@code gradient} with the gradient of {@code scale} times {@link #weightedSum} by
   * the predictions.
   *
   * @param gradient (sequences, outputs)
   */
  void writeGradient(
      float[] gradient,
      float[] predictions,
      float[] targets,
      float[] weights,
      float scale,
      int sequences,
      int outputs);

  /**
   * Overwrites the outputs for one sequence with what they stand for: probabilities where the loss
   * takes logits, quantiles, or the parameters of distributions; by default the outputs themselves.
   */
  default void activate(double[] outputs) {}
}
