package sparkrnn.optim;

import java.util.Map;

/**
 * Stochastic gradient descent, with momentum if it is above zero.
 *
 * <p>At training step t, for each parameter p with gradient g ({@code a} is the learning rate,
 * {@code u} the momentum):
 *
 * <pre>
 *   q(t) = u q(t-1) - a g       q(0) = 0
 *   p(t) = p(t-1) + q(t)                     without nesterov
 *   p(t) = p(t-1) + u q(t) - a g             with nesterov
 * </pre>
 *
 * <p>Shapes: p, g, q (P). Kept between steps: q, under the name "momentum"; nothing if u is 0.
 *
 * <p>Source: Polyak 1964, and Nesterov's correction as Sutskever, Martens, Dahl and Hinton 2013
 * write it, both as in Keras: the learning rate stands inside q, so that a change of it takes
 * effect gradually. Our deviation: Keras leaves the correction out without a word if u is 0; here
 * that is refused.
 */
public final class Sgd implements Optimizer {

  private final OptimizerState state;
  private final float momentum;
  private final boolean nesterov;
  private final float[] q;

  /**
   * With q zero.
   *
   * @param size parameters, at least 0
   * @param options momentum and nesterov are read
   * @throws IllegalArgumentException if nesterov is true and momentum is 0
   */
  public Sgd(int size, OptimizerOptions options) {
    if (options.nesterov() && options.momentum() == 0) {
      throw new IllegalArgumentException(
          "optimizer \"sgd\": nesterov is true and momentum is 0.0; it must be above 0.");
    }
    momentum = (float) options.momentum();
    nesterov = options.nesterov();
    state = momentum > 0 ? new OptimizerState(size, "momentum") : new OptimizerState(size);
    q = state.array("momentum");
  }

  @Override
  public void step(float[] parameters, float[] gradient, double learningRate) {
    state.begin(parameters, gradient);
    float a = (float) learningRate;
    if (q == null) {
      descend(parameters, gradient, a);
    } else if (nesterov) {
      lookAhead(parameters, gradient, a);
    } else {
      roll(parameters, gradient, a);
    }
  }

  private static void descend(float[] p, float[] g, float a) {
    for (int i = 0; i < p.length; i++) {
      p[i] -= a * g[i];
    }
  }

  private void roll(float[] p, float[] g, float a) {
    for (int i = 0; i < p.length; i++) {
      float qi = momentum * q[i] - a * g[i];
      q[i] = qi;
      p[i] += qi;
    }
  }

  private void lookAhead(float[] p, float[] g, float a) {
    for (int i = 0; i < p.length; i++) {
      float ag = a * g[i];
      float qi = momentum * q[i] - ag;
      q[i] = qi;
      p[i] += momentum * qi - ag;
    }
  }

  @Override
  public long steps() {
    return state.steps();
  }

  @Override
  public Map<String, float[]> state() {
    return state.arrays();
  }

  @Override
  public void restore(long steps, Map<String, float[]> saved) {
    state.restore(steps, saved);
  }
}
