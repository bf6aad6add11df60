package sparkrnn.ml;

import java.util.Arrays;
import java.util.Locale;

/** How well a model predicts the labels of a data set; all weighted by weightCol. */
public final class RnnClassificationSummary {

  private final ClassStatistics statistics;
  private final String[] labels;

  RnnClassificationSummary(ClassStatistics statistics, String[] labels) {
    this.statistics = statistics;
    this.labels = labels.clone();
  }

  /** Mean of the loss of the fit: cross entropy, with its label smoothing. */
  public double loss() {
    return statistics.loss();
  }

  /** Share of the rows whose class is predicted; of labels in arrays the share of all labels. */
  public double accuracy() {
    return statistics.accuracy();
  }

  /**
   * Mean over the labels of F1, 2 true positives / (2 true positives + false positives + false
   * negatives); labels that neither occur nor are predicted do not count. NaN where none does.
   */
  public double macroF1() {
    return statistics.macroF1();
  }

  /**
   * The naive floor of accuracy: what always predicting the most frequent label of this data set
   * reaches; of labels in arrays, predicting for each the more frequent of 0 and 1.
   */
  public double majorityAccuracy() {
    return statistics.majorityAccuracy();
  }

  /**
   * Sums of weights by true label (rows) and predicted label (columns), in the order of {@link
   * #labels()}. Of labels in arrays: one row for each label, with true negatives, false positives,
   * false negatives and true positives.
   */
  public double[][] confusionMatrix() {
    return Arrays.stream(statistics.table()).map(double[]::clone).toArray(double[][]::new);
  }

  /** The labels of the model. */
  public String[] labels() {
    return labels.clone();
  }

  /** Rows that counted. */
  public long numInstances() {
    return statistics.rows();
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "RnnClassificationSummary: loss=%.4f, accuracy=%.4f, macroF1=%.4f, majorityAccuracy=%.4f,"
            + " numInstances=%d",
        loss(),
        accuracy(),
        macroF1(),
        majorityAccuracy(),
        numInstances());
  }
}
