package sparkrnn.optim;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** The named arrays of one optimizer and the count of its training steps. */
final class OptimizerState {

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
    return ++steps;
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
