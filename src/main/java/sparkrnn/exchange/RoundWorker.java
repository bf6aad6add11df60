package sparkrnn.exchange;

/** The part of a worker that computes; used by one thread at a time. */
@FunctionalInterface
public interface RoundWorker {

  /**
   * Overwrites the contribution to a round: a pure function of the round and of the worker's data,
   * so that a round can be asked again after a failure.
   */
  void compute(Round round, Contribution contribution);

  /** Called before the first round by exchanges whose workers reach each other. */
  default void meet(Peers peers) {}
}
