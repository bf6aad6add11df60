package sparkrnn.data;

import java.io.Serializable;
import java.util.List;

/**
 * What the shares of all workers hold together.
 *
 * @param weights the sums of the weights, added in rank order
 * @param largestShareOfTimeSteps how much of all training time steps the worker with the most of
 *     them has, in [1 / workers, 1]
 */
public record ShareTotals(WeightSums weights, double largestShareOfTimeSteps) {

  /** What one worker adds. */
  record OfWorker(List<WeightSums> weights, long timeSteps) implements Serializable {

    static OfWorker of(WorkerShare share) {
      long timeSteps = 0;
      for (VirtualPartition partition : share.training()) {
        for (int sequence = 0; sequence < partition.size(); sequence++) {
          timeSteps += partition.timeSteps(sequence);
        }
      }
      return new OfWorker(WeightSums.perPartition(share), timeSteps);
    }
  }

  /**
   * @param workers in their order
   */
  static ShareTotals of(List<OfWorker> workers) {
    WeightSums weights =
        workers.stream()
            .flatMap(worker -> worker.weights().stream())
            .reduce(WeightSums.NONE, WeightSums::plus);
    long all = workers.stream().mapToLong(OfWorker::timeSteps).sum();
    long most = workers.stream().mapToLong(OfWorker::timeSteps).max().orElse(0);
    return new ShareTotals(weights, (double) most / Math.max(1, all));
  }
}
