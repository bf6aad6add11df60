package sparkrnn.optim;

/**
 * Rises from a 25th of the learning rate to the whole of it, then falls to almost nothing, both
 * along half a wave, and stays there.
 *
 * <p>With a the highest learning rate and n = scheduleEpochs stepsPerEpoch training steps:
 *
 * <pre>
 *   low = a / 25      last = low / 10000      top = 0.3 n - 1      end = n - 1
 *   wave(from, to, x) = to + (from - to) (1 + cos(pi x)) / 2
 *   step up to top      wave(low, a, step / top)
 *   step up to end      wave(a, last, (step - top) / (end - top))
 *   after that          last
 * </pre>
 *
 * <p>If n is below 4, top is below 0 and step 0 is already of the second line, as in PyTorch.
 *
 * <p>Source: Smith and Topin 2019 as PyTorch's OneCycleLR with its defaults. Our deviation: the
 * momentum of the optimizer stays as it is.
 */
record OneCycle(double learningRate, int scheduleEpochs) implements LearningRateSchedule {

  private static final double RISE = 0.3;
  private static final double FIRST_DIVISOR = 25;
  private static final double LAST_DIVISOR = 1e4;

  /** Checks the ranges. */
  OneCycle {
    ScheduleCheck.learningRate(learningRate);
    ScheduleCheck.epochs(scheduleEpochs);
  }

  @Override
  public double at(long step, long stepsPerEpoch) {
    double low = learningRate / FIRST_DIVISOR;
    double last = low / LAST_DIVISOR;
    double steps = (double) scheduleEpochs * stepsPerEpoch;
    double top = RISE * steps - 1;
    double end = steps - 1;
    if (step <= top) {
      return wave(low, learningRate, step / top);
    }
    return step >= end ? last : wave(learningRate, last, (step - top) / (end - top));
  }

  private static double wave(double from, double to, double share) {
    return to + (from - to) * (1 + StrictMath.cos(Math.PI * share)) / 2;
  }
}
