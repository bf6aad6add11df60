package sparkrnn.ml;

import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;

/** Params that say how the network is trained. */
public interface TrainingParams extends Params {

  /** The params, built once per stage. */
  TrainingParamDefinitions trainingParams();

  /** Passes over the training data (epochs), at least 0; 0 returns the initial weights. */
  default IntParam maxIter() {
    return trainingParams().maxIter;
  }

  /** The value of {@link #maxIter()}. */
  default int getMaxIter() {
    return (Integer) getOrDefault(maxIter());
  }

  /** Sequences of one training step, over all workers, at least 1; the default is that of Keras. */
  default IntParam batchSize() {
    return trainingParams().batchSize;
  }

  /** The value of {@link #batchSize()}. */
  default int getBatchSize() {
    return (Integer) getOrDefault(batchSize());
  }

  /**
   * (expert) sequences that a worker computes in one piece, at least 1; 0 chooses it from
   * batchSize; changes results by rounding.
   */
  default IntParam shardSize() {
    return trainingParams().shardSize;
  }

  /** The value of {@link #shardSize()}. */
  default int getShardSize() {
    return (Integer) getOrDefault(shardSize());
  }

  /**
   * Random seed of the initial weights, of the order of the sequences and of a random validation
   * split.
   */
  default LongParam seed() {
    return trainingParams().seed;
  }

  /** The value of {@link #seed()}. */
  default long getSeed() {
    return (Long) getOrDefault(seed());
  }

  /**
   * Optimizer: adam (beta 0.9 and 0.999, epsilon 1e-7), adamW (see weightDecay), sgd (see momentum
   * and nesterov), rmsprop (rho 0.9; see momentum), adagrad (accumulator from 0.1) or nadam, all as
   * in Keras, or lbfgs (whole data in each step).
   */
  default Param<String> optimizer() {
    return trainingParams().optimizer;
  }

  /** The value of {@link #optimizer()}. */
  default String getOptimizer() {
    return getOrDefault(optimizer());
  }

  /**
   * Step size of the optimizer at the start, above 0; of oneCycle the highest; the default is that
   * of Adam in Keras.
   */
  default DoubleParam learningRate() {
    return trainingParams().learningRate;
  }

  /** The value of {@link #learningRate()}. */
  default double getLearningRate() {
    return (Double) getOrDefault(learningRate());
  }

  /**
   * Share of the last update that is added to the next, in [0, 1); read only by sgd and rmsprop.
   */
  default DoubleParam momentum() {
    return trainingParams().momentum;
  }

  /** The value of {@link #momentum()}. */
  default double getMomentum() {
    return (Double) getOrDefault(momentum());
  }

  /** Whether sgd looks ahead along its momentum; needs optimizer sgd and momentum above 0. */
  default BooleanParam nesterov() {
    return trainingParams().nesterov;
  }

  /** The value of {@link #nesterov()}. */
  default boolean getNesterov() {
    return (Boolean) getOrDefault(nesterov());
  }

  /**
   * Share of the weights, times the learning rate, that adamW takes off in every training step, at
   * least 0; the default is that of Keras; read only by adamW.
   */
  default DoubleParam weightDecay() {
    return trainingParams().weightDecay;
  }

  /** The value of {@link #weightDecay()}. */
  default double getWeightDecay() {
    return (Double) getOrDefault(weightDecay());
  }

  /**
   * Batches whose mean gradient makes one step of the optimizer, at least 1; as in Keras the
   * batches are counted through all epochs, and what is left at the end of the fit makes no step.
   * Counts of training steps are those of batches.
   */
  default IntParam gradientAccumulationSteps() {
    return trainingParams().gradientAccumulationSteps;
  }

  /** The value of {@link #gradientAccumulationSteps()}. */
  default int getGradientAccumulationSteps() {
    return (Integer) getOrDefault(gradientAccumulationSteps());
  }

  /**
   * Share of the old average in the new one, in [0, 1), of a moving average of the weights, which
   * the model gets at the end of training (use_ema of Keras); 0 keeps none.
   */
  default DoubleParam emaMomentum() {
    return trainingParams().emaMomentum;
  }

  /** The value of {@link #emaMomentum()}. */
  default double getEmaMomentum() {
    return (Double) getOrDefault(emaMomentum());
  }

  /**
   * How the learning rate changes: constant, step (times decayRate every scheduleEpochs),
   * exponential (smoothly by decayRate over scheduleEpochs), cosine (to 0 over scheduleEpochs),
   * oneCycle (up from a 25th to learningRate and down to almost 0, over scheduleEpochs) or
   * reduceOnPlateau (times decayRate when the loss has not fallen for plateauPatience epochs).
   */
  default Param<String> learningRateSchedule() {
    return trainingParams().learningRateSchedule;
  }

  /** The value of {@link #learningRateSchedule()}. */
  default String getLearningRateSchedule() {
    return getOrDefault(learningRateSchedule());
  }

