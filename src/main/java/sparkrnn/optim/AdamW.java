package sparkrnn.optim;

import java.util.Map;

/**
 * Adam whose parameters also decay a little in every training step, whatever their gradient.
 *
 * <p>With the learning rate {@code a} and the weight decay {@code d}, for each parameter p, biases
 * not left out:
 *
 * <pre>
 *   p(t) = adam(p(t-1) - d a p(t-1))       one step of Adam from there
 * </pre>
 *
 * <p>Shapes and what is kept between steps are those of {@link Adam}.
 *
 * <p>Source: Loshchilov and Hutter 2019, algorithm 2, as in Keras: the decay is multiplied by the
 * learning rate, the schedule's factor included, and done before the step.
 */
public final class AdamW implements Optimizer {

  private final OptimizerState state;
  private final float weightDecay;
  private final float[] m;
  private final float[] v;

  /**
   * With m, v and t zero.
   *
   * @param size parameters, at least 0
   * @param options weightDecay is read
   */
  public AdamW(int size, OptimizerOptions options) {
    state = new OptimizerState(size, "m", "v");
    weightDecay = (float) options.weightDecay();
    m = state.array("m");
    v = state.array("v");
  }

  @Override
  public void step(float[] parameters, float[] gradient, double learningRate) {
    long t = state.begin(parameters, gradient);
    float a = (float) learningRate;
    for (int i = 0; i < parameters.length; i++) {
      parameters[i] -= parameters[i] * weightDecay * a;
    }
    Adam.update(parameters, gradient, m, v, Adam.alpha(learningRate, t));
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
