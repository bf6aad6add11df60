package sparkrnn.parameter;

import java.util.Arrays;
import java.util.List;
import sparkrnn.random.CounterRandom;

/** The first values of a parameter tensor. */
public interface Initializer {

  /**
   * Overwrites the (rows, columns) elements of a matrix, a pure function of the arguments.
   *
   * @param matrix row-major, from place {@code at} on
   * @param random the numbers of this tensor; element e draws only by indices that belong to it
   * @param qr read only by orthogonal
   */
  void fill(
      float[] matrix, int at, int rows, int columns, CounterRandom random, QrDecomposition qr);

  /** Keras' names of all initializers. */
  static List<String> names() {
    return Arrays.stream(InitializerType.values()).map(InitializerType::kerasName).toList();
  }

  /**
   * The initializer of Keras' name.
   *
   * @throws IllegalArgumentException if there is none; the message lists the names
   */
  static Initializer named(String name) {
    return InitializerType.named(name).initializer();
  }
}
