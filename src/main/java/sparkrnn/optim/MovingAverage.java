package sparkrnn.optim;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An optimizer that also keeps an exponential moving average of the parameters it makes.
 *
 * <p>After training step t of the optimizer inside, for each parameter p ({@code u} is the
 * momentum):
 *
 * <pre>
 *   e(1) = p(1)
 *   e(t) = u e(t-1) + (1 - u) p(t)
 * </pre>
 *
 * <p>Shapes: p, e (P). Kept between steps: e, under the name "average", and what the optimizer
 * inside keeps. The training goes on from p; e is only looked at when it ends.
 *
 * <p>Source: Polyak and Juditsky 1992, as use_ema in Keras.
 */
public final class MovingAverage implements Optimizer {

  private static final String AVERAGE = "average";

  private final Optimizer inner;
  private final OptimizerState state;
  private final float momentum;
  private final float[] average;

  /**
   * Before the first step of an optimizer.
   *
   * @param inner the optimizer that makes the steps; this one takes it over
   * @param size its parameters, at least 0
   * @param momentum share of the old average in the new one, in (0, 1)
   */
  public MovingAverage(Optimizer inner, int size, double momentum) {
    this.momentum = (float) momentum;
    if (!(this.momentum > 0 && this.momentum < 1)) {
      throw new IllegalArgumentException(
          "optimizer: emaMomentum is " + momentum + "; it must be above 0 and below 1.");
    }
    this.inner = inner;
    average = new float[size];
    Map<String, float[]> all = new LinkedHashMap<>(inner.state());
    all.put(AVERAGE, average);
    state = new OptimizerState(size, all);
  }

  @Override
  public void step(float[] parameters, float[] gradient, double learningRate) {
    inner.step(parameters, gradient, learningRate);
    if (inner.steps() == 1) {
      System.arraycopy(parameters, 0, average, 0, average.length);
      return;
    }
    for (int i = 0; i < average.length; i++) {
      average[i] = momentum * average[i] + (1 - momentum) * parameters[i];
    }
  }

  /** Puts the average in the place of the parameters; changes nothing before the first step. */
  @Override
  public void finish(float[] parameters) {
    if (inner.steps() > 0) {
      System.arraycopy(average, 0, parameters, 0, average.length);
    }
  }

  @Override
  public long steps() {
    return inner.steps();
  }

  @Override
  public Map<String, float[]> state() {
    return state.arrays();
  }

  @Override
  public void restore(long steps, Map<String, float[]> saved) {
    state.check(steps, saved);
    Map<String, float[]> rest = new HashMap<>(saved);
    System.arraycopy(rest.remove(AVERAGE), 0, average, 0, average.length);
    inner.restore(steps, rest);
  }
}
