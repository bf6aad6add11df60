package sparkrnn.training;

import java.io.Serializable;
import java.util.List;

/**
 * What happened in a fit, epoch by epoch; lists of epochs begin with epoch 1 unless said otherwise.
 *
 * @param objectiveHistory training loss: first of the initial parameters, then the mean over the
 *     batches of each epoch (one element more than epochs, as in Spark)
 * @param validationHistory validation loss at the end of each epoch; empty without validation data
 * @param epochSeconds wall-clock seconds of each epoch
 * @param sequencesPerSecond training sequences per second of each epoch
 * @param gradientNorms mean over the training steps of each epoch of the global gradient norm
 *     before clipping
 * @param steps training steps in all
 * @param bestEpoch epoch whose parameters were returned, counted from 1; 0 for the initial ones
 * @param stopReason "maxIter" or "patience"; of lbfgs also "converged" or "searchFailed" (no lower
 *     loss was found)
 * @param trainingSequences sequences trained on
 * @param validationSequences sequences held out
 * @param skippedRows rows left out because of handleInvalid "skip"
 * @param exchange the exchange that was used
 * @param workers the tasks that trained
 * @param largestShareOfTimeSteps how much of all training time steps the worker with the most of
 *     them got at the begin, in [1 / workers, 1]; 0 in models of versions that did not say it
 * @param blas the BLAS that the driver's kernels used
 * @param fitSeconds wall-clock seconds of the whole fit
 */
public record TrainingHistory(
    List<Double> objectiveHistory,
    List<Double> validationHistory,
    List<Double> epochSeconds,
    List<Double> sequencesPerSecond,
    List<Double> gradientNorms,
    long steps,
    int bestEpoch,
    String stopReason,
    long trainingSequences,
    long validationSequences,
    long skippedRows,
    String exchange,
    int workers,
    double largestShareOfTimeSteps,
    String blas,
    double fitSeconds)
    implements Serializable {

  /** Copies the lists. */
  public TrainingHistory {
    objectiveHistory = List.copyOf(objectiveHistory);
    validationHistory = List.copyOf(validationHistory);
    epochSeconds = List.copyOf(epochSeconds);
    sequencesPerSecond = List.copyOf(sequencesPerSecond);
    gradientNorms = List.copyOf(gradientNorms);
  }

  /** The same with another number of rows left out. */
  public TrainingHistory withSkippedRows(long rows) {
    return new TrainingHistory(
        objectiveHistory,
        validationHistory,
        epochSeconds,
        sequencesPerSecond,
        gradientNorms,
        steps,
        bestEpoch,
        stopReason,
        trainingSequences,
        validationSequences,
        rows,
        exchange,
        workers,
        largestShareOfTimeSteps,
        blas,
        fitSeconds);
  }

  /** Epochs that were run. */
  public int epochs() {
    return epochSeconds.size();
  }
}
