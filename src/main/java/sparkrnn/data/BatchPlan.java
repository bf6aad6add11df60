package sparkrnn.data;

import java.io.Serializable;
import java.util.Locale;
import sparkrnn.random.CounterRandom;

/**
 * Which sequence is in which batch and shard: a pure function of the number of sequences, the batch
 * size, the shard size, the seed and the epoch; not of partitions, workers or time.
 *
 * <p>The sequences, ranked by content, are cut into K virtual partitions of consecutive ranks, K
 * being the number of shards in a batch. Shard j of every batch is a slice of virtual partition j
 * in the order of the epoch, so the worker that holds a virtual partition computes the same shard
 * of every batch and the workers' loads differ by at most one shard. Batch b of a full size takes
 * {@code shardSize(j)} sequences from each; the last batch of an epoch takes what is left, spread
 * evenly.
 *
 * <p>Cut into segments, every sequence is a lane that is read piece by piece: batch b is time steps
 * {@code firstStep(b)} to {@code firstStep(b) + steps(b)} of all of them, in the same order in
 * every epoch, so that what a lane ended in at one batch is what it begins with at the next.
 */
public final class BatchPlan implements Serializable {

  private static final long serialVersionUID = 1L;

  private final long sequences;
  private final int batchSize;
  private final int shards;
  private final long seed;

  /** Time steps of every lane, or 0 where sequences are read whole. */
  private final int laneSteps;

  private final int segmentLength;

