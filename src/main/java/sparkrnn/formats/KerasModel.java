package sparkrnn.formats;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import sparkrnn.network.EmbeddingSpec;
import sparkrnn.network.NetworkSpec;
import sparkrnn.network.RecurrentSpec;

/**
 * What the config.json of a sequential or functional Keras model says: features, maybe embeddings
 * of ids, then recurrent layers, a pooling and a Dense head.
 *
 * <p>The layers are walked in their order, each with what it is applied to, so that a model of
 * another form is refused and not misread. Masking and Dropout layers don't count in predictions of
 * whole sequences and are passed over.
 *
 * @param spec of the network; the loss is "crossEntropy" for a head with softmax,
 *     "binaryCrossEntropy" with sigmoid, else "mse"
 * @param variables paths in model.weights.h5 by the names of our tensors
 */
record KerasModel(NetworkSpec spec, Map<String, String> variables) {

  /** What a tensor of the model is to us. */
  private interface Value {}

  /** Whole numbers (batch, time). */
  private record Ids() implements Value {}

  /**
   * Features (batch, time, all widths).
   *
   * @param widths of each; below 0 of a table, by its number from 1
   */
  private record Features(List<Integer> widths) implements Value {}

  /** The outputs of a recurrent layer, from 0. */
  private record Steps(int layer) implements Value {}

  /** The last state of one direction of a recurrent layer, or of all. */
  private record LastState(int layer, boolean whole) implements Value {}

  /** The stages of attention: 1 hidden units, 2 scores, 3 weights, 4 the mean. */
  private record Attention(int stage) implements Value {}

  private record Pooled(String pooling) implements Value {}

  private record Outputs() implements Value {}

  static KerasModel read(JsonNode root) {
    return new Walk().over(root);
  }

  /** One walk over the layers. */
  private static final class Walk {

    private final Map<String, Value> values = new HashMap<>();
    private final Map<String, Integer> sameClass = new HashMap<>();
    private final List<int[]> tables = new ArrayList<>();
    private final List<String> tablePaths = new ArrayList<>();
    private final List<RecurrentSpec> layers = new ArrayList<>();
    private final List<String> layerPaths = new ArrayList<>();
    private final List<Boolean> biases = new ArrayList<>();
    private final Map<String, String> variables = new LinkedHashMap<>();
    private Features features;
    private String pooling = "";
    private String loss = "";
    private int outputs;

    KerasModel over(JsonNode root) {
      String kind = root.path("class_name").asText("");
      boolean sequential = kind.equals("Sequential");
      if (!sequential && !kind.equals("Functional")) {
        throw refusal("the model is a \"%s\"; it must be sequential or functional", kind);
      }
      String before = "";
      for (JsonNode layer : root.path("config").path("layers")) {
        String name = layer.path("config").path("name").asText();
        List<Value> from = sequential ? List.of() : sources(layer);
        if (sequential && !before.isEmpty()) {
          from = List.of(values.get(before));
        }
        values.put(name, value(layer, name, from));
        before = name;
      }
      if (outputs == 0 || features == null || layers.isEmpty()) {
        throw refusal(
            "the model has no head; it must be features, recurrent layers, then one Dense layer");
      }
      return new KerasModel(spec(), named());
    }

    /** What a layer of a functional model is applied to. */
    private List<Value> sources(JsonNode layer) {
      List<Value> from = new ArrayList<>();
      JsonNode calls = layer.path("inbound_nodes");
      if (calls.size() > 1) {
        throw refusal("layer \"%s\" is applied more than once", layer.path("name").asText());
      }
      for (JsonNode history : calls.findValues("keras_history")) {
        String name = history.path(0).asText();
        int index = history.path(2).asInt();
        from.add(index == 0 ? values.get(name) : state(values.get(name), index, name));
      }
      return from;
    }

    private Value state(Value of, int index, String name) {
      if (!(of instanceof Steps steps)) {
        throw refusal("output %d of layer \"%s\" has no meaning here", index, name);
      }
      RecurrentSpec layer = layers.get(steps.layer());
      int backward = layer.cell().equals("lstm") ? 3 : 2;
      if (index != 1 && !(layer.bidirectional() && index == backward)) {
        throw refusal("output %d of layer \"%s\" is no last state h", index, name);
      }
      return new LastState(steps.layer(), !layer.bidirectional());
    }

