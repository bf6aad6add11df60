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
 *   p(t) = p(t-1) + q(t)
 * </pre>
 *
 * <p>Shapes: p, g, q (P). Kept between steps: q, under the name "momentum"; nothing if u is 0.
 *
 * <p>Source: Polyak 1964, as in Keras: the learning rate stands inside q, so that a change of it
 * takes effect gradually. No Nesterov correction.
 */
public final class Sgd implements Optimizer {

  private final OptimizerState state;
  private final float momentum;
  private final float[] q;

  /**
   * With q zero.
   *
   * @param size parameters, at least 0
   * @param momentum in [0, 1)
   */
  public Sgd(int size, double momentum) {
    if (!(momentum >= 0 && momentum < 1)) {
      throw new IllegalArgumentException(
          "optimizer \"sgd\": momentum is " + momentum + "; it must be in [0, 1).");
    }
    this.momentum = (float) momentum;
    state = momentum > 0 ? new OptimizerState(size, "momentum") : new OptimizerState(size);
    q = state.array("momentum");
  }

  @Override
  public void step(float[] parameters, float[] gradient, double learningRate) {
    state.begin(parameters, gradient);
    float a = (float) learningRate;
    if (q == null) {
      for (int i = 0; i < parameters.length; i++) {
        parameters[i] -= a * gradient[i];
      }
    } else {
      for (int i = 0; i < parameters.length; i++) {
        float qi = momentum * q[i] - a * gradient[i];
        q[i] = qi;
        parameters[i] += qi;
      }
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
