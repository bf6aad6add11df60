package sparkrnn.formats;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import sparkrnn.cell.CellType;
import sparkrnn.network.EmbeddingSpec;
import sparkrnn.network.Network;
import sparkrnn.network.NetworkSpec;
import sparkrnn.network.RecurrentSpec;
import sparkrnn.parameter.ParameterLayout.Tensor;
import sparkrnn.safetensors.NamedTensor;

/**
 * The state dict of a PyTorch module of any names: nn.Embedding of ids, then nn.RNN, nn.LSTM or
 * nn.GRU, then nn.Linear.
 *
 * <p>Names and shapes say it all but the nonlinearity of an RNN, whether layers are residual, the
 * pooling and the loss: see {@link Untold}. Several recurrent modules are taken in the order of
 * their names, "rnn_2" before "rnn_10". Tables are those of the first features; features that are
 * numbers follow them. What {@link StateDictWriter} adds, attention and a CRF, is known by its
 * names.
 *
 * <p>Our one bias of LSTM and RNN is the sum of PyTorch's two.
 */
public final class StateDictReader {

  private static final Pattern CELL =
      Pattern.compile("(?:(.*)\\.)?(weight|bias)_(ih|hh)_l(\\d+)(_reverse)?");
  private static final Pattern NUMBER = Pattern.compile("\\d+");

  /**
   * What a state dict doesn't say.
   *
   * @param activation of an RNN
   * @param residual whether layers that are as wide as the one below add its outputs to theirs
   * @param pooling read where there is no attention
   * @param loss by its name in a network's spec
   */
  public record Untold(String activation, boolean residual, String pooling, String loss) {}

  private final Map<String, NamedTensor> left = new TreeMap<>(byNumbers());
  private final Untold untold;

  private StateDictReader(List<NamedTensor> tensors, Untold untold) {
    tensors.forEach(tensor -> left.put(tensor.name(), tensor));
    this.untold = untold;
  }

  /** "l_2" before "l_10": numbers in names are compared as such. */
  private static Comparator<String> byNumbers() {
    return Comparator.<String, String>comparing(
            name -> NUMBER.matcher(name).replaceAll(found -> padded(found.group())))
        .thenComparing(Comparator.naturalOrder());
  }

  private static String padded(String digits) {
    return "0".repeat(Math.max(0, 9 - digits.length())) + digits;
  }

  /**
   * The network of a state dict.
   *
   * @throws IllegalArgumentException if there is a tensor that has no place in such a network, or
   *     one is missing; the message begins with what was found
   */
  public static ImportedNetwork read(List<NamedTensor> tensors, Untold untold) {
    return new StateDictReader(tensors, untold).network();
  }

  /** A cell's tensors as far as there are any. */
  private record CellTensors(
      TensorSource inputs, TensorSource state, TensorSource inputBias, TensorSource stateBias) {

    int units() {
      return state.columns();
    }

    CellType type() {
      int gates = state.rows() / units();
      return switch (gates) {
        case 1 -> CellType.SIMPLE_RNN;
        case 3 -> CellType.GRU;
        case 4 -> CellType.LSTM;
        default -> throw refusal("\"%s\" has %d gates; there are 1, 3 or 4", state.name(), gates);
      };
    }
  }

