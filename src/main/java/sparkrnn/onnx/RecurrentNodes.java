package sparkrnn.onnx;

import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import sparkrnn.cell.CellType;
import sparkrnn.network.RecurrentSpec;

/**
 * A recurrent layer as ONNX's operator RNN, LSTM or GRU; layers with zoneout or layer
 * normalization, which these don't know, as a {@link ScannedCell}.
 *
 * <pre>
 *   W (D, G H, F)    R (D, G H, H)    B (D, 2 G H): of the inputs, then of the state
 *   D: directions    G: gates, in LSTM i o f c, in GRU z r h        Keras: i f c o, z r h
 * </pre>
 *
 * <p>ONNX's layout is 0, time first: ONNX Runtime refuses the other. The GRU has
 * linear_before_reset, which is Keras' reset_after.
 */
final class RecurrentNodes {

  private static final List<Integer> LSTM_ORDER = List.of(0, 3, 1, 2);

  private final Graph graph;
  private final Tensors tensors;
  private final Lengths lengths;

  RecurrentNodes(Graph graph, Tensors tensors, Lengths lengths) {
    this.graph = graph;
    this.tensors = tensors;
    this.lengths = lengths;
  }

  /**
   * The outputs (T, B, outputs) of a layer.
   *
   * @param index place of the layer in the network, from 0
   * @param x (T, B, inputs)
   */
  String layer(RecurrentSpec layer, int index, String x) {
    List<String> names = layer.cellNames(index);
    CellType type = CellType.named(layer.cell());
    boolean known = layer.zoneout() == 0 && type != CellType.LAYER_NORM_LSTM;
    String y = known ? operator(layer, type, names, x) : scans(layer, names, x);
    return layer.residual() ? graph.node("Add", y, x) : y;
  }

  private String operator(RecurrentSpec layer, CellType type, List<String> names, String x) {
    List<String> inputs =
        Stream.concat(Stream.of(x), Stream.concat(weights(type, names), Stream.of(lengths.given())))
            .toList();
    String direction = names.size() == 2 ? "bidirectional" : "forward";
    Attribute units = Attribute.of("hidden_size", layer.units());
    Attribute directions = Attribute.of("direction", direction);
    String y =
        switch (type) {
          case SIMPLE_RNN ->
              graph.node("RNN", inputs, units, directions, activations(layer, names.size()));
          case GRU ->
              graph.node("GRU", inputs, units, directions, Attribute.of("linear_before_reset", 1));
          default -> graph.node("LSTM", inputs, units, directions);
        };
    // (T, D, B, H) to (T, B, D H); 0 in a shape is "as it was".
    String side = graph.node("Transpose", List.of(y), Attribute.of("perm", 0L, 2, 1, 3));
    return graph.node("Reshape", side, graph.ints(0, 0, layer.outputs()));
  }

  private static Attribute activations(RecurrentSpec layer, int directions) {
    String name = layer.activation().equals("relu") ? "Relu" : "Tanh";
    return Attribute.of("activations", Collections.nCopies(directions, name));
  }

  private Stream<String> weights(CellType type, List<String> names) {
    List<Integer> order =
        switch (type) {
          case SIMPLE_RNN -> List.of(0);
          case GRU -> List.of(0, 1, 2);
          default -> LSTM_ORDER;
        };
    return Stream.of(
        transposed(names, "/kernel", order),
        transposed(names, "/recurrent_kernel", order),
        biases(names, order, type == CellType.GRU));
  }

  private String transposed(List<String> names, String suffix, List<Integer> order) {
    int[] shape = tensors.shape(names.get(0) + suffix);
    int size = shape[0] * shape[1];
    float[] values = new float[Math.multiplyExact(names.size(), size)];
    for (int direction = 0; direction < names.size(); direction++) {
      tensors.writeTransposed(names.get(direction) + suffix, order, values, direction * size);
    }
    return graph.floats(names.get(0) + suffix, values, names.size(), shape[1], shape[0]);
  }

  /** Keras has one bias, which then is that of the inputs, but for the GRU. */
  private String biases(List<String> names, List<Integer> order, boolean ofStateToo) {
    int columns = tensors.shape(names.get(0) + "/kernel")[1];
    int units = columns / order.size();
    float[] values = new float[names.size() * 2 * columns];
    for (int direction = 0; direction < names.size(); direction++) {
      String name = names.get(direction) + "/bias";
      int at = direction * 2 * columns;
      tensors.writeBlocks(name, 0, order, units, values, at);
      if (ofStateToo) {
        tensors.writeBlocks(name, columns, order, units, values, at + columns);
      }
    }
    return graph.floats(names.get(0) + "/bias", values, names.size(), 2 * columns);
  }

  private String scans(RecurrentSpec layer, List<String> names, String x) {
    String forward = new ScannedCell(graph, tensors, lengths, layer, names.get(0)).over(x);
    if (names.size() == 1) {
      return forward;
    }
    ScannedCell backward = new ScannedCell(graph, tensors, lengths, layer, names.get(1));
    String turned = lengths.reversed(graph, backward.over(lengths.reversed(graph, x)));
    return graph.node("Concat", List.of(forward, turned), Attribute.of("axis", 2));
  }
}
