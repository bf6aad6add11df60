package sparkrnn.optim;

import java.util.Arrays;
import java.util.Map;

/**
 * Adagrad: steps divided by the root of the sum of all squared gradients so far.
 *
 * <p>At training step t, for each parameter p with gradient g ({@code a} is the learning rate):
 *
 * <pre>
 *   s(t) = s(t-1) + g^2                                  s(0) = 0.1
 *   p(t) = p(t-1) - a g / sqrt(s(t) + epsilon)           epsilon = 1e-7
 * </pre>
 *
 * <p>Shapes: p, g, s (P). Kept between steps: s.
 *
 * <p>Source: Duchi, Hazan and Singer 2011, as in Keras, whose s begins above 0 and whose epsilon
 * stands inside the root.
 */
public final class Adagrad implements Optimizer {

  private static final float START = 0.1f;
  private static final float EPSILON = 1e-7f;

  private final OptimizerState state;
  private final float[] s;

  /**
   * With all of s 0.1.
   *
   * @param size parameters, at least 0
   */
  public Adagrad(int size) {
    state = new OptimizerState(size, "s");
    s = state.array("s");
    Arrays.fill(s, START);
  }

  @Override
  public void step(float[] parameters, float[] gradient, double learningRate) {
    state.begin(parameters, gradient);
    update(parameters, gradient, s, (float) learningRate);
  }

  private static void update(float[] p, float[] g, float[] s, float a) {
    for (int i = 0; i < p.length; i++) {
      float gi = g[i];
      float si = s[i] + gi * gi;
      s[i] = si;
      p[i] -= a * gi / (float) Math.sqrt(si + EPSILON);
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
