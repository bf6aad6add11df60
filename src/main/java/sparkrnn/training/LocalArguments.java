package sparkrnn.training;

/** What the arguments and measures of rounds with local steps mean. */
final class LocalArguments {

  /** The mean weight of an example. */
  static final int MEAN_WEIGHT = 0;

  /** Training steps done before the round. Exact below 2^53. */
  static final int STEP = 1;

  /** How many batches the round has: the one that it names and those that follow. */
  static final int BATCHES = 2;

  /** The first of the learning rates of these batches. */
  static final int RATES = 3;

  /** Measures of each replica in each batch: norm, first place that is not finite, penalty. */
  static final int MEASURES = 3;

  static final int NORM = 0;
  static final int PLACE = 1;
  static final int PENALTY = 2;

  private LocalArguments() {}
}
