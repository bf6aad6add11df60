package sparkrnn.training;

/**
 * Where and when a fit writes checkpoints; names and ranges are those of the params.
 *
 * @param directory on any Hadoop file system; empty for no checkpoints
 * @param interval epochs between two checkpoints, at least 1; -1 for none at the ends of epochs
 * @param steps training steps between two checkpoints, counted through all epochs; 0 for none
 * @param minutes between two checkpoints by the clock, looked at after each training step; 0 for
 *     none
 * @param kept how many of the newest are left, at least 1
 */
public record CheckpointSettings(
    String directory, int interval, int steps, double minutes, int kept) {

  private static final double NANOS_PER_MINUTE = 60e9;

  /** Whether any are written. */
  boolean wanted() {
    return !directory.isEmpty();
  }

  boolean dueAfterEpoch(int epochs) {
    return wanted() && interval > 0 && epochs % interval == 0;
  }

  /**
   * Whether one is due between two training steps.
   *
   * @param stepsDone in all
   * @param made the last of them, since this was asked before
   * @param nanos since the last checkpoint or the beginning
   */
  boolean dueAfterSteps(long stepsDone, int made, long nanos) {
    return wanted()
        && ((steps > 0 && stepsDone / steps > (stepsDone - made) / steps)
            || (minutes > 0 && nanos >= minutes * NANOS_PER_MINUTE));
  }
}
