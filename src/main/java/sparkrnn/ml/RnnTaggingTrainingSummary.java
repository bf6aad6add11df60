package sparkrnn.ml;

import java.util.OptionalDouble;
import sparkrnn.training.TrainingHistory;

/** What happened in the fit of a tagger; kept when the model is saved. */
public final class RnnTaggingTrainingSummary extends RnnTrainingSummary {

  private static final long serialVersionUID = 1L;

  private final ClassDescription classes;

  RnnTaggingTrainingSummary(TrainingHistory history, ClassDescription classes) {
    super(history);
    this.classes = classes;
  }

  /** Share of the training time steps whose label is predicted, weighted like the loss. */
  public double accuracy() {
    return classes.trainingAccuracy();
  }

  /** The same of the sequences held out; empty without validation data. */
  public OptionalDouble validationAccuracy() {
    return optional(classes.validationAccuracy());
  }

  /**
   * F1 of the entities of the training sequences, as {@link RnnTaggingSummary#entityF1()}; empty
   * where labels are not those of entities.
   */
  public OptionalDouble entityF1() {
    return optional(classes.trainingEntityF1());
  }

  /** The same of the sequences held out; empty without validation data too. */
  public OptionalDouble validationEntityF1() {
    return optional(classes.validationEntityF1());
  }

  private static OptionalDouble optional(Double value) {
    return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
  }
}
