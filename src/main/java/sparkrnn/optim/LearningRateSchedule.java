package sparkrnn.optim;

import java.util.List;

/**
 * The learning rate of each training step, a pure function of the step, and for {@link
 * ReduceOnPlateau} of the losses of the epochs before it.
 *
 * <p>With a the initial learning rate, r the decay rate, E the schedule's epochs, and e = step /
 * stepsPerEpoch the epochs done, a fraction:
 *
 * <pre>
 *   "constant"      a
 *   "step"          a r^floor(e / E)
 *   "exponential"   a r^(e / E)
 *   "cosine"        a (1 + cos(pi min(e / E, 1))) / 2
 *   "oneCycle"      see {@link OneCycle}
 * </pre>
 *
 * <p>Source: Keras' ExponentialDecay ("step" with staircase) and CosineDecay with alpha 0
 * (Loshchilov and Hutter 2017, equation 5; for the warm-up see {@link WarmUp}), counted in epochs
 * rather than in training steps.
 */
public sealed interface LearningRateSchedule
    permits LearningRateSchedule.Constant,
        LearningRateSchedule.Step,
        LearningRateSchedule.Exponential,
        LearningRateSchedule.Cosine,
        OneCycle,
        ReduceOnPlateau,
        WarmUp {

  /**
   * The learning rate of a training step, at least 0.
   *
   * @param step training steps done before it in the whole fit, at least 0
   * @param stepsPerEpoch at least 1
   */
  double at(long step, long stepsPerEpoch);

  /**
   * The schedule of the epoch that follows epochs with these losses; most don't look at them.
   *
   * @param losses of all epochs done, the first epoch first
   */
  default LearningRateSchedule after(List<Double> losses) {
    return this;
  }

  /**
   * The schedule of this name.
   *
   * @param schedule "constant", "step", "exponential", "cosine" or "oneCycle"
   * @param learningRate the initial one, of "oneCycle" the highest, above 0
   * @param scheduleEpochs at least 1; not read by "constant"
   * @param decayRate in (0, 1]; read by "step" and "exponential" only
   * @throws IllegalArgumentException if an argument that is read is outside its range
   */
  static LearningRateSchedule of(
      String schedule, double learningRate, int scheduleEpochs, double decayRate) {
    return switch (schedule) {
      case "constant" -> new Constant(learningRate);
      case "step" -> new Step(learningRate, scheduleEpochs, decayRate);
      case "exponential" -> new Exponential(learningRate, scheduleEpochs, decayRate);
      case "cosine" -> new Cosine(learningRate, scheduleEpochs);
      case "oneCycle" -> new OneCycle(learningRate, scheduleEpochs);
      default ->
          throw new IllegalArgumentException(
              "schedule is \""
                  + schedule
                  + "\"; it must be one of \"constant\", \"step\", \"exponential\", \"cosine\","
                  + " \"oneCycle\".");
    };
  }

  /** The same learning rate at every training step. */
  record Constant(double learningRate) implements LearningRateSchedule {

    /** Checks the range. */
    public Constant {
      ScheduleCheck.learningRate(learningRate);
    }

    @Override
    public double at(long step, long stepsPerEpoch) {
      return learningRate;
    }
  }

  /** Falls by a factor at once, every few epochs. */
  record Step(double learningRate, int scheduleEpochs, double decayRate)
      implements LearningRateSchedule {

    /** Checks the ranges. */
    public Step {
      ScheduleCheck.learningRate(learningRate);
      ScheduleCheck.epochs(scheduleEpochs);
      ScheduleCheck.decayRate(decayRate);
    }

    @Override
    public double at(long step, long stepsPerEpoch) {
      long falls = step / stepsPerEpoch / scheduleEpochs;
      return learningRate * StrictMath.pow(decayRate, (double) falls);
    }
  }

  /** Falls a little with every training step, by the same factor. */
  record Exponential(double learningRate, int scheduleEpochs, double decayRate)
      implements LearningRateSchedule {

    /** Checks the ranges. */
    public Exponential {
      ScheduleCheck.learningRate(learningRate);
      ScheduleCheck.epochs(scheduleEpochs);
      ScheduleCheck.decayRate(decayRate);
    }

    @Override
    public double at(long step, long stepsPerEpoch) {
      double epochs = (double) step / stepsPerEpoch;
      return learningRate * StrictMath.pow(decayRate, epochs / scheduleEpochs);
    }
  }

  /** Falls to 0 along half a wave and stays there. */
  record Cosine(double learningRate, int scheduleEpochs) implements LearningRateSchedule {

    /** Checks the ranges. */
    public Cosine {
      ScheduleCheck.learningRate(learningRate);
      ScheduleCheck.epochs(scheduleEpochs);
    }

    @Override
    public double at(long step, long stepsPerEpoch) {
      double epochs = (double) step / stepsPerEpoch;
      double wave = StrictMath.cos(Math.PI * Math.min(epochs / scheduleEpochs, 1));
      return learningRate * (1 + wave) / 2;
    }
  }
}
