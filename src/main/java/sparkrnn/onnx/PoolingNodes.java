package sparkrnn.onnx;

import java.util.List;
import sparkrnn.layer.PoolingType;
import sparkrnn.network.RecurrentSpec;

/**
 * What is made of the outputs of the last layer's time steps.
 *
 * <pre>
 *   y (T, B, C)    pooled (B, C)    attention (B, T)
 * </pre>
 */
final class PoolingNodes {

  private final Graph graph;
  private final Tensors tensors;
  private final Lengths lengths;

  PoolingNodes(Graph graph, Tensors tensors, Lengths lengths) {
    this.graph = graph;
    this.tensors = tensors;
    this.lengths = lengths;
  }

  /**
   * The pooled outputs; without pooling y itself.
   *
   * @param top the layer that y is of
   */
  String pooled(PoolingType type, RecurrentSpec top, String y) {
    return switch (type) {
      case LAST -> top.bidirectional() ? lastOfBoth(y) : last(y);
      case MEAN -> mean(y);
      case MAX ->
          graph.node(
              "ReduceMax",
              List.of(lengths.masked(graph, y, Double.NEGATIVE_INFINITY)),
              Attribute.of("axes", new long[] {0}),
              Attribute.of("keepdims", 0));
      case ATTENTION -> attention(y);
      case NONE -> y;
    };
  }

  /** y of each sequence's last time step. */
  private String last(String y) {
    String batchFirst = graph.node("Transpose", List.of(y), Attribute.of("perm", 1L, 0, 2));
    String steps = graph.node("Sub", lengths.whole(), graph.wholeNumber(1));
    String places = graph.node("Unsqueeze", steps, graph.ints(1));
    return graph.node("GatherND", List.of(batchFirst, places), Attribute.of("batch_dims", 1));
  }

  /** The cell that reads backward ends at time step 0. */
  private String lastOfBoth(String y) {
    List<String> halves = graph.nodes(2, "Split", List.of(y), Attribute.of("axis", 2));
    String first = graph.node("Gather", halves.get(1), graph.wholeNumber(0));
    return graph.node("Concat", List.of(last(halves.get(0)), first), Attribute.of("axis", 1));
  }

  private String mean(String y) {
    String counts = graph.node("Cast", List.of(lengths.whole()), Attribute.of("to", 1));
    String column = graph.node("Unsqueeze", counts, graph.ints(1));
    return graph.node("Div", sum(lengths.masked(graph, y, 0)), column);
  }

  private String sum(String y) {
    return graph.node("ReduceSum", List.of(y, graph.ints(0)), Attribute.of("keepdims", 0));
  }

  private String attention(String y) {
    String product = graph.node("MatMul", y, tensors.in(graph, "attention_pooling/kernel"));
    String u =
        graph.node("Tanh", graph.node("Add", product, tensors.in(graph, "attention_pooling/bias")));
    String scores = graph.node("MatMul", u, tensors.in(graph, "attention_pooling/query"));
    String alive = lengths.masked(graph, scores, Double.NEGATIVE_INFINITY);
    String weights = graph.node("Softmax", List.of(alive), Attribute.of("axis", 0));
    String row = graph.node("Squeeze", weights, graph.ints(2));
    String batchFirst = graph.node("Transpose", List.of(row), Attribute.of("perm", 1L, 0));
    graph.identity(batchFirst, OnnxModel.ATTENTION);
    graph.output(OnnxModel.ATTENTION, ElementType.FLOAT, OnnxModel.BATCH, OnnxModel.TIME);
    return sum(graph.node("Mul", weights, lengths.masked(graph, y, 0)));
  }
}
