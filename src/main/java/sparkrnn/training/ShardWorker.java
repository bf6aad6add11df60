package sparkrnn.training;

import java.util.Arrays;
import java.util.List;
import sparkrnn.data.BatchPlan;
import sparkrnn.data.PackedExamples;
import sparkrnn.data.VirtualPartition;
import sparkrnn.data.WorkerShare;
import sparkrnn.exchange.Contribution;
import sparkrnn.exchange.Round;
import sparkrnn.exchange.RoundWorker;
import sparkrnn.network.Network;
import sparkrnn.network.NetworkWorkspace;
import sparkrnn.random.CounterRandom;
import sparkrnn.training.ReductionTree.Node;

/**
 * Computes losses and gradients of the sequences of one worker, shard by shard. After the buffers
 * have grown to the largest shard nothing is allocated.
 */
final class ShardWorker implements RoundWorker {

  /** Sequences of one piece where all sequences are gone through in the order of their ranks. */
  private static final int SWEEP_SHARD = 64;

  /** A stream of random numbers that no epoch's order and no parameter tensor takes. */
  private static final long DROPOUT_STREAM = -1;

  private final WorkerShare share;
  private final BatchPlan plan;
  private final Network network;
  private final NetworkWorkspace workspace;
  private final PackedExamples examples;
  private final List<Node> subtrees;
  private final int firstPartition;
  private final float[][] scratch;
  private final int[][] order;
  private final boolean dropout;
  private final CounterRandom dropoutRandom;
  private final int stateSize;
  private final long firstSequence;
  private float[] carried = new float[0];
  private int orderedEpoch = -1;
  private Round round;
  private Contribution contribution;

  ShardWorker(WorkerShare share, BatchPlan plan, Network network, List<Node> subtrees) {
    this.share = share;
    this.plan = plan;
    this.network = network;
    this.workspace = network.newWorkspace();
    this.examples =
        new PackedExamples(network.spec().inputs(), network.targets(), network.everyTimeStep());
    this.subtrees = subtrees;
    this.firstPartition = share.training().get(0).index();
    this.dropout = network.hasDropout();
    this.stateSize = plan.segmented() ? network.stateSize() : 0;
    this.firstSequence = plan.partitionStart(firstPartition);
    this.dropoutRandom = new CounterRandom(plan.seed(), DROPOUT_STREAM);
    int height = subtrees.stream().mapToInt(ReductionTree::height).max().orElse(0);
    this.scratch = new float[height][network.layout().size()];
    this.order = new int[share.training().size()][];
    for (int i = 0; i < order.length; i++) {
      order[i] = new int[share.training().get(i).size()];
    }
  }

  @Override
  public void compute(Round asked, Contribution into) {
    round = asked;
    contribution = into;
    Arrays.fill(into.losses, 0);
    switch (RoundKind.of(asked.kind)) {
      case TRAIN -> {
        shuffle(asked.epoch);
        sumGradients(this::writeBatchShard);
      }
      case FULL_GRADIENT -> sumGradients(this::writePartition);
      case TRAINING_LOSS -> sweepLosses(share.training());
      case VALIDATION_LOSS -> sweepLosses(share.validation());
      default ->
          throw new IllegalStateException(
              asked + " is for workers that own slices of the parameters.");
    }
  }

  /**
   * Overwrites a flat array with the gradient of one shard of a batch.
   *
   * @param asked its epoch, batch and scale count; the states that the shard ends in are put back
   *     into it
   * @param into gets the loss and the states of the shard, the others keep theirs
   */
  void computeShard(Round asked, int shard, float[] gradient, Contribution into) {
    round = asked;
    contribution = into;
    into.losses[shard - firstPartition] = 0;
    shuffle(asked.epoch);
    writeBatchShard(shard, gradient);
    int first = (int) plan.partitionStart(shard) * stateSize;
    int length = (int) plan.partitionStart(shard + 1) * stateSize - first;
    int at = first - (int) firstSequence * stateSize;
    System.arraycopy(into.states, at, asked.states, first, length);
  }

  private void shuffle(int epoch) {
    if (orderedEpoch != epoch && !plan.segmented()) {
      for (int i = 0; i < order.length; i++) {
        plan.shuffle(epoch, firstPartition + i, order[i]);
      }
      orderedEpoch = epoch;
    }
  }

