package sparkrnn.onnx;

import java.util.ArrayList;
import java.util.List;
import sparkrnn.cell.CellType;
import sparkrnn.network.RecurrentSpec;

/**
 * A cell, forward in time, as ONNX's Scan over a graph of one time step: for what the operators
 * RNN, LSTM and GRU can't express, zoneout (whose expectation is computed) and layer normalization.
 * The equations are those of the cells' own classes.
 *
 * <pre>
 *   x (T, B, F)    p (T, B, G H): what of the time steps doesn't depend on the state    h, c (B, H)
 * </pre>
 */
final class ScannedCell {

  private static final double EPSILON = 1e-3;

  private final Graph graph;
  private final Tensors tensors;
  private final Lengths lengths;
  private final RecurrentSpec layer;
  private final String name;
  private final CellType type;
  private final Graph step;

  ScannedCell(Graph graph, Tensors tensors, Lengths lengths, RecurrentSpec layer, String name) {
    this.graph = graph;
    this.tensors = tensors;
    this.lengths = lengths;
    this.layer = layer;
    this.name = name;
    this.type = CellType.named(layer.cell());
    this.step = new Graph(name + "/step");
  }

  /** The outputs h (T, B, H). */
  String over(String x) {
    boolean hasC = type == CellType.LSTM || type == CellType.LAYER_NORM_LSTM;
    String h = step.input(name + "/h", ElementType.FLOAT, "batch", layer.units());
    List<String> states = new ArrayList<>(List.of(h));
    if (hasC) {
      states.add(step.input(name + "/c", ElementType.FLOAT, "batch", layer.units()));
    }
    int columns = type.gates() * layer.units();
    String p = step.input(name + "/p", ElementType.FLOAT, "batch", columns);
    List<String> next = hasC ? lstm(states, p) : List.of(gruOrSimple(h, p));
    List<String> mixed = new ArrayList<>();
    for (int i = 0; i < next.size(); i++) {
      mixed.add(zoneout(states.get(i), next.get(i)));
    }
    for (int i = 0; i < mixed.size(); i++) {
      named(mixed.get(i), states.get(i) + "_next");
    }
    named(mixed.get(0), name + "/y");
    return scan(states.size(), inputPart(x));
  }

  private void named(String value, String output) {
    step.identity(value, output);
    step.output(output, ElementType.FLOAT, "batch", layer.units());
  }

  private String scan(int states, String p) {
    String extents =
        graph.node(
            "Concat", List.of(lengths.batch(), graph.ints(layer.units())), Attribute.of("axis", 0));
    String zeros = graph.node("ConstantOfShape", extents);
    List<String> inputs = new ArrayList<>();
    for (int i = 0; i < states; i++) {
      inputs.add(zeros);
    }
    inputs.add(p);
    List<String> outputs =
        graph.nodes(
            states + 1,
            "Scan",
            inputs,
            Attribute.of("body", step),
            Attribute.of("num_scan_inputs", 1));
    return outputs.get(states);
  }

  /** x W with what is added to it in every time step. */
  private String inputPart(String x) {
    String product = graph.node("MatMul", x, tensors.in(graph, name + "/kernel"));
    String bias = tensors.in(graph, name + "/bias");
    return switch (type) {
      case LAYER_NORM_LSTM ->
          graph.node("Add", normalized(graph, product, name + "/kernel_norm"), bias);
      case GRU -> graph.node("Add", product, row(bias, 0));
      default -> graph.node("Add", product, bias);
    };
  }

  private String row(String matrix, int row) {
    return graph.node("Gather", matrix, graph.wholeNumber(row));
  }

  private String stateProduct(String h) {
    return step.node("MatMul", h, tensors.in(graph, name + "/recurrent_kernel"));
  }

  /** h, then c. */
  private List<String> lstm(List<String> states, String p) {
    boolean norms = type == CellType.LAYER_NORM_LSTM;
    String q = stateProduct(states.get(0));
    String z = step.node("Add", p, norms ? normalized(step, q, name + "/recurrent_norm") : q);
    List<String> gates = gates(z);
    String kept = step.node("Mul", sigmoid(gates.get(1)), states.get(1));
    String added = step.node("Mul", sigmoid(gates.get(0)), tanh(gates.get(2)));
    String c = step.node("Add", kept, added);
    String carried = norms ? normalized(step, c, name + "/state_norm") : c;
    return List.of(step.node("Mul", sigmoid(gates.get(3)), tanh(carried)), carried);
  }

  private String gruOrSimple(String h, String p) {
    String q = stateProduct(h);
    if (type == CellType.SIMPLE_RNN) {
      return step.node(layer.activation().equals("relu") ? "Relu" : "Tanh", step.node("Add", p, q));
    }
    String bias = name + "/bias";
    List<String> ofInputs = gates(p);
    List<String> ofState = gates(step.node("Add", q, row(bias, 1)));
    String z = sigmoid(step.node("Add", ofInputs.get(0), ofState.get(0)));
    String r = sigmoid(step.node("Add", ofInputs.get(1), ofState.get(1)));
    String g = tanh(step.node("Add", ofInputs.get(2), step.node("Mul", r, ofState.get(2))));
    String rest = step.node("Sub", step.number(1), z);
    return step.node("Add", step.node("Mul", z, h), step.node("Mul", rest, g));
  }

  private List<String> gates(String columns) {
    return step.nodes(type.gates(), "Split", List.of(columns), Attribute.of("axis", 1));
  }

  private String sigmoid(String value) {
    return step.node("Sigmoid", value);
  }

  private String tanh(String value) {
    return step.node("Tanh", value);
  }

  private String zoneout(String before, String next) {
    if (layer.zoneout() == 0) {
      return next;
    }
    float kept = (float) layer.zoneout();
    String old = step.node("Mul", before, step.number(kept));
    return step.node("Add", old, step.node("Mul", next, step.number(1f - kept)));
  }

  /** The rows with mean 0 and deviation 1, times gamma, plus beta. */
  private String normalized(Graph at, String z, String norm) {
    String centred = at.node("Sub", z, mean(at, z));
    String variance = mean(at, at.node("Mul", centred, centred));
    String deviation = at.node("Sqrt", at.node("Add", variance, at.number(EPSILON)));
    String unit = at.node("Div", centred, deviation);
    String scaled = at.node("Mul", unit, tensors.in(graph, norm + "/gamma"));
    return at.node("Add", scaled, tensors.in(graph, norm + "/beta"));
  }

  private static String mean(Graph at, String z) {
    return at.node("ReduceMean", List.of(z), Attribute.of("axes", new long[] {-1}));
  }
}
