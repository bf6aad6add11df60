package sparkrnn.feature;

import java.time.ZoneId;
import java.util.Arrays;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsReadable;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.util.DateTimeUtils;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructType;

/**
 * Cuts long series into windows, one row each, with what is to be predicted from it.
 *
 * <pre>{@code
 * Dataset<Row> windows =
 *     new SlidingWindow()
 *         .setKeyCols("meter")
 *         .setTimeCol("at")
 *         .setTimeStep("1 hour")
 *         .setValueCols("load", "temperature")
 *         .setTargetCols("load")
 *         .setWindowSize(24)
 *         .setHorizon(6)
 *         .transform(readings);
 * }</pre>
 *
 * <p>The rows of a series, in the order of time, are v(0), v(1), ... Window k holds the rows from s
 * = k * stride to e = s + windowSize - 1, and
 *
 * <pre>
 *   features  valueCols of v(s), ..., v(e)
 *   label     target value:     targetCols of v(e + horizon)
 *             target sequence:  targetCols of v(e + 1), ..., v(e + horizon), row by row in one array
 * </pre>
 *
 * <p>With horizon 1 the label is that of the row right after the window. Every window that has its
 * whole target is made, none else; with target none all windows are made. {@link #describe} shows
 * the first and the last one of a data set, and counts what is left out.
 *
 * <p>The result has the columns of the key, windowStartCol, windowEndCol, targetTimeCol,
 * featuresCol and labelCol; other columns of the data are dropped, because a window has many rows.
 * Features are {@code array<double>} if there is one value column, else {@code
 * array<array<double>>} of (time steps, features).
 *
 * <p>A gap is a row that is missing by timeStep, or a value that is null, NaN or infinite in a
 * value or target column; gapPolicy says what becomes of it. Without timeStep no row counts as
 * missing: times then only order the rows, and must differ. Days and months of timeStep are those
 * of the calendar in the session's time zone. Fill leaves out the rows of a series before the first
 * value of each column, and interpolate also those after the last one: there is nothing to mend
 * them from. Both mend gaps of any length unless maxGap is set. Split leaves a stretch between gaps
 * out if it is too short for a window. A series is short if it makes no window; pad then repeats
 * its first row, or that of its last stretch, in front, but leaves out a series that is too short
 * for the target itself.
 *
 * <p>Rows are shuffled by key and sorted by time; a task holds one window and its target span at a
 * time (with interpolate, also the rows of one gap), so a series may be of any length. A data set
 * without keyCols is one series and passes through one task.
 */
