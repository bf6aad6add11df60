package sparkrnn.onnx;

import java.util.Arrays;
import java.util.List;
import sparkrnn.parameter.ParameterLayout;
import sparkrnn.parameter.ParameterLayout.Tensor;

/**
 * The parameters of a network by name, in the orders that ONNX wants them in.
 *
 * @param parameters in the layout
 */
record Tensors(ParameterLayout layout, float[] parameters) {

  /** A copy, row-major as in the layout. */
  float[] of(String name) {
    Tensor tensor = layout.tensor(name);
    return Arrays.copyOfRange(parameters, tensor.offset(), tensor.offset() + tensor.size());
  }

  /** Rows and columns, or the length of a vector. */
  int[] shape(String name) {
    return layout.tensor(name).shape().stream().mapToInt(Integer::intValue).toArray();
  }

  /** A constant of a graph under its own name. */
  String in(Graph graph, String name) {
    return graph.floats(name, of(name), shape(name));
  }

  /**
   * Writes the transposed blocks of columns of a matrix (rows, blocks * units) one below the other:
   * (blocks * units, rows).
   *
   * @param order which block comes where
   * @param at where they begin in target
   */
  void writeTransposed(String name, List<Integer> order, float[] target, int at) {
    Tensor tensor = layout.tensor(name);
    int rows = tensor.shape().get(0);
    int columns = tensor.shape().get(1);
    int units = columns / order.size();
    int to = at;
    for (int block : order) {
      for (int unit = 0; unit < units; unit++) {
        for (int row = 0; row < rows; row++) {
          target[to++] = parameters[tensor.offset() + row * columns + block * units + unit];
        }
      }
    }
  }

  /**
   * Writes the blocks of a vector, from one of its numbers on.
   *
   * @param from the number of the tensor that the first block begins at
   */
  void writeBlocks(String name, int from, List<Integer> order, int units, float[] target, int at) {
    int first = layout.tensor(name).offset() + from;
    for (int i = 0; i < order.size(); i++) {
      System.arraycopy(parameters, first + order.get(i) * units, target, at + i * units, units);
    }
  }
}
