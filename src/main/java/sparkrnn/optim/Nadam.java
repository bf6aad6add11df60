package sparkrnn.optim;

import java.util.Map;

/**
 * Nadam: Adam that looks ahead along its momentum.
 *
 * <p>At training step t, counted from 1, for each parameter p with gradient g ({@code a} is the
 * learning rate):
 *
 * <pre>
 *   u(t) = beta1 (1 - 0.96^t / 2)        U(t) = u(1) u(2) ... u(t)
 *   m(t) = m(t-1) + (g - m(t-1)) (1 - beta1)       m(0) = 0      beta1 = 0.9
 *   v(t) = v(t-1) + (g^2 - v(t-1)) (1 - beta2)     v(0) = 0      beta2 = 0.999
 *   M = u(t+1) m(t) / (1 - U(t+1)) + (1 - u(t)) g / (1 - U(t))
 *   V = v(t) / (1 - beta2^t)
 *   p(t) = p(t-1) - a M / (sqrt(V) + epsilon)                    epsilon = 1e-7
 * </pre>
 *
 * <p>Shapes: p, g, m, v (P). Kept between steps: m, v and t; U is a function of t. All of it is
 * float32, U and the powers too.
 *
 * <p>Source: Dozat 2015, as in Keras: epsilon is added to the corrected root, unlike in our Adam.
 */
public final class Nadam implements Optimizer {

  private static final float BETA1 = 0.9f;
  private static final float BETA2 = 0.999f;
  private static final float ONE_MINUS_BETA1 = 1 - BETA1;
  private static final float ONE_MINUS_BETA2 = 1 - BETA2;
  private static final float DECAY = 0.96f;
  private static final float EPSILON = 1e-7f;

  private final OptimizerState state;
  private final float[] m;
  private final float[] v;
  private float product = 1;

  /**
   * With m, v and t zero.
   *
   * @param size parameters, at least 0
   */
  public Nadam(int size) {
    state = new OptimizerState(size, "m", "v");
    m = state.array("m");
    v = state.array("v");
  }

  @Override
  public void step(float[] parameters, float[] gradient, double learningRate) {
    long t = state.begin(parameters, gradient);
    product = productAt(t, product);
    float next = momentum(t + 1);
    float share = next / (1 - product * next);
    float ahead = (1 - momentum(t)) / (1 - product);
    float correction = 1 - (float) StrictMath.pow(BETA2, (double) t);
    float a = (float) learningRate;
    for (int i = 0; i < parameters.length; i++) {
      float gi = gradient[i];
      float mi = m[i] + (gi - m[i]) * ONE_MINUS_BETA1;
      float vi = v[i] + (gi * gi - v[i]) * ONE_MINUS_BETA2;
      m[i] = mi;
      v[i] = vi;
      parameters[i] -=
          (share * mi + ahead * gi) * a / ((float) Math.sqrt(vi / correction) + EPSILON);
    }
  }

  /** u(t). */
  private static float momentum(long t) {
    return BETA1 * warmth(t);
  }

  private static float warmth(long t) {
    return 1 - 0.5f * (float) StrictMath.pow(DECAY, (double) t);
  }

  /** U(t) from U(t-1), rounded where Keras rounds. */
  private static float productAt(long t, float before) {
    return before * BETA1 * warmth(t);
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
    product = 1;
    // It is 0 in float32 after about a thousand factors, and stays it.
    for (long t = 1; t <= steps && product > 0; t++) {
      product = productAt(t, product);
    }
  }
}
