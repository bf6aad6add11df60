package sparkrnn.ml;

import java.util.OptionalDouble;
import sparkrnn.training.TrainingHistory;

/** What happened in the fit of a classifier; kept when the model is saved. */
public final class RnnClassificationTrainingSummary extends RnnTrainingSummary {

  private static final long serialVersionUID = 1L;

  private final ClassDescription classes;

  RnnClassificationTrainingSummary(TrainingHistory history, ClassDescription classes) {
    super(history);
    this.classes = classes;
  }

  /**
   * Share of the training sequences whose most probable class is right, weighted like the loss; of
   * labels in arrays the share of all labels that are right.
   */
  public double accuracy() {
    return classes.trainingAccuracy();
  }

  /** The same of the sequences held out; empty without validation data. */
  public OptionalDouble validationAccuracy() {
    return classes.validationAccuracy() == null
        ? OptionalDouble.empty()
        : OptionalDouble.of(classes.validationAccuracy());
  }
}
