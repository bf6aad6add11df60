package sparkrnn.training;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import sparkrnn.optim.GradientAccumulation;
import sparkrnn.optim.GradientClipping;
import sparkrnn.optim.GradientNorm;
import sparkrnn.optim.Optimizer;

/**
 * The parameters that one worker owns, and the state of their optimizer. What it does to them is
 * what {@link DriverSteps} does to all, to the bit: everything but norms goes number by number.
 */
final class ParameterSlice {

  private final int from;
  private final SliceSpec spec;
  private final GradientClipping clipping;
  private final boolean needsNorms;
  private final float[] parameters;
  private final GradientAccumulation accumulation;

  /** In the place of norms: finite, which they are wherever they don't matter. */
  private final double[] unread;

  private Optimizer optimizer;
  private float[] gradient;

  /** With the state of training step 0. */
  ParameterSlice(int from, int length, SliceSpec spec, GradientClipping clipping) {
    this.from = from;
    this.spec = spec;
    this.clipping = clipping;
    this.needsNorms = spec.needsNorms();
    this.parameters = new float[length];
    this.unread = new double[clipping.normCount()];
    this.accumulation = new GradientAccumulation(spec.optimizer().accumulationSteps(), length);
    this.optimizer = spec.optimizer().create(length);
  }

  private List<float[]> arrays() {
    List<float[]> arrays = new ArrayList<>();
    arrays.add(parameters);
    if (spec.optimizer().accumulationSteps() > 1) {
      arrays.add(accumulation.sum());
    }
    arrays.addAll(optimizer.state().values());
    return arrays;
  }

  /**
   * Goes on from the state that a part of the driver holds.
   *
   * @param part the slices of all arrays, one after the other
   * @param steps of the optimizer
   * @param whole the flat array; its slice is overwritten
   */
  void load(float[] part, long steps, float[] whole) {
    optimizer = spec.optimizer().create(parameters.length);
    FloatBuffer numbers = FloatBuffer.wrap(part);
    for (float[] array : arrays()) {
      numbers.get(array);
    }
    optimizer.restore(steps, optimizer.state());
    System.arraycopy(parameters, 0, whole, from, parameters.length);
  }

  /** Overwrites arrays as long as the slice with the state. */
  void store(float[][] into, float[] whole) {
    System.arraycopy(whole, from, parameters, 0, parameters.length);
    List<float[]> arrays = arrays();
    for (int i = 0; i < into.length; i++) {
      System.arraycopy(arrays.get(i), 0, into[i], 0, into[i].length);
    }
  }

  /**
   * Takes the gradient of a batch.
   *
   * @param batchGradient of the slice, complete; kept and changed
   * @param batch in the whole fit, from 0
   * @param measures the first places are overwritten with the sums of squares of the batch; the
   *     ones that follow with those of the gradient of the step, where steps have several batches
   * @return whether the step can be made at once: there is one, and its norms are not waited for
   */
  boolean take(float[] batchGradient, long batch, double[] measures) {
    gradient = batchGradient;
    GradientNorm measure = clipping.measure();
    measure.addUp(gradient, from, measures, 0);
    boolean complete = accumulation.complete(batch, gradient);
    if (complete && needsNorms && spec.optimizer().accumulationSteps() > 1) {
      measure.addUp(gradient, from, measures, measure.pieces(from, from + gradient.length));
    }
    return complete && !needsNorms;
  }

  /** Makes a step whose norms don't matter. */
  void step(double learningRate, float[] whole) {
    step(learningRate, unread, 0, whole);
  }

  /**
   * Makes a step.
   *
   * @param arguments holds the norms of the whole gradient
   * @param at where they begin
   * @param whole the flat array; its slice is overwritten
   */
  void step(double learningRate, double[] arguments, int at, float[] whole) {
    clipping.clip(gradient, from, arguments, at);
    System.arraycopy(whole, from, parameters, 0, parameters.length);
    optimizer.step(parameters, gradient, learningRate);
    System.arraycopy(parameters, 0, whole, from, parameters.length);
  }
}
