package sparkrnn.training;

import sparkrnn.optim.LearningRateSchedule;
import sparkrnn.optim.ReduceOnPlateau;
import sparkrnn.optim.WarmUp;

/**
 * How the learning rate changes; names and ranges are those of the params.
 *
 * @param name "constant", "step", "exponential", "cosine", "oneCycle" or "reduceOnPlateau"
 * @param scheduleEpochs epochs between two drops of "step", of one decay by decayRate of
 *     "exponential", of the half wave of "cosine", of the whole of "oneCycle"; 0 means maxIter less
 *     warmupEpochs
 * @param warmupEpochs of a rise before it, at least 0
 * @param decayRate factor of "step", "exponential" and "reduceOnPlateau", in (0, 1]
 * @param plateauPatience epochs without a better loss before "reduceOnPlateau" falls, at least 1
 * @param plateauMinDelta how much lower a loss must be to count as better there, at least 0
 * @param minLearningRate what "reduceOnPlateau" doesn't fall below, at least 0
 */
public record ScheduleSettings(
    String name,
    int scheduleEpochs,
    int warmupEpochs,
    double decayRate,
    int plateauPatience,
    double plateauMinDelta,
    double minLearningRate) {

  private static final String REDUCE_ON_PLATEAU = "reduceOnPlateau";

  /** The schedule of a fit of this many epochs. */
  LearningRateSchedule of(double learningRate, int maxIter) {
    LearningRateSchedule schedule =
        name.equals(REDUCE_ON_PLATEAU)
            ? new ReduceOnPlateau(
                learningRate, decayRate, plateauPatience, plateauMinDelta, minLearningRate)
            : LearningRateSchedule.of(name, learningRate, epochs(maxIter), decayRate);
    return warmupEpochs > 0 ? new WarmUp(schedule, warmupEpochs) : schedule;
  }

  private int epochs(int maxIter) {
    return scheduleEpochs > 0 ? scheduleEpochs : Math.max(1, maxIter - warmupEpochs);
  }
}
