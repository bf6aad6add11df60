package sparkrnn.data;

import java.io.Serializable;

/**
 * How validation sequences are cut into virtual partitions of consecutive ranks: as many as the
 * training data has, as even as can be.
 *
 * @param sequences at least 0
 * @param partitions at least 1
 */
record EvaluationPlan(long sequences, int partitions) implements Serializable {

  long partitionStart(int partition) {
    return Math.floorDiv(Math.multiplyExact(sequences, (long) partition), (long) partitions);
  }

  int partitionSize(int partition) {
    return Math.toIntExact(partitionStart(partition + 1) - partitionStart(partition));
  }

  int partitionOf(long rank) {
    int partition = (int) Math.min(partitions - 1L, rank * partitions / Math.max(1, sequences));
    while (partition > 0 && partitionStart(partition) > rank) {
      partition--;
    }
    while (partition < partitions - 1 && partitionStart(partition + 1) <= rank) {
      partition++;
    }
    return partition;
  }
}
