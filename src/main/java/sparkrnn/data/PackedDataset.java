package sparkrnn.data;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

/**
 * The sequences of one fit: checked, ranked by content, and packed into virtual partitions on the
 * workers, in memory or, where that is full, on their disks.
 *
 * <p>Ranks, virtual partitions and counts are functions of the content alone; how many workers
 * share them changes no result. {@link #close} releases what is held on the cluster.
 */
public final class PackedDataset implements AutoCloseable {

  private final ContentOrder order;
  private final List<PartitionCensus> census;
  private final PartitionCensus total;
  private final BatchPlan plan;
  private final EvaluationPlan evaluation;
  private final FeatureColumns columns;
  private final int stepColumns;
  private JavaRDD<WorkerShare> shares;
  private int workers;

  private PackedDataset(
      ContentOrder order,
      List<PartitionCensus> census,
      PartitionCensus total,
      BatchPlan plan,
      FeatureColumns columns,
      int stepColumns) {
    this.order = order;
    this.census = census;
    this.total = total;
    this.plan = plan;
    this.evaluation = new EvaluationPlan(total.validation(), plan.shards());
    this.columns = columns;
    this.stepColumns = stepColumns;
  }

  /**
   * Reads and checks the data: one Spark job, two with a split by time.
   *
   * @param batchSize at least 1
   * @param shardSize at least 1
   * @throws IllegalArgumentException for columns or rows that can't be trained on
   */
  public static PackedDataset prepare(
      Dataset<?> dataset,
      SequenceColumns columns,
      ValidationSplit split,
      int batchSize,
      int shardSize,
      long seed) {
    RowEncoder encoder = new RowEncoder(columns, dataset.schema());
    Dataset<Row> rows =
        encoder.project(dataset, ValidationMarker.column(dataset, columns, split, seed));
    JavaSparkContext context =
        JavaSparkContext.fromSparkContext(dataset.sparkSession().sparkContext());
    ContentOrder order =
        ContentOrder.of(rows.toJavaRDD(), encoder, Math.max(1, context.defaultParallelism()));
    List<PartitionCensus> census = order.census();
    PartitionCensus total = census.stream().reduce(PartitionCensus.EMPTY, PartitionCensus::plus);
    DataRequirements.check(columns, split, total, batchSize);
    BatchPlan plan = new BatchPlan(total.training(), batchSize, shardSize, seed);
    int stepColumns = StepTargets.columns(columns.labels().targetsPerStep());
    return new PackedDataset(order, census, total, plan, columns.features(), stepColumns);
  }

  /**
   * The same sequences, read piece by piece.
   *
   * @param laneSteps time steps of every training sequence
   * @param segmentLength time steps of a segment
   * @throws IllegalArgumentException as {@link BatchPlan#inSegments}
   */
  public PackedDataset inSegments(int laneSteps, int segmentLength) {
    return new PackedDataset(
        order, census, total, plan.inSegments(laneSteps, segmentLength), columns, stepColumns);
  }

  /** Features of a time step. */
  public int features() {
    return total.features() - stepColumns;
  }

  /**
   * Ids of every feature that is one, as the columns say, or one more than the largest where they
   * don't: then one Spark job. Empty where all features are numbers.
   */
  public List<Integer> vocabularySizes() {
    List<Integer> sizes = new ArrayList<>(columns.vocabularySizes());
    if (sizes.contains(FeatureColumns.ANY_ID)) {
      List<Float> largest = order.largest(features());
      for (int feature = 0; feature < Math.min(sizes.size(), features()); feature++) {
        if (sizes.get(feature) == FeatureColumns.ANY_ID) {
          sizes.set(feature, largest.get(feature).intValue() + 1);
        }
      }
    }
    return sizes;
  }

  /** Numbers of a label of a sequence; 0 where time steps have labels. */
  public int outputs() {
    return total.outputs();
  }

  /** Sequences held out. */
  public long validationSequences() {
    return total.validation();
  }

  /** Rows left out by handleInvalid "skip". */
  public long skippedRows() {
    return total.skipped();
  }

  /** Which training sequence is in which batch. */
  public BatchPlan plan() {
    return plan;
  }

  /**
   * One element a partition, one partition a worker, persisted. Asking for another number of
   * workers releases the shares of the last one.
   *
   * @param wanted at least 1, at most {@code plan().shards()}
   */
  public JavaRDD<WorkerShare> shares(int wanted) {
    if (shares == null || workers != wanted) {
      close();
      workers = wanted;
      PartitionPacker packer = new PartitionPacker(plan, evaluation, wanted, outputs());
      shares =
          order
              .byRank(census, new RankPartitioner(plan, evaluation, wanted))
              .mapPartitionsWithIndex(packer::pack, true)
              .setName("sequences of an RNN fit")
              .persist(StorageLevel.MEMORY_AND_DISK());
    }
    return shares;
  }

  /** One Spark job, which also packs the shares. */
  public ShareTotals totals(int workersWanted) {
    return ShareTotals.of(shares(workersWanted).map(ShareTotals.OfWorker::of).collect());
  }

  /**
   * Releases what is persisted on the cluster; the next {@link #shares} packs anew. Spark asks its
   * block manager for it, which a thread that was interrupted could not wait for: it would lose the
   * sign of that.
   */
  @Override
  public void close() {
    if (shares == null) {
      return;
    }
    boolean interrupted = Thread.interrupted();
    try {
      shares.unpersist(false);
      shares = null;
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Packs the sorted rows of one worker into its share. */
  private record PartitionPacker(
      BatchPlan plan, EvaluationPlan evaluation, int workers, int outputs)
      implements java.io.Serializable {

    Iterator<WorkerShare> pack(int worker, Iterator<byte[]> rows) {
      int from = plan.firstShard(worker, workers);
      int to = plan.firstShard(worker + 1, workers);
      ShareMemory memory = ShareMemory.ofWorker(workers);
      List<VirtualPartition> training = new ArrayList<>();
      for (int j = from; j < to; j++) {
        training.add(take(j, plan.partitionSize(j), memory, rows));
      }
      List<VirtualPartition> validation = new ArrayList<>();
      for (int j = from; j < to; j++) {
        validation.add(take(j, evaluation.partitionSize(j), memory, rows));
      }
      return List.of(new WorkerShare(worker, training, validation)).iterator();
    }

    private VirtualPartition take(int index, int size, ShareMemory memory, Iterator<byte[]> rows) {
      VirtualPartitionBuilder builder = new VirtualPartitionBuilder(index, size, outputs, memory);
      while (builder.size() < size && rows.hasNext()) {
        builder.add(rows.next());
      }
      return builder.build();
    }
  }
}
