package sparkrnn.exchange;

import java.io.Serializable;

/**
 * What is shipped to the executors to make workers there.
 *
 * @param <S> the data of one worker
 */
public interface WorkerProgram<S> extends Serializable {

  /** Prepares a worker for its data: allocates its buffers. */
  RoundWorker start(S share);

  /** How much the worker of this number answers. */
  ContributionShape shape(int worker);

  /** How many parameters a round carries. */
  int parameterCount();

  /** How many numbers of state a round carries. */
  default int stateCount() {
    return 0;
  }
}
