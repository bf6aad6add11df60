package sparkrnn.feature;

import java.util.List;
import java.util.Locale;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsReadable;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;

/**
 * Learns which tokens a text column holds, so that each gets a number: an id.
 *
 * <pre>{@code
 * TokenIndexerModel model =
 *     new TokenIndexer().setInputCol("name").setLowercase(true).setMinCount(2).fit(names);
 * Dataset<Row> ids = model.transform(names); // name, ..., features: array<int>
 * }</pre>
 *
 * <p>Id 0 is padding, which no text has, and id 1 the token that the vocabulary does not hold; from
 * 2 on come the tokens by how often they occur, those of one frequency in the order of their code
 * points, so that ids do not depend on how the data is partitioned.
 *
 * <p>Tokens are counted in Spark SQL; only the vocabulary comes to the driver.
 */
public final class TokenIndexer extends Estimator<TokenIndexerModel>
    implements TokenIndexerParams, DefaultParamsWritable {

  private static final long serialVersionUID = 1L;

  private final String uid;
  private final TokenIndexerParamDefinitions tokenParams;

  /** With defaults and a uid of its own. */
  public TokenIndexer() {
    this(Identifiable.randomUID("tokenIndexer"));
  }

  /** With defaults and this uid. */
  public TokenIndexer(String uid) {
    this.uid = uid;
    tokenParams = new TokenIndexerParamDefinitions(this);
  }

  @Override
  public String uid() {
    return uid;
  }

  @Override
  public TokenIndexerParamDefinitions tokenParams() {
    return tokenParams;
  }

  /** Sets {@link #inputCol()}. */
  public TokenIndexer setInputCol(String value) {
    return with(inputCol(), value);
  }

  /** Sets {@link #outputCol()}. */
  public TokenIndexer setOutputCol(String value) {
    return with(outputCol(), value);
  }

  /** Sets {@link #tokens()}. */
  public TokenIndexer setTokens(String value) {
    return with(tokens(), value);
  }

  /** Sets {@link #pattern()}. */
  public TokenIndexer setPattern(String value) {
    return with(pattern(), value);
  }

  /** Sets {@link #lowercase()}. */
  public TokenIndexer setLowercase(boolean value) {
    return with(lowercase(), value);
  }

  /** Sets {@link #minCount()}. */
  public TokenIndexer setMinCount(int value) {
    return with(minCount(), value);
  }

  /** Sets {@link #maxSize()}. */
  public TokenIndexer setMaxSize(int value) {
    return with(maxSize(), value);
  }

  /** Sets {@link #handleInvalid()}. */
  public TokenIndexer setHandleInvalid(String value) {
    return with(handleInvalid(), value);
  }

  private <T> TokenIndexer with(Param<T> param, T value) {
    set(param, value);
    return this;
  }

  /**
   * Counts the tokens, in one Spark job. A text that can't be used is left out, or with error stops
   * the fit.
   *
   * @throws IllegalArgumentException if inputCol is not set, missing or of another type, or if no
   *     token occurs often enough
   */
  @Override
  public TokenIndexerModel fit(Dataset<?> dataset) {
    transformSchema(dataset.schema());
    TokenColumn column = new TokenColumn(this, dataset.schema());
    List<String> tokens =
        column
            .usable(dataset)
            .select(functions.explode(column.checked(column.tokens())).as("token"))
            .filter("token IS NOT NULL")
            .groupBy("token")
            .count()
            .filter(functions.col("count").geq(getMinCount()))
            .orderBy(functions.col("count").desc(), functions.col("token").asc())
            .limit(getMaxSize() - Vocabulary.FIRST)
            .select("token")
            .as(Encoders.STRING())
            .collectAsList();
    if (tokens.isEmpty()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "TokenIndexer: no token of column \"%s\" (inputCol) occurs at least %d time%s"
                  + " (minCount); the vocabulary needs at least one. Check the column, pattern and"
                  + " handleInvalid (\"%s\"), or lower minCount.",
              getInputCol(),
              getMinCount(),
              getMinCount() == 1 ? "" : "s",
              getHandleInvalid()));
    }
    TokenIndexerModel model = new TokenIndexerModel(uid, new Vocabulary(tokens));
    return copyValues(model, ParamMap.empty()).setParent(this);
  }

  /**
   * The columns of the data and outputCol.
   *
   * @throws IllegalArgumentException if inputCol is not set, missing or of another type, or
   *     outputCol is there already
   */
  @Override
  public StructType transformSchema(StructType schema) {
    return TokenIndexerModel.schema(this, schema);
  }

  @Override
  public TokenIndexer copy(ParamMap extra) {
    return defaultCopy(extra);
  }

  @Override
  public String explainParam(Param<?> param) {
    return ParamFactory.explain(this, param);
  }

  /** A reader of saved stages. */
  public static MLReader<TokenIndexer> read() {
    return new DefaultParamsReadable<TokenIndexer>() {}.read();
  }

  /** The stage that was saved at a path. */
  public static TokenIndexer load(String path) {
    return read().load(path);
  }
}
