package sparkrnn.exchange;

/** The worker's end of an exchange whose workers live for the whole fit. */
interface WorkerEnd extends AutoCloseable {

  /**
   * Hands over the contribution to the round before and waits for the next round.
   *
   * @param previous null in the first call
   * @return null when the fit is over; otherwise valid until the next call
   */
  Round next(Contribution previous);

  /** Lets the worker meet the others, where the exchange lets workers reach each other. */
  default void introduce(RoundWorker worker) {}

  /**
   * Lets the driver compute this worker's rounds in its own thread, where it can, and returns when
   * the fit is over; otherwise false at once, and the rounds are to be asked for by {@link #next}.
   *
   * @param contribution what the worker is to overwrite
   */
  default boolean lend(RoundWorker worker, Contribution contribution) {
    return false;
  }

  @Override
  void close();
}
