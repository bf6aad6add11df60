package sparkrnn.ml;

import java.io.Serializable;
import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;

/** The params of {@link TrainingParams} of one stage. */
public final class TrainingParamDefinitions implements Serializable {

  private static final long serialVersionUID = 1L;

  final IntParam maxIter;
  final IntParam batchSize;
  final IntParam shardSize;
  final LongParam seed;
  final Param<String> optimizer;
  final DoubleParam learningRate;
  final DoubleParam momentum;
  final BooleanParam nesterov;
  final DoubleParam weightDecay;
  final IntParam gradientAccumulationSteps;
  final DoubleParam emaMomentum;
  final Param<String> learningRateSchedule;
  final IntParam scheduleEpochs;
  final IntParam warmupEpochs;
  final DoubleParam decayRate;
  final IntParam plateauPatience;
  final DoubleParam plateauMinDelta;
  final DoubleParam minLearningRate;
  final DoubleParam clipNorm;
  final DoubleParam globalClipNorm;
  final DoubleParam clipValue;
  final DoubleParam validationFraction;
  final Param<String> validationSplit;
  final Param<String> validationSplitCol;
  final IntParam patience;
  final DoubleParam minDelta;
  final BooleanParam restoreBestWeights;
  final Param<String> exchange;
  final IntParam numWorkers;
  final Param<String> gradientCompression;
  final IntParam localSteps;
  final Param<String> checkpointDir;
  final IntParam checkpointInterval;
  final IntParam checkpointSteps;
  final DoubleParam checkpointMinutes;
  final IntParam maxCheckpoints;
  final Param<String> tensorBoardDir;
  final Param<String> reportPath;

