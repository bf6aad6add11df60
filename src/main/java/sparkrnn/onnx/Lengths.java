package sparkrnn.onnx;

import java.util.List;

/**
 * What a graph knows of the lengths of its sequences.
 *
 * @param given (B), 32 bits, as the recurrent operators read it
 * @param whole (B), 64 bits
 * @param batch (1), B
 * @param alive (T, B, 1), whether a time step is one of its sequence
 */
record Lengths(String given, String whole, String batch, String alive) {

  /**
   * Adds them to a graph.
   *
   * @param x (T, B, F)
   */
  static Lengths of(Graph graph, String given, String x) {
    String whole = graph.node("Cast", List.of(given), Attribute.of("to", ElementType.INT64.code()));
    String extents = graph.node("Shape", x);
    String steps = graph.node("Gather", extents, graph.wholeNumber(0));
    String batch = graph.node("Gather", extents, graph.ints(1));
    String range = graph.node("Range", graph.wholeNumber(0), steps, graph.wholeNumber(1));
    String column = graph.node("Unsqueeze", range, graph.ints(1));
    String alive = graph.node("Less", column, whole);
    return new Lengths(given, whole, batch, graph.node("Unsqueeze", alive, graph.ints(2)));
  }

  /** The values of the sequences' own time steps, and this one elsewhere. */
  String masked(Graph graph, String y, double elsewhere) {
    return graph.node("Where", alive, y, graph.number(elsewhere));
  }

  /** Each sequence (T, B, C) backward in time, within its length. */
  String reversed(Graph graph, String x) {
    return graph.node(
        "ReverseSequence",
        List.of(x, whole),
        Attribute.of("time_axis", 0),
        Attribute.of("batch_axis", 1));
  }
}
