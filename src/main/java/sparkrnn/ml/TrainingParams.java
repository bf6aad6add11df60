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
   * Optimizer: adam (beta 0.9 and 0.999, epsilon 1e-7, as in Keras), sgd (see momentum) or lbfgs
   * (whole data in each step).
   */
  default Param<String> optimizer() {
    return trainingParams().optimizer;
  }

  /** The value of {@link #optimizer()}. */
  default String getOptimizer() {
    return getOrDefault(optimizer());
  }

  /** Step size of the optimizer at the start, above 0; the default is that of Adam in Keras. */
  default DoubleParam learningRate() {
    return trainingParams().learningRate;
  }

  /** The value of {@link #learningRate()}. */
  default double getLearningRate() {
    return (Double) getOrDefault(learningRate());
  }

  /** Share of the last update that sgd adds to the next, in [0, 1); read only by sgd. */
  default DoubleParam momentum() {
    return trainingParams().momentum;
  }

  /** The value of {@link #momentum()}. */
  default double getMomentum() {
    return (Double) getOrDefault(momentum());
  }

  /**
   * How the learning rate falls: constant, step (times decayRate every scheduleEpochs), exponential
   * (smoothly by decayRate over scheduleEpochs) or cosine (to 0 over scheduleEpochs).
   */
  default Param<String> learningRateSchedule() {
    return trainingParams().learningRateSchedule;
  }

  /** The value of {@link #learningRateSchedule()}. */
  default String getLearningRateSchedule() {
    return getOrDefault(learningRateSchedule());
  }

  /**
   * Epochs of one drop, decay or half wave of learningRateSchedule, at least 1; 0 takes maxIter.
   */
  default IntParam scheduleEpochs() {
    return trainingParams().scheduleEpochs;
  }

  /** The value of {@link #scheduleEpochs()}. */
  default int getScheduleEpochs() {
    return (Integer) getOrDefault(scheduleEpochs());
  }

  /** Factor of the step and exponential schedules, in (0, 1]. */
  default DoubleParam decayRate() {
    return trainingParams().decayRate;
  }

  /** The value of {@link #decayRate()}. */
  default double getDecayRate() {
    return (Double) getOrDefault(decayRate());
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
   * (expert) how gradients reach the driver: inProcess (local mode), rpc (barrier stage), job (one
   * Spark job per training step); auto takes the fastest that works; no effect on results.
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
   * Epochs between two checkpoints, at least 1; -1 writes only the one of an interrupted fit; read
   * only with checkpointDir.
   */
  default IntParam checkpointInterval() {
    return trainingParams().checkpointInterval;
  }

  /** The value of {@link #checkpointInterval()}. */
  default int getCheckpointInterval() {
    return (Integer) getOrDefault(checkpointInterval());
  }
}
