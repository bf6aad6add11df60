package sparkrnn.training;

/**
 * How many sequences are computed in one piece. It is part of the definition of a fit: another
 * shard size rounds differently, so it may depend on params only, never on the cluster.
 */
final class ShardSize {

  /** Below this the matrix products are too thin for the BLAS. */
  private static final int SMALLEST = 16;

  /** Above this nothing is won per sequence, and a batch has fewer pieces to share. */
  private static final int LARGEST = 64;

  private static final int PIECES = 2;

  private ShardSize() {}

  /** The param where it is set; otherwise half a batch, between 16 and 64. */
  static int of(int shardSize, int batchSize) {
    if (shardSize > 0) {
      return Math.min(shardSize, batchSize);
    }
    int half = -Math.floorDiv(-batchSize, PIECES);
    return Math.min(batchSize, Math.max(SMALLEST, Math.min(LARGEST, half)));
  }
}