  /**
   * The plan of one fit.
   *
   * @param sequences training sequences, at least batchSize
   * @param batchSize at least 1
   * @param shardSize most sequences of a shard, at least 1
   */
  public BatchPlan(long sequences, int batchSize, int shardSize, long seed) {
    if (batchSize < 1 || shardSize < 1 || sequences < batchSize) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "BatchPlan: %d sequences, batchSize %d, shardSize %d; all must be at least 1 and batchSize at most the number of sequences.",
              sequences,
              batchSize,
              shardSize));
    }
    this.sequences = sequences;
    this.batchSize = batchSize;
    this.shards = -Math.floorDiv(-batchSize, shardSize);
    this.seed = seed;
    this.laneSteps = 0;
    this.segmentLength = 0;
  }

  private BatchPlan(BatchPlan whole, int laneSteps, int segmentLength) {
    this.sequences = whole.sequences;
    this.batchSize = whole.batchSize;
    this.shards = whole.shards;
    this.seed = whole.seed;
    this.laneSteps = laneSteps;
    this.segmentLength = segmentLength;
  }

  /**
   * The plan for the same sequences read piece by piece, all at once.
   *
   * @param steps time steps of every sequence, at least 1
   * @param length time steps of a segment, at least 1; the last may be shorter
   * @throws IllegalArgumentException if there are more sequences than in a batch
   */
  public BatchPlan inSegments(int steps, int length) {
    if (steps < 1 || length < 1 || sequences != batchSize) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "BatchPlan: %d lanes of %d time steps, batchSize %d, segments of %d; there must be"
                  + " batchSize lanes, and steps and segments of at least 1.",
              sequences,
              steps,
              batchSize,
              length));
    }
    return new BatchPlan(this, steps, length);
  }

  /** Whether sequences are read piece by piece. */
  public boolean segmented() {
    return laneSteps > 0;
  }

  /** Time steps of a segment, but for the last one; 0 where sequences are read whole. */
  public int segmentLength() {
    return segmentLength;
  }

  /** The first time step of a segmented batch. */
  public int firstStep(int batch) {
    return batch * segmentLength;
  }

  /** How many time steps a segmented batch has. */
  public int steps(int batch) {
    return Math.min(segmentLength, laneSteps - firstStep(batch));
  }

  /** What the loss of a batch is the mean of: its sequences, or its time steps if segmented. */
  public long examples(int batch) {
    return examplesBefore(batch + 1) - examplesBefore(batch);
  }

  /** The sum of {@link #examples(int)} over the batches before this one. */
  public long examplesBefore(int batch) {
    return segmented()
        ? sequences * Math.min((long) batch * segmentLength, laneSteps)
        : Math.min((long) batch * batchSize, sequences);
  }

  /** The sum of {@link #examples(int)} over an epoch. */
  public long examples() {
    return segmented() ? sequences * laneSteps : sequences;
  }

  /** The part of {@link #examples(int)} that is shard j's. */
  public long examples(int batch, int shard) {
    return segmented() ? (long) partitionSize(shard) * steps(batch) : shardSize(batch, shard);
  }

  /** Training sequences of one epoch. */
  public long sequences() {
    return sequences;
  }

  /** K, the shards of a batch and the virtual partitions of the data. */
  public int shards() {
    return shards;
  }

  /** Of the order of the sequences, and of all else that is random in a fit. */
  public long seed() {
    return seed;
  }

  /** A number that no other shard of any batch and epoch has. */
  public long shardNumber(int epoch, int batch, int shard) {
    return ((long) epoch * batches() + batch) * shards + shard;
  }

  /** Batches of one epoch. */
  public int batches() {
    return segmented()
        ? -Math.floorDiv(-laneSteps, segmentLength)
        : Math.toIntExact(-Math.floorDiv(-sequences, (long) batchSize));
  }

  /** How many sequences a batch has; only the last may have fewer than batchSize. */
  public int batchSize(int batch) {
    return segmented()
        ? batchSize
        : (int) Math.min(batchSize, sequences - (long) batch * batchSize);
  }

  /** How many sequences shard j of a batch has. */
  public int shardSize(int batch, int shard) {
    return share(batchSize(batch), shard);
  }

  /** The first place, in the epoch's order of virtual partition j, of its shard of a batch. */
  public int shardStart(int batch, int shard) {
    return segmented() ? 0 : batch * share(batchSize, shard);
  }

  /** How many sequences virtual partition j has. */
  public int partitionSize(int shard) {
    long full = sequences / batchSize;
    int rest = (int) (sequences % batchSize);
    return Math.toIntExact(full * share(batchSize, shard) + share(rest, shard));
  }

  /** The rank of the first sequence of virtual partition j; of j = K, the number of sequences. */
  public long partitionStart(int shard) {
    long full = sequences / batchSize;
    int rest = (int) (sequences % batchSize);
    return full * start(batchSize, shard) + start(rest, shard);
  }

  /** The virtual partition that a rank falls into. */
  public int partitionOf(long rank) {
    int low = 0;
    int high = shards - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (partitionStart(middle) <= rank) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }

  /** The first shard of a worker; of the number of workers, the number of shards. */
  public int firstShard(int worker, int workers) {
    return (int) ((long) shards * worker / workers);
  }

  /** The worker that computes a shard. */
  public int workerOf(int shard, int workers) {
    int worker = (int) ((long) shard * workers / shards);
    while (firstShard(worker + 1, workers) <= shard) {
      worker++;
    }
    return worker;
  }

  private int start(int total, int shard) {
    return (int) ((long) total * shard / shards);
  }

  private int share(int total, int shard) {
    return start(total, shard + 1) - start(total, shard);
  }

  /**
   * Overwrites {@code order[0 .. partitionSize)} with the order of virtual partition j in an epoch:
   * a Fisher-Yates shuffle of its places.
   *
   * @param epoch from 0
   */
  public void shuffle(int epoch, int shard, int[] order) {
    int size = partitionSize(shard);
    for (int i = 0; i < size; i++) {
      order[i] = i;
    }
    CounterRandom random = new CounterRandom(seed, ((long) epoch << 32) | shard);
    for (int i = size - 1; i > 0; i--) {
      int j = (int) Math.multiplyHigh(random.bits(i) >>> 1, (i + 1L) << 1);
      int swapped = order[i];
      order[i] = order[j];
      order[j] = swapped;
    }
  }
}
