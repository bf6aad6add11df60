package sparkrnn.data;

import sparkrnn.sequence.PackedSequences;

/**
 * A shard of sequences with their targets and weights, as a network takes them.
 *
 * <p>Reused for shard after shard; allocates only when one is larger than every one before. Not
 * thread-safe.
 */
public final class PackedExamples {

  private final int features;
  private final int targets;
  private final boolean everyTimeStep;
  private final ShardBuffer shard;
  private float[] x = new float[0];
  private float[] y = new float[0];
  private float[] weights = new float[0];

  /**
   * An empty shard.
   *
   * @param features of a time step
   * @param targets numbers of a target
   * @param everyTimeStep whether every time step has a target, or each sequence one
   */
  public PackedExamples(int features, int targets, boolean everyTimeStep) {
    this.features = features;
    this.targets = targets;
    this.everyTimeStep = everyTimeStep;
    this.shard = new ShardBuffer(features + (everyTimeStep ? StepTargets.columns(targets) : 0));
  }

  /**
   * Takes sequences of a partition in place of those before.
   *
   * @param places the order of the partition's sequences; null for their own
   * @param start the first place in that order
   * @param size how many
   */
  public void pack(VirtualPartition partition, int[] places, int start, int size) {
    shard.clear();
    for (int i = start; i < start + size; i++) {
      partition.addTo(shard, places == null ? i : places[i]);
    }
    shard.pack();
    if (everyTimeStep) {
      split();
    } else {
      copyLabels(partition, places, start, size);
    }
  }

  /**
   * Takes the same time steps of all sequences of a partition in place of what was before. Only
   * where every time step has a target, and all sequences are as long.
   */
  public void packSteps(VirtualPartition partition, int fromStep, int steps) {
    shard.clear();
    for (int i = 0; i < partition.size(); i++) {
      partition.addTo(shard, i, fromStep, steps);
    }
    shard.pack();
    split();
  }

  private void split() {
    int rows = shard.sequences().rows();
    if (weights.length < rows) {
      x = new float[Math.multiplyExact(rows, features)];
      y = new float[Math.multiplyExact(rows, targets)];
      weights = new float[rows];
    }
    StepTargets.split(shard.x(), rows, features, targets, x, y, weights);
  }

  private void copyLabels(VirtualPartition partition, int[] places, int start, int size) {
    if (weights.length < size) {
      weights = new float[size];
      y = new float[Math.multiplyExact(size, targets)];
    }
    for (int place = 0; place < size; place++) {
      int i = start + shard.added(place);
      int sequence = places == null ? i : places[i];
      weights[place] = partition.weight(sequence);
      partition.copyLabel(sequence, y, place * targets);
    }
  }

  /** The shape of the packed shard. */
  public PackedSequences sequences() {
    return shard.sequences();
  }

  /** The length of the sequence at a packed place. */
  public int timeSteps(int place) {
    return shard.timeSteps(place);
  }

  /** The packed row of a time step of the sequence at a packed place. */
  public int row(int place, int t) {
    return shard.row(place, t);
  }

  /** (N, features), packed rows; longer than needed is possible. */
  public float[] x() {
    return everyTimeStep ? x : shard.x();
  }

  /** (S, targets) in packed order, or (N, targets) of every time step; may be longer. */
  public float[] targets() {
    return y;
  }

  /** (S) in packed order, or (N) of every time step; may be longer. */
  public float[] weights() {
    return weights;
  }
}
