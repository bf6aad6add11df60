package sparkrnn.ml;

import com.fasterxml.jackson.databind.JsonMappingException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.ml.util.Identifiable;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import sparkrnn.data.InvalidSequenceException;
import sparkrnn.data.TokenReader;
import sparkrnn.data.Vocabulary;
import sparkrnn.training.TrainingHistory;

/**
 * A language model trained by {@link RnnLanguageModel}.
 *
 * <p>{@link #transform} reads each row from a state of zeros and adds what its tokens cost, {@link
 * #evaluate} adds that up over a data set, {@link #generate} draws new tokens. A token that the
 * vocabulary lacks is an error, or its row is left out; where {@link #handleInvalid()} is keep it
 * is read as the unknown token.
 */
public final class RnnTextModel extends RnnModel<RnnTextModel> implements LanguageParams {

  private static final long serialVersionUID = 1L;

  private final LanguageParamDefinitions languageParams;
  private LanguageDescription language;

  /** Without a network; only for Spark, which looks stages up by such a constructor. */
  public RnnTextModel() {
    this(Identifiable.randomUID("rnnLanguageModel"));
  }

  /** Without a network; only for Spark, which then reads the network from a directory. */
  public RnnTextModel(String uid) {
    super(uid, LabelWords.LANGUAGE);
    languageParams = new LanguageParamDefinitions(this);
    languageParams.setDefaults(this);
  }

  /** Takes the network that was trained or read for it. */
  RnnTextModel become(FittedNetwork network, LanguageDescription found, TrainingHistory history) {
    language = found;
    return take(network, history == null ? null : new RnnLanguageTrainingSummary(history, found));
  }

  @Override
  RnnTextModel self() {
    return this;
  }

  @Override
  RnnTextModel empty(String uid) {
    RnnTextModel model = new RnnTextModel(uid);
    model.language = language;
    return model;
  }

  @Override
  LanguageColumns outputColumns() {
    return LanguageColumns.of(this);
  }

  @Override
  Head head(ModelDescription description) {
    return RnnLanguageModel.head(description.network().outputs());
  }

  @Override
  ModelDescription described(ModelDescription description) {
    return description.withLanguage(language);
  }

  @Override
  RnnTextModel restored(FittedNetwork network, ModelDescription description)
      throws JsonMappingException {
    LanguageDescription found = description.language();
    if (found == null
        || found.vocabulary() == null
        || found.vocabulary().size() != network.spec().outputs()) {
      throw new JsonMappingException(null, "it has not one token for each output");
    }
    return become(network, found, description.history());
  }

  @Override
  public LanguageParamDefinitions languageParams() {
    return languageParams;
  }

  @Override
  public RnnLanguageTrainingSummary summary() {
    return (RnnLanguageTrainingSummary) super.summary();
  }

  /** As of every model; it reads the same texts or tokens as this model. */
  @Override
  public RnnEncoder encoder() {
    return super.encoder().reading(language);
  }

  /** Sets {@link #natsCol()}. */
  public RnnTextModel setNatsCol(String value) {
    return with(natsCol(), value);
  }

  /** Sets {@link #perplexityCol()}. */
  public RnnTextModel setPerplexityCol(String value) {
    return with(perplexityCol(), value);
  }

  /** Sets {@link #stateCol()}. */
  public RnnTextModel setStateCol(String value) {
    return with(stateCol(), value);
  }

  /** The tokens and their ids; fails where there is no network. */
  Vocabulary vocabulary() {
    fitted();
    return language.vocabulary();
  }

  /**
   * The tokens by their ids, the commonest first; the first one, "", is the unknown token. Empty
   * where the tokens are ids.
   */
  public String[] tokens() {
    return vocabulary().tokens().toArray(new String[0]);
  }

  /**
   * What a token is: "characters", "words" or "ids", by the column that the model was trained on.
   */
  public String tokenKind() {
    return vocabulary().kind().words();
  }

  /** How many tokens there are, the unknown one among them. */
  public int vocabularySize() {
    return vocabulary().size();
  }

  @Override
  Set<String> boxedColumns() {
    return Set.of(getFeaturesCol());
  }

  @Override
  MapPartitionsFunction<Row, Row> task(Broadcast<float[]> parameters, StructType schema) {
    return new LanguageTask(this, parameters, schema);
  }

