package sparkrnn.exchange;

import java.io.Serializable;

/** Travels to an executor and connects its task to the driver. */
interface WorkerConnector extends Serializable {

  /**
   * The worker's end.
   *
   * @param program says how much a round carries
   * @throws ExchangeException if the driver can't be reached
   */
  WorkerEnd connect(int worker, ContributionShape shape, WorkerProgram<?> program);
}
