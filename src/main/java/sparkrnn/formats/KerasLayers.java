package sparkrnn.formats;

import static sparkrnn.formats.KerasGraph.ANY;
import static sparkrnn.formats.KerasGraph.JSON;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import sparkrnn.cell.CellType;
import sparkrnn.formats.KerasGraph.Output;
import sparkrnn.loss.LossType;
import sparkrnn.network.EmbeddingSpec;
import sparkrnn.network.Network;
import sparkrnn.network.NetworkSpec;
import sparkrnn.network.RecurrentSpec;
import sparkrnn.parameter.ParameterLayout.Tensor;

/**
 * The layers of Keras that compute what a network computes.
 *
 * <p>An id is an input of its own, (batch, time) of whole numbers; neighbouring features that are
 * numbers are one input (batch, time, features). Attention is Dense, Dense, Softmax over time, Dot.
 * A residual layer under a pooling "last" is the sum of last states. The head has softmax or
 * sigmoid where the outputs are logits, else it is linear.
 */
final class KerasLayers {

  private final KerasGraph graph;
  private final NetworkSpec spec;
  private final Network network;
  private final float[] parameters;
  private final List<RecurrentSpec> layers;

  KerasLayers(KerasGraph graph, NetworkSpec spec, float[] parameters) {
    this.graph = graph;
    this.spec = spec;
    this.network = new Network(spec);
    this.parameters = parameters;
    this.layers = spec.recurrentLayers();
  }

  /** Adds them all and returns the output of the model. */
  Output add() {
    RecurrentSpec top = layers.get(layers.size() - 1);
    boolean last = spec.pooling().equals("last");
    boolean sumsStates = last && top.residual();
    Output x = features();
    Output lastState = null;
    for (int i = 0; i < layers.size(); i++) {
      RecurrentSpec layer = layers.get(i);
      boolean sequences = i < layers.size() - 1 || !last || sumsStates;
      Output y = recurrent(layer, i, x, sequences, sumsStates);
      if (sumsStates) {
        Output state = lastState(layer, i);
        lastState = layer.residual() ? sum(state, below(lastState), "last_" + i) : state;
      }
      x = layer.residual() ? sum(y, x, "residual_" + i) : y;
    }
    return head(sumsStates ? lastState : pooled(x, top.outputs()));
  }

  private static Output below(Output state) {
    if (state == null) {
      throw new InexpressibleException(
          "Keras has no layer that takes the last features, which the residual first layer adds to"
              + " its last output",
          "ONNX or PyTorch");
    }
    return state;
  }

  private Output features() {
    Map<Integer, EmbeddingSpec> tables = new HashMap<>();
    spec.embeddings().forEach(table -> tables.put(table.feature(), table));
    List<Output> parts = new ArrayList<>();
    int width = 0;
    for (int feature = 0; feature < spec.inputs(); ) {
      EmbeddingSpec table = tables.get(feature);
      if (table != null) {
        parts.add(embedding(table));
        width += table.size();
        feature++;
      } else {
        int from = feature;
        while (feature < spec.inputs() && !tables.containsKey(feature)) {
          feature++;
        }
        String name = from == 0 && feature == spec.inputs() ? "features" : "features_" + from;
        parts.add(graph.input(name, "float32", ANY, ANY, feature - from));
        width += feature - from;
      }
    }
    return parts.size() == 1 ? parts.get(0) : joined("features", parts, ANY, ANY, width);
  }

  private Output joined(String name, List<Output> parts, Integer... shape) {
    return graph.layer("Concatenate", name, JSON.objectNode().put("axis", -1), parts, shape);
  }

  private Output embedding(EmbeddingSpec table) {
    int place = spec.embeddings().indexOf(table);
    Output ids = graph.input("ids_" + table.feature(), "int32", ANY, ANY);
    ObjectNode config = JSON.objectNode();
    config.put("input_dim", table.vocabularySize()).put("output_dim", table.size());
    config.put("mask_zero", false);
    String name = "embedding_" + place;
    Output vectors = graph.layer("Embedding", name, config, List.of(ids), ANY, ANY, table.size());
    graph.variables("", List.of(of(name + "/embeddings")));
    return vectors;
  }

  private Output recurrent(
      RecurrentSpec layer, int index, Output x, boolean sequences, boolean states) {
    List<String> names = layer.cellNames(index);
    String name = layerName(names.get(0));
    Integer[] shape =
        sequences
            ? new Integer[] {ANY, ANY, layer.outputs()}
            : new Integer[] {ANY, layer.outputs()};
    String kerasClass = CellType.named(layer.cell()).kerasClass();
    if (!layer.bidirectional()) {
      ObjectNode config = cell(layer, sequences, states);
      Output y = graph.layer(kerasClass, name, config, List.of(x), shape);
      graph.variables("/cell", cellVariables(name));
      return y;
    }
    ObjectNode config = JSON.objectNode().put("merge_mode", "concat");
    config.set("layer", direction(layer, names.get(0), sequences, states));
    ObjectNode backward = direction(layer, names.get(1), sequences, states);
    ((ObjectNode) backward.get("config")).put("go_backwards", true);
    config.set("backward_layer", backward);
    Output y = graph.layer("Bidirectional", name, config, List.of(x), shape);
    graph.variables("/forward_layer/cell", cellVariables(names.get(0)));
    graph.variables("/backward_layer/cell", cellVariables(names.get(1)));
    return y;
  }

