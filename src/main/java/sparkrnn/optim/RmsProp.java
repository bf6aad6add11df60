package sparkrnn.optim;

import java.util.Map;

/**
 * RMSprop: steps divided by a running root mean square of the gradient, with momentum if it is
 * above zero.
 *
 * <p>At training step t, for each parameter p with gradient g ({@code a} is the learning rate,
 * {@code u} the momentum):
 *
 * <pre>
 *   v(t) = rho v(t-1) + (1 - rho) g^2                         v(0) = 0      rho = 0.9
 *   q(t) = u q(t-1) + a g / sqrt(v(t) + epsilon)              q(0) = 0      epsilon = 1e-7
 *   p(t) = p(t-1) - q(t)
 * </pre>
 *
 * <p>Shapes: p, g, v, q (P). Kept between steps: v, and q under the name "momentum" if u is above
 * 0.
 *
 * <p>Source: Tieleman and Hinton 2012, lecture 6.5, as in Keras, not centered; epsilon stands
 * inside the root.
 */
public final class RmsProp implements Optimizer {

  private static final float RHO = 0.9f;
  private static final float ONE_MINUS_RHO = (float) (1 - 0.9);
  private static final float EPSILON = 1e-7f;

  private final OptimizerState state;
  private final float momentum;
  private final float[] v;
  private final float[] q;

  /**
   * With v and q zero.
   *
   * @param size parameters, at least 0
   * @param options momentum is read
   */
  public RmsProp(int size, OptimizerOptions options) {
    momentum = (float) options.momentum();
    state =
        momentum > 0 ? new OptimizerState(size, "v", "momentum") : new OptimizerState(size, "v");
    v = state.array("v");
    q = state.array("momentum");
  }

  @Override
  public void step(float[] parameters, float[] gradient, double learningRate) {
    state.begin(parameters, gradient);
    float a = (float) learningRate;
    if (q == null) {
      descend(parameters, gradient, a);
    } else {
      roll(parameters, gradient, a);
    }
  }

  private void descend(float[] p, float[] g, float a) {
    for (int i = 0; i < p.length; i++) {
      float gi = g[i];
      float vi = RHO * v[i] + ONE_MINUS_RHO * (gi * gi);
      v[i] = vi;
      p[i] -= a * gi / (float) Math.sqrt(vi + EPSILON);
    }
  }

  private void roll(float[] p, float[] g, float a) {
    for (int i = 0; i < p.length; i++) {
      float gi = g[i];
      float vi = RHO * v[i] + ONE_MINUS_RHO * (gi * gi);
      float qi = momentum * q[i] + a * gi / (float) Math.sqrt(vi + EPSILON);
      v[i] = vi;
      q[i] = qi;
      p[i] -= qi;
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
