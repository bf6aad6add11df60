package sparkrnn.data;

import org.apache.spark.Partitioner;

/**
 * Consecutive ranges of the 64-bit keys of rows, which are evenly spread: so many buckets a
 * partition that one of them is sorted in little memory.
 */
final class KeyBuckets extends Partitioner {

  private static final long serialVersionUID = 1L;

  private static final int MOST_OF_A_PARTITION = 256;
  private static final int MOST = 1 << 16;

  private final int partitions;
  private final int ofEach;

  /**
   * Buckets for so many partitions.
   *
   * @param partitions at least 1
   */
  KeyBuckets(int partitions) {
    this.partitions = partitions;
    this.ofEach = Math.max(1, Math.min(MOST_OF_A_PARTITION, MOST / partitions));
  }

  /** How many buckets there are. */
  int count() {
    return partitions * ofEach;
  }

  /** The bucket of a key: a larger key is in no smaller bucket. */
  int bucketOf(long key) {
    long unsigned = (key >>> 32) ^ 0x80000000L;
    return (int) ((unsigned * count()) >>> 32);
  }

  @Override
  public int numPartitions() {
    return partitions;
  }

  /** The partition of a bucket. */
  @Override
  public int getPartition(Object bucket) {
    return (int) ((Long) bucket / ofEach);
  }
}