public final class SlidingWindow extends Transformer
    implements SlidingWindowParams, DefaultParamsWritable {

  private static final long serialVersionUID = 1L;

  private final String uid;
  private final SeriesParamDefinitions seriesParams;
  private final SlidingWindowParamDefinitions windowParams;

  /** With defaults and a uid of its own. */
  public SlidingWindow() {
    this(Identifiable.randomUID("slidingWindow"));
  }

  /** With defaults and this uid. */
  public SlidingWindow(String uid) {
    this.uid = uid;
    seriesParams =
        new SeriesParamDefinitions(
            this,
            "columns that together say to which series a row belongs; empty: the data is one series, "
                + "which passes through one task",
            0,
            "numbers or booleans");
    windowParams = new SlidingWindowParamDefinitions(this);
    setDefault(seriesParams.keyCols, new String[0]);
    seriesParams.setDefaults(this);
    windowParams.setDefaults(this);
  }

  @Override
  public String uid() {
    return uid;
  }

  @Override
  public SeriesParamDefinitions seriesParams() {
    return seriesParams;
  }

  @Override
  public SlidingWindowParamDefinitions windowParams() {
    return windowParams;
  }

  /** Sets {@link #keyCols()}. */
  public SlidingWindow setKeyCols(String... value) {
    return with(keyCols(), value);
  }

  /** Sets {@link #timeCol()}. */
  public SlidingWindow setTimeCol(String value) {
    return with(timeCol(), value);
  }

  /** Sets {@link #valueCols()}. */
  public SlidingWindow setValueCols(String... value) {
    return with(valueCols(), value);
  }

  /** Sets {@link #featuresCol()}. */
  public SlidingWindow setFeaturesCol(String value) {
    return with(featuresCol(), value);
  }

  /** Sets {@link #targetCols()}. */
  public SlidingWindow setTargetCols(String... value) {
    return with(targetCols(), value);
  }

  /** Sets {@link #windowSize()}. */
  public SlidingWindow setWindowSize(int value) {
    return with(windowSize(), value);
  }

  /** Sets {@link #horizon()}. */
  public SlidingWindow setHorizon(int value) {
    return with(horizon(), value);
  }

  /** Sets {@link #stride()}. */
  public SlidingWindow setStride(int value) {
    return with(stride(), value);
  }

  /** Sets {@link #target()}. */
  public SlidingWindow setTarget(String value) {
    return with(target(), value);
  }

  /** Sets {@link #timeStep()}. */
  public SlidingWindow setTimeStep(String value) {
    return with(timeStep(), value);
  }

  /** Sets {@link #gapPolicy()}. */
  public SlidingWindow setGapPolicy(String value) {
    return with(gapPolicy(), value);
  }

  /** Sets {@link #maxGap()}. */
  public SlidingWindow setMaxGap(int value) {
    return with(maxGap(), value);
  }

  /** Sets {@link #shortSeries()}. */
  public SlidingWindow setShortSeries(String value) {
    return with(shortSeries(), value);
  }

  /** Sets {@link #windowStartCol()}. */
  public SlidingWindow setWindowStartCol(String value) {
    return with(windowStartCol(), value);
  }

  /** Sets {@link #windowEndCol()}. */
  public SlidingWindow setWindowEndCol(String value) {
    return with(windowEndCol(), value);
  }

  /** Sets {@link #targetTimeCol()}. */
  public SlidingWindow setTargetTimeCol(String value) {
    return with(targetTimeCol(), value);
  }

  /** Sets {@link #labelCol()}. */
  public SlidingWindow setLabelCol(String value) {
    return with(labelCol(), value);
  }

  private <T> SlidingWindow with(Param<T> param, T value) {
    set(param, value);
    return this;
  }

  /**
   * The windows, lazily.
   *
   * @throws IllegalArgumentException if a param is not set, a column is missing or of another type,
   *     or the data is a stream; gaps, equal times and short series are reported when they are
   *     reached
   */
  @Override
  public Dataset<Row> transform(Dataset<?> dataset) {
    WindowSchema schema = new WindowSchema(this, dataset.schema());
    StructType output = schema.output();
    Dataset<Row> windows =
        sorted(dataset, schema)
            .mapPartitions(
                new WindowTask(schema.plan(zone(dataset)), output), Encoders.row(output));
    // The encoder of rows forgets the columns' metadata.
    boolean metadata =
        Arrays.stream(output.fields())
            .anyMatch(field -> !field.metadata().equals(Metadata.empty()));
    return metadata ? windows.to(output) : windows;
  }

  /**
   * Makes the windows and says how many there are, what the first and the last one and their
   * targets are, and what was mended and left out; for people. Runs one Spark job.
   *
   * @throws IllegalArgumentException as {@link #transform}
   */
  public String describe(Dataset<?> dataset) {
    WindowSchema schema = new WindowSchema(this, dataset.schema());
    WindowPlan plan = schema.plan(zone(dataset));
    WindowTask task = new WindowTask(plan, schema.output());
    WindowCounts counts =
        sorted(dataset, schema).toJavaRDD().mapPartitions(task.counting()).collect().stream()
            .reduce(new WindowCounts(), (one, other) -> one.plus(other, schema.keySize()));
    return new WindowDescription(plan, counts).text();
  }

  private static ZoneId zone(Dataset<?> dataset) {
    return DateTimeUtils.getZoneId(dataset.sparkSession().conf().get("spark.sql.session.timeZone"));
  }

  /** The columns of {@link WindowSchema#inputs}, whole series in each partition, in order. */
  private static Dataset<Row> sorted(Dataset<?> dataset, WindowSchema schema) {
    if (dataset.isStreaming()) {
      throw new IllegalArgumentException(
          "SlidingWindow: the data is a streaming DataFrame; windows need all rows of a series, in"
              + " order. Write the stream to a table and make the windows of that.");
    }
    Dataset<Row> rows = dataset.select(schema.inputs());
    Column[] columns =
        Arrays.stream(rows.columns()).map(ColumnCheck::column).toArray(Column[]::new);
    Column[] keys = Arrays.copyOf(columns, schema.keySize());
    Column[] order = Arrays.copyOf(columns, schema.keySize() + 1);
    Dataset<Row> grouped = keys.length == 0 ? rows.repartition(1) : rows.repartition(keys);
    return grouped.sortWithinPartitions(order);
  }

  /**
   * The columns of windows.
   *
   * @throws IllegalArgumentException if a param is not set, or a column is missing or of another
   *     type
   */
  @Override
  public StructType transformSchema(StructType schema) {
    return new WindowSchema(this, schema).output();
  }

  @Override
  public SlidingWindow copy(ParamMap extra) {
    return defaultCopy(extra);
  }

  @Override
  public String explainParam(Param<?> param) {
    return ParamFactory.explain(this, param);
  }

  /** A reader of saved stages. */
  public static MLReader<SlidingWindow> read() {
    return new DefaultParamsReadable<SlidingWindow>() {}.read();
  }

  /** The stage that was saved at a path. */
  public static SlidingWindow load(String path) {
    return read().load(path);
  }
}
