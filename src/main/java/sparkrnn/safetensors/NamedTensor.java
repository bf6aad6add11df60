package sparkrnn.safetensors;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A tensor of float32, somewhere in an array.
 *
 * @param name any text but "__metadata__"
 * @param shape rows first, each at least 0; empty for a single number
 * @param values holds the tensor row-major, and maybe more; not copied
 * @param offset of its first number in values
 */
public record NamedTensor(String name, List<Integer> shape, float[] values, int offset) {

  /**
   * Checks that the tensor lies inside the array.
   *
   * @throws IllegalArgumentException if it does not, or if a number of the shape is negative
   */
  public NamedTensor {
    shape = List.copyOf(shape);
    long size = 1;
    for (int extent : shape) {
      size = extent < 0 || size < 0 ? -1 : Math.min(size * extent, Integer.MAX_VALUE);
    }
    if (size < 0 || offset < 0 || offset + size > values.length) {
      throw new IllegalArgumentException(
          "tensor \""
              + name
              + "\": shape "
              + shapeText(shape)
              + " at offset "
              + offset
              + " does not fit into an array of "
              + values.length
              + " numbers.");
    }
  }

  /** How many numbers it holds. */
  public int size() {
    int size = 1;
    for (int extent : shape) {
      size *= extent;
    }
    return size;
  }

  /** As it is written in messages: "(8, 512)". */
  static String shapeText(List<Integer> shape) {
    return shape.stream().map(String::valueOf).collect(Collectors.joining(", ", "(", ")"));
  }
}