    private Value value(JsonNode layer, String name, List<Value> from) {
      String kind = layer.path("class_name").asText();
      JsonNode config = layer.path("config");
      String path = "layers/" + KerasGraph.containerName(kind, sameClass);
      Value first = from.isEmpty() ? null : from.get(0);
      return switch (kind) {
        case "InputLayer" -> input(config, name);
        case "Masking", "Dropout", "SpatialDropout1D" -> first;
        case "Embedding" -> embedding(config, name, path, first);
        case "Concatenate" -> concatenated(from, name);
        case "SimpleRNN", "LSTM", "GRU", "Bidirectional" ->
            recurrent(kind, config, name, path, first);
        case "Add" -> sum(from, name);
        case "GlobalAveragePooling1D", "GlobalMaxPooling1D" -> {
          requireTop(first, name);
          yield new Pooled(kind.equals("GlobalMaxPooling1D") ? "max" : "mean");
        }
        case "TimeDistributed" -> {
          if (!config.at("/layer/class_name").asText().equals("Dense")) {
            throw noSuchLayer(kind, name);
          }
          yield dense(config.at("/layer/config"), name, path + "/layer", first);
        }
        case "Dense" -> dense(config, name, path, first);
        case "Softmax", "Dot", "Reshape", "Flatten" -> attention(kind, from, name);
        default -> throw noSuchLayer(kind, name);
      };
    }

    private static IllegalArgumentException noSuchLayer(String kind, String name) {
      return refusal("layer \"%s\" is a %s, which there is none of here", name, kind);
    }

    private Value input(JsonNode config, String name) {
      JsonNode shape = config.path("batch_shape");
      if (shape.size() == 2) {
        return new Ids();
      }
      if (shape.size() == 3 && shape.get(2).isInt()) {
        return new Features(java.util.Collections.nCopies(shape.get(2).intValue(), 1));
      }
      throw refusal(
          "input \"%s\" has shape %s; it must be (batch, time) of ids or (batch, time, features)",
          name, shape);
    }

    private Value embedding(JsonNode config, String name, String path, Value from) {
      boolean column = from instanceof Features given && given.widths().size() == 1;
      if (!(from instanceof Ids) && !column) {
        throw refusal("layer \"%s\" is no embedding of one input of ids", name);
      }
      tables.add(new int[] {config.path("input_dim").asInt(), config.path("output_dim").asInt()});
      tablePaths.add(path + "/vars/0");
      return new Features(List.of(-tables.size()));
    }

    private Value concatenated(List<Value> from, String name) {
      List<Integer> widths = new ArrayList<>();
      for (Value part : from) {
        if (part instanceof LastState half && from.size() == 2) {
          return new LastState(half.layer(), true);
        }
        if (!(part instanceof Features given)) {
          throw refusal("layer \"%s\" puts other things than features side by side", name);
        }
        widths.addAll(given.widths());
      }
      return new Features(widths);
    }

    private Value recurrent(String kind, JsonNode config, String name, String path, Value from) {
      if (from instanceof Features given && layers.isEmpty()) {
        features = given;
      } else {
        requireTop(from, name);
      }
      boolean bidirectional = kind.equals("Bidirectional");
      if (bidirectional && !config.path("merge_mode").asText().equals("concat")) {
        throw refusal(
            "layer \"%s\" has merge_mode %s; it must be \"concat\"",
            name, config.path("merge_mode"));
      }
      JsonNode cell = bidirectional ? config.at("/layer/config") : config;
      String cellClass = bidirectional ? config.at("/layer/class_name").asText() : kind;
      RecurrentSpec spec = KerasCell.spec(cellClass, cell, name, bidirectional);
      if (bidirectional) {
        KerasCell.requireAlike(config.path("backward_layer"), cellClass, cell, name);
      }
      layers.add(spec);
      layerPaths.add(path);
      biases.add(cell.path("use_bias").asBoolean(true));
      int layer = layers.size() - 1;
      return cell.path("return_sequences").asBoolean() ? new Steps(layer) : new Pooled("last");
    }

    private void requireTop(Value from, String name) {
      if (!(from instanceof Steps steps) || steps.layer() != layers.size() - 1) {
        throw refusal("layer \"%s\" is not applied to the time steps of the layer before it", name);
      }
    }

    private Value sum(List<Value> from, String name) {
      if (from.size() == 2) {
        Value above = from.get(0);
        Value below = from.get(1);
        if (below instanceof Steps b && above instanceof Steps a && a.layer() < b.layer()) {
          return sum(List.of(below, above), name);
        }
        if (above instanceof Steps top && isBelow(top.layer(), below)) {
          makeResidual(top.layer());
          return top;
        }
        if (above instanceof LastState top
            && below instanceof LastState other
            && other.layer() == top.layer() - 1) {
          makeResidual(top.layer());
          return top;
        }
      }
      throw refusal("layer \"%s\" adds other things than a layer's inputs to its outputs", name);
    }

