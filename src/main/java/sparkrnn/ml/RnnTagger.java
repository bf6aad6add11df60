package sparkrnn.ml;

import org.apache.spark.ml.util.DefaultParamsReadable;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.types.StructType;
import sparkrnn.data.ClassCensus;
import sparkrnn.data.ClassLabels;
import sparkrnn.data.TagCoding;
import sparkrnn.formats.ImportedNetwork;

/**
 * Predicts a label for every time step of a sequence: recurrent layers, then a dense layer on each
 * time step, one output for each label, trained with cross entropy where the data lies.
 *
 * <pre>{@code
 * RnnTaggingModel model =
 *     new RnnTagger()
 *         .setFeaturesCols("wordId", "suffixId", "shapeId") // each array<int>, from TokenIndexer
 *         .setEmbeddingSizes(64, 24, 12)
 *         .setLabelCol("tags") // array<string>, as long as the words
 *         .setCell("lstm")
 *         .setBidirectional(true)
 *         .fit(sentences);
 * Dataset<Row> tagged = model.setPredictedLabelCol("guesses").transform(others);
 * }</pre>
 *
 * <p>The features columns are those of {@link RnnRegressor}. The label column is an array with an
 * element for every time step:
 *
 * <ul>
 *   <li>a whole number, of any size and with gaps; predictions are such numbers.
 *   <li>a text; the prediction is its place in {@link RnnTaggingModel#labels()}, which are in
 *       alphabetical order.
 *   <li>null where the time step has no label: it is read, and neither trained on nor counted.
 * </ul>
 *
 * <p>The weight column is a number for the row, or an array with one for each time step. The loss
 * is the mean over time steps, not over sequences, as in Keras with sample weights of time steps.
 *
 * <p>With crf true, a linear-chain conditional random field stands on the outputs: labels of a
 * sequence are predicted together (Viterbi), so that one can forbid its neighbour, as "O" does
 * "I-TYPE". The loss is then the negative log likelihood of all labels of a sequence, still divided
 * by time steps, so that a learning rate suits both; time steps without a label may have any.
 *
 * <p>Most taggers want bidirectional true (its default is false): without it a label is predicted
 * from its time step and those before, which suits streams that are tagged as they come.
 *
 * <p>All labels of the data are found before the fit, in a Spark job of its own. Where they are
 * "O", "B-TYPE" and "I-TYPE", summaries also count entities.
 */