  TrainingParamDefinitions(Params stage) {
    ParamFactory params = new ParamFactory(stage);
    maxIter =
        params.wholeNumber(
            "maxIter",
            "passes over the training data (epochs), at least 0; 0 returns the initial weights",
            Check.wholeNumberFrom(0));
    batchSize =
        params.wholeNumber(
            "batchSize",
            "sequences of one training step, over all workers, at least 1; the default is that "
                + "of Keras",
            Check.wholeNumberFrom(1));
    shardSize =
        params.wholeNumber(
            "shardSize",
            "(expert) sequences that a worker computes in one piece, at least 1; 0 chooses it "
                + "from batchSize; changes results by rounding",
            Check.wholeNumberFrom(0));
    seed =
        params.longNumber(
            "seed",
            "random seed of the initial weights, of the order of the sequences and of a random "
                + "validation split",
            Check.longNumber());
    optimizer =
        params.text(
            "optimizer",
            "optimizer: adam (beta 0.9 and 0.999, epsilon 1e-7), adamW (see weightDecay), sgd (see "
                + "momentum and nesterov), rmsprop (rho 0.9; see momentum), adagrad (accumulator "
                + "from 0.1) or nadam, all as in Keras, or lbfgs (whole data in each step; finds "
                + "its step sizes itself, so without schedule and clipping, and without "
                + "checkpoints)",
            Check.oneOf("adam", "adamW", "sgd", "rmsprop", "adagrad", "nadam", "lbfgs"));
    learningRate =
        params.number(
            "learningRate",
            "step size of the optimizer at the start, above 0; of oneCycle the highest; "
                + "the default is that of Adam in Keras",
            Check.numberAbove(0.0));
    momentum =
        params.number(
            "momentum",
            "share of the last update that is added to the next, in [0, 1); read only by "
                + "sgd and rmsprop",
            Check.numberInRange(0.0, 1.0));
    nesterov =
        params.flag(
            "nesterov",
            "whether sgd looks ahead along its momentum; needs optimizer sgd and momentum above 0");
    weightDecay =
        params.number(
            "weightDecay",
            "share of the weights, times the learning rate, that adamW takes off in every"
                + " training step, at least 0; the default is that of Keras; read only by adamW",
            Check.numberFrom(0.0));
    gradientAccumulationSteps =
        params.wholeNumber(
            "gradientAccumulationSteps",
            "batches whose mean gradient makes one step of the optimizer, at least 1; as in Keras "
                + "the batches are counted through all epochs, and what is left at the end of the "
                + "fit makes no step. Counts of training steps are those of batches",
            Check.wholeNumberFrom(1));
    emaMomentum =
        params.number(
            "emaMomentum",
            "share of the old average in the new one, in [0, 1), of a moving average of "
                + "the weights, which the model gets at the end of training (use_ema of Keras);"
                + " 0 keeps none",
            Check.numberInRange(0.0, 1.0));
    learningRateSchedule =
        params.text(
            "learningRateSchedule",
            "how the learning rate changes: constant, step (times decayRate every "
                + "scheduleEpochs), exponential (smoothly by decayRate over scheduleEpochs), "
                + "cosine (to 0 over scheduleEpochs), oneCycle (up from a 25th to learningRate "
                + "and down to almost 0, over scheduleEpochs) or reduceOnPlateau (times "
                + "decayRate when the loss has not fallen for plateauPatience epochs)",
            Check.oneOf(
                "constant", "step", "exponential", "cosine", "oneCycle", "reduceOnPlateau"));
    scheduleEpochs =
        params.wholeNumber(
            "scheduleEpochs",
            "epochs of one drop, decay, half wave or cycle of learningRateSchedule, at "
                + "least 1; 0 takes maxIter less warmupEpochs",
            Check.wholeNumberFrom(0));
    warmupEpochs =
        params.wholeNumber(
            "warmupEpochs",
            "epochs in which the learning rate rises in a straight line from 0, before "
                + "the schedule begins; 0 for none; not with oneCycle, which has its own",
            Check.wholeNumberFrom(0));
    decayRate =
        params.number(
            "decayRate",
            "factor of the step, exponential and reduceOnPlateau schedules, in (0, 1], "
                + "below 1 for reduceOnPlateau",
            Check.numberAboveUpTo(0.0, 1.0));
    plateauPatience =
        params.wholeNumber(
            "plateauPatience",
            "epochs without a better validation loss (training loss if no rows are held "
                + "out) before reduceOnPlateau lowers the learning rate, at least 1; the "
                + "default is that of Keras",
            Check.wholeNumberFrom(1));
    plateauMinDelta =
        params.number(
            "plateauMinDelta",
            "how much lower a loss must be for reduceOnPlateau to count as better, at "
                + "least 0, in units of the loss; the default is that of Keras",
            Check.numberFrom(0.0));
    minLearningRate =
        params.number(
            "minLearningRate",
            "what reduceOnPlateau does not lower the learning rate below, at least 0 and "
                + "below learningRate",
            Check.numberFrom(0.0));
    clipNorm =
        params.number(
            "clipNorm",
            "largest norm of the gradient of each weight tensor alone (clipnorm of Keras); 0 "
                + "does not clip",
            Check.numberFrom(0.0));
    globalClipNorm =
        params.number(
            "globalClipNorm",
            "largest norm of the whole gradient (global_clipnorm of Keras); 0 does not clip",
            Check.numberFrom(0.0));
    clipValue =
        params.number(
            "clipValue",
            "largest absolute value of an element of the gradient (clipvalue of Keras); 0 does "
                + "not clip",
            Check.numberFrom(0.0));
    validationFraction =
        params.number(
            "validationFraction",
            "share of the rows to hold out for validation, in [0, 1); 0 holds out none",
            Check.numberInRange(0.0, 1.0));
    validationSplit =
        params.text(
            "validationSplit",
            "which rows validationFraction holds out: random ones, those with the largest "
                + "values of validationSplitCol (time), or all rows of some values of "
                + "validationSplitCol (key)",
            Check.oneOf("random", "time", "key"));
    validationSplitCol =
        params.text(
            "validationSplitCol",
            "column that validationSplit time orders by and validationSplit key groups by",
            Check.optionalColumnName());
    patience =
        params.wholeNumber(
            "patience",
            "epochs without a better validation loss after which training stops; 0 never stops "
                + "early",
            Check.wholeNumberFrom(0));
    minDelta =
        params.number(
            "minDelta",
            "how much lower a validation loss must be to count as better, at least 0, in units "
                + "of the loss",
            Check.numberFrom(0.0));
    restoreBestWeights =
        params.flag(
            "restoreBestWeights",
            "whether a fit with validation returns the weights of its best epoch (true) or of "
                + "its last one (false)");
    exchange =
        params.text(
            "exchange",
            "(expert) how gradients reach the driver: inProcess (local mode), rpc (barrier "
                + "stage), sharded (as rpc, but every worker owns a slice of the weights and makes "
                + "its steps; for large networks on many workers), job (one Spark job per training "
                + "step); auto takes inProcess, rpc or job, whichever works; no effect on results",
            Check.oneOf("auto", "inProcess", "rpc", "sharded", "job"));
    numWorkers =
        params.wholeNumber(
            "numWorkers",
            "task slots to train on, at least 1; 0 takes as many as are useful; no effect on "
                + "results",
            Check.wholeNumberFrom(0));
    gradientCompression =
        params.text(
            "gradientCompression",
            "(expert) how sums of gradients cross the network with exchange sharded: none (float32), "
                + "bfloat16 (half the bytes, rounded to 8 bits of precision; results then depend on "
                + "numWorkers). Weights always cross as float32",
            Check.oneOf("none", "bfloat16"));
    localSteps =
        params.wholeNumber(
            "localSteps",
            "(expert) training steps that replicas of the network, one for each shard of a batch "
                + "(batchSize / shardSize), make by themselves before their weights and the state "
                + "of their optimizers are averaged (local SGD), at least 1; 1 averages the "
                + "gradients of every step. For slow networks; results depend on it and on "
                + "shardSize, not on numWorkers",
            Check.wholeNumberFrom(1));
    checkpointDir =
        params.text(
            "checkpointDir",
            "directory on any Hadoop file system for checkpoints, from which a fit with the "
                + "same params and data goes on; empty writes none",
            Check.anyText());
    checkpointInterval =
        params.wholeNumber(
            "checkpointInterval",
            "epochs between two checkpoints, at least 1; -1 writes none at the ends of epochs; "
                + "an interrupted fit writes one in any case; read only with checkpointDir",
            Check.checkpointInterval());
    checkpointSteps =
        params.wholeNumber(
            "checkpointSteps",
            "training steps between two checkpoints, besides those of checkpointInterval, at "
                + "least 1; 0 writes none; read only with checkpointDir",
            Check.wholeNumberFrom(0));
    checkpointMinutes =
        params.number(
            "checkpointMinutes",
            "minutes after the last checkpoint at which the next is written, between two "
                + "training steps, above 0; 0 writes none; read only with checkpointDir",
            Check.numberFrom(0.0));
    maxCheckpoints =
        params.wholeNumber(
            "maxCheckpoints",
            "how many of the newest checkpoints are kept while the fit runs, at least 1; none "
                + "is left of a fit that came to its end; read only with checkpointDir",
            Check.wholeNumberFrom(1));
    tensorBoardDir =
        params.text(
            "tensorBoardDir",
            "directory on any Hadoop file system in which each fit makes one for TensorBoard, with "
                + "the loss, validation loss, learning rate, gradient norm and speed of each epoch; "
                + "empty writes none; no effect on results",
            Check.anyText());
    reportPath =
        params.text(
            "reportPath",
            "path of a page of HTML on any Hadoop file system that each fit writes when it begins, "
                + "after its epochs, at most once a second, and when it is over, replacing what is "
                + "there; empty writes none; no effect on results",
            Check.anyText());
  }

