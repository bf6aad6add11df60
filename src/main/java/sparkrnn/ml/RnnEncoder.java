package sparkrnn.ml;

import java.util.Set;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.util.Identifiable;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import sparkrnn.training.TrainingHistory;

/**
 * What a trained network makes of a sequence before its head: a vector for any stage of Spark ML
 * that follows, such as clustering, similarity or a linear model.
 *
 * <p>{@link #transform} adds the column {@link #outputCol()}, a vector: the hidden state of the
 * last recurrent layer, pooled as the model pools it; of a model with an output for every time step
 * its last one (of a bidirectional layer the last one of each direction). It has as many numbers as
 * the last layer has units, twice as many if that is bidirectional.
 *
 * <pre>{@code
 * Dataset<Row> encoded = model.encoder().transform(names);
 * KMeansModel clusters = new KMeans().setFeaturesCol("encoding").setK(5).fit(encoded);
 * }</pre>
 *
 * <p>That of a language model reads texts or tokens as the model does; that of a forecaster reads
 * what {@link RnnForecastModel#sequences} makes of the rows of series.
 *
 * <p>Made by {@link RnnModel#encoder()}; shares the weights of the model. Keeps the model's params,
 * of which transform reads featuresCol, featuresCols, handleInvalid and predictionBatchSize.
 */
public final class RnnEncoder extends RnnModel<RnnEncoder> {

  private static final long serialVersionUID = 1L;

  private final Param<String> outputCol;
  private LanguageDescription language;

  /** Without a network; only for Spark, which looks stages up by such a constructor. */
  public RnnEncoder() {
    this(Identifiable.randomUID("rnnEncoder"));
  }

  /** Without a network; only for Spark, which then reads the network from a directory. */
  public RnnEncoder(String uid) {
    super(uid, LabelWords.REGRESSION);
    outputCol =
        new ParamFactory(this)
            .text(
                "outputCol",
                "column that transform adds, a vector: what the network makes of the sequence"
                    + " before its head",
                Check.columnName());
    setDefault(outputCol, "encoding");
  }

  /** Takes the network of a model, or one that was read for it. */
  RnnEncoder become(FittedNetwork network, TrainingHistory history) {
    return take(network, history == null ? null : new RnnTrainingSummary(history));
  }

  /** Lets it read the tokens of a language model. */
  RnnEncoder reading(LanguageDescription tokens) {
    language = tokens;
    return this;
  }

  @Override
  SequenceSource source(StructType schema) {
    fitted();
    return language == null
        ? super.source(schema)
        : SequenceSource.ofTokens(
            this, schema, language.vocabulary(), getHandleInvalid().equals("keep"));
  }

  @Override
  Set<String> boxedColumns() {
    return language == null ? Set.of() : Set.of(getFeaturesCol());
  }

  @Override
  RnnEncoder self() {
    return this;
  }

  @Override
  RnnEncoder empty(String uid) {
    return new RnnEncoder(uid).reading(language);
  }

  @Override
  boolean encodes() {
    return true;
  }

  @Override
  OutputColumns outputColumns() {
    return EncodingColumn.of(this);
  }

  @Override
  Head head(ModelDescription description) {
    return Head.of(description.network());
  }

  @Override
  ModelDescription described(ModelDescription description) {
    return description.withLanguage(language);
  }

  @Override
  RnnEncoder restored(FittedNetwork network, ModelDescription description) {
    return reading(description.language()).become(network, description.history());
  }

  /** Column that transform adds, a vector. */
  public Param<String> outputCol() {
    return outputCol;
  }

  /** The value of {@link #outputCol()}. */
  public String getOutputCol() {
    return getOrDefault(outputCol());
  }

  /** Sets {@link #outputCol()}. */
  public RnnEncoder setOutputCol(String value) {
    return with(outputCol(), value);
  }

  /** Numbers of an encoding. */
  public int encodingSize() {
    return fitted().network().encodingSize();
  }

  /**
   * The encoding of one sequence.
   *
   * @param sequence (time steps, features), finite, at least one time step
   * @throws IllegalArgumentException if it has another shape or a value that is not finite
   */
  public Vector encode(float[][] sequence) {
    return Vectors.dense(new SinglePrediction(this).of(sequence));
  }

  /**
   * The encoding of the sequence in the features columns of one row, which must have a schema.
   *
   * @throws IllegalArgumentException if a column is missing or its sequence can't be used
   */
  public Vector encode(Row row) {
    return Vectors.dense(new SinglePrediction(this).of(row));
  }

  /** A reader of saved encoders. */
  public static MLReader<RnnEncoder> read() {
    return new ModelReader<>(RnnEncoder.class);
  }

  /**
   * The encoder that was saved at a path.
   *
   * @throws IllegalArgumentException if the directory is not that of a whole model of this version
   */
  public static RnnEncoder load(String path) {
    return read().load(path);
  }
}
