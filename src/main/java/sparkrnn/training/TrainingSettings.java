package sparkrnn.training;

import sparkrnn.optim.LearningRateSchedule;
import sparkrnn.sequence.Segmentation;

/**
 * Everything that one fit needs to know besides the data and the network. Names and ranges are
 * those of the params of the estimators, which check them before.
 *
 * @param maxIter epochs, at least 0
 * @param batchSize sequences of one training step, at least 1
 * @param shardSize sequences computed in one piece, at least 1; 0 chooses it from batchSize
 * @param seed of the initial parameters and of the order of the sequences
 * @param optimizer how a training step moves the parameters
 * @param schedule how the learning rate changes
 * @param clipping "none", "globalNorm", "norm" (per parameter tensor) or "value"
 * @param clipThreshold the norm or value of clipping, above 0
 * @param patience epochs without improvement of the validation loss before the fit stops; 0 never
 *     stops early
 * @param minDelta how much lower a loss must be to count as an improvement, at least 0
 * @param restoreBestWeights whether an early-stopped or validated fit returns the parameters of its
 *     best epoch
 * @param exchange "auto", "inProcess", "rpc", "sharded" or "job"
 * @param numWorkers task slots to use; 0 takes as many as are useful
 * @param gradientCompression "none" or "bfloat16", the latter with "sharded" only
 * @param localSteps training steps that the replicas of the network make by themselves before they
 *     are averaged, at least 1; 1 averages gradients
 * @param checkpoints where and when they are written
 * @param regularization what keeps the parameters small
 * @param segmentation how the gradient goes back through long sequences
 * @param start what the fit begins with
 */
public record TrainingSettings(
    int maxIter,
    int batchSize,
    int shardSize,
    long seed,
    OptimizerSettings optimizer,
    ScheduleSettings schedule,
    String clipping,
    double clipThreshold,
    int patience,
    double minDelta,
    boolean restoreBestWeights,
    String exchange,
    int numWorkers,
    String gradientCompression,
    int localSteps,
    CheckpointSettings checkpoints,
    RegularizationSettings regularization,
    Segmentation segmentation,
    StartingPoint start) {

  /** The same from another start. */
  public TrainingSettings withStart(StartingPoint value) {
    return new TrainingSettings(
        maxIter,
        batchSize,
        shardSize,
        seed,
        optimizer,
        schedule,
        clipping,
        clipThreshold,
        patience,
        minDelta,
        restoreBestWeights,
        exchange,
        numWorkers,
        gradientCompression,
        localSteps,
        checkpoints,
        regularization,
        segmentation,
        value);
  }

  /** The learning rate of every training step. */
  LearningRateSchedule learningRate() {
    return schedule.of(optimizer.learningRate(), maxIter);
  }
}
