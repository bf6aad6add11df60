package sparkrnn.oracle;

import java.util.Arrays;
import org.apache.commons.math3.special.Beta;

/** The loss of one sequence in double precision, as Keras defines it. */
public interface LossOracle {

  /** The loss of predictions (K) against targets, (K) too but where the loss says otherwise. */
  double value(double[] targets, double[] predictions);

  /** keras.losses.MeanSquaredError: mean(square(y_true - y_pred), axis=-1). */
  static LossOracle meanSquaredError() {
    return (targets, predictions) -> {
      double sum = 0;
      for (int k = 0; k < targets.length; k++) {
        sum += Math.pow(targets[k] - predictions[k], 2);
      }
      return sum / targets.length;
    };
  }

  /** keras.losses.MeanAbsoluteError: mean(abs(y_true - y_pred), axis=-1). */
  static LossOracle meanAbsoluteError() {
    return (targets, predictions) -> {
      double sum = 0;
      for (int k = 0; k < targets.length; k++) {
        sum += Math.abs(targets[k] - predictions[k]);
      }
      return sum / targets.length;
    };
  }

  /**
   * keras.losses.Huber: mean(where(abs(e) at most delta, square(e) / 2, delta * abs(e) -
   * square(delta) / 2), axis=-1).
   */
  static LossOracle huber(double delta) {
    return (targets, predictions) -> {
      double sum = 0;
      for (int k = 0; k < targets.length; k++) {
        double e = Math.abs(targets[k] - predictions[k]);
        sum += e <= delta ? e * e / 2 : delta * e - delta * delta / 2;
      }
      return sum / targets.length;
    };
  }

  /** keras.losses.CategoricalCrossentropy(from_logits=True): -sum(y_true * log_softmax(y_pred)). */
  static LossOracle crossEntropy() {
    return (targets, predictions) -> {
      double sum = 0;
      double loss = 0;
      for (double prediction : predictions) {
        sum += Math.exp(prediction);
      }
      for (int k = 0; k < targets.length; k++) {
        loss -= targets[k] * Math.log(Math.exp(predictions[k]) / sum);
      }
      return loss;
    };
  }

  /** keras.losses.SparseCategoricalCrossentropy(from_logits=True): -log_softmax(y_pred)[y_true]. */
  static LossOracle sparseCrossEntropy() {
    return (targets, predictions) -> {
      double[] oneHot = new double[predictions.length];
      oneHot[(int) targets[0]] = 1;
      return crossEntropy().value(oneHot, predictions);
    };
  }

  /**
   * keras.losses.BinaryCrossentropy(from_logits=True): the mean of -y_true * log(sigmoid(y_pred)) -
   * (1 - y_true) * log(1 - sigmoid(y_pred)).
   */
  static LossOracle binaryCrossEntropy() {
    return (targets, predictions) -> {
      double loss = 0;
      for (int k = 0; k < targets.length; k++) {
        double p = 1 / (1 + Math.exp(-predictions[k]));
        loss -= targets[k] * Math.log(p) + (1 - targets[k]) * Math.log(1 - p);
      }
      return loss / targets.length;
    };
  }

  /** What one target costs by its own outputs. */
  interface OfTarget {
    double value(double[] numbers, double[] outputs);
  }

  /** The mean over the targets. */
  private static LossOracle perTarget(int numbers, int outputs, OfTarget loss) {
    return (targets, predictions) -> {
      int count = predictions.length / outputs;
      double sum = 0;
      for (int i = 0; i < count; i++) {
        sum +=
            loss.value(
                Arrays.copyOfRange(targets, i * numbers, (i + 1) * numbers),
                Arrays.copyOfRange(predictions, i * outputs, (i + 1) * outputs));
      }
      return sum / count;
    };
  }

  private static double softplus(double x) {
    return Math.log(1 + Math.exp(x));
  }

  /** Three quantiles: the middle one is an output, the others lie softplus away from it. */
  static LossOracle pinball(double low, double middle, double high) {
    double[] levels = {low, middle, high};
    return perTarget(
        1,
        3,
        (y, x) -> {
          double[] quantiles = {x[1] - softplus(x[0]), x[1], x[1] + softplus(x[2])};
          double sum = 0;
          for (int i = 0; i < 3; i++) {
            double error = y[0] - quantiles[i];
            sum += error > 0 ? levels[i] * error : (levels[i] - 1) * error;
          }
          return sum / 3;
        });
  }

  /** Minus the logarithm of the normal density. */
  static LossOracle gaussian() {
    return perTarget(
        1,
        2,
        (y, x) -> {
          double s = 1e-4 + softplus(x[1]);
          // Not the logarithm of the density: far from the mean that is zero in double precision.
          return Math.pow((y[0] - x[0]) / s, 2) / 2 + Math.log(s * Math.sqrt(2 * Math.PI));
        });
  }

  /** Minus the logarithm of Student's density, by the beta function. */
  static LossOracle studentT() {
    return perTarget(
        1,
        3,
        (y, x) -> {
          double s = 1e-4 + softplus(x[1]);
          double v = 2 + softplus(x[2]);
          double z = (y[0] - x[0]) / s;
          return Math.log(s)
              + Math.log(v) / 2
              + Beta.logBeta(0.5, v / 2)
              + (v + 1) / 2 * Math.log(1 + z * z / v);
        });
  }

  /** Minus the logarithm of the probability of a count, the factorial as a product. */
  static LossOracle poisson() {
    return perTarget(
        2,
        1,
        (y, x) -> {
          double rate = Math.exp(x[0] + y[1]);
          double probability = Math.exp(-rate);
          for (int n = 1; n <= y[0]; n++) {
            probability *= rate / n;
          }
          return -Math.log(probability);
        });
  }

  /** Minus the logarithm of the probability of a count, the gamma functions as a product. */
  static LossOracle negativeBinomial() {
    return perTarget(
        2,
        2,
        (y, x) -> {
          double u = Math.exp(x[0] + y[1]);
          double k = 1e-4 + softplus(x[1]);
          double probability = Math.pow(k / (k + u), k);
          for (int n = 1; n <= y[0]; n++) {
            probability *= (k + n - 1) / n * (u / (k + u));
          }
          return -Math.log(probability);
        });
  }

  /** The gradient of {@link #value} by the predictions, by central differences. */
  default double[] gradient(double[] targets, double[] predictions) {
    double step = 1e-5;
    double[] gradient = new double[predictions.length];
    for (int k = 0; k < gradient.length; k++) {
      double[] above = predictions.clone();
      double[] below = predictions.clone();
      above[k] += step;
      below[k] -= step;
      gradient[k] = (value(targets, above) - value(targets, below)) / (2 * step);
    }
    return gradient;
  }
}
