package sparkrnn.oracle;

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

  /** The equations in the class comment of {@link sparkrnn.optim.Sgd}. */
  static OptimizerOracle sgd(int size, double momentum) {
    double[] q = new double[size];
    return (p, g, a, t) -> {
      for (int i = 0; i < size; i++) {
        q[i] = momentum * q[i] - a * g[i];
        p[i] += q[i];
      }
    };
  }
}
