package sparkrnn.ml;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.spark.ml.util.DefaultParamsReadable;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.types.StructType;
import sparkrnn.data.ClassCensus;
import sparkrnn.data.ClassCoding;
import sparkrnn.data.ClassLabels;
import sparkrnn.formats.ImportedNetwork;

/**
 * Predicts the class of a sequence: recurrent layers, then a dense layer on the last time step, one
 * output for each class, trained with cross entropy where the data lies.
 *
 * <pre>{@code
 * RnnClassificationModel model =
 *     new RnnClassifier().setLabelCol("language").setCell("lstm").setEpochs(20).fit(names);
 * Dataset<Row> predicted = model.setPredictedLabelCol("guess").transform(others);
 * }</pre>
 *
 * <p>The features column is that of {@link RnnRegressor}. The label column holds one of:
 *
 * <ul>
 *   <li>a whole number, of any size and with gaps; predictions are such numbers.
 *   <li>a text; the prediction is its place in {@link RnnClassificationModel#labels()}, which are
 *       in alphabetical order: a {@code StringIndexer} with stringOrderType "alphabetAsc" makes a
 *       column that Spark's evaluators can compare with it.
 *   <li>an array or a vector of 0 and 1, one for each label that may hold, several at once; each
 *       label has a probability of its own.
 * </ul>
 *
 * <p>All labels of the data are found before the fit, in a Spark job of its own. Works with Spark's
 * evaluators and CrossValidator; not inside OneVsRest, which takes no sequences, and is not needed.
 */