  /**
   * Epochs of one drop, decay, half wave or cycle of learningRateSchedule, at least 1; 0 takes
   * maxIter less warmupEpochs.
   */
  default IntParam scheduleEpochs() {
    return trainingParams().scheduleEpochs;
  }

  /** The value of {@link #scheduleEpochs()}. */
  default int getScheduleEpochs() {
    return (Integer) getOrDefault(scheduleEpochs());
  }

  /**
   * Epochs in which the learning rate rises in a straight line from 0, before the schedule begins;
   * 0 for none; not with oneCycle, which has its own.
   */
  default IntParam warmupEpochs() {
    return trainingParams().warmupEpochs;
  }

  /** The value of {@link #warmupEpochs()}. */
  default int getWarmupEpochs() {
    return (Integer) getOrDefault(warmupEpochs());
  }

  /**
   * Factor of the step, exponential and reduceOnPlateau schedules, in (0, 1], below 1 for
   * reduceOnPlateau.
   */
  default DoubleParam decayRate() {
    return trainingParams().decayRate;
  }

  /** The value of {@link #decayRate()}. */
  default double getDecayRate() {
    return (Double) getOrDefault(decayRate());
  }

  /**
   * Epochs without a better validation loss (training loss if no rows are held out) before
   * reduceOnPlateau lowers the learning rate, at least 1; the default is that of Keras.
   */
  default IntParam plateauPatience() {
    return trainingParams().plateauPatience;
  }

  /** The value of {@link #plateauPatience()}. */
  default int getPlateauPatience() {
    return (Integer) getOrDefault(plateauPatience());
  }

  /**
   * How much lower a loss must be for reduceOnPlateau to count as better, at least 0, in units of
   * the loss; the default is that of Keras.
   */
  default DoubleParam plateauMinDelta() {
    return trainingParams().plateauMinDelta;
  }

  /** The value of {@link #plateauMinDelta()}. */
  default double getPlateauMinDelta() {
    return (Double) getOrDefault(plateauMinDelta());
  }

  /**
   * What reduceOnPlateau does not lower the learning rate below, at least 0 and below learningRate.
   */
  default DoubleParam minLearningRate() {
    return trainingParams().minLearningRate;
  }

  /** The value of {@link #minLearningRate()}. */
  default double getMinLearningRate() {
    return (Double) getOrDefault(minLearningRate());
  }

  /**
   * Largest norm of the gradient of each weight tensor alone (clipnorm of Keras); 0 does not clip.
   */
  default DoubleParam clipNorm() {
    return trainingParams().clipNorm;
  }

  /** The value of {@link #clipNorm()}. */
  default double getClipNorm() {
    return (Double) getOrDefault(clipNorm());
  }

  /** Largest norm of the whole gradient (global_clipnorm of Keras); 0 does not clip. */
  default DoubleParam globalClipNorm() {
    return trainingParams().globalClipNorm;
  }

  /** The value of {@link #globalClipNorm()}. */
  default double getGlobalClipNorm() {
    return (Double) getOrDefault(globalClipNorm());
  }

  /** Largest absolute value of an element of the gradient (clipvalue of Keras); 0 does not clip. */
  default DoubleParam clipValue() {
    return trainingParams().clipValue;
  }

  /** The value of {@link #clipValue()}. */
  default double getClipValue() {
    return (Double) getOrDefault(clipValue());
  }

  /** Share of the rows to hold out for validation, in [0, 1); 0 holds out none. */
  default DoubleParam validationFraction() {
    return trainingParams().validationFraction;
  }

  /** The value of {@link #validationFraction()}. */
  default double getValidationFraction() {
    return (Double) getOrDefault(validationFraction());
  }

  /**
   * Which rows validationFraction holds out: random ones, those with the largest values of
   * validationSplitCol (time), or all rows of some values of validationSplitCol (key).
   */
  default Param<String> validationSplit() {
    return trainingParams().validationSplit;
  }

  /** The value of {@link #validationSplit()}. */
  default String getValidationSplit() {
    return getOrDefault(validationSplit());
  }

  /** Column that validationSplit time orders by and validationSplit key groups by. */
  default Param<String> validationSplitCol() {
    return trainingParams().validationSplitCol;
  }

  /** The value of {@link #validationSplitCol()}. */
  default String getValidationSplitCol() {
    return getOrDefault(validationSplitCol());
  }

  /** Epochs without a better validation loss after which training stops; 0 never stops early. */
  default IntParam patience() {
    return trainingParams().patience;
  }

  /** The value of {@link #patience()}. */
  default int getPatience() {
    return (Integer) getOrDefault(patience());
  }

  /**
   * How much lower a validation loss must be to count as better, at least 0, in units of the loss.
   */
  default DoubleParam minDelta() {
    return trainingParams().minDelta;
  }

  /** The value of {@link #minDelta()}. */
  default double getMinDelta() {
    return (Double) getOrDefault(minDelta());
  }

