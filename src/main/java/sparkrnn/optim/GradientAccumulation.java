package sparkrnn.optim;

/**
 * Makes one gradient of those of several batches, so that a step of the optimizer sees more
 * sequences than are computed at once.
 *
 * <p>With g(b) the gradient of batch b, counted from 0, and k the batches of a step:
 *
 * <pre>
 *   g = (g(b-k+1) + ... + g(b)) / k       if b + 1 is a multiple of k, else no step
 * </pre>
 *
 * <p>The gradients of a step are added in the order of the batches, those of the last epoch before
 * it among them. Kept between batches: the sum.
 *
 * <p>Source: gradient_accumulation_steps of Keras' optimizers, which clips g and not the g(b). Our
 * deviation: a moving average of the parameters follows the steps, in Keras the batches.
 */
public final class GradientAccumulation {

  private final int steps;
  private final float[] sum;

  /**
   * With nothing accumulated.
   *
   * @param steps k, at least 1
   * @param size of a gradient
   */
  public GradientAccumulation(int steps, int size) {
    this.steps = steps;
    this.sum = new float[steps > 1 ? size : 0];
  }

  /** The sum of the gradients that wait for their step, live; of length 0 if none ever waits. */
  public float[] sum() {
    return sum;
  }

  /**
   * Takes the gradient of a batch.
   *
   * @param batch in the whole fit, from 0
   * @param gradient overwritten with that of the step if there is one
   * @return whether there is a step
   */
  public boolean complete(long batch, float[] gradient) {
    if (steps == 1) {
      return true;
    }
    boolean first = batch % steps == 0;
    boolean last = batch % steps == steps - 1;
    for (int i = 0; i < sum.length; i++) {
      float total = first ? gradient[i] : sum[i] + gradient[i];
      sum[i] = total;
      gradient[i] = last ? total / steps : gradient[i];
    }
    return last;
  }
}
