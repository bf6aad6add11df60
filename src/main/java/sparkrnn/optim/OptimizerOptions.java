package sparkrnn.optim;

/**
 * What only some optimizers read, by the names of the params.
 *
 * @param momentum of "sgd" and "rmsprop", in [0, 1)
 * @param nesterov whether "sgd" looks ahead along its momentum; needs momentum above 0
 * @param weightDecay of "adamW", at least 0
 */
public record OptimizerOptions(double momentum, boolean nesterov, double weightDecay) {

  /** Checks the ranges. */
  public OptimizerOptions {
    if (!(momentum >= 0 && momentum < 1)) {
      throw new IllegalArgumentException(
          "optimizer: momentum is " + momentum + "; it must be in [0, 1).");
    }
    if (!(weightDecay >= 0 && weightDecay < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "optimizer: weightDecay is " + weightDecay + "; it must be at least 0 and finite.");
    }
  }
}
