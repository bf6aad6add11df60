package sparkrnn.feature;

import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.param.StringArrayParam;
import org.apache.spark.ml.util.DefaultParamsReadable;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/**
 * Gathers rows of events into one sequence of any length for each key.
 *
 * <pre>{@code
 * Dataset<Row> sequences =
 *     new SequenceAssembler()
 *         .setKeyCols("visit")
 *         .setTimeCol("at")
 *         .setValueCols("pulse", "pressure")
 *         .setCarryCols("outcome")
 *         .transform(measurements);
 * }</pre>
 *
 * <p>The result has one row for each key: keyCols, carryCols, featuresCol; other columns of the
 * data are dropped, because a sequence has many rows. Events come in the order of time, those of
 * one time in the order of their values, so that the result does not depend on how the data is
 * partitioned. Features are {@code array<double>} if the only value column holds numbers or
 * booleans, else {@code array<array<double>>} of (time steps, features), in which vectors and
 * arrays of valueCols are laid out in place.
 *
 * <p>All events of a key are gathered in memory on one executor, before maxLength cuts them.
 */
public final class SequenceAssembler extends Transformer
    implements SeriesParams, DefaultParamsWritable {

  private static final long serialVersionUID = 1L;

  private final String uid;
  private final SeriesParamDefinitions seriesParams;
  private final StringArrayParam carryCols;
  private final IntParam maxLength;
  private final Param<String> handleInvalid;

  /** With defaults and a uid of its own. */
  public SequenceAssembler() {
    this(Identifiable.randomUID("sequenceAssembler"));
  }

  /** With defaults and this uid. */
  public SequenceAssembler(String uid) {
    this.uid = uid;
    seriesParams =
        new SeriesParamDefinitions(
            this,
            "columns that together say to which sequence a row belongs; required",
            1,
            "numbers, booleans, vectors or arrays of numbers");
    ParamFactory params = new ParamFactory(this);
    carryCols =
        params.texts(
            "carryCols",
            "columns to keep beside the sequence, such as its label or weight; their value must be "
                + "the same in all rows of a key",
            Check.columnNames(0));
    maxLength =
        params.wholeNumber(
            "maxLength",
            "most events of a sequence: of a longer one the last maxLength are kept; 0 keeps all",
            Check.wholeNumberFrom(0));
    handleInvalid =
        params.text(
            "handleInvalid",
            "what to do with a row whose key or time is null or whose values are null, NaN or "
                + "infinite: error stops and names the place, skip leaves the row out, keep takes it: a "
                + "null key is a key of its own, a null time comes first, a null number becomes NaN, a "
                + "time step with a null vector or array becomes null",
            Check.oneOf("error", "skip", "keep"));
    seriesParams.setDefaults(this);
    setDefault(carryCols, new String[0]);
    setDefault(maxLength, 0);
    setDefault(handleInvalid, "error");
  }

  @Override
  public String uid() {
    return uid;
  }

  @Override
  public SeriesParamDefinitions seriesParams() {
    return seriesParams;
  }

  /** Columns to keep beside the sequence; constant within a key. */
  public StringArrayParam carryCols() {
    return carryCols;
  }

  /** The value of {@link #carryCols()}. */
  public String[] getCarryCols() {
    return getOrDefault(carryCols);
  }

  /** Most events of a sequence: of a longer one the last maxLength are kept; 0 keeps all. */
  public IntParam maxLength() {
    return maxLength;
  }

  /** The value of {@link #maxLength()}. */
  public int getMaxLength() {
    return (Integer) getOrDefault(maxLength);
  }

  /** What to do with a row that has nulls or values that are not finite: error, skip or keep. */
  public Param<String> handleInvalid() {
    return handleInvalid;
  }

  /** The value of {@link #handleInvalid()}. */
  public String getHandleInvalid() {
    return getOrDefault(handleInvalid);
  }

  /** Sets {@link #keyCols()}. */
  public SequenceAssembler setKeyCols(String... value) {
    return with(keyCols(), value);
  }

  /** Sets {@link #timeCol()}. */
  public SequenceAssembler setTimeCol(String value) {
    return with(timeCol(), value);
  }

  /** Sets {@link #valueCols()}. */
  public SequenceAssembler setValueCols(String... value) {
    return with(valueCols(), value);
  }

  /** Sets {@link #featuresCol()}. */
  public SequenceAssembler setFeaturesCol(String value) {
    return with(featuresCol(), value);
  }

  /** Sets {@link #carryCols()}. */
  public SequenceAssembler setCarryCols(String... value) {
    return with(carryCols, value);
  }

  /** Sets {@link #maxLength()}. */
  public SequenceAssembler setMaxLength(int value) {
    return with(maxLength, value);
  }

  /** Sets {@link #handleInvalid()}. */
  public SequenceAssembler setHandleInvalid(String value) {
    return with(handleInvalid, value);
  }

  private <T> SequenceAssembler with(Param<T> param, T value) {
    set(param, value);
    return this;
  }

  /**
   * The sequences, lazily.
   *
   * @throws IllegalArgumentException if a param is not set, or a column is missing or of another
   *     type; rows that can't be used are reported when they are reached
   */
  @Override
  public Dataset<Row> transform(Dataset<?> dataset) {
    StructType output = transformSchema(dataset.schema());
    return new SequenceAggregation(this, dataset.schema()).of(dataset).to(output);
  }

  /**
   * The columns of sequences.
   *
   * @throws IllegalArgumentException if a param is not set, or a column is missing or of another
   *     type
   */
  @Override
  public StructType transformSchema(StructType schema) {
    return new SequenceSchema(this, schema).output();
  }

  @Override
  public SequenceAssembler copy(ParamMap extra) {
    return defaultCopy(extra);
  }

  @Override
  public String explainParam(Param<?> param) {
    return ParamFactory.explain(this, param);
  }

  /** A reader of saved stages. */
  public static MLReader<SequenceAssembler> read() {
    return new DefaultParamsReadable<SequenceAssembler>() {}.read();
  }

  /** The stage that was saved at a path. */
  public static SequenceAssembler load(String path) {
    return read().load(path);
  }
}