  /**
   * The columns with nats and, if named, perplexity and state.
   *
   * @throws IllegalArgumentException if the column of the tokens is missing or of another type than
   *     in the fit, or a column is there already
   */
  @Override
  public StructType transformSchema(StructType schema) {
    checkTokens(schema);
    return outputColumns().appendTo(schema);
  }

  @Override
  SequenceSource source(StructType schema) {
    return SequenceSource.ofTokens(this, schema, vocabulary(), getHandleInvalid().equals("keep"));
  }

  /** The token that is the likeliest to follow. */
  @Override
  OutputChoice predictedOutput() {
    return OutputChoice.largestOfTimeStep(numOutputs());
  }

  @Override
  FlowExamples flowExamples(StructType schema) {
    return new FlowExamples.OfNextTokens(getFeaturesCol());
  }

  @Override
  List<String> outputNames() {
    return vocabulary().tokens();
  }

  void checkTokens(StructType schema) {
    vocabulary().requireKind(getClass().getSimpleName(), schema, getFeaturesCol());
  }

  /**
   * How well the model predicts the tokens of a data set, each row from a state of zeros, in one
   * Spark job.
   *
   * @throws IllegalArgumentException if the column of the tokens is missing or of another type, a
   *     row can't be used and handleInvalid is error, or no row has two tokens
   */
  public RnnLanguageSummary evaluate(Dataset<?> dataset) {
    return LanguageEvaluation.evaluate(this, dataset);
  }

  /**
   * Draws the characters that follow a prompt, in the calling thread, without Spark.
   *
   * @param prompt at least one character, all of them in the vocabulary
   * @param length characters to draw, at least 0
   * @return the drawn characters, without the prompt
   * @throws IllegalArgumentException if the model was not trained on characters, or the prompt or
   *     the length can't be used
   */
  public String generate(String prompt, int length, Sampling sampling) {
    requirePrompt(prompt.length());
    int[] drawn = drawn(prompt, Vocabulary.Kind.CHARACTERS, length, sampling);
    return Arrays.stream(drawn).mapToObj(vocabulary()::token).collect(Collectors.joining());
  }

  /**
   * Draws the words that follow a prompt, as {@link #generate(String, int, Sampling)} does.
   *
   * @throws IllegalArgumentException if the model was not trained on words, or the prompt or the
   *     length can't be used
   */
  public List<String> generate(List<String> prompt, int length, Sampling sampling) {
    requirePrompt(prompt.size());
    Object[] words = prompt.toArray();
    int[] drawn = drawn(words, Vocabulary.Kind.WORDS, length, sampling);
    List<String> tokens = new ArrayList<>();
    for (int id : drawn) {
      tokens.add(vocabulary().token(id));
    }
    return tokens;
  }

  /**
   * Draws the ids that follow a prompt, as {@link #generate(String, int, Sampling)} does.
   *
   * @throws IllegalArgumentException if the model was not trained on ids, or the prompt or the
   *     length can't be used
   */
  public int[] generate(int[] prompt, int length, Sampling sampling) {
    requirePrompt(prompt.length);
    return drawn(prompt.clone(), Vocabulary.Kind.IDS, length, sampling);
  }

  private void requirePrompt(int size) {
    if (size == 0) {
      throw new IllegalArgumentException(
          getClass().getSimpleName() + ": the prompt is empty; it needs at least one token.");
    }
  }

  private int[] drawn(Object prompt, Vocabulary.Kind kind, int length, Sampling sampling) {
    String stage = getClass().getSimpleName();
    Vocabulary vocabulary = vocabulary();
    if (vocabulary.kind() != kind) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%s: the prompt holds %s and the model was trained on %s. Give it such a prompt.",
              stage,
              kind.words(),
              vocabulary.kind().words()));
    }
    try {
      TokenReader tokens = new TokenReader(vocabulary, getHandleInvalid().equals("keep"));
      int[] ids = tokens.read(prompt);
      return new TextGenerator(fitted(), vocabulary).generate(ids, length, sampling);
    } catch (InvalidSequenceException invalid) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "%s: the prompt %s.", stage, invalid.getMessage()));
    }
  }

  /** A reader of saved models. */
  public static MLReader<RnnTextModel> read() {
    return new ModelReader<>(RnnTextModel.class);
  }

  /**
   * The model that was saved at a path.
   *
   * @throws IllegalArgumentException if the directory is not that of a whole model of this version
   */
  public static RnnTextModel load(String path) {
    return read().load(path);
  }
}
