package sparkrnn.training;

/** Hears of a fit while it runs, on the driver, in the thread of the fit: be quick. */
public interface TrainingListener {

  /**
   * The data is packed and the first training step is next.
   *
   * @param maxIter epochs at most
   * @param stepsPerEpoch training steps of one epoch
   * @param sequences training sequences of one epoch; time steps where they are read piece by piece
   */
  default void started(int maxIter, long stepsPerEpoch, long sequences) {}

  /**
   * A training step is done.
   *
   * @param epoch from 1
   * @param step within the epoch, from 1
   * @param loss mean over the batches of this epoch so far
   */
  default void stepEnded(int epoch, long step, double loss) {}

  /**
   * An epoch is done, validation included.
   *
   * @param epoch from 1
   * @param loss mean over its batches
   * @param validationLoss NaN without validation data
   * @param sequencesPerSecond of this epoch; time steps where they are read piece by piece
   */
  default void epochEnded(
      int epoch, double loss, double validationLoss, double sequencesPerSecond) {}

  /**
   * The same with all that is known of the epoch; by itself it calls {@link #epochEnded}. Not under
   * one name: a listener in Python has one method for a name.
   */
  default void epochMeasured(EpochMeasures measures) {
    epochEnded(
        measures.epoch(),
        measures.loss(),
        measures.validationLoss(),
        measures.sequencesPerSecond());
  }

  /** The fit is over and succeeded. */
  default void ended(TrainingHistory history) {}

  /** A sentence that the user should read, such as a fallback that was taken. */
  default void notice(String sentence) {}
}
