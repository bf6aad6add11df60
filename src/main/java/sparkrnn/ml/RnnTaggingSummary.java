package sparkrnn.ml;

import java.util.Arrays;
import java.util.Locale;
import java.util.OptionalDouble;
import sparkrnn.ml.Entities.Counts;

/**
 * How well a model predicts the labels of the time steps of a data set; all weighted by weightCol.
 *
 * <p>Where labels are "O", "B-TYPE" and "I-TYPE", entities are counted as conlleval does: an
 * "I-TYPE" that follows "O", another type or nothing begins one too; an entity is right where its
 * type, its first and its last time step are. It weighs what its first time step weighs. Time steps
 * without a label are outside of entities.
 */
public final class RnnTaggingSummary {

  private final TaggingStatistics statistics;
  private final String[] labels;

  RnnTaggingSummary(TaggingStatistics statistics, String[] labels) {
    this.statistics = statistics;
    this.labels = labels.clone();
  }

  /**
   * Mean of the loss of the fit over the time steps: cross entropy, or with crf the negative log
   * likelihood of the labels of a sequence, divided by their number.
   */
  public double loss() {
    return statistics.timeSteps().loss();
  }

  /** Share of the time steps whose label is predicted. */
  public double accuracy() {
    return statistics.timeSteps().accuracy();
  }

  /**
   * Mean over the labels of F1, 2 true positives / (2 true positives + false positives + false
   * negatives); labels that neither occur nor are predicted do not count. NaN where none does.
   */
  public double macroF1() {
    return statistics.timeSteps().macroF1();
  }

  /**
   * A naive floor of accuracy: what always predicting the most frequent label of this data set
   * reaches.
   */
  public double majorityAccuracy() {
    return statistics.timeSteps().majorityAccuracy();
  }

  /**
   * Sums of weights of time steps by true label (rows) and predicted label (columns), in the order
   * of {@link #labels()}.
   */
  public double[][] confusionMatrix() {
    return Arrays.stream(statistics.timeSteps().table())
        .map(double[]::clone)
        .toArray(double[][]::new);
  }

  /**
   * Share of the predicted entities that are right, 0 where none is predicted; empty where labels
   * are not those of entities.
   */
  public OptionalDouble entityPrecision() {
    Counts counts = statistics.entities();
    return counts == null ? OptionalDouble.empty() : OptionalDouble.of(counts.precision());
  }

  /**
   * Share of the entities that are found, 0 where there are none; empty where labels are not those
   * of entities.
   */
  public OptionalDouble entityRecall() {
    Counts counts = statistics.entities();
    return counts == null ? OptionalDouble.empty() : OptionalDouble.of(counts.recall());
  }

  /**
   * Harmonic mean of precision and recall of entities, 0 where both are; empty where labels are not
   * those of entities.
   */
  public OptionalDouble entityF1() {
    Counts counts = statistics.entities();
    return counts == null ? OptionalDouble.empty() : OptionalDouble.of(counts.f1());
  }

  /** The labels of the model. */
  public String[] labels() {
    return labels.clone();
  }

  /** Time steps with a label, in rows that counted. */
  public long numTimeSteps() {
    return statistics.timeSteps().rows();
  }

  /** Rows that counted. */
  public long numInstances() {
    return statistics.sequences();
  }

  @Override
  public String toString() {
    String entities =
        statistics.entities() == null
            ? ""
            : String.format(Locale.ROOT, ", entityF1=%.4f", statistics.entities().f1());
    return String.format(
        Locale.ROOT,
        "RnnTaggingSummary: loss=%.4f, accuracy=%.4f, macroF1=%.4f, majorityAccuracy=%.4f%s,"
            + " numTimeSteps=%d, numInstances=%d",
        loss(),
        accuracy(),
        macroF1(),
        majorityAccuracy(),
        entities,
        numTimeSteps(),
        numInstances());
  }
}
