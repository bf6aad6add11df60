package sparkrnn.formats;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import sparkrnn.cell.CellType;
import sparkrnn.network.Network;
import sparkrnn.network.NetworkSpec;
import sparkrnn.network.RecurrentSpec;
import sparkrnn.parameter.ParameterLayout.Tensor;
import sparkrnn.safetensors.NamedTensor;
import sparkrnn.safetensors.SafetensorsWriter;

/**
 * A network as the state dict of a PyTorch module, in safetensors.
 *
 * <pre>
 *   embedding_0.weight                          (V, D)        nn.Embedding
 *   rnn.weight_ih_l0, weight_hh_l0, bias_ih_l0, bias_hh_l0, also ..._l0_reverse, ..._l1
 *                                               nn.RNN, nn.LSTM or nn.GRU of num_layers
 *   rnn_0.weight_ih_l0, ..., rnn_1....          one module for each layer, where they are not alike
 *   attention_pooling.weight (C, C), .bias, attention_query.weight (1, C)      nn.Linear
 *   dense.weight (K, C), dense.bias             nn.Linear
 *   crf.transitions (K, K), crf.start_transitions, crf.end_transitions         as pytorch-crf's
 * </pre>
 *
 * <p>A kernel is Keras' transposed; gates are in PyTorch's order. PyTorch has two biases: of LSTM
 * and RNN ours is the first and the second is zero.
 */
public final class StateDictWriter {

  private final NetworkSpec spec;
  private final Network network;
  private final float[] parameters;
  private final List<NamedTensor> tensors = new ArrayList<>();

  private StateDictWriter(NetworkSpec spec, float[] parameters) {
    this.spec = spec;
    this.network = new Network(spec);
    this.parameters = parameters;
  }

  /**
   * Writes the state dict; the stream is flushed and not closed.
   *
   * @param parameters in the layout of the network
   * @param notes text by name that the file keeps as metadata
   * @throws InexpressibleException if PyTorch's modules can't express the network; the message says
   *     what of it
   */
  public static void write(
      OutputStream out, NetworkSpec spec, float[] parameters, Map<String, String> notes)
      throws IOException {
    InexpressibleException.inPyTorch(spec);
    StateDictWriter writer = new StateDictWriter(spec, parameters);
    writer.addAll();
    Map<String, String> metadata = new TreeMap<>(notes);
    metadata.put("format", "pt");
    SafetensorsWriter.write(out, metadata, writer.tensors);
  }

  /** Whether all layers are one module of PyTorch. */
  static boolean isOneModule(List<RecurrentSpec> layers) {
    RecurrentSpec first = layers.get(0);
    return layers.stream()
        .allMatch(
            layer ->
                layer.cell().equals(first.cell())
                    && layer.units() == first.units()
                    && layer.activation().equals(first.activation())
                    && layer.bidirectional() == first.bidirectional()
                    && !layer.residual());
  }

  /** What the names of a cell's tensors begin and end with: "rnn.weight_ih_l" and "1_reverse". */
  static String cellName(List<RecurrentSpec> layers, int layer, int direction, String tensor) {
    boolean one = isOneModule(layers);
    String module = one ? "rnn" : "rnn_" + layer;
    return module + "." + tensor + "_l" + (one ? layer : 0) + (direction == 1 ? "_reverse" : "");
  }

  private void addAll() {
    for (int table = 0; table < spec.embeddings().size(); table++) {
      add("embedding_" + table + ".weight", of("embedding_" + table + "/embeddings"));
    }
    for (int layer = 0; layer < spec.recurrentLayers().size(); layer++) {
      List<String> names = spec.recurrentLayers().get(layer).cellNames(layer);
      for (int direction = 0; direction < names.size(); direction++) {
        addCell(layer, direction, names.get(direction));
      }
    }
    if (spec.pooling().equals("attention")) {
      add("attention_pooling.weight", of("attention_pooling/kernel").transposed());
      add("attention_pooling.bias", of("attention_pooling/bias"));
      add("attention_query.weight", of("attention_pooling/query").transposed());
    }
    add(
        "dense.weight",
        spec.tiedWeights() ? of("embedding_0/embeddings") : of("dense/kernel").transposed());
    add("dense.bias", of("dense/bias"));
    if (spec.crf()) {
      add("crf.transitions", of("crf/transitions"));
      add("crf.start_transitions", of("crf/start"));
      add("crf.end_transitions", of("crf/end"));
    }
  }

  private void addCell(int layer, int direction, String name) {
    List<RecurrentSpec> layers = spec.recurrentLayers();
    CellType type = CellType.named(layers.get(layer).cell());
    int units = layers.get(layer).units();
    int columns = type.gates() * units;
    TensorSource kernel = of(name + "/kernel").transposed();
    TensorSource recurrent = of(name + "/recurrent_kernel").transposed();
    float[] given = of(name + "/bias").values();
    float[] biases = new float[2 * columns];
    System.arraycopy(given, 0, biases, 0, given.length);
    if (type == CellType.GRU) {
      TensorSource.swapUpdateAndReset(kernel.values(), 0, units, kernel.columns());
      TensorSource.swapUpdateAndReset(recurrent.values(), 0, units, units);
      TensorSource.swapUpdateAndReset(biases, 0, units, 1);
      TensorSource.swapUpdateAndReset(biases, columns, units, 1);
    }
    add(cellName(layers, layer, direction, "weight_ih"), kernel);
    add(cellName(layers, layer, direction, "weight_hh"), recurrent);
    String first = cellName(layers, layer, direction, "bias_ih");
    String second = cellName(layers, layer, direction, "bias_hh");
    tensors.add(new NamedTensor(first, List.of(columns), biases, 0));
    tensors.add(new NamedTensor(second, List.of(columns), biases, columns));
  }

  private TensorSource of(String name) {
    Tensor tensor = network.layout().tensor(name);
    float[] values = new float[tensor.size()];
    System.arraycopy(parameters, tensor.offset(), values, 0, values.length);
    return new TensorSource(name, tensor.shape(), values);
  }

  private void add(String name, TensorSource tensor) {
    tensors.add(new NamedTensor(name, tensor.shape(), tensor.values(), 0));
  }
}