  private ImportedNetwork network() {
    List<List<CellTensors>> layers = layers();
    TensorSource transitions = take("crf.transitions");
    TensorSource start = take("crf.start_transitions");
    TensorSource end = take("crf.end_transitions");
    TensorSource attention = take("attention_pooling.weight");
    TensorSource attentionBias = take("attention_pooling.bias");
    TensorSource query = take("attention_query.weight");
    List<TensorSource> tables = new ArrayList<>();
    List<TensorSource> dense = new ArrayList<>();
    takeMatrices(tables, dense);
    refuseRest();
    NetworkSpec spec = spec(layers, tables, dense.get(0), attention != null, transitions != null);
    Network network = new Network(spec);
    float[] parameters = new float[network.layout().size()];
    Filling filling = new Filling(network, parameters);
    for (int i = 0; i < tables.size(); i++) {
      filling.put("embedding_" + i + "/embeddings", tables.get(i));
    }
    for (int i = 0; i < layers.size(); i++) {
      List<String> names = spec.recurrentLayers().get(i).cellNames(i);
      for (int direction = 0; direction < names.size(); direction++) {
        filling.putCell(names.get(direction), layers.get(i).get(direction));
      }
    }
    if (attention != null) {
      filling.put("attention_pooling/kernel", attention.transposed());
      filling.put("attention_pooling/bias", needed(attentionBias, "attention_pooling.bias"));
      filling.put("attention_pooling/query", needed(query, "attention_query.weight").transposed());
    }
    filling.put("dense/kernel", dense.get(0).transposed());
    filling.put("dense/bias", dense.get(1));
    if (transitions != null) {
      filling.put("crf/transitions", transitions);
      filling.put("crf/start", needed(start, "crf.start_transitions"));
      filling.put("crf/end", needed(end, "crf.end_transitions"));
    }
    return new ImportedNetwork(spec, parameters);
  }

  private static TensorSource needed(TensorSource tensor, String name) {
    if (tensor == null) {
      throw refusal("there is no tensor \"%s\"", name);
    }
    return tensor;
  }

  private TensorSource take(String name) {
    NamedTensor tensor = left.remove(name);
    if (tensor == null) {
      return null;
    }
    return new TensorSource(name, tensor.shape(), valuesOf(tensor));
  }

  private static float[] valuesOf(NamedTensor tensor) {
    float[] values = new float[tensor.size()];
    System.arraycopy(tensor.values(), tensor.offset(), values, 0, values.length);
    return values;
  }

  private List<List<CellTensors>> layers() {
    Set<String> prefixes = new HashSet<>();
    List<List<CellTensors>> layers = new ArrayList<>();
    for (String name : List.copyOf(left.keySet())) {
      Matcher matcher = CELL.matcher(name);
      if (name.contains("weight_hr_l")) {
        throw refusal(
            "\"%s\" is a projection of an LSTM (proj_size), which there is none of", name);
      }
      if (matcher.matches()) {
        String module = matcher.group(1) == null ? "" : matcher.group(1) + ".";
        if (prefixes.add(module)) {
          addModule(module, layers);
        }
      }
    }
    if (layers.isEmpty()) {
      throw refusal("there is no tensor \"...weight_ih_l0\" of a recurrent module");
    }
    return layers;
  }

  private void addModule(String module, List<List<CellTensors>> layers) {
    for (int layer = 0; left.containsKey(module + "weight_ih_l" + layer); layer++) {
      String end = "_l" + layer;
      List<CellTensors> cells = new ArrayList<>(List.of(cell(module, end)));
      if (left.containsKey(module + "weight_ih" + end + "_reverse")) {
        cells.add(cell(module, end + "_reverse"));
      }
      layers.add(cells);
    }
  }

  private CellTensors cell(String module, String end) {
    String state = module + "weight_hh" + end;
    return new CellTensors(
        matrix(module + "weight_ih" + end),
        matrix(state),
        take(module + "bias_ih" + end),
        take(module + "bias_hh" + end));
  }

  private TensorSource matrix(String name) {
    TensorSource tensor = needed(take(name), name);
    if (tensor.shape().size() != 2) {
      throw refusal(
          "\"%s\" has shape %s where a matrix is needed", name, TensorSource.text(tensor.shape()));
    }
    return tensor;
  }

  /** Matrices with a bias are linear layers, those without are tables. */
  private void takeMatrices(List<TensorSource> tables, List<TensorSource> dense) {
    for (String name : List.copyOf(left.keySet())) {
      boolean isWeight = name.equals("weight") || name.endsWith(".weight");
      if (!isWeight || left.get(name).shape().size() != 2) {
        continue;
      }
      TensorSource bias = take(name.substring(0, name.length() - "weight".length()) + "bias");
      if (bias == null) {
        tables.add(take(name));
      } else if (!dense.isEmpty()) {
        throw refusal(
            "\"%s\" and \"%s\" are two linear layers; there is one, the head",
            dense.get(0).name(), name);
      } else {
        dense.add(take(name));
        dense.add(bias);
      }
    }
    if (dense.isEmpty()) {
      throw refusal("there is no linear layer (a matrix \"...weight\" with \"...bias\"), the head");
    }
  }

