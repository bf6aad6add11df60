package sparkrnn.data;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;
import scala.Tuple2;
import scala.collection.immutable.ArraySeq;

/**
 * The streams of a data set, laid end to end in their order and cut into lanes, as {@link LanePlan}
 * says; those held out apart. A lane is a row with its tokens and, for each, the one that follows.
 *
 * <p>A stream may lie across lanes and a lane hold several streams: the first token of a stream
 * follows the last one of the stream before. Which tokens are in which lane is a function of the
 * rows alone, not of their partitions.
 */
public final class Lanes implements AutoCloseable {

  private static final String TOKENS = "tokens";
  private static final String NEXT = "next";
  private static final String VALIDATION = "validation";

  private final String owner;
  private final int vocabularySize;
  private final JavaRDD<TokenStream> streams;
  private final Dataset<Row> dataset;
  private final LanePlan training;
  private final LanePlan validation;
  private final StreamCensus total;

  private Lanes(
      String owner,
      int vocabularySize,
      JavaRDD<TokenStream> streams,
      Dataset<Row> dataset,
      LanePlan training,
      LanePlan validation,
      StreamCensus total) {
    this.owner = owner;
    this.vocabularySize = vocabularySize;
    this.streams = streams;
    this.dataset = dataset;
    this.training = training;
    this.validation = validation;
    this.total = total;
  }

  /**
   * Cuts a data set: one Spark job, which reads and sorts it.
   *
   * @param lanes to train on, at least 1
   * @param bpttLength tokens of a lane that are read in one piece, at least 1
   * @param validationFraction share of the tokens, the last ones, that is held out, in [0, 1)
   * @throws IllegalArgumentException if columns or rows can't be used, or there are too few tokens
   */
  public static Lanes cut(
      Dataset<?> data,
      StreamColumns columns,
      TokenReader tokens,
      int lanes,
      int bpttLength,
      double validationFraction) {
    JavaRDD<TokenStream> streams =
        new StreamReader(columns, tokens, data.schema())
            .read(data)
            .setName("streams of a language model")
            .persist(StorageLevel.MEMORY_AND_DISK());
    List<StreamCensus> census =
        streams.mapPartitions(each -> List.of(count(each)).iterator()).collect();
    StreamCensus total = census.stream().reduce(StreamCensus.EMPTY, StreamCensus::plus);
    if (!total.problem().isEmpty()) {
      throw new IllegalArgumentException(columns.owner() + ": " + total.problem());
    }
    long heldOut = total.validation() + (long) (validationFraction * total.training());
    long left = total.training() + total.validation() - heldOut;
    boolean validated = validationFraction > 0 || !columns.validationIndicatorCol().isEmpty();
    requireEnough(columns, left, heldOut, lanes, bpttLength, validated);
    LanePlan training = LanePlan.of(left, lanes);
    int most = (int) Math.min(lanes, (heldOut - 1) / bpttLength);
    LanePlan validation = LanePlan.of(heldOut, Math.max(1, most));
    Cutter cutter =
        new Cutter(starts(census), validationFraction > 0 ? left : -1, training, validation);
    SparkSession spark = data.sparkSession();
    Dataset<Row> dataset = spark.createDataFrame(rows(spark, streams, cutter), schema());
    return new Lanes(
        columns.owner(), tokens.vocabulary().size(), streams, dataset, training, validation, total);
  }

  private static StreamCensus count(Iterator<TokenStream> streams) {
    StreamCensus census = StreamCensus.EMPTY;
    while (streams.hasNext()) {
      census = census.plus(streams.next().census());
    }
    return census;
  }

