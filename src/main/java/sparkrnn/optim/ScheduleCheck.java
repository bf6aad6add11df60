package sparkrnn.optim;

/** The ranges of what learning-rate schedules are made with. */
final class ScheduleCheck {

  private ScheduleCheck() {}

  static void learningRate(double learningRate) {
    if (!(learningRate > 0 && learningRate < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "learningRate is " + learningRate + "; it must be above 0 and finite.");
    }
  }

  static void epochs(int scheduleEpochs) {
    atLeastOne("scheduleEpochs", scheduleEpochs);
  }

  static void atLeastOne(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " is " + value + "; it must be at least 1.");
    }
  }

  static void atLeastZero(String name, double value) {
    if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          name + " is " + value + "; it must be at least 0 and finite.");
    }
  }

  static void decayRate(double decayRate) {
    if (!(decayRate > 0 && decayRate <= 1)) {
      throw new IllegalArgumentException("decayRate is " + decayRate + "; it must be in (0, 1].");
    }
  }
}