public final class RnnTagger extends RnnEstimator<RnnTagger, RnnTaggingModel>
    implements TaggingParams, DefaultParamsWritable {

  private static final long serialVersionUID = 1L;

  private final TaggingParamDefinitions taggingParams;

  /** With defaults and a uid of its own. */
  public RnnTagger() {
    this(Identifiable.randomUID("rnnTagger"));
  }

  /** With defaults and this uid. */
  public RnnTagger(String uid) {
    super(uid, LabelWords.TAGS);
    taggingParams = new TaggingParamDefinitions(this);
    taggingParams.setDefaults(this);
  }

  @Override
  RnnTagger self() {
    return this;
  }

  @Override
  public TaggingParamDefinitions taggingParams() {
    return taggingParams;
  }

  /** Sets {@link #rawPredictionCol()}. */
  public RnnTagger setRawPredictionCol(String value) {
    return with(rawPredictionCol(), value);
  }

  /** Sets {@link #probabilityCol()}. */
  public RnnTagger setProbabilityCol(String value) {
    return with(probabilityCol(), value);
  }

  /** Sets {@link #predictedLabelCol()}. */
  public RnnTagger setPredictedLabelCol(String value) {
    return with(predictedLabelCol(), value);
  }

  /** Sets {@link #crf()}. */
  public RnnTagger setCrf(boolean value) {
    return with(crf(), value);
  }

  /**
   * Finds the labels and trains a model.
   *
   * @throws IllegalArgumentException if params, columns or rows can't be used; the message says
   *     which and what to do
   * @throws sparkrnn.training.DivergedException if the loss stops being finite
   * @throws sparkrnn.training.InterruptedFitException if the interruption asked for it
   */
  @Override
  public RnnTaggingModel fit(Dataset<?> dataset) {
    requireBounded(dataset);
    transformSchema(dataset.schema());
    ClassLabels labels =
        ClassCensus.ofElements(dataset, getClass().getSimpleName(), getLabelCol()).labels();
    TaggingSweep sweep = new TaggingSweep(labels);
    Head head = Head.ofLabels(labels.size(), getCrf());
    TrainedNetwork trained = train(dataset, new TagCoding(labels), head, sweep);
    FittedNetwork fitted = new FittedNetwork(trained.spec(), trained.parameters());
    return asParentOf(
        new RnnTaggingModel(uid()).become(fitted, sweep.description(), trained.history()));
  }

  /**
   * A model of a .keras file, which is not trained here: the file says what the network is, the
   * params of this stage say the rest, such as the columns.
   *
   * @param path of the file, on any file system that Spark knows
   * @param labels in the order of the outputs; none: the numbers from 0
   * @throws IllegalArgumentException if the file can't be read, has a layer that there is none of
   *     here, or a param is set to something else than what it has
   */
  public RnnTaggingModel importKeras(String path, String... labels) {
    NetworkImport file = new NetworkImport(this, path);
    ImportedNetwork found = file.keras();
    if (!found.spec().loss().equals("crossEntropy")) {
      throw file.refusal("its head has no softmax, and a tagger gives probabilities of labels.");
    }
    return imported(file, found, labels);
  }

  /**
   * A model of a PyTorch state dict in safetensors, whose head gives the logits of labels, which is
   * not trained here: the file says what the network is but for activation, the params of this
   * stage say the rest, such as the columns.
   *
   * @param path of the file, on any file system that Spark knows
   * @param labels in the order of the outputs; none: the numbers from 0
   * @throws IllegalArgumentException if the file can't be read, has a layer that there is none of
   *     here, or a param is set to something else than what it has
   */
  public RnnTaggingModel importPyTorch(String path, String... labels) {
    NetworkImport file = new NetworkImport(this, path);
    return imported(file, file.pyTorch("sparseCrossEntropy"), labels);
  }

  private RnnTaggingModel imported(NetworkImport file, ImportedNetwork found, String... labels) {
    RnnTaggingModel model = asParentOf(new RnnTaggingModel(uid()));
    file.take(model, crf(), found.spec().crf());
    int outputs = found.spec().outputs();
    ClassLabels classes = file.labels(outputs, false, labels);
    return model.become(
        file.describedBy(model, found, Head.ofLabels(outputs, found.spec().crf())),
        new ClassDescription(classes, null, null),
        null);
  }

  /**
   * The columns with the prediction and the other columns that have names.
   *
   * @throws IllegalArgumentException if a column is missing or of a type that can't be used, or if
   *     params don't go together
   */
  @Override
  public StructType transformSchema(StructType schema) {
    ParamCombination.check(this);
    if (!getPooling().equals("last")) {
      throw ParamCombination.refusal(
          this,
          "pooling is \"%s\", and a tagger predicts a label for every time step, of which none may"
              + " be pooled. Clear pooling.",
          getPooling());
    }
    ColumnCheck check = new ColumnCheck(this, schema);
    check.features();
    ClassLabels.Kind.ofElements(getClass().getSimpleName(), schema, getLabelCol());
    if (getCrf()) {
      check.chainWeight();
    } else {
      check.stepWeights();
    }
    check.validation();
    return TaggingColumns.ofSchema(this).appendTo(schema);
  }

  /** A reader of saved estimators. */
  public static MLReader<RnnTagger> read() {
    return new DefaultParamsReadable<RnnTagger>() {}.read();
  }

  /** The estimator that was saved at a path. */
  public static RnnTagger load(String path) {
    return read().load(path);
  }
}
