package sparkrnn.training;

import java.util.Optional;
import sparkrnn.data.WorkerShare;
import sparkrnn.exchange.ContributionShape;
import sparkrnn.exchange.RoundWorker;
import sparkrnn.exchange.Slices;
import sparkrnn.exchange.WorkerProgram;

/**
 * Workers whose replicas make several training steps in a round, and that average what these have
 * come to among each other, each a slice of it.
 *
 * @param local what each worker does by itself
 */
record ShardedLocalWorkerProgram(LocalWorkerProgram local) implements WorkerProgram<WorkerShare> {

  private static final long serialVersionUID = 1L;

  @Override
  public RoundWorker start(WorkerShare share) {
    return new ShardedLocalWorker(share.worker(), local.start(share), this);
  }

  @Override
  public ContributionShape shape(int worker) {
    return local.shape(worker, 1, sharing().length(worker));
  }

  @Override
  public int parameterCount() {
    return 0;
  }

  @Override
  public int stateCount() {
    return local.stateCount();
  }

  @Override
  public int argumentCount() {
    return local.argumentCount();
  }

  @Override
  public int partCount(int worker) {
    return sharing().length(worker);
  }

  @Override
  public Optional<Slices> slices() {
    return Optional.of(sharing());
  }

  /** Who averages what. */
  Slices sharing() {
    return local.shards().sharing(local.parameterCount(), false);
  }
}