  private void refuseRest() {
    if (!left.isEmpty()) {
      NamedTensor first = left.values().iterator().next();
      throw refusal(
          "\"%s\" of shape %s is of no layer that there is",
          first.name(), TensorSource.text(first.shape()));
    }
  }

  private NetworkSpec spec(
      List<List<CellTensors>> layers,
      List<TensorSource> tables,
      TensorSource dense,
      boolean attends,
      boolean crf) {
    List<EmbeddingSpec> embeddings = new ArrayList<>();
    int wide = 0;
    for (int i = 0; i < tables.size(); i++) {
      embeddings.add(new EmbeddingSpec(i, tables.get(i).rows(), tables.get(i).columns()));
      wide += tables.get(i).columns();
    }
    int numbers = layers.get(0).get(0).inputs().columns() - wide;
    if (numbers < 0) {
      throw refusal(
          "\"%s\" has %d columns and the tables before it %d",
          layers.get(0).get(0).inputs().name(), wide + numbers, wide);
    }
    return new NetworkSpec(
            tables.size() + numbers,
            specs(layers),
            dense.rows(),
            crf ? "sparseCrossEntropy" : untold.loss(),
            1,
            crf ? "none" : attends ? "attention" : untold.pooling(),
            embeddings)
        .withCrf(crf);
  }

  private List<RecurrentSpec> specs(List<List<CellTensors>> layers) {
    List<RecurrentSpec> specs = new ArrayList<>();
    for (List<CellTensors> cells : layers) {
      RecurrentSpec spec = layer(cells);
      int below = specs.isEmpty() ? 0 : specs.get(specs.size() - 1).outputs();
      specs.add(spec.withResidual(untold.residual() && spec.outputs() == below));
    }
    return specs;
  }

  private RecurrentSpec layer(List<CellTensors> cells) {
    CellType type = cells.get(0).type();
    return new RecurrentSpec(
        type.specName(),
        cells.get(0).units(),
        type == CellType.SIMPLE_RNN ? untold.activation() : "tanh",
        "glorot_uniform",
        "orthogonal",
        cells.size() == 2,
        0,
        0);
  }

  /** Puts tensors where the network has them. */
  private record Filling(Network network, float[] parameters) {

    void put(String name, TensorSource tensor) {
      tensor.writeTo(network.layout().tensor(name), parameters);
    }

    void putCell(String name, CellTensors cell) {
      int units = cell.units();
      Tensor bias = network.layout().tensor(name + "/bias");
      TensorSource inputs = cell.inputs();
      TensorSource state = cell.state();
      int columns = state.rows();
      float[] first = bias(cell.inputBias(), columns);
      float[] second = bias(cell.stateBias(), columns);
      if (cell.type() == CellType.GRU) {
        TensorSource.swapUpdateAndReset(inputs.values(), 0, units, inputs.columns());
        TensorSource.swapUpdateAndReset(state.values(), 0, units, units);
        TensorSource.swapUpdateAndReset(first, 0, units, 1);
        TensorSource.swapUpdateAndReset(second, 0, units, 1);
        System.arraycopy(second, 0, parameters, bias.offset() + columns, columns);
      } else {
        for (int i = 0; i < columns; i++) {
          first[i] += second[i];
        }
      }
      System.arraycopy(first, 0, parameters, bias.offset(), columns);
      put(name + "/kernel", inputs.transposed());
      put(name + "/recurrent_kernel", state.transposed());
    }

    /** Zeros where the module has no bias. */
    private static float[] bias(TensorSource bias, int size) {
      if (bias == null) {
        return new float[size];
      }
      if (!bias.shape().equals(List.of(size))) {
        throw refusal(
            "\"%s\" has shape %s where (%d) is needed",
            bias.name(), TensorSource.text(bias.shape()), size);
      }
      return bias.values();
    }
  }

  private static IllegalArgumentException refusal(String format, Object... values) {
    return new IllegalArgumentException(String.format(Locale.ROOT, format, values));
  }
}
