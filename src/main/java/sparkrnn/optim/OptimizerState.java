package sparkrnn.optim;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** The named arrays of one optimizer and the count of its training steps. */
final class OptimizerState {

  /**
   * So often, in training steps, that numbers don't stay subnormal for long, and so rarely that
   * looking for them costs nothing.
   */
  private static final int STEPS_BETWEEN_FLUSHES = 128;

  private final int size;
  private final Map<String, float[]> arrays = new LinkedHashMap<>();
  private long steps;

  /**
   * All zeros.
   *
   * @param size parameters, at least 0
   */
  OptimizerState(int size, String... names) {
    if (size < 0) {
      throw new IllegalArgumentException(
          "optimizer: size is " + size + "; it must be at least 0, the number of parameters.");
    }
    this.size = size;
    for (String name : names) {
      arrays.put(name, new float[size]);
    }
  }

  /** With these arrays, not copies of them. */
  OptimizerState(int size, Map<String, float[]> arrays) {
    this(size);
    this.arrays.putAll(arrays);
  }

  float[] array(String name) {
    return arrays.get(name);
  }

  Map<String, float[]> arrays() {
    return Collections.unmodifiableMap(arrays);
  }

  long steps() {
    return steps;
  }

  /** Counts one training step, after a check of its arguments. */
  long begin(float[] parameters, float[] gradient) {
    checkLength("parameters", parameters);
    checkLength("gradient", gradient);
    steps++;
    if (steps % STEPS_BETWEEN_FLUSHES == 0) {
      arrays.values().forEach(OptimizerState::flushSubnormals);
    }
    return steps;
  }

  /**
   * A moment whose gradient has become zero for good, as that of a unit of ReLU which is never
   * above zero, decays to a subnormal number and by rounding stays one. Arithmetic on those takes a
   * processor some hundred times as long, in every step to the end of the fit; and they are too
   * small to move a parameter.
   */
  private static void flushSubnormals(float[] array) {
    for (int i = 0; i < array.length; i++) {
      if (Math.abs(array[i]) < Float.MIN_NORMAL) {
        array[i] = 0;
      }
    }
  }

  private void checkLength(String name, float[] array) {
    if (array.length != size) {
      throw new IllegalArgumentException(
          "optimizer: " + name + " has length " + array.length + "; it must be " + size + ".");
    }
  }

  /** Checks everything, then copies. */
  void restore(long savedSteps, Map<String, float[]> saved) {
    check(savedSteps, saved);
    saved.forEach((name, array) -> System.arraycopy(array, 0, arrays.get(name), 0, size));
    steps = savedSteps;
  }

  /**
   * Changes nothing.
   *
   * @throws IllegalArgumentException if a saved state doesn't fit
   */
  void check(long savedSteps, Map<String, float[]> saved) {
    if (savedSteps < 0) {
      throw new IllegalArgumentException(
          "optimizer state: steps is " + savedSteps + "; it must be at least 0.");
    }
    if (!saved.keySet().equals(arrays.keySet())) {
      throw new IllegalArgumentException(
          "optimizer state: it holds "
              + saved.keySet().stream().sorted().toList()
              + "; it must hold "
              + arrays.keySet().stream().sorted().toList()
              + " because of the optimizer, its momentum and emaMomentum. Resume with those it was saved with.");
    }
    saved.forEach(this::checkSavedLength);
  }

  private void checkSavedLength(String name, float[] array) {
    if (array.length != size) {
      throw new IllegalArgumentException(
          "optimizer state: \""
              + name
              + "\" has length "
              + array.length
              + "; it must be "
              + size
              + ", the number of parameters. Resume with the network it was saved with.");
    }
  }
}
