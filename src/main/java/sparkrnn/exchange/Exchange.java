package sparkrnn.exchange;

import java.util.List;

/**
 * How rounds and contributions cross between the driver and the workers of one fit. All
 * implementations give the same bits. Used by one thread; {@link #close} may be called twice.
 */
public interface Exchange extends AutoCloseable {

  /** Its name in params, histories and messages. */
  String name();

  /**
   * Waits a while for the workers to be ready for their first round.
   *
   * @return false if they are not because the cluster has had no room for all of them; they are
   *     then still to come
   * @throws ExchangeException if they have begun and can't be reached, or the fit was cancelled
   */
  default boolean awaitStart(long millis) {
    return true;
  }

  /**
   * Sends a round to every worker and waits for all contributions.
   *
   * @return by the number of the worker; read them before the next round, which overwrites them
   * @throws ExchangeException if a worker is lost; nothing is known of the round then, and this
   *     exchange is of no more use
   */
  List<Contribution> round(Round round);

  /** Lets the workers end and frees what the exchange holds. */
  @Override
  void close();
}
