package sparkrnn.training;

import sparkrnn.exchange.Contribution;
import sparkrnn.exchange.Peers;
import sparkrnn.exchange.Round;
import sparkrnn.exchange.RoundWorker;
import sparkrnn.exchange.Slices;

/**
 * A worker that averages a slice of what all replicas have come to. It makes the training steps of
 * its own by itself, gets its slice of everybody's sums, and hands the averages to everybody.
 */
final class ShardedLocalWorker implements RoundWorker {

  private final LocalWorker local;
  private final Round inner;
  private final Contribution sums;
  private final int from;
  private final int length;
  private final int replicas;
  private final SliceReduction reduction;

  /**
   * Before the first round, in which it is told the state to go on from.
   *
   * @param local what it does by itself
   */
  ShardedLocalWorker(int worker, LocalWorker local, ShardedLocalWorkerProgram program) {
    LocalWorkerProgram alone = program.local();
    Slices slices = program.sharing();
    this.local = local;
    this.inner =
        new Round(
            new float[alone.parameterCount()],
            new float[alone.stateCount()],
            alone.argumentCount(),
            0);
    this.sums = new Contribution(alone.shape(worker));
    this.from = slices.from(worker);
    this.length = slices.length(worker);
    this.replicas = alone.shards().plan().shards();
    this.reduction = new SliceReduction(worker, slices, alone.shards().treeTop());
  }

  @Override
  public void meet(Peers others) {
    reduction.meet(others, inner.parameters);
  }

  @Override
  public void compute(Round round, Contribution contribution) {
    contribution.hasSums = false;
    switch (RoundKind.of(round.kind)) {
      case LOAD -> {
        System.arraycopy(round.part, 0, inner.parameters, from, length);
        reduction.spread(inner.parameters);
      }
      case STORE -> {
        System.arraycopy(inner.parameters, from, contribution.sums[0], 0, length);
        contribution.hasSums = true;
      }
      default -> computeAlone(round, contribution);
    }
  }

  private void computeAlone(Round round, Contribution contribution) {
    inner.kind = round.kind;
    inner.epoch = round.epoch;
    inner.batch = round.batch;
    System.arraycopy(round.states, 0, inner.states, 0, inner.states.length);
    System.arraycopy(round.arguments, 0, inner.arguments, 0, inner.arguments.length);
    local.compute(inner, sums);
    System.arraycopy(sums.losses, 0, contribution.losses, 0, sums.losses.length);
    System.arraycopy(sums.measures, 0, contribution.measures, 0, sums.measures.length);
    System.arraycopy(sums.states, 0, contribution.states, 0, sums.states.length);
    if (sums.hasSums) {
      average();
    }
  }

  private void average() {
    LocalSteps.divide(reduction.sum(sums.sums), replicas, inner.parameters, from);
    reduction.spread(inner.parameters);
    local.restoreFrozen(inner.parameters);
  }
}
