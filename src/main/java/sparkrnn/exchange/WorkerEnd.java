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

  @Override
  void close();
}
