package sparkrnn.training;

import java.util.ArrayList;
import java.util.List;
import sparkrnn.optim.Optimizer;

/**
 * All that training steps go on from, seen as one flat array: the parameters, then each array of
 * the optimizer.
 */
final class FlatState {

  private final Optimizer optimizer;
  private final List<float[]> arrays = new ArrayList<>();

  /** That of these, which stay live. */
  FlatState(float[] parameters, Optimizer optimizer) {
    this.optimizer = optimizer;
    arrays.add(parameters);
    arrays.addAll(optimizer.state().values());
  }

  /** How many numbers it has. */
  static int length(SliceSpec spec, int parameterCount) {
    return Math.multiplyExact(spec.arrays(), parameterCount);
  }

  /** Overwrites a flat array with the state. */
  void write(float[] flat) {
    int at = 0;
    for (float[] array : arrays) {
      System.arraycopy(array, 0, flat, at, array.length);
      at += array.length;
    }
  }

  /**
   * Goes on from the state in a flat array.
   *
   * @param steps of the optimizer, made before
   */
  void read(float[] flat, long steps) {
    int at = 0;
    for (float[] array : arrays) {
      System.arraycopy(flat, at, array, 0, array.length);
      at += array.length;
    }
    optimizer.restore(steps, optimizer.state());
  }

  /** Adds another one to it, number by number. */
  void add(FlatState other) {
    for (int i = 0; i < arrays.size(); i++) {
      ReductionTree.add(arrays.get(i), other.arrays.get(i));
    }
  }
}