  private static void requireEnough(
      StreamColumns columns,
      long training,
      long validation,
      int lanes,
      int bpttLength,
      boolean validated) {
    if (training <= (long) lanes * bpttLength) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%s: column \"%s\" (featuresCol) holds %d tokens to train on; batchSize %d lanes of at"
                  + " least bpttLength %d need %d and one more. Lower batchSize or bpttLength, or"
                  + " give more text.",
              columns.owner(),
              columns.tokensCol(),
              training,
              lanes,
              bpttLength,
              (long) lanes * bpttLength));
    }
    if (validated && validation < 2) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%s: %d tokens are held out for validation; at least 2 are needed. %s.",
              columns.owner(),
              validation,
              columns.validationIndicatorCol().isEmpty()
                  ? "Raise validationFraction, or give more text"
                  : "Mark rows in column \""
                      + columns.validationIndicatorCol()
                      + "\" (validationIndicatorCol), or clear the param"));
    }
  }

  /** What stands before each partition. */
  private static List<StreamCensus> starts(List<StreamCensus> census) {
    List<StreamCensus> starts = new ArrayList<>();
    StreamCensus before = StreamCensus.EMPTY;
    for (StreamCensus each : census) {
      starts.add(before);
      before = before.plus(each);
    }
    return starts;
  }

  private static JavaRDD<Row> rows(
      SparkSession spark, JavaRDD<TokenStream> streams, Cutter cutter) {
    int partitions = JavaSparkContext.fromSparkContext(spark.sparkContext()).defaultParallelism();
    return streams
        .mapPartitionsWithIndex(cutter::cut, false)
        .mapToPair(piece -> new Tuple2<>(piece.lane(), piece))
        .groupByKey(Math.max(1, partitions))
        .map(lane -> cutter.row(lane._1(), lane._2()));
  }

  private static StructType schema() {
    ArrayType ids = DataTypes.createArrayType(DataTypes.IntegerType, false);
    return new StructType()
        .add(TOKENS, ids, false)
        .add(NEXT, ids, false)
        .add(VALIDATION, DataTypes.BooleanType, false);
  }

  /** A row for each lane. */
  public Dataset<Row> dataset() {
    return dataset;
  }

  /** How the rows of the lanes are read. */
  public SequenceColumns columns() {
    return new SequenceColumns(
        owner,
        new FeatureColumns("featuresCol", List.of(TOKENS), List.of(vocabularySize)),
        NEXT,
        "",
        validation.steps() > 0 ? VALIDATION : "",
        "error",
        new NextTokens());
  }

  /** Tokens of every lane to train on. */
  public int laneSteps() {
    return training.steps();
  }

  /** Tokens that are predicted in training, in one epoch. */
  public long trainingTokens() {
    return (long) training.lanes() * training.steps();
  }

  /** Tokens that are predicted in validation. */
  public long validationTokens() {
    return (long) validation.lanes() * validation.steps();
  }

  /** Rows left out by handleInvalid "skip". */
  public long skippedRows() {
    return total.skipped();
  }

  /** Releases what is held on the cluster. */
  @Override
  public void close() {
    streams.unpersist(false);
  }

  /** The target of a token is the next one. */
  private static final class NextTokens implements LabelCoding {

    private static final long serialVersionUID = 1L;

    @Override
    public int targetsPerStep() {
      return 1;
    }

    @Override
    public LabelDecoder decoder(String owner, StructType schema, String column) {
      return LabelDecoder.of(owner, schema, column);
    }
  }

  /**
   * Cuts the streams of a partition; lanes of the validation come after those of the training.
   *
   * @param starts what stands before each partition
   * @param border the place from which on tokens are held out; -1 where a column says it
   */
  private record Cutter(
      List<StreamCensus> starts, long border, LanePlan training, LanePlan validation)
      implements Serializable {

    Iterator<LanePlan.Piece> cut(int partition, Iterator<TokenStream> streams) {
      long train = starts.get(partition).training();
      long heldOut = starts.get(partition).validation();
      List<LanePlan.Piece> pieces = new ArrayList<>();
      while (streams.hasNext()) {
        TokenStream stream = streams.next();
        int size = stream.ids().length;
        if (stream.validation()) {
          addHeldOut(pieces, heldOut, stream.ids(), 0);
          heldOut += size;
          continue;
        }
        int kept = border < 0 ? size : (int) Math.max(0, Math.min(size, border - train));
        pieces.addAll(training.pieces(train, stream.ids(), 0, kept));
        if (kept < size) {
          addHeldOut(pieces, train + kept - border, stream.ids(), kept);
        }
        train += size;
      }
      return pieces.iterator();
    }

    private void addHeldOut(List<LanePlan.Piece> pieces, long position, int[] ids, int from) {
      for (LanePlan.Piece piece : validation.pieces(position, ids, from, ids.length)) {
        int lane = training.lanes() + piece.lane();
        pieces.add(new LanePlan.Piece(lane, piece.at(), piece.ids()));
      }
    }

    Row row(int lane, Iterable<LanePlan.Piece> pieces) {
      boolean heldOut = lane >= training.lanes();
      int steps = heldOut ? validation.steps() : training.steps();
      int[] ids = new int[steps + 1];
      for (LanePlan.Piece piece : pieces) {
        System.arraycopy(piece.ids(), 0, ids, piece.at(), piece.ids().length);
      }
      return RowFactory.create(
          new ArraySeq.ofInt(Arrays.copyOfRange(ids, 0, steps)),
          new ArraySeq.ofInt(Arrays.copyOfRange(ids, 1, steps + 1)),
          heldOut);
    }
  }
}
