package sparkrnn.ml;

import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.util.DefaultParamsReadable;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import sparkrnn.data.Lanes;
import sparkrnn.data.StreamColumns;
import sparkrnn.data.TokenReader;
import sparkrnn.data.Vocabulary;
import sparkrnn.data.VocabularyCensus;
import sparkrnn.network.NetworkSpec;
import sparkrnn.training.Trainer;
import sparkrnn.training.TrainingResult;
import sparkrnn.training.TrainingSet;
import sparkrnn.training.TrainingSettings;

/**
 * Predicts the next token of a text from all before it: an embedding, recurrent layers of one
 * direction, and a softmax over the vocabulary at every time step.
 *
 * <pre>{@code
 * RnnTextModel model =
 *     new RnnLanguageModel().setFeaturesCol("text").setCell("lstm").setUnits(512).fit(plays);
 * String verse = model.generate("ROMEO:", 200, Sampling.ofSeed(1).withTemperature(0.8));
 * }</pre>
 *
 * <p>The features column holds one stream of tokens a row, of any length: a text, whose characters
 * (code points) are the tokens, {@code array<string>}, or {@code array<int>} of ids from 0, such as
 * TokenIndexer makes. The vocabulary of texts is found in the data of the fit, in a Spark job of
 * its own, and kept in the model; id 0 is that of tokens that are not in it. With an initial model
 * its vocabulary is taken instead.
 *
 * <p>Training is truncated back-propagation through time. The streams are laid end to end, in the
 * order of {@link #orderCol()} and then of their content, and cut into {@link #batchSize()} lanes
 * of equal length (the tokens left over at the end, fewer than lanes, are not trained on). Training
 * step k of an epoch takes tokens k bpttLength to (k + 1) bpttLength of every lane. The state of
 * every layer goes on from step to step of an epoch, also where a new stream begins in a lane; it
 * is zero at the begin of an epoch, and no gradient flows back through it. The order is the same in
 * every epoch.
 *
 * <p>Held out are the streams that {@link #validationIndicatorCol()} marks, or the last tokens by
 * {@link #validationFraction()}; they are cut and read in the same way, from a state of zeros.
 * Losses are nats per token.
 */
