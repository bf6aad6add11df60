package sparkrnn.training;

import java.util.List;
import sparkrnn.data.WorkerShare;
import sparkrnn.exchange.ContributionShape;
import sparkrnn.exchange.WorkerProgram;
import sparkrnn.network.Network;

/**
 * Workers whose replicas make several training steps in a round.
 *
 * @param shards what each worker computes
 * @param spec how a step is made
 * @param localSteps most training steps of a round, at least 1
 */
record LocalWorkerProgram(ShardWorkerProgram shards, SliceSpec spec, int localSteps)
    implements WorkerProgram<WorkerShare> {

  private static final long serialVersionUID = 1L;

  @Override
  public LocalWorker start(WorkerShare share) {
    Network network = new Network(shards.spec(), shards.segmentation());
    ShardWorker computing = new ShardWorker(share, shards.plan(), network, List.of());
    return new LocalWorker(
        LocalTools.of(computing, shards.plan(), spec, network.layout()),
        shards.subtrees(share.worker()),
        shards.plan().firstShard(share.worker(), shards.workers()),
        shards.shape(share.worker()),
        shards.stateCount());
  }

  @Override
  public ContributionShape shape(int worker) {
    return shape(worker, shards.subtrees(worker).size(), parameterCount());
  }

  /** With so many sums of such a length. */
  ContributionShape shape(int worker, int sums, int length) {
    ContributionShape inner = shards.shape(worker);
    int losses = inner.losses() * batches();
    return new ContributionShape(
        losses, sums, length, inner.states(), losses * LocalArguments.MEASURES);
  }

  /** The state: parameters and what the optimizer keeps. */
  @Override
  public int parameterCount() {
    return FlatState.length(spec, shards.parameterCount());
  }

  @Override
  public int stateCount() {
    return shards.stateCount();
  }

  @Override
  public int argumentCount() {
    return argumentCount(batches());
  }

  static int argumentCount(int batches) {
    return LocalArguments.RATES + batches;
  }

  /** The most batches of a round, which ends where an epoch does. */
  private int batches() {
    return Math.min(localSteps, shards.plan().batches());
  }
}
