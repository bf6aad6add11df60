package sparkrnn.ml;

import com.fasterxml.jackson.databind.JsonMappingException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import sparkrnn.data.BinaryColumns;
import sparkrnn.data.LabelDecoder;
import sparkrnn.scoring.LocalScorer;

/**
 * What all fitted RNN models share: the network, its params, transform and persistence.
 *
 * <p>{@link #transform} adds the columns of its kind. Rows keep their order; a partition is read a
 * batch at a time, so that memory does not grow with it, and a streaming DataFrame works too.
 *
 * @param <M> the model itself, which the setters return
 */
public abstract class RnnModel<M extends RnnModel<M>> extends Model<M>
    implements RnnParams, DefaultParamsWritable {

  private static final long serialVersionUID = 1L;

  private final String uid;
  private final ColumnParamDefinitions columnParams;
  private final NetworkParamDefinitions networkParams;
  private final RegularizationParamDefinitions regularizationParams;
  private final TrainingParamDefinitions trainingParams;
  private final LongSequenceParamDefinitions longSequenceParams;
  private final TransferParamDefinitions transferParams;
  private FittedNetwork fitted;
  private RnnTrainingSummary summary;
  private transient SharedParameters shared;

  RnnModel(String uid, LabelWords words) {
    this.uid = uid;
    columnParams = new ColumnParamDefinitions(this, words, "error", "skip", "keep");
    networkParams = new NetworkParamDefinitions(this);
    regularizationParams = new RegularizationParamDefinitions(this);
    trainingParams = new TrainingParamDefinitions(this);
    longSequenceParams = new LongSequenceParamDefinitions(this);
    transferParams = new TransferParamDefinitions(this);
    setRnnDefaults();
  }

  abstract M self();

  /** A model of the uid without a network. */
  abstract M empty(String uid);

  /** What the model appends to the rows. */
  abstract OutputColumns outputColumns();

  /** Whether transform writes what the network makes of a sequence before its head. */
  boolean encodes() {
    return false;
  }

  /**
   * What makes the sequences of rows of this schema; fails where there is no network.
   *
   * @throws IllegalArgumentException if a column is missing or of another type
   */
  SequenceSource source(StructType schema) {
    fitted();
    return SequenceSource.ofFeatures(this, schema);
  }

  /** What the params and the description say of the head of the network. */
  abstract Head head(ModelDescription description);

  /** The description with what only this kind of model has to say. */
  abstract ModelDescription described(ModelDescription description);

  /**
   * Takes what was saved of it besides its params.
   *
   * @throws com.fasterxml.jackson.databind.JsonMappingException if the description lacks a part
   */
  abstract M restored(FittedNetwork network, ModelDescription description)
      throws JsonMappingException;

  /** Takes the network that was trained or read for it. */
  final M take(FittedNetwork network, RnnTrainingSummary history) {
    fitted = network;
    summary = history;
    return self();
  }

  private String name() {
    return getClass().getSimpleName();
  }

  FittedNetwork fitted() {
    if (fitted == null) {
      throw new IllegalStateException(
          name()
              + ": this model has no network; it comes from a constructor. Take a model from"
              + " the fit of an estimator or from "
              + name()
              + ".load.");
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
  public RegularizationParamDefinitions regularizationParams() {
    return regularizationParams;
  }

  @Override
  public TrainingParamDefinitions trainingParams() {
    return trainingParams;
  }

  @Override
  public LongSequenceParamDefinitions longSequenceParams() {
    return longSequenceParams;
  }

  @Override
  public TransferParamDefinitions transferParams() {
    return transferParams;
  }

  /** Sets {@link #featuresCol()}. */
  public M setFeaturesCol(String value) {
    return with(featuresCol(), value);
  }

  /** Sets {@link #featuresCols()}. */
  public M setFeaturesCols(String... value) {
    return with(featuresCols(), value.clone());
  }

  /** Sets {@link #predictionCol()}. */
  public M setPredictionCol(String value) {
    return with(predictionCol(), value);
  }

  /** Sets {@link #labelCol()}, which evaluate reads. */
  public M setLabelCol(String value) {
    return with(labelCol(), value);
  }

  /** Sets {@link #attentionCol()}. */
  public M setAttentionCol(String value) {
    return with(attentionCol(), value);
  }

  /** Sets {@link #weightCol()}, which evaluate reads. */
  public M setWeightCol(String value) {
    return with(weightCol(), value);
  }

  /** Sets {@link #handleInvalid()}. */
  public M setHandleInvalid(String value) {
    return with(handleInvalid(), value);
  }

  /** Sets {@link #predictionBatchSize()}. */
  public M setPredictionBatchSize(int value) {
    return with(predictionBatchSize(), value);
  }

  final <T> M with(Param<T> param, T value) {
    set(param, value);
    return self();
  }

  /**
   * The rows with their predictions, lazily.
   *
   * @throws IllegalArgumentException if a features column is missing or of another type; a row that
   *     can't be used is reported when it is reached
   */
  @Override
  public Dataset<Row> transform(Dataset<?> dataset) {
    StructType schema = dataset.schema();
    StructType predicted = transformSchema(schema);
    Broadcast<float[]> parameters = broadcastParameters(dataset.sparkSession().sparkContext());
    return mapped(dataset, task(parameters, schema), predicted);
  }

  /**
   * The rows that a task makes, lazily.
   *
   * @param longer the schema of the rows with the columns that the task appends
   */
  final Dataset<Row> mapped(
      Dataset<?> dataset, MapPartitionsFunction<Row, Row> task, StructType longer) {
    StructType schema = dataset.schema();
    BinaryColumns columns = BinaryColumns.of(schema, boxedColumns());
    Dataset<Row> rows =
        columns.binary(dataset).mapPartitions(task, Encoders.row(columns.binary(longer)));
    // The encoder of rows forgets the columns' metadata, watermarks among them.
    Dataset<Row> restored = columns.restored(rows, longer);
    return hasMetadata(schema) ? restored.to(longer) : restored;
  }

  /**
   * The rows with what each feature of each time step did to the prediction, lazily: as {@link
   * #explain(Dataset, IntegratedGradients)} by the defaults.
   */
  public Dataset<Row> explain(Dataset<?> dataset) {
    return explain(dataset, new IntegratedGradients());
  }

  /**
   * The rows with what each feature of each time step did to an output of the network, lazily.
   * Reads the columns that transform reads, in the same way; of a forecaster those that {@link
   * RnnForecastModel#sequences} makes.
   *
   * @throws IllegalArgumentException if a features column is missing or of another type, a column
   *     that is added is there already, or the model has no such output; a row that can't be used
   *     is reported when it is reached
   */
  public Dataset<Row> explain(Dataset<?> dataset, IntegratedGradients how) {
    return new Explanation(this, how).of(dataset);
  }

  /**
   * The mean of each feature over all time steps of all rows, in one Spark job: a baseline for
   * {@link IntegratedGradients#withBaseline}. Rows that can't be used are left out, or an error, as
   * handleInvalid says. Means of ids mean nothing.
   *
   * @throws IllegalArgumentException if a features column is missing or of another type, or no row
   *     can be used
   */
  public double[] featureMeans(Dataset<?> dataset) {
    return FeatureMeans.of(this, dataset);
  }

  /**
   * How much of the gradient of the loss reaches each time step of the rows in each recurrent cell,
   * and whether it vanishes or explodes on its way, in one Spark job. Reads the columns that
   * transform reads, and labelCol; of a language model the tokens are the labels. Nothing is
   * dropped, rows weigh the same, and classes don't weigh.
   *
   * @throws IllegalArgumentException if a column is missing or of another type, a row can't be used
   *     and handleInvalid is error, or no row is left
   */
  public RnnGradientFlow gradientFlow(Dataset<?> dataset) {
    return FlowTask.of(this, dataset);
  }

  /**
   * What makes the targets of rows of this schema.
   *
   * @throws IllegalArgumentException if the column of the labels is missing or of another type, or
   *     a model of this kind has no labels in rows
   */
  FlowExamples flowExamples(StructType schema) {
    throw ParamCombination.refusal(
        this,
        "gradientFlow needs sequences with labels in rows, which a model of this kind does not"
            + " read. Ask a RnnRegressionModel, RnnClassificationModel, RnnTaggingModel or"
            + " RnnTextModel.");
  }

  /** Those of labelCol. */
  final FlowExamples labelledExamples(StructType schema, LabelDecoder decoder, int targets) {
    return new FlowExamples.OfLabels(
        decoder, getLabelCol(), schema.fieldIndex(getLabelCol()), targets);
  }

  /**
   * Which output is explained where none is chosen.
   *
   * @throws IllegalArgumentException if one must be chosen
   */
  OutputChoice predictedOutput() {
    if (numOutputs() > 1) {
      throw ParamCombination.refusal(
          this,
          "the model has %d outputs and IntegratedGradients names none. Choose one from 0 to %d by"
              + " withOutput.",
          numOutputs(),
          numOutputs() - 1);
    }
    return OutputChoice.always(0);
  }

  /** What the outputs are called, in their order; empty where they have no names. */
  List<String> outputNames() {
    return outputLabels();
  }

  /** The parameters on the executors. */
  final Broadcast<float[]> broadcastParameters(SparkContext context) {
    return sharedParameters().in(context);
  }

  /** Columns of arrays that {@link #task} reads as Spark's objects, not as bytes. */
  Set<String> boxedColumns() {
    return Set.of();
  }

  /** What transform runs over the rows of this schema. */
  MapPartitionsFunction<Row, Row> task(Broadcast<float[]> parameters, StructType schema) {
    return new PredictionTask(this, parameters, schema);
  }

  synchronized SharedParameters sharedParameters() {
    if (shared == null) {
      shared = new SharedParameters(fitted().parameters());
    }
    return shared;
  }

  private static boolean hasMetadata(StructType schema) {
    for (StructField field : schema.fields()) {
      if (!field.metadata().equals(Metadata.empty())) {
        return true;
      }
    }
    return false;
  }

  @Override
  public StructType transformSchema(StructType schema) {
    source(schema);
    return AttentionColumn.of(this).appendTo(outputColumns().appendTo(schema));
  }

  /**
   * The model that was saved at a path, of whatever kind it is.
   *
   * @throws IllegalArgumentException if there is none, a file is missing, cut short or edited, or
   *     the model is of another version
   */
  public static RnnModel<?> loadAny(String path) {
    return ModelReader.loadAny(path);
  }

  /** The model of this class that was saved at a path. */
  @SuppressWarnings("unchecked")
  final M loadFrom(String path) {
    return new ModelReader<>((Class<M>) getClass()).load(path);
  }

  /**
   * A transformer that adds what this network makes of a sequence before its head, as a vector. It
   * shares the weights, has the params of this model and can be saved by itself.
   */
  public RnnEncoder encoder() {
    RnnEncoder encoder =
        new RnnEncoder().become(fitted(), hasSummary() ? summary().history() : null);
    copyValues(encoder, ParamMap.empty());
    return encoder;
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
          name()
              + ": this model has no training summary; only a model from a fit has one."
              + " Ask hasSummary first.");
    }
    return summary;
  }

  /**
   * Writes a page of HTML on the fit: losses, gradient norms and speed by epoch, the layers, timing
   * and params; one file that needs no network. A file that is there is replaced. {@link
   * #reportPath()} of an estimator writes it while the fit runs.
   *
   * @param path of the file, on any file system that Spark knows
   * @throws IllegalArgumentException if it can't be written there
   * @throws IllegalStateException if the model does not know how it was trained
   */
  public void writeReport(String path) {
    FitReport.write(this, path);
  }

  /** A table of the layers, their output shapes and parameter counts, as Keras prints it. */
  public String describe() {
    return fitted().network().describe();
  }

  /** Features of one time step. */
  public int numFeatures() {
    return fitted().spec().inputs();
  }

  /** Outputs of the network for a sequence. */
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

  /**
   * The learnt tensors as a table of Spark, a row each in the order of the network: name, shape
   * (array&lt;int&gt;, rows first) and values (array&lt;float&gt;, row-major).
   */
  public Dataset<Row> weightsDataFrame(SparkSession spark) {
    return WeightRows.of(fitted(), spark);
  }

  /**
   * Writes the network as an ONNX file, for ONNX Runtime and others; docs/formats.md tells its
   * inputs and outputs. A file that is there is replaced.
   *
   * @param path of the file, on any file system that Spark knows
   * @throws IllegalArgumentException if it can't be written there, or would have over 2 GiB
   */
  public void exportOnnx(String path) {
    new ModelExport(this).onnx(path);
  }

  /**
   * Writes the network as a .keras file, which keras.saving.load_model opens. A file that is there
   * is replaced.
   *
   * @param path of the file, on any file system that Spark knows
   * @throws IllegalArgumentException if it can't be written there, or Keras has no layer for a part
   *     of the network: layer normalization, zoneout, a CRF
   */
  public void exportKeras(String path) {
    new ModelExport(this).keras(path);
  }

  /**
   * Writes the weights as a PyTorch state dict in safetensors; docs/formats.md has the module that
   * they are of. A file that is there is replaced.
   *
   * @param path of the file, on any file system that Spark knows
   * @throws IllegalArgumentException if it can't be written there, or PyTorch has no module for a
   *     part of the network: layer normalization, zoneout
   */
  public void exportPyTorch(String path) {
    new ModelExport(this).pyTorch(path);
  }

  /**
   * The network for services: scores one sequence at a time, on any number of threads, without a
   * Spark session. {@link LocalScorer#open} reads the same from a saved model.
   */
  public LocalScorer localScorer() {
    FittedNetwork network = fitted();
    return encodes()
        ? LocalScorer.ofEncoder(network.spec(), network.parameters())
        : LocalScorer.of(network.spec(), network.parameters(), outputLabels());
  }

  /** The labels that the outputs are of; none where they are numbers. */
  List<String> outputLabels() {
    return List.of();
  }

  /** The shapes of {@link #weights()} by name, rows first, in the order of the network. */
  public Map<String, List<Integer>> weightShapes() {
    return fitted().network().shapes();
  }

  @Override
  public M copy(ParamMap extra) {
    M copy = empty(uid);
    RnnModel<M> base = copy;
    base.fitted = fitted;
    base.summary = summary;
    base.shared = fitted == null ? null : sharedParameters();
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

  @Override
  public String explainParam(Param<?> param) {
    return RnnParams.explain(this, param);
  }

  @Override
  public String toString() {
    return fitted == null
        ? name() + ": uid=" + uid
        : String.format(
            Locale.ROOT,
            "%s: uid=%s, cell=%s, units=%s, numFeatures=%d, numOutputs=%d, numParameters=%d",
            name(),
            uid,
            getCell(),
            Arrays.toString(getUnits()),
            numFeatures(),
            numOutputs(),
            numParameters());
  }
}
