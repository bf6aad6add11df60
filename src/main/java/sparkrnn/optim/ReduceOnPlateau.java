package sparkrnn.optim;

import java.util.List;

/**
 * Falls by a factor at once when the loss has not fallen for a number of epochs.
 *
 * <p>After each epoch, with its loss l, the learning rate a, and {@code waited} 0 at first:
 *
 * <pre>
 *   if l + minDelta &lt; best      best = l, waited = 0           best = infinity at first
 *   else                        waited = waited + 1, and
 *     if waited &gt;= patience      a = max(a decayRate, minLearningRate), waited = 0
 * </pre>
 *
 * <p>Nothing is kept between epochs: the losses of all epochs are walked through anew, so that a
 * fit that goes on from a checkpoint needs only its history.
 *
 * <p>Source: Keras' ReduceLROnPlateau without cooldown.
 *
 * @param learningRate the initial one, above 0
 * @param decayRate factor of a fall, in (0, 1]
 * @param patience epochs without a better loss before a fall, at least 1
 * @param minDelta how much lower a loss must be to count as better, at least 0
 * @param minLearningRate what it doesn't fall below, at least 0
 */
public record ReduceOnPlateau(
    double learningRate, double decayRate, int patience, double minDelta, double minLearningRate)
    implements LearningRateSchedule {

  /** Checks the ranges. */
  public ReduceOnPlateau {
    ScheduleCheck.learningRate(learningRate);
    ScheduleCheck.decayRate(decayRate);
    ScheduleCheck.atLeastOne("plateauPatience", patience);
    ScheduleCheck.atLeastZero("plateauMinDelta", minDelta);
    ScheduleCheck.atLeastZero("minLearningRate", minLearningRate);
  }

  /** That of the first epoch. */
  @Override
  public double at(long step, long stepsPerEpoch) {
    return learningRate;
  }

  @Override
  public LearningRateSchedule after(List<Double> losses) {
    double now = learningRate;
    double best = Double.POSITIVE_INFINITY;
    int waited = 0;
    for (double loss : losses) {
      if (loss + minDelta < best) {
        best = loss;
        waited = 0;
      } else if (++waited >= patience) {
        now = Math.min(now, Math.max(now * decayRate, minLearningRate));
        waited = 0;
      }
    }
    return new Constant(now);
  }
}
