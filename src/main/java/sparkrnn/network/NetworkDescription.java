package sparkrnn.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import sparkrnn.cell.CellType;
import sparkrnn.layer.PoolingType;
import sparkrnn.parameter.ParameterLayout.Tensor;

/** The table of {@link Network#describe()}. */
final class NetworkDescription {

  private static final int NAME_WIDTH = 28;
  private static final int OTHER_WIDTH = 36;

  /** One line of the table. */
  private record Line(String layer, String shape, String parameters) {}

  private NetworkDescription() {}

  static String of(Network network) {
    List<Line> lines = lines(network);
    int width = lines.stream().mapToInt(line -> line.layer().length() + 1).max().orElse(0);
    width = Math.max(width, NAME_WIDTH);
    String rule = "_".repeat(width + OTHER_WIDTH) + System.lineSeparator();
    StringBuilder table = new StringBuilder();
    append(table, width, new Line("Layer (type)", "Output Shape", "Param #"));
    table.append(rule);
    for (Line line : lines) {
      append(table, width, line);
    }
    table.append(rule);
    table.append("Total params: ").append(grouped(network.layout().size()));
    return table.append(System.lineSeparator()).toString();
  }

  private static List<Line> lines(Network network) {
    NetworkSpec spec = network.spec();
    PoolingType pooling = PoolingType.named(spec.pooling());
    boolean pooled = !pooling.kerasClass().isEmpty() || network.everyTimeStep();
    List<Line> lines = new ArrayList<>();
    for (int i = 0; i < spec.embeddings().size(); i++) {
      String shape = "(None, None, " + spec.embeddings().get(i).size() + ")";
      String name = "embedding_" + i;
      lines.add(new Line(name + " (Embedding)", shape, count(network, name)));
    }
    int width = 0;
    for (int i = 0; i < spec.recurrentLayers().size(); i++) {
      RecurrentSpec layer = spec.recurrentLayers().get(i);
      String name = Network.layerName(layer, i);
      width = layer.outputs();
      boolean rowPerSequence = i == spec.recurrentLayers().size() - 1 && !pooled;
      String shape = (rowPerSequence ? "(None, " : "(None, None, ") + width + ")";
      lines.add(new Line(name + " (" + kerasClass(layer) + ")", shape, count(network, name)));
      if (layer.residual()) {
        lines.add(new Line("add_" + i + " (Add)", shape, "0"));
      }
    }
    if (!pooling.kerasClass().isEmpty()) {
      String name = pooling.kerasName() + " (" + pooling.kerasClass() + ")";
      String parameters = count(network, pooling.kerasName());
      lines.add(new Line(name, "(None, " + width + ")", parameters));
    }
    String shape = (network.everyTimeStep() ? "(None, None, " : "(None, ") + spec.outputs() + ")";
    lines.add(new Line("dense (Dense)", shape, count(network, "dense")));
    if (spec.crf()) {
      lines.add(new Line("crf (LinearChainCrf)", shape, count(network, "crf")));
    }
    return lines;
  }

  private static String kerasClass(RecurrentSpec layer) {
    return layer.bidirectional() ? "Bidirectional" : CellType.named(layer.cell()).kerasClass();
  }

  private static void append(StringBuilder table, int width, Line line) {
    table.append(
        String.format(
            Locale.ROOT,
            "%-" + width + "s %-22s %12s%n",
            line.layer(),
            line.shape(),
            line.parameters()));
  }

  private static String count(Network network, String layer) {
    return grouped(
        network.layout().tensors().stream()
            .filter(tensor -> tensor.name().startsWith(layer + "/"))
            .mapToLong(Tensor::size)
            .sum());
  }

  private static String grouped(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }
}
