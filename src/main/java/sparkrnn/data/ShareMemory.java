package sparkrnn.data;

import org.apache.spark.SparkConf;
import org.apache.spark.SparkEnv;

/**
 * How many bytes of sequences the share of one worker may still hold on the heap.
 *
 * <p>All workers of an executor together get half of what Spark keeps for cached data and shuffles
 * (spark.memory.fraction of the heap): the sort that brings the sequences needs memory too, and so
 * do the buffers of the network.
 */
final class ShareMemory {

  private static final double SHARE_OF_STORAGE = 0.5;

  private long left;

  ShareMemory(long bytes) {
    left = bytes;
  }

  /**
   * Of a worker in this process.
   *
   * @param workers of the whole fit
   */
  static ShareMemory ofWorker(int workers) {
    SparkEnv env = SparkEnv.get();
    double storage = env.memoryManager().maxOnHeapStorageMemory() * SHARE_OF_STORAGE;
    return new ShareMemory((long) (storage / workersHere(env.conf(), workers)));
  }

  /** At most. */
  private static int workersHere(SparkConf conf, int workers) {
    String master = conf.get("spark.master", "local");
    if (master.startsWith("local") && !master.startsWith("local-cluster")) {
      return workers;
    }
    int cores = Runtime.getRuntime().availableProcessors();
    return Math.max(1, Math.min(workers, conf.getInt("spark.executor.cores", cores)));
  }

  /** Whether there is room for so many bytes more. */
  boolean holds(long bytes) {
    return bytes <= left;
  }

  /** Takes them. */
  void take(long bytes) {
    left -= bytes;
  }
}
