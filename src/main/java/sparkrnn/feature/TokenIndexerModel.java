package sparkrnn.feature;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * The tokens of a text column as ids, by the vocabulary of a {@link TokenIndexer}.
 *
 * <p>{@link #transform} adds one column, {@code array<int>}; a streaming DataFrame works too. Every
 * token that the vocabulary does not hold has id 1.
 */
public final class TokenIndexerModel extends Model<TokenIndexerModel>
    implements TokenIndexerParams, DefaultParamsWritable {

  private static final long serialVersionUID = 1L;

  /** What {@link #decode} gives for id 1: Unicode's replacement character. */
  public static final String UNKNOWN_TOKEN = "\uFFFD";

  private static final String FILE = "vocabulary.json";
  private static final DataType IDS = DataTypes.createArrayType(DataTypes.IntegerType, false);

  private final String uid;
  private final TokenIndexerParamDefinitions tokenParams;
  private Vocabulary vocabulary;
  private transient SharedValue<Map<String, Integer>> shared;

  /** Without a vocabulary; only for Spark, which looks stages up by such a constructor. */
  public TokenIndexerModel() {
    this(Identifiable.randomUID("tokenIndexer"));
  }

  /** Without a vocabulary; only for Spark, which then reads it from a directory. */
  public TokenIndexerModel(String uid) {
    this.uid = uid;
    tokenParams = new TokenIndexerParamDefinitions(this);
  }

  TokenIndexerModel(String uid, Vocabulary vocabulary) {
    this(uid);
    become(vocabulary);
  }

  private TokenIndexerModel become(Vocabulary learnt) {
    vocabulary = learnt;
    return this;
  }

  private Vocabulary learnt() {
    if (vocabulary == null) {
      throw new IllegalStateException(
          "TokenIndexerModel: this model has no vocabulary; it comes from a constructor. Take a"
              + " model from TokenIndexer.fit or TokenIndexerModel.load.");
    }
    return vocabulary;
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
  public TokenIndexerModel setInputCol(String value) {
    return with(inputCol(), value);
  }

  /** Sets {@link #outputCol()}. */
  public TokenIndexerModel setOutputCol(String value) {
    return with(outputCol(), value);
  }

  /** Sets {@link #handleInvalid()}. */
  public TokenIndexerModel setHandleInvalid(String value) {
    return with(handleInvalid(), value);
  }

  private <T> TokenIndexerModel with(Param<T> param, T value) {
    set(param, value);
    return this;
  }

  /** The tokens in the order of their ids; the first has id 2. */
  public String[] vocabulary() {
    return learnt().tokens().toArray(String[]::new);
  }

  /** How many ids there are, those of padding and of the unknown included. */
  public int vocabularySize() {
    return learnt().size();
  }

  /**
   * The tokens of these ids: padding is left out, the unknown is {@link #UNKNOWN_TOKEN}.
   *
   * @throws IllegalArgumentException if there is no such id
   */
  public String[] decode(int... ids) {
    List<String> decoded = new ArrayList<>();
    for (int i = 0; i < ids.length; i++) {
      int id = ids[i];
      if (id < 0 || id >= vocabularySize()) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "TokenIndexerModel: there is %d at place %d of the ids; the vocabulary has ids 0 to"
                    + " %d. Decode ids that this model made.",
                id,
                i,
                vocabularySize() - 1));
      }
      if (id != Vocabulary.PADDING) {
        decoded.add(
            id == Vocabulary.UNKNOWN
                ? UNKNOWN_TOKEN
                : learnt().tokens().get(id - Vocabulary.FIRST));
      }
    }
    return decoded.toArray(String[]::new);
  }

  /**
   * The rows with their ids, lazily.
   *
   * @throws IllegalArgumentException if inputCol is missing or of another type, or outputCol is
   *     there already; a text that can't be used is reported when it is reached
   */
  @Override
  public Dataset<Row> transform(Dataset<?> dataset) {
    transformSchema(dataset.schema());
    TokenColumn column = new TokenColumn(this, dataset.schema());
    TokenLookup lookup = new TokenLookup(sharedIds().in(dataset.sparkSession().sparkContext()));
    Column ids = functions.udf(lookup, IDS).withName("tokenIds").apply(column.tokens());
    return column
        .usable(dataset)
        .select(functions.col("*"), column.checked(ids).as(getOutputCol()));
  }

  private synchronized SharedValue<Map<String, Integer>> sharedIds() {
    if (shared == null) {
      shared = new SharedValue<>(learnt().ids());
    }
    return shared;
  }

  /**
   * The columns of the data and outputCol.
   *
   * @throws IllegalArgumentException if inputCol is not set, missing or of another type, or
   *     outputCol is there already
   */
  @Override
  public StructType transformSchema(StructType schema) {
    learnt();
    return schema(this, schema);
  }

  static StructType schema(TokenIndexerParams stage, StructType schema) {
    new TokenColumn(stage, schema);
    new ColumnCheck(stage, schema).absent("outputCol", stage.getOutputCol());
    return schema.add(stage.getOutputCol(), IDS, true);
  }

  @Override
  public TokenIndexerModel copy(ParamMap extra) {
    TokenIndexerModel copy = new TokenIndexerModel(uid);
    copy.vocabulary = vocabulary;
    copyValues(copy, extra);
    return copy.setParent(parent());
  }

  /** A writer of this model: vocabulary as JSON, params as Spark has them. */
  @Override
  public MLWriter write() {
    return new LearntWriter(
        DefaultParamsWritable.super.write(), "TokenIndexerModel", FILE, learnt());
  }

  /** A reader of saved models. */
  public static MLReader<TokenIndexerModel> read() {
    return new LearntReader<>(
        TokenIndexerModel.class, FILE, Vocabulary.class, TokenIndexerModel::become);
  }

  /**
   * The model that was saved at a path.
   *
   * @throws IllegalArgumentException if the directory is not that of a whole model of this version
   */
  public static TokenIndexerModel load(String path) {
    return read().load(path);
  }

  @Override
  public String explainParam(Param<?> param) {
    return ParamFactory.explain(this, param);
  }

  @Override
  public String toString() {
    return vocabulary == null
        ? "TokenIndexerModel: uid=" + uid
        : String.format(
            Locale.ROOT,
            "TokenIndexerModel: uid=%s, tokens=%s, vocabularySize=%d",
            uid,
            getTokens(),
            vocabularySize());
  }
}
