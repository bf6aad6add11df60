package sparkrnn.ml;

import java.io.Serializable;

/**
 * Sums over rows from which the errors of predictions follow, for each output apart.
 *
 * <p>The spread of the labels is kept as a running mean and the sum of squared distances from it
 * (Chan, Golub and LeVeque 1979), which does not cancel where labels are large.
 */
final class ErrorStatistics implements Serializable {

  private static final long serialVersionUID = 1L;

  private final double huberDelta;
  private final double[] squared;
  private final double[] absolute;
  private final double[] huber;
  private final double[] labelMean;
  private final double[] labelSpread;
  private double weights;
  private long rows;

  ErrorStatistics(int outputs, double huberDelta) {
    this.huberDelta = huberDelta;
    squared = new double[outputs];
    absolute = new double[outputs];
    huber = new double[outputs];
    labelMean = new double[outputs];
    labelSpread = new double[outputs];
  }

  /** Adds a row. */
  void add(double[] prediction, float[] label, double weight) {
    rows++;
    weights += weight;
    for (int i = 0; i < label.length; i++) {
      double error = Math.abs(prediction[i] - label[i]);
      squared[i] += weight * error * error;
      absolute[i] += weight * error;
      huber[i] +=
          weight
              * (error <= huberDelta
                  ? 0.5 * error * error
                  : huberDelta * error - 0.5 * huberDelta * huberDelta);
      if (weight > 0) {
        double distance = label[i] - labelMean[i];
        labelMean[i] += distance * weight / weights;
        labelSpread[i] += weight * distance * (label[i] - labelMean[i]);
      }
    }
  }

  /** Adds the rows of another; it stays as it is. */
  void add(ErrorStatistics other) {
    double together = weights + other.weights;
    for (int i = 0; i < squared.length; i++) {
      squared[i] += other.squared[i];
      absolute[i] += other.absolute[i];
      huber[i] += other.huber[i];
      if (together > 0) {
        double distance = other.labelMean[i] - labelMean[i];
        labelMean[i] += distance * other.weights / together;
        labelSpread[i] +=
            other.labelSpread[i] + distance * distance * weights * other.weights / together;
      }
    }
    weights = together;
    rows += other.rows;
  }

  long rows() {
    return rows;
  }

  double weights() {
    return weights;
  }

  double meanSquaredError() {
    return mean(squared);
  }

  double meanAbsoluteError() {
    return mean(absolute);
  }

  double meanHuber() {
    return mean(huber);
  }

  /** 1 - squared error / spread of the labels, the mean over the outputs. */
  double r2() {
    double sum = 0;
    for (int i = 0; i < squared.length; i++) {
      sum += 1 - squared[i] / labelSpread[i];
    }
    return sum / squared.length;
  }

  private double mean(double[] sums) {
    double sum = 0;
    for (double each : sums) {
      sum += each;
    }
    return sum / sums.length / weights;
  }
}
