package sparkrnn.data;

import org.apache.spark.Partitioner;

/** Sends each rank to the worker that holds its virtual partition. */
final class RankPartitioner extends Partitioner {

  private static final long serialVersionUID = 1L;

  /** The rank of the first validation row; training ranks begin at 0. */
  static final long VALIDATION = 1L << 62;

  private final BatchPlan plan;
  private final EvaluationPlan validation;
  private final int workers;

  RankPartitioner(BatchPlan plan, EvaluationPlan validation, int workers) {
    this.plan = plan;
    this.validation = validation;
    this.workers = workers;
  }

  @Override
  public int numPartitions() {
    return workers;
  }

  @Override
  public int getPartition(Object key) {
    long rank = (Long) key;
    int partition =
        rank >= VALIDATION ? validation.partitionOf(rank - VALIDATION) : plan.partitionOf(rank);
    return plan.workerOf(partition, workers);
  }
}
