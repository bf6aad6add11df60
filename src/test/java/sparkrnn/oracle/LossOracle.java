package sparkrnn.oracle;

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
