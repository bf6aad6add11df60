package sparkrnn.ml;

import com.fasterxml.jackson.databind.JsonMappingException;
import java.util.List;
import org.apache.spark.ml.util.Identifiable;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import sparkrnn.data.ClassLabels;
import sparkrnn.training.TrainingHistory;

/**
 * A recurrent network trained by {@link RnnTagger}.
 *
 * <p>{@link #transform} adds arrays with an element for each time step: the prediction, and where
 * their params name columns, the label as a text, the probabilities of the labels and the outputs
 * that they come from (with a CRF those before it, whose largest need not be the prediction).
 * Labels are not read, so that one which the model does not know is only seen by {@link #evaluate}.
 */
public final class RnnTaggingModel extends RnnModel<RnnTaggingModel> implements TaggingParams {

  private static final long serialVersionUID = 1L;

  private final TaggingParamDefinitions taggingParams;
  private ClassDescription classes;

  /** Without a network; only for Spark, which looks stages up by such a constructor. */
  public RnnTaggingModel() {
    this(Identifiable.randomUID("rnnTagger"));
  }

  /** Without a network; only for Spark, which then reads the network from a directory. */
  public RnnTaggingModel(String uid) {
    super(uid, LabelWords.TAGS);
    taggingParams = new TaggingParamDefinitions(this);
    taggingParams.setDefaults(this);
  }

  /** Takes the network and the labels that were found or read for it. */
  RnnTaggingModel become(FittedNetwork network, ClassDescription found, TrainingHistory history) {
    classes = found;
    return take(network, history == null ? null : new RnnTaggingTrainingSummary(history, found));
  }

  @Override
  RnnTaggingModel self() {
    return this;
  }

  @Override
  RnnTaggingModel empty(String uid) {
    RnnTaggingModel model = new RnnTaggingModel(uid);
    model.classes = classes;
    return model;
  }

  @Override
  public TaggingParamDefinitions taggingParams() {
    return taggingParams;
  }

  @Override
  TaggingColumns outputColumns() {
    return TaggingColumns.of(this, classLabels(), decoder());
  }

  /** What the outputs of the network stand for. */
  TagDecoder decoder() {
    FittedNetwork fitted = fitted();
    return new TagDecoder(fitted.spec(), fitted.network().chain(fitted.parameters()));
  }

  @Override
  Head head(ModelDescription description) {
    return Head.ofLabels(description.network().outputs(), getCrf());
  }

  @Override
  ModelDescription described(ModelDescription description) {
    return description.withClasses(classes);
  }

  @Override
  RnnTaggingModel restored(FittedNetwork network, ModelDescription description)
      throws JsonMappingException {
    return become(network, description.requireClasses(), description.history());
  }

  /** The labels; fails where there is no network. */
  ClassLabels classLabels() {
    fitted();
    return classes.labels();
  }

  /** The labels in the order of the probabilities: numbers ascending, texts alphabetical. */
  public String[] labels() {
    return classLabels().names().toArray(new String[0]);
  }

  @Override
  List<String> outputLabels() {
    return classLabels().names();
  }

  @Override
  OutputChoice predictedOutput() {
    return new OutputChoice.OfTag(decoder());
  }

  @Override
  FlowExamples flowExamples(StructType schema) {
    return labelledExamples(schema, TaggingEvaluation.decoder(this, schema), 0);
  }

  /** How many labels there are. */
  public int numClasses() {
    return classLabels().size();
  }

  @Override
  public RnnTaggingTrainingSummary summary() {
    return (RnnTaggingTrainingSummary) super.summary();
  }

  /** Sets {@link #rawPredictionCol()}. */
  public RnnTaggingModel setRawPredictionCol(String value) {
    return with(rawPredictionCol(), value);
  }

  /** Sets {@link #probabilityCol()}. */
  public RnnTaggingModel setProbabilityCol(String value) {
    return with(probabilityCol(), value);
  }

  /** Sets {@link #predictedLabelCol()}. */
  public RnnTaggingModel setPredictedLabelCol(String value) {
    return with(predictedLabelCol(), value);
  }

  /**
   * The label of each time step of one sequence.
   *
   * @param sequence (time steps, features), finite, at least one time step
   * @throws IllegalArgumentException if it has another shape or a value that is not finite
   */
  public String[] predictLabels(float[][] sequence) {
    return labelsOf(new SinglePrediction(this).of(sequence));
  }

  /**
   * The label of each time step of the sequence in the features columns of one row, which must have
   * a schema.
   *
   * @throws IllegalArgumentException if a column is missing or its sequence can't be used
   */
  public String[] predictLabels(Row row) {
    return labelsOf(new SinglePrediction(this).of(row));
  }

  private String[] labelsOf(double[] raw) {
    return outputColumns().names(decoder().places(raw));
  }

  /**
   * The probabilities of the labels, in their order, in each time step of one sequence.
   *
   * @param sequence (time steps, features), finite, at least one time step
   * @return (time steps, labels)
   * @throws IllegalArgumentException if it has another shape or a value that is not finite
   */
  public double[][] predictProbabilities(float[][] sequence) {
    return decoder().probabilities(new SinglePrediction(this).of(sequence));
  }

  /**
   * The probabilities of the labels, in their order, in each time step of the sequence in the
   * features columns of one row, which must have a schema.
   *
   * @return (time steps, labels)
   * @throws IllegalArgumentException if a column is missing or its sequence can't be used
   */
  public double[][] predictProbabilities(Row row) {
    return decoder().probabilities(new SinglePrediction(this).of(row));
  }

  /**
   * How well the model predicts the labels of a data set, in one Spark job; reads labelCol and, if
   * set, weightCol. Time steps whose label is null do not count. A label that the model does not
   * know is an error, or its row is left out, as handleInvalid says.
   *
   * @throws IllegalArgumentException if a column is missing or of another type, a label is not
   *     known, there are more or fewer labels than time steps, or no row is left
   */
  public RnnTaggingSummary evaluate(Dataset<?> dataset) {
    return TaggingEvaluation.evaluate(this, dataset);
  }

  /** A reader of saved models. */
  public static MLReader<RnnTaggingModel> read() {
    return new ModelReader<>(RnnTaggingModel.class);
  }

  /**
   * The model that was saved at a path.
   *
   * @throws IllegalArgumentException if the directory is not that of a whole model of this version
   */
  public static RnnTaggingModel load(String path) {
    return read().load(path);
  }
}
