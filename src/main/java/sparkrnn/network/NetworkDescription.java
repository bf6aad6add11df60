package sparkrnn.network;

import java.util.List;
import java.util.Locale;
import sparkrnn.cell.CellType;
import sparkrnn.parameter.ParameterLayout.Tensor;

/** The table of {@link Network#describe()}. */
final class NetworkDescription {

  private static final String RULE = "_".repeat(64);

  private NetworkDescription() {}

  static String of(Network network) {
    StringBuilder table = new StringBuilder();
    append(table, "Layer (type)", "Output Shape", "Param #");
    table.append(RULE).append(System.lineSeparator());
    List<RecurrentSpec> layers = network.spec().recurrentLayers();
    for (int i = 0; i < layers.size(); i++) {
      CellType type = CellType.named(layers.get(i).cell());
      String name = Network.layerName(type, i);
      boolean last = i == layers.size() - 1;
      String shape = (last ? "(None, " : "(None, None, ") + layers.get(i).units() + ")";
      append(table, name + " (" + type.kerasClass() + ")", shape, count(network, name));
    }
    append(
        table,
        "dense (Dense)",
        "(None, " + network.spec().outputs() + ")",
        count(network, "dense"));
    table.append(RULE).append(System.lineSeparator());
    table.append("Total params: ").append(grouped(network.layout().size()));
    return table.append(System.lineSeparator()).toString();
  }

  private static void append(StringBuilder table, String layer, String shape, String parameters) {
    table.append(String.format(Locale.ROOT, "%-28s %-22s %12s%n", layer, shape, parameters));
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
