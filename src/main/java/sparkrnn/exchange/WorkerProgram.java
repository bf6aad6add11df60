package sparkrnn.exchange;

import java.io.Serializable;
import java.util.Optional;

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

  /** How many numbers {@link Round#arguments} has. */
  default int argumentCount() {
    return 0;
  }

  /** How many numbers {@link Round#part} has for a worker. */
  default int partCount(int worker) {
    return 0;
  }

  /** How the workers share the parameters, where they reach each other. */
  default Optional<Slices> slices() {
    return Optional.empty();
  }
}