  /** "bidirectional_0" of "bidirectional_0/forward_lstm". */
  private static String layerName(String cell) {
    int slash = cell.indexOf('/');
    return slash < 0 ? cell : cell.substring(0, slash);
  }

  private static ObjectNode direction(
      RecurrentSpec layer, String name, boolean sequences, boolean states) {
    ObjectNode config =
        cell(layer, sequences, states).put("name", name.substring(name.indexOf('/') + 1));
    return KerasGraph.described(CellType.named(layer.cell()).kerasClass(), config);
  }

  private static ObjectNode cell(RecurrentSpec layer, boolean sequences, boolean states) {
    ObjectNode config = JSON.objectNode();
    config.put("units", layer.units()).put("activation", layer.activation());
    config.put("use_bias", true);
    config.put("return_sequences", sequences).put("return_state", states);
    config.put("dropout", layer.dropout()).put("recurrent_dropout", layer.recurrentDropout());
    CellType type = CellType.named(layer.cell());
    if (type != CellType.SIMPLE_RNN) {
      config.put("recurrent_activation", "sigmoid");
    }
    if (type == CellType.GRU) {
      config.put("reset_after", true);
    }
    return config;
  }

  private List<TensorSource> cellVariables(String name) {
    return List.of(of(name + "/kernel"), of(name + "/recurrent_kernel"), of(name + "/bias"));
  }

  /** The last state h, of each direction its own; behind the outputs stand h and c of each. */
  private Output lastState(RecurrentSpec layer, int index) {
    String name = layerName(layer.cellNames(index).get(0));
    Output forward = new Output(name, 1, "float32", List.of(ANY, layer.units()));
    if (!layer.bidirectional()) {
      return forward;
    }
    int statesOfEach = layer.cell().equals("lstm") ? 2 : 1;
    Output backward = new Output(name, 1 + statesOfEach, "float32", List.of(ANY, layer.units()));
    return joined("last_of_" + index, List.of(forward, backward), ANY, layer.outputs());
  }

  private Output sum(Output a, Output b, String name) {
    return graph.layer(
        "Add", name, JSON.objectNode(), List.of(a, b), a.shape().toArray(new Integer[0]));
  }

  private Output pooled(Output y, int columns) {
    return switch (spec.pooling()) {
      case "mean" ->
          graph.layer(
              "GlobalAveragePooling1D", "mean", JSON.objectNode(), List.of(y), ANY, columns);
      case "max" ->
          graph.layer("GlobalMaxPooling1D", "max", JSON.objectNode(), List.of(y), ANY, columns);
      case "attention" -> attention(y, columns);
      default -> y;
    };
  }

  private Output attention(Output y, int columns) {
    String name = "attention_pooling";
    Output u = dense(name, columns, "tanh", y, List.of(of(name + "/kernel"), of(name + "/bias")));
    Output scores = dense("attention_query", 1, "linear", u, List.of(of(name + "/query")));
    ObjectNode overTime = JSON.objectNode().put("axis", 1);
    Output weights = graph.layer("Softmax", "attention", overTime, List.of(scores), ANY, ANY, 1);
    ObjectNode axes = JSON.objectNode().put("axes", 1).put("normalize", false);
    Output mean = graph.layer("Dot", "mean", axes, List.of(weights, y), ANY, 1, columns);
    ObjectNode flat = JSON.objectNode();
    flat.putArray("target_shape").add(columns);
    return graph.layer("Reshape", "pooled", flat, List.of(mean), ANY, columns);
  }

  private Output dense(
      String name, int units, String activation, Output x, List<TensorSource> variables) {
    ObjectNode config = JSON.objectNode().put("units", units).put("activation", activation);
    config.put("use_bias", variables.size() == 2);
    List<Integer> shape = new ArrayList<>(x.shape());
    shape.set(shape.size() - 1, units);
    Output y = graph.layer("Dense", name, config, List.of(x), shape.toArray(new Integer[0]));
    graph.variables("", variables);
    return y;
  }

  private Output head(Output seen) {
    TensorSource kernel =
        spec.tiedWeights() ? of("embedding_0/embeddings").transposed() : of("dense/kernel");
    String activation =
        switch (LossType.named(spec.loss())) {
          case CROSS_ENTROPY, SPARSE_CROSS_ENTROPY -> "softmax";
          case BINARY_CROSS_ENTROPY -> "sigmoid";
          default -> "linear";
        };
    return dense("dense", spec.outputs(), activation, seen, List.of(kernel, of("dense/bias")));
  }

  private TensorSource of(String name) {
    Tensor tensor = network.layout().tensor(name);
    float[] values = new float[tensor.size()];
    System.arraycopy(parameters, tensor.offset(), values, 0, values.length);
    return new TensorSource(name, tensor.shape(), values);
  }
}
