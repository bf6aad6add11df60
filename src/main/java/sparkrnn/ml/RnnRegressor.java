package sparkrnn.ml;

import org.apache.spark.ml.util.DefaultParamsReadable;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.types.StructType;
import sparkrnn.data.LabelCoding;
import sparkrnn.formats.ImportedNetwork;

/**
 * Predicts one or several numbers from a sequence: recurrent layers, then a dense layer on the last
 * time step, trained by back-propagation through time where the data lies.
 *
 * <pre>{@code
 * RnnRegressionModel model =
 *     new RnnRegressor().setCell("lstm").setUnits(64).setEpochs(20).fit(sequences);
 * Dataset<Row> predicted = model.transform(others);
 * }</pre>
 *
 * <p>The features column holds one sequence a row, of any length: {@code array<number>} with one
 * feature per time step, or {@code array<array<number>>} or {@code array<vector>} of (time steps,
 * features). The label column holds a number, or an array or vector of as many numbers in each row.
 */
public final class RnnRegressor extends RnnEstimator<RnnRegressor, RnnRegressionModel>
    implements RegressionParams, DefaultParamsWritable {

  private static final long serialVersionUID = 1L;

  private final RegressionParamDefinitions regressionParams;

  /** With defaults and a uid of its own. */
  public RnnRegressor() {
    this(Identifiable.randomUID("rnnRegressor"));
  }

  /** With defaults and this uid. */
  public RnnRegressor(String uid) {
    super(uid, LabelWords.REGRESSION);
    regressionParams = new RegressionParamDefinitions(this);
    regressionParams.setDefaults(this);
  }

  @Override
  public RegressionParamDefinitions regressionParams() {
    return regressionParams;
  }

  /** Sets {@link #loss()}. */
  public RnnRegressor setLoss(String value) {
    return with(loss(), value);
  }

  /** Sets {@link #huberDelta()}. */
  public RnnRegressor setHuberDelta(double value) {
    return with(huberDelta(), value);
  }

  @Override
  RnnRegressor self() {
    return this;
  }

  /**
   * Trains a model.
   *
   * @throws IllegalArgumentException if params, columns or rows can't be used; the message says
   *     which and what to do
   * @throws sparkrnn.training.DivergedException if the loss stops being finite
   * @throws sparkrnn.training.InterruptedFitException if the interruption asked for it
   */
  @Override
  public RnnRegressionModel fit(Dataset<?> dataset) {
    requireBounded(dataset);
    transformSchema(dataset.schema());
    boolean arrayLabels = new ColumnCheck(this, dataset.schema()).arrayLabels();
    TrainedNetwork trained =
        train(dataset, LabelCoding.numbers(), Head.ofErrors(getLoss(), getHuberDelta()));
    FittedNetwork fitted = new FittedNetwork(trained.spec(), trained.parameters());
    return asParentOf(new RnnRegressionModel(uid()).become(fitted, arrayLabels, trained.history()));
  }

  /**
   * A model of a .keras file, which is not trained here: the file says what the network is, the
   * params of this stage say the rest, such as the columns.
   *
   * @param path of the file, on any file system that Spark knows
   * @throws IllegalArgumentException if the file can't be read, has a layer that there is none of
   *     here, or a param is set to something else than what it has
   */
  public RnnRegressionModel importKeras(String path) {
    NetworkImport file = new NetworkImport(this, path);
    return imported(file, file.keras());
  }

  /**
   * A model of a PyTorch state dict in safetensors, which is not trained here: the file says what
   * the network is but for activation and pooling, the params of this stage say the rest, such as
   * the columns.
   *
   * @param path of the file, on any file system that Spark knows
   * @throws IllegalArgumentException if the file can't be read, has a layer that there is none of
   *     here, or a param is set to something else than what it has
   */
  public RnnRegressionModel importPyTorch(String path) {
    NetworkImport file = new NetworkImport(this, path);
    return imported(file, file.pyTorch(getLoss()));
  }

  private RnnRegressionModel imported(NetworkImport file, ImportedNetwork found) {
    if (found.spec().loss().endsWith("Entropy")) {
      throw file.refusal("its head gives probabilities of classes. Import it with RnnClassifier.");
    }
    RnnRegressionModel model = asParentOf(new RnnRegressionModel(uid()));
    Head head = Head.ofErrors(getLoss(), getHuberDelta());
    return model.become(file.describedBy(model, found, head), found.spec().outputs() > 1, null);
  }

  /**
   * The columns with the prediction.
   *
   * @throws IllegalArgumentException if a column is missing or of a type that can't be used, or if
   *     params don't go together
   */
  @Override
  public StructType transformSchema(StructType schema) {
    ParamCombination.check(this);
    ColumnCheck check = new ColumnCheck(this, schema);
    check.features();
    boolean arrayLabels = check.arrayLabels();
    check.weight();
    check.validation();
    return AttentionColumn.of(this)
        .appendTo(RegressionColumns.of(this, arrayLabels).appendTo(schema));
  }

  /** A reader of saved estimators. */
  public static MLReader<RnnRegressor> read() {
    return new DefaultParamsReadable<RnnRegressor>() {}.read();
  }

  /** The estimator that was saved at a path. */
  public static RnnRegressor load(String path) {
    return read().load(path);
  }
}
