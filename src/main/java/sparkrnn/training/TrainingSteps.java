package sparkrnn.training;

/** Where the training steps of mini-batches are made: at the driver, or by the workers. */
interface TrainingSteps {

  /** Begins where the parameters, the optimizer and the progress of the driver stand. */
  default void begin() {}

  /**
   * Makes the training step of the batch that the progress stands at: asks for the gradient, clips
   * it, moves the parameters.
   *
   * @throws DivergedException if loss or gradient is not finite
   */
  void train(double learningRate);

  /** The loss of the last batch, with penalty. */
  double loss();

  /** The norm of the gradient of the last batch before clipping. */
  double norm();

  /**
   * Sums of squares of the gradient of the last batch before clipping, over the pieces of the
   * measure of {@link SliceSpec#clippingOfTensors}.
   */
  double[] squares();

  /** Brings the state of the last step to the driver: before it is looked at or written. */
  default void collect() {}
}
