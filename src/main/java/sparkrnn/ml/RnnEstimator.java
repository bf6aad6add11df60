package sparkrnn.ml;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Dataset;
import sparkrnn.data.LabelCoding;
import sparkrnn.data.SequenceColumns;
import sparkrnn.data.ValidationSplit;
import sparkrnn.network.NetworkSpec;
import sparkrnn.training.Interruption;
import sparkrnn.training.Trainer;
import sparkrnn.training.TrainingListener;
import sparkrnn.training.TrainingResult;
import sparkrnn.training.TrainingSet;
import sparkrnn.training.TrainingSettings;

/**
 * What all RNN estimators share: the params with their setters, and the listeners of a fit.
 *
 * @param <E> the estimator itself, which the setters return
 * @param <M> the model that it fits
 */
public abstract class RnnEstimator<E extends RnnEstimator<E, M>, M extends Model<M>>
    extends Estimator<M> implements RnnParams {

  private static final long serialVersionUID = 1L;

  private final String uid;
  private final ColumnParamDefinitions columnParams;
  private final NetworkParamDefinitions networkParams;
  private final RegularizationParamDefinitions regularizationParams;
  private final TrainingParamDefinitions trainingParams;
  private final LongSequenceParamDefinitions longSequenceParams;
  private final TransferParamDefinitions transferParams;
  private transient List<TrainingListener> listeners;
  private transient Interruption interruption;
  private transient FittedNetwork initialNetwork;
  private transient EmbeddingVectors embeddingVectors;

  RnnEstimator(String uid, LabelWords words) {
    this.uid = uid;
    columnParams = new ColumnParamDefinitions(this, words, "error", "skip");
    networkParams = new NetworkParamDefinitions(this);
    regularizationParams = new RegularizationParamDefinitions(this);
    trainingParams = new TrainingParamDefinitions(this);
    longSequenceParams = new LongSequenceParamDefinitions(this);
    transferParams = new TransferParamDefinitions(this);
    setRnnDefaults();
  }

  abstract E self();

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

  /**
   * Trains a network on the data.
   *
   * @param labels how the column of labels becomes targets
   * @param head what stands on the recurrent layers
   * @param sweeps what else is computed over the packed data with the trained network
   */
  final TrainedNetwork train(
      Dataset<?> dataset, LabelCoding labels, Head head, FitSweep... sweeps) {
    return train(
        dataset, FitInputs.columns(this, labels), FitInputs.validation(this), head, sweeps);
  }

  /**
   * Trains a network on sequences that the stage has made of its data.
   *
   * @param columns of the sequences
   * @param validation which of them are held out, where no column says it
   */
  final TrainedNetwork train(
      Dataset<?> dataset,
      SequenceColumns columns,
      ValidationSplit validation,
      Head head,
      FitSweep... sweeps) {
    TrainingSettings settings = FitInputs.training(this);
    Start start = start(head);
    try (WatchedFit watched = WatchedFit.of(this, listeners(), dataset.sparkSession());
        TrainingSet data = TrainingSet.prepare(dataset, columns, validation, settings)) {
      int outputs = head.outputs() > 0 ? head.outputs() : data.outputs();
      NetworkSpec spec =
          FitInputs.network(this, data.features(), outputs, head, data.vocabularySizes());
      TrainingSettings begun = settings.withStart(start.of(spec));
      watched.trains(spec);
      TrainingResult result = Trainer.fit(data, spec, begun, watched.listeners(), interruption());
      TrainedNetwork trained = new TrainedNetwork(spec, result.parameters(), result.history());
      for (FitSweep sweep : sweeps) {
        sweep.over(data.shares(trained.history().workers()), trained);
      }
      return trained;
    }
  }

  /** What a fit of a network with this head begins with. */
  final Start start(Head head) {
    return new Start(this, initialNetwork, embeddingVectors, head);
  }

  /**
   * Checks what is wrong with any data before a fit.
   *
   * @throws IllegalArgumentException if the data is a stream
   */
  final void requireBounded(Dataset<?> dataset) {
    if (dataset.isStreaming()) {
      throw new IllegalArgumentException(
          getClass().getSimpleName()
              + ": the data is a stream; a fit needs data that ends. Fit on a table or on"
              + " files, then transform the stream.");
    }
  }

  /** Gives a fitted model the params and this as its parent. */
  final M asParentOf(M model) {
    copyValues(model, ParamMap.empty());
    return model.setParent(this);
  }

  @Override
  public E copy(ParamMap extra) {
    E copy = defaultCopy(extra);
    copy.attachLike(this);
    return copy;
  }

  @Override
  public String explainParam(Param<?> param) {
    return RnnParams.explain(this, param);
  }

  /**
   * Lets a listener hear of the fits of this estimator and of its copies, on the driver. Listeners
   * are not params: they are neither saved nor sent to executors.
   */
  public E addListener(TrainingListener listener) {
    List<TrainingListener> longer = new ArrayList<>(listeners());
    longer.add(listener);
    listeners = List.copyOf(longer);
    return self();
  }

  /** The listeners in the order in which they were added. */
  List<TrainingListener> listeners() {
    return listeners == null ? List.of() : listeners;
  }

  /**
   * Lets another thread stop the next fit of this estimator or of one of its copies. Not a param:
   * it is neither saved nor sent to executors, and serves one fit.
   */
  public E setInterruption(Interruption value) {
    interruption = value;
    return self();
  }

  /**
   * Lets the fits of this estimator and of its copies begin with the weights of a model, whose
   * network must have the same tensors; null for none. Not a param: it is neither saved nor known
   * to the fitted model; initialModelPath is.
   *
   * @throws IllegalStateException if the model has no network
   */
  public E setInitialModel(RnnModel<?> value) {
    initialNetwork = value == null ? null : value.fitted();
    return self();
  }

  /**
   * Lets the embedding of a feature begin with vectors that were learnt elsewhere; ids without one
   * begin as usual. Not a param: they are not saved with the estimator. Add "embedding_0" to {@link
   * #frozenLayers()} to keep them as they are.
   *
   * @param feature its place among the features of a time step, from 0; its embedding size must be
   *     that of the vectors
   * @param vectors with the columns id, a whole number, and vector, array&lt;number&gt; or vector;
   *     read at once by a Spark job
   * @throws IllegalArgumentException if a column is missing or of another type, an id is no whole
   *     number or there twice, or a vector is null, empty or not finite
   */
  public E setEmbeddingVectors(int feature, Dataset<?> vectors) {
    Map<Integer, float[]> read = EmbeddingVectors.read(getClass().getSimpleName(), vectors);
    embeddingVectors = EmbeddingVectors.with(embeddingVectors, feature, read);
    return self();
  }

  Interruption interruption() {
    return interruption == null ? new Interruption() : interruption;
  }

  /** Takes the listeners, the interruption, the initial model and vectors of another. */
  void attachLike(RnnEstimator<?, ?> other) {
    listeners = other.listeners;
    interruption = other.interruption;
    initialNetwork = other.initialNetwork;
    embeddingVectors = other.embeddingVectors;
  }

  <T> E with(Param<T> param, T value) {
    set(param, value);
    return self();
  }

  /** Sets {@link #featuresCol()}. */
  public E setFeaturesCol(String value) {
    return with(featuresCol(), value);
  }

  /** Sets {@link #featuresCols()}. */
  public E setFeaturesCols(String... value) {
    return with(featuresCols(), value.clone());
  }

  /** Sets {@link #labelCol()}. */
  public E setLabelCol(String value) {
    return with(labelCol(), value);
  }

  /** Sets {@link #predictionCol()}. */
  public E setPredictionCol(String value) {
    return with(predictionCol(), value);
  }

  /** Sets {@link #attentionCol()}. */
  public E setAttentionCol(String value) {
    return with(attentionCol(), value);
  }

  /** Sets {@link #weightCol()}. */
  public E setWeightCol(String value) {
    return with(weightCol(), value);
  }

  /** Sets {@link #validationIndicatorCol()}. */
  public E setValidationIndicatorCol(String value) {
    return with(validationIndicatorCol(), value);
  }

  /** Sets {@link #handleInvalid()}. */
  public E setHandleInvalid(String value) {
    return with(handleInvalid(), value);
  }

  /** Sets {@link #predictionBatchSize()}. */
  public E setPredictionBatchSize(int value) {
    return with(predictionBatchSize(), value);
  }

  /** Sets {@link #embeddingSizes()}. */
  public E setEmbeddingSizes(int... value) {
    return with(embeddingSizes(), value.clone());
  }

  /** Sets {@link #vocabularySizes()}. */
  public E setVocabularySizes(int... value) {
    return with(vocabularySizes(), value.clone());
  }

  /** Sets {@link #cell()}. */
  public E setCell(String value) {
    return with(cell(), value);
  }

  /** Sets {@link #layerNormalization()}. */
  public E setLayerNormalization(boolean value) {
    return with(layerNormalization(), value);
  }

  /** Sets {@link #units()}. */
  public E setUnits(int... value) {
    return with(units(), value.clone());
  }

  /** Sets {@link #bidirectional()}. */
  public E setBidirectional(boolean value) {
    return with(bidirectional(), value);
  }

  /** Sets {@link #residual()}. */
  public E setResidual(boolean value) {
    return with(residual(), value);
  }

  /** Sets {@link #pooling()}. */
  public E setPooling(String value) {
    return with(pooling(), value);
  }

  /** Sets {@link #dropout()}. */
  public E setDropout(double value) {
    return with(dropout(), value);
  }

  /** Sets {@link #recurrentDropout()}. */
  public E setRecurrentDropout(double value) {
    return with(recurrentDropout(), value);
  }

  /** Sets {@link #zoneout()}. */
  public E setZoneout(double value) {
    return with(zoneout(), value);
  }

  /** Sets {@link #recurrentWeightDrop()}. */
  public E setRecurrentWeightDrop(double value) {
    return with(recurrentWeightDrop(), value);
  }

  /** Sets {@link #activation()}. */
  public E setActivation(String value) {
    return with(activation(), value);
  }

  /** Sets {@link #kernelInitializer()}. */
  public E setKernelInitializer(String value) {
    return with(kernelInitializer(), value);
  }

  /** Sets {@link #recurrentInitializer()}. */
  public E setRecurrentInitializer(String value) {
    return with(recurrentInitializer(), value);
  }

  /** Sets {@link #kernelL1()}. */
  public E setKernelL1(double value) {
    return with(kernelL1(), value);
  }

  /** Sets {@link #kernelL2()}. */
  public E setKernelL2(double value) {
    return with(kernelL2(), value);
  }

  /** Sets {@link #kernelMaxNorm()}. */
  public E setKernelMaxNorm(double value) {
    return with(kernelMaxNorm(), value);
  }

  /** Sets {@link #recurrentL1()}. */
  public E setRecurrentL1(double value) {
    return with(recurrentL1(), value);
  }

  /** Sets {@link #recurrentL2()}. */
  public E setRecurrentL2(double value) {
    return with(recurrentL2(), value);
  }

  /** Sets {@link #recurrentMaxNorm()}. */
  public E setRecurrentMaxNorm(double value) {
    return with(recurrentMaxNorm(), value);
  }

  /** Sets {@link #biasL1()}. */
  public E setBiasL1(double value) {
    return with(biasL1(), value);
  }

  /** Sets {@link #biasL2()}. */
  public E setBiasL2(double value) {
    return with(biasL2(), value);
  }

  /** Sets {@link #biasMaxNorm()}. */
  public E setBiasMaxNorm(double value) {
    return with(biasMaxNorm(), value);
  }

  /** Sets {@link #maxIter()}. */
  public E setMaxIter(int value) {
    return with(maxIter(), value);
  }

  /** Sets {@link #maxIter()}, by the name in Keras. */
  public E setEpochs(int value) {
    return setMaxIter(value);
  }

  /** Sets {@link #batchSize()}. */
  public E setBatchSize(int value) {
    return with(batchSize(), value);
  }

  /** Sets {@link #shardSize()}. */
  public E setShardSize(int value) {
    return with(shardSize(), value);
  }

  /** Sets {@link #seed()}. */
  public E setSeed(long value) {
    return with(seed(), value);
  }

  /** Sets {@link #optimizer()}. */
  public E setOptimizer(String value) {
    return with(optimizer(), value);
  }

  /** Sets {@link #learningRate()}. */
  public E setLearningRate(double value) {
    return with(learningRate(), value);
  }

  /** Sets {@link #momentum()}. */
  public E setMomentum(double value) {
    return with(momentum(), value);
  }

  /** Sets {@link #nesterov()}. */
  public E setNesterov(boolean value) {
    return with(nesterov(), value);
  }

  /** Sets {@link #weightDecay()}. */
  public E setWeightDecay(double value) {
    return with(weightDecay(), value);
  }

  /** Sets {@link #gradientAccumulationSteps()}. */
  public E setGradientAccumulationSteps(int value) {
    return with(gradientAccumulationSteps(), value);
  }

  /** Sets {@link #emaMomentum()}. */
  public E setEmaMomentum(double value) {
    return with(emaMomentum(), value);
  }

  /** Sets {@link #learningRateSchedule()}. */
  public E setLearningRateSchedule(String value) {
    return with(learningRateSchedule(), value);
  }

  /** Sets {@link #scheduleEpochs()}. */
  public E setScheduleEpochs(int value) {
    return with(scheduleEpochs(), value);
  }

  /** Sets {@link #warmupEpochs()}. */
  public E setWarmupEpochs(int value) {
    return with(warmupEpochs(), value);
  }

  /** Sets {@link #decayRate()}. */
  public E setDecayRate(double value) {
    return with(decayRate(), value);
  }

  /** Sets {@link #plateauPatience()}. */
  public E setPlateauPatience(int value) {
    return with(plateauPatience(), value);
  }

  /** Sets {@link #plateauMinDelta()}. */
  public E setPlateauMinDelta(double value) {
    return with(plateauMinDelta(), value);
  }

  /** Sets {@link #minLearningRate()}. */
  public E setMinLearningRate(double value) {
    return with(minLearningRate(), value);
  }

  /** Sets {@link #clipNorm()}. */
  public E setClipNorm(double value) {
    return with(clipNorm(), value);
  }

  /** Sets {@link #globalClipNorm()}. */
  public E setGlobalClipNorm(double value) {
    return with(globalClipNorm(), value);
  }

  /** Sets {@link #clipValue()}. */
  public E setClipValue(double value) {
    return with(clipValue(), value);
  }

  /** Sets {@link #validationFraction()}. */
  public E setValidationFraction(double value) {
    return with(validationFraction(), value);
  }

  /** Sets {@link #validationSplit()}. */
  public E setValidationSplit(String value) {
    return with(validationSplit(), value);
  }

  /** Sets {@link #validationSplitCol()}. */
  public E setValidationSplitCol(String value) {
    return with(validationSplitCol(), value);
  }

  /** Sets {@link #patience()}. */
  public E setPatience(int value) {
    return with(patience(), value);
  }

  /** Sets {@link #minDelta()}. */
  public E setMinDelta(double value) {
    return with(minDelta(), value);
  }

  /** Sets {@link #restoreBestWeights()}. */
  public E setRestoreBestWeights(boolean value) {
    return with(restoreBestWeights(), value);
  }

  /** Sets {@link #gradientCheckpointing()}. */
  public E setGradientCheckpointing(boolean value) {
    return with(gradientCheckpointing(), value);
  }

  /** Sets {@link #bpttLength()}. */
  public E setBpttLength(int value) {
    return with(bpttLength(), value);
  }

  /** Sets {@link #initialModelPath()}. */
  public E setInitialModelPath(String value) {
    return with(initialModelPath(), value);
  }

  /** Sets {@link #frozenLayers()}. */
  public E setFrozenLayers(String... value) {
    return with(frozenLayers(), value.clone());
  }

  /** Sets {@link #exchange()}. */
  public E setExchange(String value) {
    return with(exchange(), value);
  }

  /** Sets {@link #numWorkers()}. */
  public E setNumWorkers(int value) {
    return with(numWorkers(), value);
  }

  /** Sets {@link #gradientCompression()}. */
  public E setGradientCompression(String value) {
    return with(gradientCompression(), value);
  }

  /** Sets {@link #localSteps()}. */
  public E setLocalSteps(int value) {
    return with(localSteps(), value);
  }

  /** Sets {@link #checkpointDir()}. */
  public E setCheckpointDir(String value) {
    return with(checkpointDir(), value);
  }

  /** Sets {@link #checkpointInterval()}. */
  public E setCheckpointInterval(int value) {
    return with(checkpointInterval(), value);
  }

  /** Sets {@link #checkpointSteps()}. */
  public E setCheckpointSteps(int value) {
    return with(checkpointSteps(), value);
  }

  /** Sets {@link #checkpointMinutes()}. */
  public E setCheckpointMinutes(double value) {
    return with(checkpointMinutes(), value);
  }

  /** Sets {@link #maxCheckpoints()}. */
  public E setMaxCheckpoints(int value) {
    return with(maxCheckpoints(), value);
  }

  /** Sets {@link #tensorBoardDir()}. */
  public E setTensorBoardDir(String value) {
    return with(tensorBoardDir(), value);
  }

  /** Sets {@link #reportPath()}. */
  public E setReportPath(String value) {
    return with(reportPath(), value);
  }
}
