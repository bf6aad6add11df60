package sparkrnn.formats;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The config.json of a functional Keras model, built layer by layer from the inputs on, with the
 * variables of each layer by the paths that Keras gives them in model.weights.h5: the class in
 * snake case, numbered from the second one on.
 */
final class KerasGraph {

  static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  /** An extent that is known when the model runs. */
  static final int ANY = -1;

  /**
   * An output of a layer.
   *
   * @param index which one, from 0
   * @param shape the batch first
   */
  record Output(String layer, int index, String type, List<Integer> shape) {

    ObjectNode json() {
      ObjectNode config = JSON.objectNode();
      ArrayNode extents = config.putArray("shape");
      for (int extent : shape) {
        if (extent == ANY) {
          extents.addNull();
        } else {
          extents.add(extent);
        }
      }
      config.put("dtype", type);
      config.putArray("keras_history").add(layer).add(0).add(index);
      return JSON.objectNode().put("class_name", "__keras_tensor__").set("config", config);
    }
  }

  private final ArrayNode layers = JSON.arrayNode();
  private final ArrayNode inputs = JSON.arrayNode();
  private final Map<String, Integer> sameClass = new HashMap<>();
  private final Map<String, TensorSource> variables = new HashMap<>();
  private String lastPath = "";

  /** Adds an input. */
  Output input(String name, String type, Integer... shape) {
    ObjectNode config = JSON.objectNode();
    Output output = new Output(name, 0, type, List.of(shape));
    config.set("batch_shape", output.json().at("/config/shape"));
    config.put("dtype", type);
    append("InputLayer", name, config, JSON.arrayNode());
    inputs.add(JSON.arrayNode().add(name).add(0).add(0));
    return output;
  }

  /** Adds a layer and returns its first output. */
  Output layer(
      String kerasClass, String name, ObjectNode config, List<Output> from, Integer... shape) {
    ArrayNode tensors = JSON.arrayNode();
    from.forEach(tensor -> tensors.add(tensor.json()));
    ObjectNode call = JSON.objectNode();
    call.putArray("args").add(from.size() == 1 ? tensors.get(0) : tensors);
    call.putObject("kwargs");
    append(kerasClass, name, config, JSON.arrayNode().add(call));
    return new Output(name, 0, "float32", List.of(shape));
  }

  private void append(String kerasClass, String name, ObjectNode config, ArrayNode calls) {
    layers.add(described(kerasClass, config.put("name", name)).put("name", name));
    ((ObjectNode) layers.get(layers.size() - 1)).set("inbound_nodes", calls);
    lastPath = "layers/" + containerName(kerasClass, sameClass);
  }

  /** A layer by its class and config, as Keras writes it, also inside another layer. */
  static ObjectNode described(String kerasClass, ObjectNode config) {
    ObjectNode layer = JSON.objectNode();
    layer.put("module", "keras.layers").put("class_name", kerasClass);
    layer.set("config", config);
    return layer.putNull("registered_name");
  }

  /** "lstm", then "lstm_1". */
  static String containerName(String kerasClass, Map<String, Integer> sameClass) {
    String snake =
        kerasClass
            .replaceAll("(.)([A-Z][a-z]+)", "$1_$2")
            .replaceAll("([a-z])([A-Z])", "$1_$2")
            .toLowerCase(java.util.Locale.ROOT);
    int before = sameClass.merge(snake, 1, Integer::sum) - 1;
    return before == 0 ? snake : snake + "_" + before;
  }

  /**
   * Gives the layer that was added last its variables, in Keras' order.
   *
   * @param below path inside the layer: "", or "/cell"
   */
  void variables(String below, List<TensorSource> tensors) {
    for (int i = 0; i < tensors.size(); i++) {
      variables.put(lastPath + below + "/vars/" + i, tensors.get(i));
    }
  }

  /** The variables by their paths. */
  Map<String, TensorSource> variables() {
    return variables;
  }

  /** The whole config.json of a model with this output. */
  ObjectNode config(Output output) {
    ObjectNode config = JSON.objectNode().put("name", "spark_rnn").put("trainable", true);
    config.set("layers", layers);
    config.set("input_layers", inputs.size() == 1 ? inputs.get(0) : inputs);
    config.putArray("output_layers").add(output.layer()).add(0).add(output.index());
    ObjectNode model = JSON.objectNode();
    model.put("module", "keras.src.models.functional").put("class_name", "Functional");
    model.set("config", config);
    return model.put("registered_name", "Functional");
  }

  /** A list with one output more. */
  static List<Output> with(List<Output> outputs, Output more) {
    List<Output> all = new ArrayList<>(outputs);
    all.add(more);
    return all;
  }
}
