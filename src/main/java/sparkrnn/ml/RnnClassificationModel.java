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
 * A recurrent network trained by {@link RnnClassifier}.
 *
 * <p>{@link #transform} adds the columns of Spark's classifiers: rawPrediction and probability as
 * vectors in the order of {@link #labels()}, prediction as a double, and, where predictedLabelCol
 * names it, the label as a text. Labels in arrays give an array of 0 and 1 as prediction. Labels
 * are not read, so that one which the model does not know is only seen by {@link #evaluate}.
 */
public final class RnnClassificationModel extends RnnModel<RnnClassificationModel>
    implements ClassParams {

  private static final long serialVersionUID = 1L;

  private final ClassParamDefinitions classParams;
  private ClassDescription classes;

  /** Without a network; only for Spark, which looks stages up by such a constructor. */
  public RnnClassificationModel() {
    this(Identifiable.randomUID("rnnClassifier"));
  }

  /** Without a network; only for Spark, which then reads the network from a directory. */
  public RnnClassificationModel(String uid) {
    super(uid, LabelWords.CLASSES);
    classParams = new ClassParamDefinitions(this);
    classParams.setDefaults(this);
  }

  /** Takes the network and the classes that were found or read for it. */
  RnnClassificationModel become(
      FittedNetwork network, ClassDescription found, TrainingHistory history) {
    classes = found;
    return take(
        network, history == null ? null : new RnnClassificationTrainingSummary(history, found));
  }

  @Override
  RnnClassificationModel self() {
    return this;
  }

  @Override
  RnnClassificationModel empty(String uid) {
    RnnClassificationModel model = new RnnClassificationModel(uid);
    model.classes = classes;
    return model;
  }

  @Override
  public ClassParamDefinitions classParams() {
    return classParams;
  }

  @Override
  ClassColumns outputColumns() {
    return ClassColumns.of(this, classLabels(), fitted().spec());
  }

  @Override
  Head head(ModelDescription description) {
    return Head.ofLoss(
        description.classes() == null
            ? description.network().loss()
            : ClassDescription.loss(description.classes().labels().kind()));
  }

  @Override
  ModelDescription described(ModelDescription description) {
    return description.withClasses(classes);
  }

  @Override
  RnnClassificationModel restored(FittedNetwork network, ModelDescription description)
      throws JsonMappingException {
    return become(network, description.requireClasses(), description.history());
  }

  /** The classes; fails where there is no network. */
  ClassLabels classLabels() {
    fitted();
    return classes.labels();
  }

  /**
   * The labels in the order of the probabilities: numbers ascending, texts alphabetical; of labels
   * in arrays their places, from 0.
   */
  public String[] labels() {
    return classLabels().names().toArray(new String[0]);
  }

  @Override
  List<String> outputLabels() {
    return classLabels().names();
  }

  @Override
  OutputChoice predictedOutput() {
    return new OutputChoice.OfClass(outputColumns());
  }

  @Override
  FlowExamples flowExamples(StructType schema) {
    return labelledExamples(schema, ClassEvaluation.decoder(this, schema), numOutputs());
  }

  /** How many labels there are. */
  public int numClasses() {
    return classLabels().size();
  }

  @Override
  public RnnClassificationTrainingSummary summary() {
    return (RnnClassificationTrainingSummary) super.summary();
  }

  /** Sets {@link #rawPredictionCol()}. */
  public RnnClassificationModel setRawPredictionCol(String value) {
    return with(rawPredictionCol(), value);
  }

  /** Sets {@link #probabilityCol()}. */
  public RnnClassificationModel setProbabilityCol(String value) {
    return with(probabilityCol(), value);
  }

  /** Sets {@link #predictedLabelCol()}. */
  public RnnClassificationModel setPredictedLabelCol(String value) {
    return with(predictedLabelCol(), value);
  }

  /** Sets {@link #thresholds()}. */
  public RnnClassificationModel setThresholds(double... value) {
    return with(thresholds(), value.clone());
  }

  /** Sets {@link #threshold()}. */
  public RnnClassificationModel setThreshold(double value) {
    return with(threshold(), value);
  }

  /**
   * @throws IllegalArgumentException also if thresholds do not go with the labels
   */
  @Override
  public StructType transformSchema(StructType schema) {
    checkClassParams();
    return super.transformSchema(schema);
  }

  private void checkClassParams() {
    ClassLabels labels = classLabels();
    boolean arrays = labels.kind() == ClassLabels.Kind.ARRAY;
    if (isDefined(thresholds())) {
      if (arrays) {
        throw ParamCombination.refusal(
            this,
            "thresholds is set, and the labels of the fit were arrays; each has a probability of"
                + " its own. Clear thresholds and set threshold.");
      }
      ClassDescription.requireOneForEach(
          getClass().getSimpleName(), "thresholds", getThresholds().length, labels);
    }
    if (arrays && !getPredictedLabelCol().isEmpty()) {
      throw ParamCombination.refusal(
          this,
          "predictedLabelCol is \"%s\", and the labels of the fit were arrays, which have no names."
              + " Set predictedLabelCol to \"\".",
          getPredictedLabelCol());
    }
  }

  /**
   * The probabilities of the labels for one sequence, in their order.
   *
   * @param sequence (time steps, features), finite, at least one time step
   * @throws IllegalArgumentException if it has another shape or a value that is not finite
   */
  public double[] predictProbability(float[][] sequence) {
    return outputColumns().probabilities(new SinglePrediction(this).of(sequence));
  }

  /**
   * The probabilities of the labels for the sequence in the features column of one row, which must
   * have a schema.
   *
   * @throws IllegalArgumentException if the column is missing or its sequence can't be used
   */
  public double[] predictProbability(Row row) {
    return outputColumns().probabilities(new SinglePrediction(this).of(row));
  }

  /**
   * How well the model predicts the labels of a data set, in one Spark job; reads labelCol and, if
   * set, weightCol. Classes do not weigh here. A label that the model does not know is an error, or
   * its row is left out, as handleInvalid says.
   *
   * @throws IllegalArgumentException if a column is missing or of another type, a label is not
   *     known, or no row is left
   */
  public RnnClassificationSummary evaluate(Dataset<?> dataset) {
    return ClassEvaluation.evaluate(this, dataset);
  }

  /** A reader of saved models. */
  public static MLReader<RnnClassificationModel> read() {
    return new ModelReader<>(RnnClassificationModel.class);
  }

  /**
   * The model that was saved at a path.
   *
   * @throws IllegalArgumentException if the directory is not that of a whole model of this version
   */
  public static RnnClassificationModel load(String path) {
    return read().load(path);
  }
}
