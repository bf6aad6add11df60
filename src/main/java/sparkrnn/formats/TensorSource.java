package sparkrnn.formats;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import sparkrnn.parameter.ParameterLayout.Tensor;

/**
 * One tensor of a file, with the name that messages give it.
 *
 * @param shape rows first
 * @param values row-major
 */
record TensorSource(String name, List<Integer> shape, float[] values) {

  int rows() {
    return shape.get(0);
  }

  int columns() {
    return shape.get(1);
  }

  /** The same with rows and columns swapped. */
  TensorSource transposed() {
    int rows = rows();
    int columns = columns();
    float[] turned = new float[values.length];
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        turned[column * rows + row] = values[row * columns + column];
      }
    }
    return new TensorSource(name, List.of(columns, rows), turned);
  }

  /**
   * Swaps the blocks of rows of the update and the reset gate of a GRU, in place: Keras' z r h,
   * which is ours, is PyTorch's r z n.
   *
   * @param values (3 units, width), row-major, from {@code from} on
   */
  static void swapUpdateAndReset(float[] values, int from, int units, int width) {
    int block = units * width;
    for (int i = 0; i < block; i++) {
      float update = values[from + i];
      values[from + i] = values[from + block + i];
      values[from + block + i] = update;
    }
  }

  /** Overwrites the place of a tensor, which must have this shape. */
  void writeTo(Tensor place, float[] parameters) {
    if (!place.shape().equals(shape)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "\"%s\" has shape %s where %s is needed",
              name,
              text(shape),
              text(place.shape())));
    }
    System.arraycopy(values, 0, parameters, place.offset(), values.length);
  }

  static String text(List<Integer> shape) {
    return shape.stream().map(String::valueOf).collect(Collectors.joining(", ", "(", ")"));
  }
}
