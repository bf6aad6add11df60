package sparkrnn.training;

import java.util.List;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import sparkrnn.data.Lanes;
import sparkrnn.data.PackedDataset;
import sparkrnn.data.SequenceColumns;
import sparkrnn.data.ValidationSplit;
import sparkrnn.data.WorkerShare;

/** The checked sequences of one fit; {@link #close} releases what they hold on the cluster. */
public final class TrainingSet implements AutoCloseable {

  private final SparkContext context;
  private final PackedDataset data;
  private final String owner;

  private TrainingSet(SparkContext context, PackedDataset data, String owner) {
    this.context = context;
    this.data = data;
    this.owner = owner;
  }

  /**
   * Reads and checks the data: one Spark job, two with a split by time.
   *
   * @throws IllegalArgumentException for columns or rows that can't be trained on; the message
   *     names the column and the row, what was found and what is needed
   */
  public static TrainingSet prepare(
      Dataset<?> dataset,
      SequenceColumns columns,
      ValidationSplit validation,
      TrainingSettings settings) {
    PackedDataset data =
        PackedDataset.prepare(
            dataset,
            columns,
            validation,
            settings.batchSize(),
            ShardSize.of(settings.shardSize(), settings.batchSize()),
            settings.seed());
    return new TrainingSet(dataset.sparkSession().sparkContext(), data, columns.owner());
  }

  /**
   * Reads lanes of tokens, which a fit goes through piece by piece, carrying on the state of every
   * lane (truncated back-propagation through time): one Spark job.
   *
   * @param bpttLength time steps of a piece, at least 1
   */
  public static TrainingSet ofLanes(Lanes lanes, TrainingSettings settings, int bpttLength) {
    Dataset<?> dataset = lanes.dataset();
    PackedDataset whole =
        PackedDataset.prepare(
            dataset,
            lanes.columns(),
            new ValidationSplit(0, "random", ""),
            settings.batchSize(),
            ShardSize.of(settings.shardSize(), settings.batchSize()),
            settings.seed());
    return new TrainingSet(
        dataset.sparkSession().sparkContext(),
        whole.inSegments(lanes.laneSteps(), bpttLength),
        lanes.columns().owner());
  }

  /** Features of one time step. */
  public int features() {
    return data.features();
  }

  /**
   * Ids of every feature that is one, given or found (in one Spark job); empty where all features
   * are numbers.
   */
  public List<Integer> vocabularySizes() {
    return data.vocabularySizes();
  }

  /** Numbers in a label of a sequence; 0 where time steps have labels. */
  public int outputs() {
    return data.outputs();
  }

  /**
   * The packed sequences on so many workers; on as many as in the last fit they are not packed
   * again.
   */
  public JavaRDD<WorkerShare> shares(int workers) {
    return data.shares(workers);
  }

  SparkContext context() {
    return context;
  }

  PackedDataset data() {
    return data;
  }

  /** The stage that fits, for messages. */
  String owner() {
    return owner;
  }

  @Override
  public void close() {
    data.close();
  }
}
