package sparkrnn.optim;

import java.util.Map;

/**
 * Moves the parameters against the gradient, one training step at a time.
 *
 * <p>An optimizer is made for a fixed number of parameters P and allocates nothing in a step. It is
 * not safe for use by several threads at once. The same calls give the same bits.
 */
public interface Optimizer {

  /**
   * Makes one training step: changes {@code parameters} in place and reads {@code gradient}.
   *
   * @param parameters (P)
   * @param gradient (P), finite, of the loss by the parameters; not changed
   * @param learningRate of this training step, at least 0
   * @throws IllegalArgumentException if the length of an array is not P
   */
  void step(float[] parameters, float[] gradient, double learningRate);

  /**
   * Puts what the training ends with in the place of the parameters of the last training step; most
   * optimizers leave them.
   *
   * @param parameters (P)
   */
  default void finish(float[] parameters) {}

  /** Training steps made so far, those of a restored state included. */
  long steps();

  /**
   * What the next training step depends on besides its arguments and {@link #steps()}: live arrays
   * of length P by name, in a fixed order. Write them to a checkpoint before the next training
   * step.
   */
  Map<String, float[]> state();

  /**
   * Goes on from a saved state; the arrays are copied.
   *
   * @param steps what {@link #steps()} was
   * @param state what {@link #state()} was
   * @throws IllegalArgumentException if steps is negative, or if a name is missing or unknown or an
   *     array has another length; nothing is changed then
   */
  void restore(long steps, Map<String, float[]> state);
}