public final class RnnLanguageModel extends RnnEstimator<RnnLanguageModel, RnnTextModel>
    implements LanguageParams, DefaultParamsWritable {

  private static final long serialVersionUID = 1L;

  private final LanguageParamDefinitions languageParams;
  private transient Vocabulary initialVocabulary;

  /** With defaults and a uid of its own. */
  public RnnLanguageModel() {
    this(Identifiable.randomUID("rnnLanguageModel"));
  }

  /** With defaults and this uid. */
  public RnnLanguageModel(String uid) {
    super(uid, LabelWords.LANGUAGE);
    languageParams = new LanguageParamDefinitions(this);
    languageParams.setDefaults(this);
  }

  @Override
  RnnLanguageModel self() {
    return this;
  }

  @Override
  public LanguageParamDefinitions languageParams() {
    return languageParams;
  }

  /** Sets {@link #orderCol()}. */
  public RnnLanguageModel setOrderCol(String value) {
    return with(orderCol(), value);
  }

  /** Sets {@link #minCount()}. */
  public RnnLanguageModel setMinCount(int value) {
    return with(minCount(), value);
  }

  /** Sets {@link #maxVocabularySize()}. */
  public RnnLanguageModel setMaxVocabularySize(int value) {
    return with(maxVocabularySize(), value);
  }

  /** Sets {@link #tieWeights()}. */
  public RnnLanguageModel setTieWeights(boolean value) {
    return with(tieWeights(), value);
  }

  /** Sets {@link #outputDropout()}. */
  public RnnLanguageModel setOutputDropout(double value) {
    return with(outputDropout(), value);
  }

  /** Sets {@link #natsCol()}. */
  public RnnLanguageModel setNatsCol(String value) {
    return with(natsCol(), value);
  }

  /** Sets {@link #perplexityCol()}. */
  public RnnLanguageModel setPerplexityCol(String value) {
    return with(perplexityCol(), value);
  }

  /** Sets {@link #stateCol()}. */
  public RnnLanguageModel setStateCol(String value) {
    return with(stateCol(), value);
  }

  /**
   * {@inheritDoc}
   *
   * <p>Its vocabulary is taken over too; tokens that it lacks are read as the unknown token.
   *
   * @throws IllegalArgumentException if it is no language model
   */
  @Override
  public RnnLanguageModel setInitialModel(RnnModel<?> value) {
    if (value != null && !(value instanceof RnnTextModel)) {
      throw ParamCombination.refusal(
          this,
          "the initial model is %s; its vocabulary is needed too. Give a RnnTextModel.",
          value.getClass().getSimpleName());
    }
    initialVocabulary = value instanceof RnnTextModel text ? text.vocabulary() : null;
    return super.setInitialModel(value);
  }

  @Override
  void attachLike(RnnEstimator<?, ?> other) {
    super.attachLike(other);
    initialVocabulary =
        other instanceof RnnLanguageModel language ? language.initialVocabulary : null;
  }

  /** The head of a language model with so many tokens. */
  static Head head(int tokens) {
    return Head.ofTimeSteps("sparseCrossEntropy", tokens);
  }

  /**
   * Finds the vocabulary and trains a model.
   *
   * @throws IllegalArgumentException if params, columns or rows can't be used, or there are too few
   *     tokens; the message says which and what to do
   * @throws sparkrnn.training.DivergedException if the loss stops being finite
   * @throws sparkrnn.training.InterruptedFitException if the interruption asked for it
   */
  @Override
  public RnnTextModel fit(Dataset<?> dataset) {
    requireBounded(dataset);
    transformSchema(dataset.schema());
    Vocabulary vocabulary = vocabulary(dataset);
    TokenReader tokens = new TokenReader(vocabulary, true);
    try (Lanes lanes =
        Lanes.cut(
            dataset,
            streamColumns(),
            tokens,
            getBatchSize(),
            getBpttLength(),
            getValidationFraction())) {
      return fit(lanes, vocabulary);
    }
  }

  /** That of the initial model, whose ids the weights belong to; else that of the data. */
  private Vocabulary vocabulary(Dataset<?> dataset) {
    String path = getInitialModelPath();
    Vocabulary initial = path.isEmpty() ? initialVocabulary : RnnTextModel.load(path).vocabulary();
    if (initial == null) {
      return VocabularyCensus.of(
          dataset, name(), getFeaturesCol(), getMinCount(), getMaxVocabularySize());
    }
    initial.requireKind(name(), dataset.schema(), getFeaturesCol());
    return initial;
  }

  private RnnTextModel fit(Lanes lanes, Vocabulary vocabulary) {
    TrainingSettings settings = FitInputs.training(this);
    int tokens = vocabulary.size();
    NetworkSpec spec = FitInputs.network(this, 1, tokens, head(tokens), List.of(tokens));
    TrainingSettings begun = settings.withStart(start(head(tokens)).of(spec));
    try (WatchedFit watched = WatchedFit.of(this, listeners(), SparkSession.active());
        TrainingSet data = TrainingSet.ofLanes(lanes, settings, getBpttLength())) {
      watched.trains(spec);
      TrainingResult result = Trainer.fit(data, spec, begun, watched.listeners(), interruption());
      LanguageDescription language =
          new LanguageDescription(vocabulary, lanes.trainingTokens(), lanes.validationTokens());
      FittedNetwork fitted = new FittedNetwork(spec, result.parameters());
      return asParentOf(
          new RnnTextModel(uid())
              .become(fitted, language, result.history().withSkippedRows(lanes.skippedRows())));
    }
  }

  private StreamColumns streamColumns() {
    return new StreamColumns(
        name(),
        getFeaturesCol(),
        FitInputs.textOrEmpty(this, orderCol()),
        FitInputs.textOrEmpty(this, validationIndicatorCol()),
        getHandleInvalid());
  }

  private String name() {
    return getClass().getSimpleName();
  }

  /**
   * The columns with nats and, if named, perplexity and state.
   *
   * @throws IllegalArgumentException if a column is missing or of a type that can't be used, or if
   *     params don't go together
   */
  @Override
  public StructType transformSchema(StructType schema) {
    ParamCombination.check(this);
    checkUnused();
    checkEmbedding();
    Vocabulary.Kind.of(name(), schema, getFeaturesCol());
    streamColumns().check(schema);
    return LanguageColumns.of(this).appendTo(schema);
  }

  /** What a language model has no use for is refused, not forgotten. */
  private void checkUnused() {
    for (Param<?> param :
        List.of(
            labelCol(),
            weightCol(),
            predictionCol(),
            pooling(),
            validationSplit(),
            validationSplitCol())) {
      if (isSet(param)) {
        throw ParamCombination.refusal(
            this,
            "%s is set, and a language model does not read it: its labels are the tokens that"
                + " follow. Clear %s.",
            param.name(),
            param.name());
      }
    }
    if (getFeaturesCols().length > 0 || getVocabularySizes().length > 0) {
      throw ParamCombination.refusal(
          this,
          "featuresCols is %s and vocabularySizes is %s; a language model reads one column, of which"
              + " it finds the vocabulary itself. Clear both and set featuresCol.",
          Arrays.toString(getFeaturesCols()),
          Arrays.toString(getVocabularySizes()));
    }
    if (getBidirectional()) {
      throw ParamCombination.refusal(
          this,
          "bidirectional is true; what reads the tokens that are to be predicted predicts nothing."
              + " Set bidirectional to false.");
    }
    if (getGradientCheckpointing()) {
      throw ParamCombination.refusal(
          this,
          "gradientCheckpointing is true; a language model reads pieces of bpttLength tokens and"
              + " holds no more of a stream. Set gradientCheckpointing to false, and lower"
              + " bpttLength (%d) where memory is short.",
          getBpttLength());
    }
    if (getOptimizer().equals("lbfgs")) {
      throw ParamCombination.refusal(
          this,
          "optimizer is \"lbfgs\", which needs whole sequences in each step; a language model reads"
              + " streams piece by piece. Set optimizer to \"adam\".");
    }
  }

  private void checkEmbedding() {
    int[] sizes = getEmbeddingSizes();
    if (sizes.length != 1 || sizes[0] < 1) {
      throw ParamCombination.refusal(
          this,
          "embeddingSizes is %s; a language model needs one size of at least 1. Set embeddingSizes,"
              + " for example to 64.",
          Arrays.toString(sizes));
    }
    int width = getUnits()[getUnits().length - 1];
    if (getTieWeights() && sizes[0] != width) {
      throw ParamCombination.refusal(
          this,
          "tieWeights is true, embeddingSizes is %d and the last of units is %d; the outputs can use"
              + " the table of the embedding only where both are the same. Set embeddingSizes to %d,"
              + " or tieWeights to false.",
          sizes[0],
          width,
          width);
    }
  }

  /** A reader of saved estimators. */
  public static MLReader<RnnLanguageModel> read() {
    return new DefaultParamsReadable<RnnLanguageModel>() {}.read();
  }

  /** The estimator that was saved at a path. */
  public static RnnLanguageModel load(String path) {
    return read().load(path);
  }
}
