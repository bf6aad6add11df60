package sparkrnn.training;

import java.util.Optional;
import sparkrnn.data.WorkerShare;
import sparkrnn.exchange.ContributionShape;
import sparkrnn.exchange.RoundWorker;
import sparkrnn.exchange.Slices;
import sparkrnn.exchange.WorkerProgram;
import sparkrnn.network.Network;

/**
 * Workers that share the parameters. Rounds carry none of them; what crosses the driver are losses,
 * sums of squares, and, to load and to store, the slices.
 *
 * @param shards what each worker computes
 * @param spec how it makes the steps of its slice
 */
record ShardedWorkerProgram(ShardWorkerProgram shards, SliceSpec spec)
    implements WorkerProgram<WorkerShare> {

  private static final long serialVersionUID = 1L;

  @Override
  public RoundWorker start(WorkerShare share) {
    Network network = new Network(shards.spec(), shards.segmentation());
    ShardWorker worker =
        new ShardWorker(share, shards.plan(), network, shards.subtrees(share.worker()));
    return new ShardedWorker(
        share.worker(), worker, shards.shape(share.worker()), network.layout(), this);
  }

  @Override
  public ContributionShape shape(int worker) {
    ContributionShape inner = shards.shape(worker);
    int pieces = pieces(worker) * (spec.optimizer().accumulationSteps() > 1 ? 2 : 1);
    return new ContributionShape(
        inner.losses(),
        spec.arrays(),
        sharing().length(worker),
        inner.states(),
        pieces + SliceArguments.OTHER_MEASURES);
  }

  /** How many sums of squares make up the norm of a worker's slice. */
  private int pieces(int worker) {
    Slices slices = sharing();
    int from = slices.from(worker);
    return spec.clippingOfTensors().measure().pieces(from, from + slices.length(worker));
  }

  @Override
  public int parameterCount() {
    return 0;
  }

  @Override
  public int stateCount() {
    return shards.stateCount();
  }

  @Override
  public int argumentCount() {
    return SliceArguments.NORMS + spec.clippingOfTensors().normCount();
  }

  @Override
  public int partCount(int worker) {
    return Math.multiplyExact(spec.arrays(), sharing().length(worker));
  }

  @Override
  public Optional<Slices> slices() {
    return Optional.of(sharing());
  }

  /** Who owns what. */
  Slices sharing() {
    return shards.sharing(shards.parameterCount(), spec.bfloat16());
  }
}
