package sparkrnn.parameter;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;

/**
 * Where each named parameter tensor stands in the one flat array.
 *
 * <p>Tensors lie one after the other in the order of their declaration, row-major, without gaps.
 */
public final class ParameterLayout {

  /**
   * One tensor.
   *
   * @param name layer, slash, Keras' weight name: "lstm_0/recurrent_kernel"
   * @param shape rows first; one number for a vector
   * @param offset of its first element in the flat array
   */
  public record Tensor(String name, List<Integer> shape, int offset) {

    /** How many numbers it holds. */
    public int size() {
      int size = 1;
      for (int extent : shape) {
        size = Math.multiplyExact(size, extent);
      }
      return size;
    }
  }

  private final List<Tensor> tensors;
  private final int size;

  private ParameterLayout(List<Tensor> tensors, int size) {
    this.tensors = List.copyOf(tensors);
    this.size = size;
  }

  /** Begins an empty layout. */
  public static Builder builder() {
    return new Builder();
  }

  /** All tensors in the order of their places. */
  public List<Tensor> tensors() {
    return tensors;
  }

  /** The length of the flat array. */
  public int size() {
    return size;
  }

  /**
   * The tensor of this name.
   *
   * @throws NoSuchElementException if there is none
   */
  public Tensor tensor(String name) {
    return tensors.stream()
        .filter(tensor -> tensor.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new NoSuchElementException("There is no parameter \"" + name + "\"."));
  }

  /**
   * The tensor that holds this place of the flat array.
   *
   * @throws IndexOutOfBoundsException if index is not in [0, size)
   */
  public Tensor tensorAt(int index) {
    for (Tensor tensor : tensors) {
      if (index >= tensor.offset() && index < tensor.offset() + tensor.size()) {
        return tensor;
      }
    }
    throw new IndexOutOfBoundsException(
        "Index " + index + " is not in a flat array of " + size + " parameters.");
  }

  /** Collects tensors in order. */
  public static final class Builder {

    private final List<Tensor> tensors = new ArrayList<>();
    private final Set<String> names = new HashSet<>();
    private int size;

    private Builder() {}

    /**
     * Appends a tensor and returns its offset.
     *
     * @throws IllegalArgumentException if the name is taken
     * @throws ArithmeticException if the flat array would be longer than an array can be
     */
    public int add(String name, Integer... shape) {
      if (!names.add(name)) {
        throw new IllegalArgumentException("There are two parameters \"" + name + "\".");
      }
      Tensor tensor = new Tensor(name, List.of(shape), size);
      tensors.add(tensor);
      size = Math.addExact(size, tensor.size());
      return tensor.offset();
    }

    /** The finished layout. */
    public ParameterLayout build() {
      return new ParameterLayout(tensors, size);
    }
  }
}