  void setDefaults(Params stage) {
    stage.setDefault(maxIter, 100);
    stage.setDefault(batchSize, 32);
    stage.setDefault(shardSize, 0);
    stage.setDefault(seed, (long) stage.getClass().getName().hashCode());
    stage.setDefault(optimizer, "adam");
    stage.setDefault(learningRate, 0.001);
    stage.setDefault(momentum, 0.0);
    stage.setDefault(nesterov, false);
    stage.setDefault(weightDecay, 0.004);
    stage.setDefault(gradientAccumulationSteps, 1);
    stage.setDefault(emaMomentum, 0.0);
    stage.setDefault(learningRateSchedule, "constant");
    stage.setDefault(scheduleEpochs, 0);
    stage.setDefault(warmupEpochs, 0);
    stage.setDefault(decayRate, 0.5);
    stage.setDefault(plateauPatience, 10);
    stage.setDefault(plateauMinDelta, 1e-4);
    stage.setDefault(minLearningRate, 0.0);
    stage.setDefault(clipNorm, 0.0);
    stage.setDefault(globalClipNorm, 0.0);
    stage.setDefault(clipValue, 0.0);
    stage.setDefault(validationFraction, 0.0);
    stage.setDefault(validationSplit, "random");
    stage.setDefault(patience, 0);
    stage.setDefault(minDelta, 0.0);
    stage.setDefault(restoreBestWeights, true);
    stage.setDefault(exchange, "auto");
    stage.setDefault(numWorkers, 0);
    stage.setDefault(gradientCompression, "none");
    stage.setDefault(localSteps, 1);
    stage.setDefault(checkpointDir, "");
    stage.setDefault(checkpointInterval, 10);
    stage.setDefault(checkpointSteps, 0);
    stage.setDefault(checkpointMinutes, 0.0);
    stage.setDefault(maxCheckpoints, 2);
    stage.setDefault(tensorBoardDir, "");
    stage.setDefault(reportPath, "");
  }
}