public final class RnnClassifier extends RnnEstimator<RnnClassifier, RnnClassificationModel>
    implements ClassParams, DefaultParamsWritable {

  private static final long serialVersionUID = 1L;

  private final ClassParamDefinitions classParams;

  /** With defaults and a uid of its own. */
  public RnnClassifier() {
    this(Identifiable.randomUID("rnnClassifier"));
  }

  /** With defaults and this uid. */
  public RnnClassifier(String uid) {
    super(uid, LabelWords.CLASSES);
    classParams = new ClassParamDefinitions(this);
    classParams.setDefaults(this);
  }

  @Override
  RnnClassifier self() {
    return this;
  }

  @Override
  public ClassParamDefinitions classParams() {
    return classParams;
  }

  /** Sets {@link #rawPredictionCol()}. */
  public RnnClassifier setRawPredictionCol(String value) {
    return with(rawPredictionCol(), value);
  }

  /** Sets {@link #probabilityCol()}. */
  public RnnClassifier setProbabilityCol(String value) {
    return with(probabilityCol(), value);
  }

  /** Sets {@link #predictedLabelCol()}. */
  public RnnClassifier setPredictedLabelCol(String value) {
    return with(predictedLabelCol(), value);
  }

  /** Sets {@link #thresholds()}. */
  public RnnClassifier setThresholds(double... value) {
    return with(thresholds(), value.clone());
  }

  /** Sets {@link #threshold()}. */
  public RnnClassifier setThreshold(double value) {
    return with(threshold(), value);
  }

  /** Sets {@link #classWeighting()}. */
  public RnnClassifier setClassWeighting(String value) {
    return with(classWeighting(), value);
  }

  /** Sets {@link #classWeights()}. */
  public RnnClassifier setClassWeights(double... value) {
    return with(classWeights(), value.clone());
  }

  /** Sets {@link #labelSmoothing()}. */
  public RnnClassifier setLabelSmoothing(double value) {
    return with(labelSmoothing(), value);
  }

  /**
   * Finds the classes and trains a model.
   *
   * @throws IllegalArgumentException if params, columns or rows can't be used; the message says
   *     which and what to do
   * @throws sparkrnn.training.DivergedException if the loss stops being finite
   * @throws sparkrnn.training.InterruptedFitException if the interruption asked for it
   */
  @Override
  public RnnClassificationModel fit(Dataset<?> dataset) {
    requireBounded(dataset);
    transformSchema(dataset.schema());
    String stage = getClass().getSimpleName();
    if (kind(dataset.schema()) == ClassLabels.Kind.ARRAY) {
      return fit(dataset, ClassLabels.ofPlaces(0), List.of());
    }
    ClassCensus census = ClassCensus.of(dataset, stage, getLabelCol());
    requireOneForEach(census.labels());
    return fit(dataset, census.labels(), weights(census));
  }

  private RnnClassificationModel fit(Dataset<?> dataset, ClassLabels labels, List<Double> weights) {
    ClassCoding coding = new ClassCoding(labels, weights, getLabelSmoothing());
    FitAccuracy accuracy = new FitAccuracy(getThreshold());
    TrainedNetwork trained =
        train(dataset, coding, Head.ofLoss(ClassDescription.loss(labels.kind())), accuracy);
    boolean arrays = labels.kind() == ClassLabels.Kind.ARRAY;
    ClassLabels found = arrays ? ClassLabels.ofPlaces(trained.spec().outputs()) : labels;
    ClassDescription classes =
        new ClassDescription(found, accuracy.training(), accuracy.validation());
    FittedNetwork fitted = new FittedNetwork(trained.spec(), trained.parameters());
    return asParentOf(new RnnClassificationModel(uid()).become(fitted, classes, trained.history()));
  }

  private ClassLabels.Kind kind(StructType schema) {
    return ClassLabels.Kind.of(getClass().getSimpleName(), schema, getLabelCol());
  }

  private List<Double> weights(ClassCensus census) {
    if (isDefined(classWeights())) {
      return Arrays.stream(getClassWeights()).boxed().toList();
    }
    return getClassWeighting().equals("balanced") ? census.balancedWeights() : List.of();
  }

  private void requireOneForEach(ClassLabels labels) {
    if (isDefined(classWeights())) {
      ClassDescription.requireOneForEach(
          getClass().getSimpleName(), "classWeights", getClassWeights().length, labels);
    }
    if (isDefined(thresholds())) {
      ClassDescription.requireOneForEach(
          getClass().getSimpleName(), "thresholds", getThresholds().length, labels);
    }
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
  public RnnClassificationModel importKeras(String path, String... labels) {
    NetworkImport file = new NetworkImport(this, path);
    ImportedNetwork found = file.keras();
    if (found.spec().loss().equals("mse")) {
      throw file.refusal(
          "its head is linear; a classifier has softmax or sigmoid. Import it with RnnRegressor.");
    }
    return imported(file, found, labels);
  }

  /**
   * A model of a PyTorch state dict in safetensors, whose head gives the logits of classes, which
   * is not trained here: the file says what the network is but for activation and pooling, the
   * params of this stage say the rest, such as the columns.
   *
   * @param path of the file, on any file system that Spark knows
   * @param labels in the order of the outputs; none: the numbers from 0
   * @throws IllegalArgumentException if the file can't be read, has a layer that there is none of
   *     here, or a param is set to something else than what it has
   */
  public RnnClassificationModel importPyTorch(String path, String... labels) {
    NetworkImport file = new NetworkImport(this, path);
    return imported(file, file.pyTorch("crossEntropy"), labels);
  }

  private RnnClassificationModel imported(
      NetworkImport file, ImportedNetwork found, String... labels) {
    RnnClassificationModel model = asParentOf(new RnnClassificationModel(uid()));
    String loss = found.spec().loss();
    boolean arrays = loss.equals("binaryCrossEntropy");
    ClassLabels classes = file.labels(found.spec().outputs(), arrays, labels);
    return model.become(
        file.describedBy(model, found, Head.ofLoss(loss)),
        new ClassDescription(classes, null, null),
        null);
  }

  /**
   * The columns with rawPrediction, probability, prediction and, if named, the predicted label.
   *
   * @throws IllegalArgumentException if a column is missing or of a type that can't be used, or if
   *     params don't go together
   */
  @Override
  public StructType transformSchema(StructType schema) {
    ParamCombination.check(this);
    ColumnCheck check = new ColumnCheck(this, schema);
    check.features();
    boolean arrays = kind(schema) == ClassLabels.Kind.ARRAY;
    checkTogether(arrays);
    check.weight();
    check.validation();
    return AttentionColumn.of(this).appendTo(ClassColumns.ofSchema(this, arrays).appendTo(schema));
  }

  private void checkTogether(boolean arrays) {
    boolean balanced = getClassWeighting().equals("balanced");
    if (balanced && isDefined(classWeights())) {
      throw ParamCombination.refusal(
          this,
          "classWeighting is \"balanced\" and classWeights is %s; only one of them may weigh the"
              + " classes. Set classWeighting to \"none\", or clear classWeights.",
          Arrays.toString(getClassWeights()));
    }
    if (!arrays) {
      return;
    }
    String remedy = "; labels in an array (labelCol \"%s\") are no classes of a row. %s.";
    if (balanced) {
      throw ParamCombination.refusal(
          this,
          "classWeighting is \"balanced\"" + remedy,
          getLabelCol(),
          "Set classWeighting to \"none\"");
    }
    if (isDefined(classWeights())) {
      throw ParamCombination.refusal(
          this, "classWeights is set" + remedy, getLabelCol(), "Clear classWeights");
    }
    if (isDefined(thresholds())) {
      throw ParamCombination.refusal(
          this, "thresholds is set" + remedy, getLabelCol(), "Clear thresholds and set threshold");
    }
    if (!getPredictedLabelCol().isEmpty()) {
      throw ParamCombination.refusal(
          this,
          String.format(Locale.ROOT, "predictedLabelCol is \"%s\"", getPredictedLabelCol())
              + remedy,
          getLabelCol(),
          "Set predictedLabelCol to \"\"");
    }
  }

  /** A reader of saved estimators. */
  public static MLReader<RnnClassifier> read() {
    return new DefaultParamsReadable<RnnClassifier>() {}.read();
  }

  /** The estimator that was saved at a path. */
  public static RnnClassifier load(String path) {
    return read().load(path);
  }
}
