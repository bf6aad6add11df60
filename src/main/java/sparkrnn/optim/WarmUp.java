package sparkrnn.optim;

import java.util.List;

/**
 * Another schedule after a rise in a straight line.
 *
 * <p>With e the epochs done, a fraction, w the warmupEpochs, and a the learning rate of the other
 * schedule at its step 0:
 *
 * <pre>
 *   e &lt; w       a e / w
 *   after that  the other schedule, which begins at epoch w
 * </pre>
 *
 * <p>Source: the warm-up of Keras' CosineDecay from 0: the very first training step has the
 * learning rate 0.
 *
 * @param schedule what follows the rise
 * @param warmupEpochs at least 1
 */
public record WarmUp(LearningRateSchedule schedule, int warmupEpochs)
    implements LearningRateSchedule {

  /** Checks the range. */
  public WarmUp {
    ScheduleCheck.atLeastOne("warmupEpochs", warmupEpochs);
  }

  @Override
  public double at(long step, long stepsPerEpoch) {
    long warmupSteps = warmupEpochs * stepsPerEpoch;
    return step < warmupSteps
        ? schedule.at(0, stepsPerEpoch) * step / warmupSteps
        : schedule.at(step - warmupSteps, stepsPerEpoch);
  }

  @Override
  public LearningRateSchedule after(List<Double> losses) {
    return new WarmUp(schedule.after(losses), warmupEpochs);
  }
}
