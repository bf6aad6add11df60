package sparkrnn.training;

import java.util.List;
import java.util.stream.IntStream;
import sparkrnn.data.BatchPlan;
import sparkrnn.data.WorkerShare;
import sparkrnn.exchange.ContributionShape;
import sparkrnn.exchange.RoundWorker;
import sparkrnn.exchange.Slices;
import sparkrnn.exchange.WorkerProgram;
import sparkrnn.network.Network;
import sparkrnn.network.NetworkSpec;
import sparkrnn.optim.GradientNorm;
import sparkrnn.sequence.Segmentation;
import sparkrnn.training.ReductionTree.Node;

/**
 * Ships the description of the work, not its buffers: executors build their network from the spec.
 *
 * @param segmentation how the gradient goes back through long sequences
 * @param workers tasks that share the virtual partitions
 * @param parameterCount length of the flat array
 * @param stateSize numbers that each sequence carries from batch to batch; 0 where it carries none
 */
record ShardWorkerProgram(
    NetworkSpec spec,
    Segmentation segmentation,
    BatchPlan plan,
    int workers,
    int parameterCount,
    int stateSize)
    implements WorkerProgram<WorkerShare> {

  private static final long serialVersionUID = 1L;

  @Override
  public RoundWorker start(WorkerShare share) {
    return new ShardWorker(share, plan, new Network(spec, segmentation), subtrees(share.worker()));
  }

  @Override
  public ContributionShape shape(int worker) {
    int from = plan.firstShard(worker, workers);
    int to = plan.firstShard(worker + 1, workers);
    return new ContributionShape(
        to - from, subtrees(worker).size(), parameterCount, stateStart(to) - stateStart(from), 0);
  }

  @Override
  public int stateCount() {
    return stateStart(plan.shards());
  }

  private int stateStart(int shard) {
    return Math.toIntExact(plan.partitionStart(shard) * stateSize);
  }

  /** How the driver, or who else has the sums of all workers, adds them up. */
  TreeTop treeTop() {
    return new TreeTop(
        IntStream.range(0, workers).mapToObj(this::subtrees).toList(), plan.shards());
  }

  /**
   * Who owns what of the sums of all workers.
   *
   * @param numbers of a sum
   * @param bfloat16 whether sums cross in 16 bits
   */
  Slices sharing(int numbers, boolean bfloat16) {
    int[] sums = IntStream.range(0, workers).map(worker -> subtrees(worker).size()).toArray();
    return new Slices(Slices.bounds(numbers, workers, GradientNorm.BLOCK), sums, bfloat16);
  }

  /** The subtrees that a worker adds up. */
  List<Node> subtrees(int worker) {
    return ReductionTree.cover(
        plan.firstShard(worker, workers), plan.firstShard(worker + 1, workers), plan.shards());
  }
}