  /**
   * Whether a fit with validation returns the weights of its best epoch (true) or of its last one
   * (false).
   */
  default BooleanParam restoreBestWeights() {
    return trainingParams().restoreBestWeights;
  }

  /** The value of {@link #restoreBestWeights()}. */
  default boolean getRestoreBestWeights() {
    return (Boolean) getOrDefault(restoreBestWeights());
  }

  /**
   * (expert) how gradients reach the driver: inProcess (local mode), rpc (barrier stage), sharded
   * (as rpc, but every worker owns a slice of the weights and makes its steps; for large networks
   * on many workers), job (one Spark job per training step); auto takes inProcess, rpc or job,
   * whichever works; no effect on results.
   */
  default Param<String> exchange() {
    return trainingParams().exchange;
  }

  /** The value of {@link #exchange()}. */
  default String getExchange() {
    return getOrDefault(exchange());
  }

  /** Task slots to train on, at least 1; 0 takes as many as are useful; no effect on results. */
  default IntParam numWorkers() {
    return trainingParams().numWorkers;
  }

  /** The value of {@link #numWorkers()}. */
  default int getNumWorkers() {
    return (Integer) getOrDefault(numWorkers());
  }

  /**
   * (expert) how sums of gradients cross the network with exchange sharded: none (float32),
   * bfloat16 (half the bytes, rounded to 8 bits of precision; results then depend on numWorkers).
   * Weights always cross as float32.
   */
  default Param<String> gradientCompression() {
    return trainingParams().gradientCompression;
  }

  /** The value of {@link #gradientCompression()}. */
  default String getGradientCompression() {
    return getOrDefault(gradientCompression());
  }

  /**
   * (expert) training steps that replicas of the network, one for each shard of a batch (batchSize
   * / shardSize), make by themselves before their weights and the state of their optimizers are
   * averaged (local SGD), at least 1; 1 averages the gradients of every step. For slow networks;
   * results depend on it and on shardSize, not on numWorkers.
   */
  default IntParam localSteps() {
    return trainingParams().localSteps;
  }

  /** The value of {@link #localSteps()}. */
  default int getLocalSteps() {
    return (Integer) getOrDefault(localSteps());
  }

  /**
   * Directory on any Hadoop file system for checkpoints, from which a fit with the same params and
   * data goes on; empty writes none.
   */
  default Param<String> checkpointDir() {
    return trainingParams().checkpointDir;
  }

  /** The value of {@link #checkpointDir()}. */
  default String getCheckpointDir() {
    return getOrDefault(checkpointDir());
  }

  /**
   * Epochs between two checkpoints, at least 1; -1 writes none at the ends of epochs; an
   * interrupted fit writes one in any case; read only with checkpointDir.
   */
  default IntParam checkpointInterval() {
    return trainingParams().checkpointInterval;
  }

  /** The value of {@link #checkpointInterval()}. */
  default int getCheckpointInterval() {
    return (Integer) getOrDefault(checkpointInterval());
  }

  /**
   * Training steps between two checkpoints, besides those of checkpointInterval, at least 1; 0
   * writes none; read only with checkpointDir.
   */
  default IntParam checkpointSteps() {
    return trainingParams().checkpointSteps;
  }

  /** The value of {@link #checkpointSteps()}. */
  default int getCheckpointSteps() {
    return (Integer) getOrDefault(checkpointSteps());
  }

  /**
   * Minutes after the last checkpoint at which the next is written, between two training steps,
   * above 0; 0 writes none; read only with checkpointDir.
   */
  default DoubleParam checkpointMinutes() {
    return trainingParams().checkpointMinutes;
  }

  /** The value of {@link #checkpointMinutes()}. */
  default double getCheckpointMinutes() {
    return (Double) getOrDefault(checkpointMinutes());
  }

  /**
   * How many of the newest checkpoints are kept while the fit runs, at least 1; none is left of a
   * fit that came to its end; read only with checkpointDir.
   */
  default IntParam maxCheckpoints() {
    return trainingParams().maxCheckpoints;
  }

  /** The value of {@link #maxCheckpoints()}. */
  default int getMaxCheckpoints() {
    return (Integer) getOrDefault(maxCheckpoints());
  }

  /**
   * Directory on any Hadoop file system in which each fit makes one for TensorBoard, with the loss,
   * validation loss, learning rate, gradient norm and speed of each epoch; empty writes none; no
   * effect on results.
   */
  default Param<String> tensorBoardDir() {
    return trainingParams().tensorBoardDir;
  }

  /** The value of {@link #tensorBoardDir()}. */
  default String getTensorBoardDir() {
    return getOrDefault(tensorBoardDir());
  }

  /**
   * Path of a page of HTML on any Hadoop file system that each fit writes when it begins, after its
   * epochs, at most once a second, and when it is over, replacing what is there; empty writes none;
   * no effect on results.
   */
  default Param<String> reportPath() {
    return trainingParams().reportPath;
  }

  /** The value of {@link #reportPath()}. */
  default String getReportPath() {
    return getOrDefault(reportPath());
  }
}