  private void sumGradients(ReductionTree.Leaf leaf) {
    for (int i = 0; i < subtrees.size(); i++) {
      ReductionTree.sum(subtrees.get(i), leaf, contribution.sums[i], scratch);
    }
    contribution.hasSums = true;
  }

  private void writeBatchShard(int j, float[] gradient) {
    int local = j - firstPartition;
    int size = plan.shardSize(round.batch, j);
    Arrays.fill(gradient, 0);
    if (size > 0 && plan.segmented()) {
      writeSegment(j, local, gradient);
    } else if (size > 0) {
      int start = plan.shardStart(round.batch, j);
      expectNext(j, local);
      examples.pack(share.training().get(local), order[local], start, size);
      drawMasks(j);
      contribution.losses[local] = addGradient(gradient);
    }
  }

  /** The same shard of the next batch may be read while this one is computed. */
  private void expectNext(int j, int local) {
    int next = round.batch + 1;
    if (next < plan.batches()) {
      int size = plan.shardSize(next, j);
      share.training().get(local).expect(order[local], plan.shardStart(next, j), size);
    }
  }

  /** From the states that the lanes ended in before to those that they end in now. */
  private void writeSegment(int j, int local, float[] gradient) {
    VirtualPartition lanes = share.training().get(local);
    long first = plan.partitionStart(j);
    examples.packSteps(lanes, plan.firstStep(round.batch), plan.steps(round.batch));
    drawMasks(j);
    network.setStates(workspace, lanes.size(), round.states, (int) first * stateSize);
    contribution.losses[local] = addGradient(gradient);
    int at = (int) (first - firstSequence) * stateSize;
    network.copyStates(workspace, lanes.size(), contribution.states, at);
    network.clearStates(workspace);
  }

  /** From a place in the stream that is the shard's own in this batch of this epoch. */
  private void drawMasks(int j) {
    if (dropout) {
      long place = dropoutRandom.bits(plan.shardNumber(round.epoch, round.batch, j));
      network.drawMasks(workspace, examples.sequences(), dropoutRandom, place);
    }
  }

  private void writePartition(int j, float[] gradient) {
    int local = j - firstPartition;
    VirtualPartition partition = share.training().get(local);
    Arrays.fill(gradient, 0);
    for (int start = 0; start < partition.size(); start += SWEEP_SHARD) {
      examples.pack(partition, null, start, Math.min(SWEEP_SHARD, partition.size() - start));
      contribution.losses[local] += addGradient(gradient);
    }
  }

  private double addGradient(float[] gradient) {
    return network.addGradient(
        workspace,
        examples.sequences(),
        examples.x(),
        examples.targets(),
        examples.weights(),
        round.scale,
        round.parameters,
        gradient);
  }

  private void sweepLosses(List<VirtualPartition> partitions) {
    contribution.hasSums = false;
    for (int local = 0; local < partitions.size(); local++) {
      VirtualPartition partition = partitions.get(local);
      if (plan.segmented()) {
        sweepSegments(partition, local);
        continue;
      }
      for (int start = 0; start < partition.size(); start += SWEEP_SHARD) {
        examples.pack(partition, null, start, Math.min(SWEEP_SHARD, partition.size() - start));
        network.forward(workspace, examples.sequences(), examples.x(), round.parameters);
        contribution.losses[local] +=
            network.loss(workspace, examples.sequences(), examples.targets(), examples.weights());
      }
    }
  }

  /** The losses of lanes that are read from their begin to their end, from a state of zeros. */
  private void sweepSegments(VirtualPartition lanes, int local) {
    int size = lanes.size() * stateSize;
    carried = carried.length < size ? new float[size] : carried;
    Arrays.fill(carried, 0, size, 0f);
    int steps = lanes.size() == 0 ? 0 : lanes.timeSteps(0);
    for (int from = 0; from < steps; from += plan.segmentLength()) {
      examples.packSteps(lanes, from, Math.min(plan.segmentLength(), steps - from));
      network.setStates(workspace, lanes.size(), carried, 0);
      network.forward(workspace, examples.sequences(), examples.x(), round.parameters);
      network.copyStates(workspace, lanes.size(), carried, 0);
      contribution.losses[local] +=
          network.loss(workspace, examples.sequences(), examples.targets(), examples.weights());
    }
    network.clearStates(workspace);
  }
}
