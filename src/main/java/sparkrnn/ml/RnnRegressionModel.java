package sparkrnn.ml;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import sparkrnn.training.TrainingHistory;

/**
 * A recurrent network trained by {@link RnnRegressor}.
 *
 * <p>{@link #transform} adds one column: double where the labels were numbers, {@code
 * array<double>} where they were arrays or vectors. Rows keep their order; a partition is read a
 * batch at a time, so that memory does not grow with it, and a streaming DataFrame works too.
 */
public final class RnnRegressionModel extends Model<RnnRegressionModel>
    implements RnnParams, DefaultParamsWritable {

  private static final long serialVersionUID = 1L;

  private final String uid;
  private final ColumnParamDefinitions columnParams;
  private final NetworkParamDefinitions networkParams;
  private final TrainingParamDefinitions trainingParams;
  private FittedNetwork fitted;
  private RnnTrainingSummary summary;
  private transient SharedParameters shared;

  /** Without a network; only for Spark, which looks stages up by such a constructor. */
  public RnnRegressionModel() {
    this(Identifiable.randomUID("rnnRegressor"));
  }

  /** Without a network; only for Spark, which then reads the network from a directory. */
  public RnnRegressionModel(String uid) {
    this.uid = uid;
    columnParams = new ColumnParamDefinitions(this, "error", "skip", "keep");
    networkParams = new NetworkParamDefinitions(this);
    trainingParams = new TrainingParamDefinitions(this);
    setRnnDefaults();
  }

  RnnRegressionModel(String uid, FittedNetwork fitted, TrainingHistory history) {
    this(uid);
    become(fitted, history);
  }

  /** Takes the network that was read for it. */
  RnnRegressionModel become(FittedNetwork network, TrainingHistory history) {
    fitted = network;
    summary = history == null ? null : new RnnTrainingSummary(history);
    return this;
  }

  FittedNetwork fitted() {
    if (fitted == null) {
      throw new IllegalStateException(
          "RnnRegressionModel: this model has no network; it comes from a constructor. Take a model"
              + " from RnnRegressor.fit or RnnRegressionModel.load.");
    }
    return fitted;
  }

  @Override
  public String uid() {
    return uid;
  }

  @Override
  public ColumnParamDefinitions columnParams() {
    return columnParams;
  }

  @Override
  public NetworkParamDefinitions networkParams() {
    return networkParams;
  }

  @Override
  public TrainingParamDefinitions trainingParams() {
    return trainingParams;
  }

  /** Sets {@link #featuresCol()}. */
  public RnnRegressionModel setFeaturesCol(String value) {
    return with(featuresCol(), value);
  }

  /** Sets {@link #predictionCol()}. */
  public RnnRegressionModel setPredictionCol(String value) {
    return with(predictionCol(), value);
  }

  /** Sets {@link #labelCol()}, which {@link #evaluate} reads. */
  public RnnRegressionModel setLabelCol(String value) {
    return with(labelCol(), value);
  }

  /** Sets {@link #weightCol()}, which {@link #evaluate} reads. */
  public RnnRegressionModel setWeightCol(String value) {
    return with(weightCol(), value);
  }

  /** Sets {@link #handleInvalid()}. */
  public RnnRegressionModel setHandleInvalid(String value) {
    return with(handleInvalid(), value);
  }

  /** Sets {@link #predictionBatchSize()}. */
  public RnnRegressionModel setPredictionBatchSize(int value) {
    return with(predictionBatchSize(), value);
  }

  private <T> RnnRegressionModel with(Param<T> param, T value) {
    set(param, value);
    return this;
  }

  /**
   * The rows with their predictions, lazily.
   *
   * @throws IllegalArgumentException if the features column is missing or of another type; a row
   *     that can't be used is reported when it is reached
   */
  @Override
  public Dataset<Row> transform(Dataset<?> dataset) {
    StructType schema = dataset.schema();
    StructType predicted = transformSchema(schema);
    Broadcast<float[]> parameters = sharedParameters().in(dataset.sparkSession().sparkContext());
    PredictionTask task = new PredictionTask(this, fitted(), parameters, schema);
    Dataset<Row> rows = dataset.toDF().mapPartitions(task, Encoders.row(predicted));
    // The encoder of rows forgets the columns' metadata, watermarks among them.
    return hasMetadata(schema) ? rows.to(predicted) : rows;
  }

  private synchronized SharedParameters sharedParameters() {
    if (shared == null) {
      shared = new SharedParameters(fitted().parameters());
    }
    return shared;
  }

  private static boolean hasMetadata(StructType schema) {
    for (StructField field : schema.fields()) {
      if (!field.metadata().isEmpty()) {
        return true;
      }
    }
    return false;
  }

  @Override
  public StructType transformSchema(StructType schema) {
    ColumnCheck check = new ColumnCheck(this, schema);
    check.features();
    check.noPrediction();
    return Predictions.appendTo(schema, this, fitted().arrayLabels());
  }

  /**
   * The outputs for one sequence.
   *
   * @param sequence (time steps, features), finite, at least one time step
   * @throws IllegalArgumentException if it has another shape or a value that is not finite
   */
  public double[] predict(float[][] sequence) {
    return SinglePrediction.of(fitted(), sequence);
  }

  /**
   * The outputs for the sequence in the features column of one row, which must have a schema.
   *
   * @throws IllegalArgumentException if the column is missing or its sequence can't be used
   */
  public double[] predict(Row row) {
    return SinglePrediction.of(this, row);
  }

  /**
   * How well the model predicts the labels of a data set, in one Spark job; reads labelCol and, if
   * set, weightCol.
   *
   * @throws IllegalArgumentException if a column is missing or of another type, or if no row is
   *     left
   */
  public RnnRegressionSummary evaluate(Dataset<?> dataset) {
    return EvaluationTask.evaluate(this, dataset);
  }

  /** Whether the model knows how it was trained. */
  public boolean hasSummary() {
    return summary != null;
  }

  /**
   * What happened in the fit; kept when the model is saved.
   *
   * @throws IllegalStateException if there is none
   */
  public RnnTrainingSummary summary() {
    if (summary == null) {
      throw new IllegalStateException(
          "RnnRegressionModel: this model has no training summary; only a model from a fit has one."
              + " Ask hasSummary first.");
    }
    return summary;
  }

  /** A table of the layers, their output shapes and parameter counts, as Keras prints it. */
  public String describe() {
    return fitted().network().describe();
  }

  /** Features of one time step. */
  public int numFeatures() {
    return fitted().spec().inputs();
  }

  /** Numbers predicted for a sequence. */
  public int numOutputs() {
    return fitted().spec().outputs();
  }

  /** How many numbers were learnt. */
  public int numParameters() {
    return fitted().parameters().length;
  }

  /** Copies of the learnt tensors by name, row-major, in the order of the network. */
  public Map<String, float[]> weights() {
    return fitted().weights();
  }

  @Override
  public RnnRegressionModel copy(ParamMap extra) {
    RnnRegressionModel copy = new RnnRegressionModel(uid);
    copy.fitted = fitted;
    copy.summary = summary;
    copyValues(copy, extra);
    return copy.setParent(parent());
  }

  /**
   * A writer of this model: weights as safetensors, description as JSON, params as Spark has them.
   */
  @Override
  public MLWriter write() {
    return new ModelWriter(this, DefaultParamsWritable.super.write());
  }

  /** A reader of saved models. */
  public static MLReader<RnnRegressionModel> read() {
    return new ModelReader();
  }

  /**
   * The model that was saved at a path.
   *
   * @throws IllegalArgumentException if the directory is not that of a whole model of this version
   */
  public static RnnRegressionModel load(String path) {
    return read().load(path);
  }

  @Override
  public String explainParam(Param<?> param) {
    return RnnParams.explain(this, param);
  }

  @Override
  public String toString() {
    return fitted == null
        ? "RnnRegressionModel: uid=" + uid
        : String.format(
            Locale.ROOT,
            "RnnRegressionModel: uid=%s, cell=%s, units=%s, numFeatures=%d, numOutputs=%d,"
                + " numParameters=%d",
            uid,
            getCell(),
            Arrays.toString(getUnits()),
            numFeatures(),
            numOutputs(),
            numParameters());
  }
}
