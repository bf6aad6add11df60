package sparkrnn.oracle;

import java.util.Arrays;

/** The equations of an optimizer in double precision, one number at a time. */
public interface OptimizerOracle {

  /** Changes {@code parameters} in place; {@code t} counts training steps from 1. */
  void step(double[] parameters, double[] gradient, double learningRate, int t);

  /** The equations in the class comment of {@link sparkrnn.optim.Adam}. */
  static OptimizerOracle adam(int size) {
    double[] m = new double[size];
    double[] v = new double[size];
    return (p, g, a, t) -> {
      double alpha = a * Math.sqrt(1 - Math.pow(0.999, t)) / (1 - Math.pow(0.9, t));
      for (int i = 0; i < size; i++) {
        m[i] = 0.9 * m[i] + 0.1 * g[i];
        v[i] = 0.999 * v[i] + 0.001 * g[i] * g[i];
        p[i] -= alpha * m[i] / (Math.sqrt(v[i]) + 1e-7);
      }
    };
  }

  /** The equations in the class comment of {@link sparkrnn.optim.AdamW}. */
  static OptimizerOracle adamW(int size, double weightDecay) {
    OptimizerOracle adam = adam(size);
    return (p, g, a, t) -> {
      for (int i = 0; i < size; i++) {
        p[i] -= weightDecay * a * p[i];
      }
      adam.step(p, g, a, t);
    };
  }

  /** The equations in the class comment of {@link sparkrnn.optim.Sgd}. */
  static OptimizerOracle sgd(int size, double momentum, boolean nesterov) {
    double[] q = new double[size];
    return (p, g, a, t) -> {
      for (int i = 0; i < size; i++) {
        q[i] = momentum * q[i] - a * g[i];
        p[i] += nesterov ? momentum * q[i] - a * g[i] : q[i];
      }
    };
  }

  /** The equations in the class comment of {@link sparkrnn.optim.RmsProp}. */
  static OptimizerOracle rmsProp(int size, double momentum) {
    double[] v = new double[size];
    double[] q = new double[size];
    return (p, g, a, t) -> {
      for (int i = 0; i < size; i++) {
        v[i] = 0.9 * v[i] + 0.1 * g[i] * g[i];
        q[i] = momentum * q[i] + a * g[i] / Math.sqrt(v[i] + 1e-7);
        p[i] -= q[i];
      }
    };
  }

  /** The equations in the class comment of {@link sparkrnn.optim.Adagrad}. */
  static OptimizerOracle adagrad(int size) {
    double[] s = new double[size];
    Arrays.fill(s, 0.1);
    return (p, g, a, t) -> {
      for (int i = 0; i < size; i++) {
        s[i] += g[i] * g[i];
        p[i] -= a * g[i] / Math.sqrt(s[i] + 1e-7);
      }
    };
  }

  /** The equations in the class comment of {@link sparkrnn.optim.Nadam}. */
  static OptimizerOracle nadam(int size) {
    double[] m = new double[size];
    double[] v = new double[size];
    return (p, g, a, t) -> {
      double product = 1;
      for (int k = 1; k <= t; k++) {
        product *= nadamMomentum(k);
      }
      double next = nadamMomentum(t + 1);
      for (int i = 0; i < size; i++) {
        m[i] = 0.9 * m[i] + 0.1 * g[i];
        v[i] = 0.999 * v[i] + 0.001 * g[i] * g[i];
        double ahead =
            next * m[i] / (1 - product * next) + (1 - nadamMomentum(t)) * g[i] / (1 - product);
        p[i] -= a * ahead / (Math.sqrt(v[i] / (1 - Math.pow(0.999, t))) + 1e-7);
      }
    };
  }

  private static double nadamMomentum(int t) {
    return 0.9 * (1 - Math.pow(0.96, t) / 2);
  }
}
