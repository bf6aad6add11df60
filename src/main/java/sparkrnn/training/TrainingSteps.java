package sparkrnn.training;

import sparkrnn.optim.LearningRateSchedule;

/** Where the training steps of mini-batches are made: at the driver, or by the workers. */
interface TrainingSteps {

  /** Begins where the parameters, the optimizer and the progress of the driver stand. */
  default void begin() {}

  /**
   * Makes the training step of the batch that the progress stands at: asks for the gradient, clips
   * it, moves the parameters. Where workers make several by themselves, those that follow too, at
   * most to the end of the epoch.
   *
   * @return how many
   * @throws DivergedException if loss or gradient is not finite
   */
  int train(LearningRateSchedule schedule);

  /** The loss of the i-th of the last batches, with penalty. */
  double loss(int i);

  /** The norm of the gradient of the i-th of the last batches before clipping. */
  double norm(int i);

  /**
   * Sums of squares of the gradient of the last batch before clipping, over the pieces of the
   * measure of {@link SliceSpec#clippingOfTensors}; empty where replicas have gradients of their
   * own.
   */
  double[] squares();

  /** Brings the state of the last step to the driver: before it is looked at or written. */
  default void collect() {}
}
