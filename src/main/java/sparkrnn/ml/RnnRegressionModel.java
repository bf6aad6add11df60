package sparkrnn.ml;

import org.apache.spark.ml.util.Identifiable;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import sparkrnn.training.TrainingHistory;

/**
 * A recurrent network trained by {@link RnnRegressor}.
 *
 * <p>{@link #transform} adds one column: double where the labels were numbers, {@code
 * array<double>} where they were arrays or vectors.
 */
public final class RnnRegressionModel extends RnnModel<RnnRegressionModel>
    implements RegressionParams {

  private static final long serialVersionUID = 1L;

  private final RegressionParamDefinitions regressionParams;
  private boolean arrayLabels;

  /** Without a network; only for Spark, which looks stages up by such a constructor. */
  public RnnRegressionModel() {
    this(Identifiable.randomUID("rnnRegressor"));
  }

  /** Without a network; only for Spark, which then reads the network from a directory. */
  public RnnRegressionModel(String uid) {
    super(uid, LabelWords.REGRESSION);
    regressionParams = new RegressionParamDefinitions(this);
    regressionParams.setDefaults(this);
  }

  /**
   * Takes the network that was trained or read for it.
   *
   * @param arrays whether labels, and so predictions, are arrays even where there is one output
   */
  RnnRegressionModel become(FittedNetwork network, boolean arrays, TrainingHistory history) {
    arrayLabels = arrays;
    return take(network, history == null ? null : new RnnTrainingSummary(history));
  }

  @Override
  RnnRegressionModel self() {
    return this;
  }

  @Override
  RnnRegressionModel empty(String uid) {
    RnnRegressionModel model = new RnnRegressionModel(uid);
    model.arrayLabels = arrayLabels;
    return model;
  }

  @Override
  OutputColumns outputColumns() {
    return RegressionColumns.of(this, arrayLabels);
  }

  @Override
  Head head(ModelDescription description) {
    return Head.ofErrors(getLoss(), getHuberDelta());
  }

  @Override
  ModelDescription described(ModelDescription description) {
    return description.withArrayLabels(arrayLabels);
  }

  @Override
  RnnRegressionModel restored(FittedNetwork network, ModelDescription description) {
    return become(network, description.arrayLabels(), description.history());
  }

  @Override
  FlowExamples flowExamples(StructType schema) {
    return labelledExamples(schema, new ColumnCheck(this, schema).label(), numOutputs());
  }

  @Override
  public RegressionParamDefinitions regressionParams() {
    return regressionParams;
  }

  /**
   * The outputs for one sequence.
   *
   * @param sequence (time steps, features), finite, at least one time step
   * @throws IllegalArgumentException if it has another shape or a value that is not finite
   */
  public double[] predict(float[][] sequence) {
    return new SinglePrediction(this).of(sequence);
  }

  /**
   * The outputs for the sequence in the features column of one row, which must have a schema.
   *
   * @throws IllegalArgumentException if the column is missing or its sequence can't be used
   */
  public double[] predict(Row row) {
    return new SinglePrediction(this).of(row);
  }

  /**
   * How well the model predicts the labels of a data set, in one Spark job; reads labelCol and, if
   * set, weightCol.
   *
   * @throws IllegalArgumentException if a column is missing or of another type, or if no row is
   *     left
   */
  public RnnRegressionSummary evaluate(Dataset<?> dataset) {
    return RegressionEvaluation.evaluate(this, dataset);
  }

  /** A reader of saved models. */
  public static MLReader<RnnRegressionModel> read() {
    return new ModelReader<>(RnnRegressionModel.class);
  }

  /**
   * The model that was saved at a path.
   *
   * @throws IllegalArgumentException if the directory is not that of a whole model of this version
   */
  public static RnnRegressionModel load(String path) {
    return read().load(path);
  }
}
