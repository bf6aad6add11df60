package sparkrnn.ml;

import java.io.Serializable;

/**
 * Sums over rows from which the quality of a classifier follows.
 *
 * <p>Of one class a row the table is the confusion matrix (true class, predicted class); of labels
 * in arrays it has a row for each label: what {@link RnnClassificationSummary#confusionMatrix()}
 * says.
 */
final class ClassStatistics implements Serializable {

  private static final long serialVersionUID = 1L;

  private final boolean arrays;
  private final double[][] table;
  private double loss;
  private double weights;
  private long rows;

  /** Of no row. */
  ClassStatistics(int labels, boolean arrays) {
    this.arrays = arrays;
    this.table = new double[labels][arrays ? 4 : labels];
  }

  /** Adds a row of one class. */
  void add(int label, int predicted, double lossOfRow, double weight) {
    count(lossOfRow, weight);
    table[label][predicted] += weight;
  }

  /** Adds a row of labels of which each holds or not. */
  void add(boolean[] holds, boolean[] predicted, double lossOfRow, double weight) {
    count(lossOfRow, weight);
    for (int k = 0; k < holds.length; k++) {
      table[k][(holds[k] ? 2 : 0) + (predicted[k] ? 1 : 0)] += weight;
    }
  }

  private void count(double lossOfRow, double weight) {
    rows++;
    weights += weight;
    if (weight > 0) {
      loss += weight * lossOfRow;
    }
  }

  /** Adds the rows of another; it stays as it is. */
  void add(ClassStatistics other) {
    for (int i = 0; i < table.length; i++) {
      for (int j = 0; j < table[i].length; j++) {
        table[i][j] += other.table[i][j];
      }
    }
    loss += other.loss;
    weights += other.weights;
    rows += other.rows;
  }

  double weights() {
    return weights;
  }

  long rows() {
    return rows;
  }

  double loss() {
    return loss / weights;
  }

  double[][] table() {
    return table;
  }

  /** Share of the rows whose class is right; of arrays, of the labels. */
  double accuracy() {
    double right = 0;
    for (int k = 0; k < table.length; k++) {
      right += arrays ? table[k][0] + table[k][3] : table[k][k];
    }
    return right / all();
  }

  /** What the most frequent class reaches; of arrays, each label's more frequent number. */
  double majorityAccuracy() {
    double right = 0;
    for (double[] row : table) {
      right =
          arrays ? right + Math.max(row[0] + row[1], row[2] + row[3]) : Math.max(right, sum(row));
    }
    return right / all();
  }

  private double all() {
    return arrays ? weights * table.length : weights;
  }

  private static double sum(double[] row) {
    double sum = 0;
    for (double each : row) {
      sum += each;
    }
    return sum;
  }

  /** The mean of F1 over the labels that occur or are predicted. */
  double macroF1() {
    double sum = 0;
    int occurring = 0;
    for (int k = 0; k < table.length; k++) {
      double right = arrays ? table[k][3] : table[k][k];
      double wrong = arrays ? table[k][1] + table[k][2] : sum(table[k]) + predicted(k) - 2 * right;
      if (right + wrong > 0) {
        sum += 2 * right / (2 * right + wrong);
        occurring++;
      }
    }
    return sum / occurring;
  }

  private double predicted(int label) {
    double sum = 0;
    for (double[] row : table) {
      sum += row[label];
    }
    return sum;
  }
}
