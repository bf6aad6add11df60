package sparkrnn.onnx;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import sparkrnn.loss.Loss;
import sparkrnn.loss.LossType;
import sparkrnn.network.NetworkSpec;

/**
 * What the outputs of a network stand for: probabilities, quantiles or the numbers of a
 * distribution, as {@link Loss#activate} makes them; nothing where they stand for themselves.
 *
 * <pre>
 *   outputs, and what they stand for (..., K)
 * </pre>
 */
final class HeadNodes {

  /** So far down that softplus is 0 in double precision. */
  private static final double FAR_DOWN = -1e4;

  private final Graph graph;
  private final NetworkSpec spec;
  private final LossType type;
  private final Loss loss;

  HeadNodes(Graph graph, NetworkSpec spec, Loss loss) {
    this.graph = graph;
    this.spec = spec;
    this.type = LossType.named(spec.loss());
    this.loss = loss;
  }

  /** The name of what the outputs stand for; empty where it is themselves, or a CRF reads them. */
  String name() {
    if (spec.crf()) {
      return "";
    }
    return switch (type) {
      case CROSS_ENTROPY, SPARSE_CROSS_ENTROPY, BINARY_CROSS_ENTROPY -> "probabilities";
      case PINBALL -> "quantiles";
      case GAUSSIAN, STUDENT_T, POISSON, NEGATIVE_BINOMIAL -> "distribution";
      case MSE, MAE, HUBER -> "";
    };
  }

  /** What the outputs stand for. */
  String activated(String outputs) {
    return switch (type) {
      case CROSS_ENTROPY, SPARSE_CROSS_ENTROPY ->
          graph.node("Softmax", List.of(outputs), Attribute.of("axis", -1));
      case BINARY_CROSS_ENTROPY -> graph.node("Sigmoid", outputs);
      case PINBALL -> ofEachTarget(outputs, this::quantiles);
      case POISSON -> graph.node("Exp", outputs);
      case GAUSSIAN -> ofEachTarget(outputs, parts -> List.of(parts.get(0), positive(parts, 1)));
      case STUDENT_T ->
          ofEachTarget(
              outputs, parts -> List.of(parts.get(0), positive(parts, 1), positive(parts, 2)));
      case NEGATIVE_BINOMIAL ->
          ofEachTarget(
              outputs, parts -> List.of(graph.node("Exp", parts.get(0)), positive(parts, 1)));
      case MSE, MAE, HUBER -> outputs;
    };
  }

  private String ofEachTarget(String outputs, UnaryOperator<List<String>> change) {
    int each = loss.outputsPerTarget();
    int targets = spec.outputs() / each;
    boolean everyStep = spec.pooling().equals("none");
    long[] apart = everyStep ? new long[] {0, 0, targets, each} : new long[] {0, targets, each};
    long[] flat = everyStep ? new long[] {0, 0, spec.outputs()} : new long[] {0, spec.outputs()};
    String table = graph.node("Reshape", outputs, graph.ints(apart));
    List<String> parts =
        each == 1
            ? List.of(table)
            : graph.nodes(each, "Split", List.of(table), Attribute.of("axis", -1));
    String joined = graph.node("Concat", change.apply(parts), Attribute.of("axis", -1));
    return graph.node("Reshape", joined, graph.ints(flat));
  }

  /** Softplus of an output of each target, plus the least that the loss lets it be. */
  private String positive(List<String> parts, int place) {
    double[] least = new double[loss.outputsPerTarget()];
    least[place] = FAR_DOWN;
    loss.activate(least);
    return graph.node("Add", softplus(parts.get(place)), graph.number(least[place]));
  }

  private String softplus(String value) {
    return graph.node("Softplus", value);
  }

  /** From the middle one outward, each beyond its neighbour. */
  private List<String> quantiles(List<String> parts) {
    List<String> quantiles = new ArrayList<>(parts);
    int middle = (parts.size() - 1) / 2;
    for (int i = middle + 1; i < parts.size(); i++) {
      quantiles.set(i, graph.node("Add", quantiles.get(i - 1), softplus(parts.get(i))));
    }
    for (int i = middle - 1; i >= 0; i--) {
      quantiles.set(i, graph.node("Sub", quantiles.get(i + 1), softplus(parts.get(i))));
    }
    return quantiles;
  }
}