    private boolean isBelow(int layer, Value below) {
      return layer == 0
          ? below == features
          : below instanceof Steps steps && steps.layer() == layer - 1;
    }

    private void makeResidual(int layer) {
      layers.set(layer, layers.get(layer).withResidual(true));
    }

    private Value attention(String kind, List<Value> from, String name) {
      boolean flat = kind.equals("Reshape") || kind.equals("Flatten");
      Value first = from.get(0);
      if (kind.equals("Softmax") && first instanceof Attention scores && scores.stage() == 2) {
        return new Attention(3);
      }
      if (kind.equals("Dot") && first instanceof Attention weights && weights.stage() == 3) {
        requireTop(from.get(1), name);
        return new Attention(4);
      }
      if (flat && first instanceof Attention mean && mean.stage() == 4) {
        return new Pooled("attention");
      }
      throw noSuchLayer(kind, name);
    }

    private Value dense(JsonNode config, String name, String path, Value from) {
      String activation = config.path("activation").asText("linear");
      boolean bias = config.path("use_bias").asBoolean(true);
      if (from instanceof Steps && activation.equals("tanh")) {
        requireTop(from, name);
        variables.put("attention_pooling/kernel", path + "/vars/0");
        variables.put("attention_pooling/bias", path + "/vars/1");
        return new Attention(1);
      }
      if (from instanceof Attention hidden && hidden.stage() == 1 && !bias) {
        variables.put("attention_pooling/query", path + "/vars/0");
        return new Attention(2);
      }
      head(config, activation, name, from);
      variables.put("dense/kernel", path + "/vars/0");
      if (bias) {
        variables.put("dense/bias", path + "/vars/1");
      }
      return new Outputs();
    }

    private void head(JsonNode config, String activation, String name, Value from) {
      if (from instanceof Pooled pooled) {
        pooling = pooled.pooling();
      } else if (from instanceof LastState state && state.whole()) {
        pooling = "last";
      } else if (from instanceof Steps) {
        requireTop(from, name);
        pooling = "none";
      } else {
        throw refusal(
            "layer \"%s\" is a second Dense layer or one before the recurrent layers; there is one,"
                + " the head",
            name);
      }
      outputs = config.path("units").asInt();
      loss =
          switch (activation) {
            case "linear" -> "mse";
            case "softmax" -> "crossEntropy";
            case "sigmoid" -> "binaryCrossEntropy";
            default ->
                throw refusal(
                    "layer \"%s\" has the activation \"%s\"; the head has linear, softmax or"
                        + " sigmoid",
                    name, activation);
          };
    }

    private NetworkSpec spec() {
      List<EmbeddingSpec> embeddings = new ArrayList<>();
      List<Integer> widths = features.widths();
      for (int feature = 0; feature < widths.size(); feature++) {
        if (widths.get(feature) < 0) {
          int[] table = tables.get(-widths.get(feature) - 1);
          embeddings.add(new EmbeddingSpec(feature, table[0], table[1]));
        }
      }
      return new NetworkSpec(widths.size(), layers, outputs, loss, 1, pooling, embeddings);
    }

    /** The paths by our names. */
    private Map<String, String> named() {
      int place = 0;
      for (int width : features.widths()) {
        if (width < 0) {
          variables.put("embedding_" + place++ + "/embeddings", tablePaths.get(-width - 1));
        }
      }
      for (int i = 0; i < layers.size(); i++) {
        List<String> cells = layers.get(i).cellNames(i);
        for (int direction = 0; direction < cells.size(); direction++) {
          String side =
              cells.size() == 1 ? "" : direction == 0 ? "/forward_layer" : "/backward_layer";
          String below = layerPaths.get(i) + side + "/cell/vars/";
          variables.put(cells.get(direction) + "/kernel", below + 0);
          variables.put(cells.get(direction) + "/recurrent_kernel", below + 1);
          if (biases.get(i)) {
            variables.put(cells.get(direction) + "/bias", below + 2);
          }
        }
      }
      return variables;
    }
  }

  static IllegalArgumentException refusal(String format, Object... values) {
    return new IllegalArgumentException(String.format(Locale.ROOT, format, values));
  }
}
