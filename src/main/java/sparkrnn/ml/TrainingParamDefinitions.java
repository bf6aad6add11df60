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
  final Param<String> learningRateSchedule;
  final IntParam scheduleEpochs;
  final DoubleParam decayRate;
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
  final Param<String> checkpointDir;
  final IntParam checkpointInterval;

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
            "optimizer: adam (beta 0.9 and 0.999, epsilon 1e-7, as in Keras), sgd (see "
                + "momentum) or lbfgs (whole data in each step; finds its step sizes itself, so "
                + "without schedule and clipping, and without checkpoints)",
            Check.oneOf("adam", "sgd", "lbfgs"));
    learningRate =
        params.number(
            "learningRate",
            "step size of the optimizer at the start, above 0; the default is that of Adam in "
                + "Keras",
            Check.numberAbove(0.0));
    momentum =
        params.number(
            "momentum",
            "share of the last update that sgd adds to the next, in [0, 1); read only by sgd",
            Check.numberInRange(0.0, 1.0));
    learningRateSchedule =
        params.text(
            "learningRateSchedule",
            "how the learning rate falls: constant, step (times decayRate every "
                + "scheduleEpochs), exponential (smoothly by decayRate over scheduleEpochs) or cosine "
                + "(to 0 over scheduleEpochs)",
            Check.oneOf("constant", "step", "exponential", "cosine"));
    scheduleEpochs =
        params.wholeNumber(
            "scheduleEpochs",
            "epochs of one drop, decay or half wave of learningRateSchedule, at least 1; 0 "
                + "takes maxIter",
            Check.wholeNumberFrom(0));
    decayRate =
        params.number(
            "decayRate",
            "factor of the step and exponential schedules, in (0, 1]",
            Check.numberAboveUpTo(0.0, 1.0));
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
                + "stage), job (one Spark job per training step); auto takes the fastest that works; "
                + "no effect on results",
            Check.oneOf("auto", "inProcess", "rpc", "job"));
    numWorkers =
        params.wholeNumber(
            "numWorkers",
            "task slots to train on, at least 1; 0 takes as many as are useful; no effect on "
                + "results",
            Check.wholeNumberFrom(0));
    checkpointDir =
        params.text(
            "checkpointDir",
            "directory on any Hadoop file system for checkpoints, from which a fit with the "
                + "same params and data goes on; empty writes none",
            Check.anyText());
    checkpointInterval =
        params.wholeNumber(
            "checkpointInterval",
            "epochs between two checkpoints, at least 1; -1 writes only the one of an "
                + "interrupted fit; read only with checkpointDir",
            Check.checkpointInterval());
  }

  void setDefaults(Params stage) {
    stage.setDefault(maxIter, 100);
    stage.setDefault(batchSize, 32);
    stage.setDefault(shardSize, 0);
    stage.setDefault(seed, (long) stage.getClass().getName().hashCode());
    stage.setDefault(optimizer, "adam");
    stage.setDefault(learningRate, 0.001);
    stage.setDefault(momentum, 0.0);
    stage.setDefault(learningRateSchedule, "constant");
    stage.setDefault(scheduleEpochs, 0);
    stage.setDefault(decayRate, 0.5);
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
    stage.setDefault(checkpointDir, "");
    stage.setDefault(checkpointInterval, 10);
  }
}
