package sparkrnn.training;

import sparkrnn.exchange.Contribution;
import sparkrnn.exchange.ContributionShape;
import sparkrnn.exchange.Peers;
import sparkrnn.exchange.Round;
import sparkrnn.exchange.RoundWorker;
import sparkrnn.exchange.Slices;
import sparkrnn.optim.GradientClipping;
import sparkrnn.parameter.ParameterLayout;

/**
 * A worker that keeps all parameters and owns a slice of them: computes the gradient of its shards
 * as any worker does, gets its slice of everybody's, makes the step of its slice and hands it to
 * everybody.
 */
final class ShardedWorker implements RoundWorker {

  private final int worker;
  private final ShardWorker shards;
  private final Round inner;
  private final Contribution sums;
  private final ParameterSlice slice;
  private final int from;
  private final Regularization regularization;
  private final FrozenTensors frozen;
  private final SliceReduction reduction;

  /**
   * Before the first round, in which it is told the state to go on from.
   *
   * @param shards what computes gradients and losses
   * @param sums what it writes them to
   * @param layout of the parameters
   */
  ShardedWorker(
      int worker,
      ShardWorker shards,
      ContributionShape sums,
      ParameterLayout layout,
      ShardedWorkerProgram program) {
    Slices slices = program.sharing();
    SliceSpec spec = program.spec();
    GradientClipping clipping = spec.clippingOfTensors();
    this.worker = worker;
    this.shards = shards;
    this.inner = new Round(layout.size(), program.stateCount());
    this.sums = new Contribution(sums);
    this.from = slices.from(worker);
    this.slice = new ParameterSlice(from, slices.length(worker), spec, clipping);
    this.frozen = new FrozenTensors(layout, spec.frozen());
    this.regularization = new Regularization(layout, spec.regularization(), frozen);
    this.reduction = new SliceReduction(worker, slices, program.shards().treeTop());
  }

  @Override
  public void meet(Peers others) {
    reduction.meet(others, inner.parameters);
  }

  @Override
  public void compute(Round round, Contribution contribution) {
    contribution.hasSums = false;
    switch (RoundKind.of(round.kind)) {
      case TRAIN -> train(round, contribution);
      case APPLY -> {
        slice.step(
            round.arguments[SliceArguments.RATE],
            round.arguments,
            SliceArguments.NORMS,
            inner.parameters);
        spread();
      }
      case LOAD -> load(round);
      case STORE -> {
        slice.store(contribution.sums, inner.parameters);
        contribution.hasSums = true;
      }
      default -> computeShards(round, contribution);
    }
  }

  private void load(Round round) {
    slice.load(round.part, (long) round.arguments[SliceArguments.STEP], inner.parameters);
    reduction.spread(inner.parameters);
    frozen.keep(inner.parameters);
  }

  private void computeShards(Round round, Contribution contribution) {
    inner.kind = round.kind;
    inner.epoch = round.epoch;
    inner.batch = round.batch;
    inner.scale = round.scale;
    System.arraycopy(round.states, 0, inner.states, 0, inner.states.length);
    shards.compute(inner, sums);
    System.arraycopy(sums.losses, 0, contribution.losses, 0, sums.losses.length);
    System.arraycopy(sums.states, 0, contribution.states, 0, sums.states.length);
  }

  private void train(Round round, Contribution contribution) {
    double[] measures = contribution.measures;
    // Before others may send new parameters; one of all workers is enough.
    measures[measures.length - 1] = worker == 0 ? regularization.penalty(inner.parameters) : 0;
    computeShards(round, contribution);
    float[] gradient = reduce();
    long step = (long) round.arguments[SliceArguments.STEP];
    measures[measures.length - 2] = SliceArguments.firstNotFinite(gradient, from);
    if (slice.take(gradient, step, measures)) {
      slice.step(round.arguments[SliceArguments.RATE], inner.parameters);
      spread();
    }
  }

  /** This worker's slice of the gradient of the batch, with that of the penalty. */
  private float[] reduce() {
    float[] gradient = reduction.sum(sums.sums);
    regularization.addGradient(inner.parameters, gradient, from);
    frozen.clear(gradient, from);
    return gradient;
  }

  /** Columns may lie in several slices, so that everybody limits all of them. */
  private void spread() {
    reduction.spread(inner.parameters);
    regularization.limit(inner.parameters);
    frozen.restore(inner.parameters);
  }
}
