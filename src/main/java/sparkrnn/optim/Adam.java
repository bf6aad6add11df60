package sparkrnn.optim;

import java.util.Map;

/**
 * Adam: steps scaled by running estimates of the gradient's mean and mean square.
 *
 * <p>At training step t, counted from 1, for each parameter p with gradient g ({@code a} is the
 * learning rate):
 *
 * <pre>
 *   m(t) = m(t-1) + (g - m(t-1)) (1 - beta1)       m(0) = 0      beta1 = 0.9
 *   v(t) = v(t-1) + (g^2 - v(t-1)) (1 - beta2)     v(0) = 0      beta2 = 0.999
 *   alpha = a sqrt(1 - beta2^t) / (1 - beta1^t)
 *   p(t) = p(t-1) - alpha m(t) / (sqrt(v(t)) + epsilon)          epsilon = 1e-7
 * </pre>
 *
 * <p>Shapes: p, g, m, v (P). Kept between steps: m, v and t. All of it is float32, the powers of
 * beta too.
 *
 * <p>Source: Kingma and Ba 2015, the reordered form at the end of section 2, whose epsilon stands
 * outside the bias correction; epsilon is Keras' 1e-7, the paper has 1e-8.
 */
public final class Adam implements Optimizer {

  private static final float BETA1 = 0.9f;
  private static final float BETA2 = 0.999f;
  private static final float ONE_MINUS_BETA1 = (float) (1 - 0.9);
  private static final float ONE_MINUS_BETA2 = (float) (1 - 0.999);
  private static final float EPSILON = 1e-7f;

  private final OptimizerState state;
  private final float[] m;
  private final float[] v;

  /**
   * With m, v and t zero.
   *
   * @param size parameters, at least 0
   */
  public Adam(int size) {
    state = new OptimizerState(size, "m", "v");
    m = state.array("m");
    v = state.array("v");
  }

  @Override
  public void step(float[] parameters, float[] gradient, double learningRate) {
    long t = state.begin(parameters, gradient);
    update(parameters, gradient, m, v, alpha(learningRate, t));
  }

  /** {@code a sqrt(1 - beta2^t) / (1 - beta1^t)}, rounded where Keras rounds. */
  static float alpha(double learningRate, long t) {
    float beta1Power = (float) StrictMath.pow(BETA1, (double) t);
    float beta2Power = (float) StrictMath.pow(BETA2, (double) t);
    return (float) learningRate * (float) Math.sqrt(1 - beta2Power) / (1 - beta1Power);
  }

  static void update(float[] p, float[] g, float[] m, float[] v, float alpha) {
    for (int i = 0; i < p.length; i++) {
      float gi = g[i];
      float mi = m[i] + (gi - m[i]) * ONE_MINUS_BETA1;
      float vi = v[i] + (gi * gi - v[i]) * ONE_MINUS_BETA2;
      m[i] = mi;
      v[i] = vi;
      p[i] -= mi * alpha / ((float) Math.sqrt(vi) + EPSILON);
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
