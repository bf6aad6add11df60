package sparkrnn.onnx;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import sparkrnn.layer.PoolingType;
import sparkrnn.loss.LossType;
import sparkrnn.network.EmbeddingSpec;
import sparkrnn.network.Network;
import sparkrnn.network.NetworkSpec;
import sparkrnn.network.RecurrentSpec;
import sparkrnn.protobuf.ProtobufMessage;

/**
 * A network as an ONNX model of opset 14, with any number of sequences of any length.
 *
 * <pre>
 *   features (batch, time, F) float     sequences, filled up at their ends with anything finite; an
 *                                       id as its number, 0 in what is filled up
 *   lengths (batch) int32               how many time steps each has, at least 1
 *
 *   outputs (batch, K) float            of the head; (batch, time, K) without pooling, 0 beyond a
 *                                       sequence's end
 *   probabilities, quantiles or distribution, shaped likewise: what the outputs stand for, where
 *                                       they don't stand for themselves
 *   attention (batch, time) float       with attention pooling: the weight of each time step
 *   transitions (K, K), start (K), end (K) float, with a CRF: its scores beside the outputs
 *   encoding (batch, C) float           of an encoder, in place of all these
 * </pre>
 *
 * <p>Source: the operators' schemas of ONNX.
 */
public final class OnnxModel {

  static final String ATTENTION = "attention";
  static final String BATCH = "batch";
  static final String TIME = "time";

  private static final String FEATURES = "features";
  private static final String LENGTHS = "lengths";
  private static final String OUTPUTS = "outputs";
  private static final String ENCODING = "encoding";

  private static final int IR_VERSION = 7;
  private static final int OPSET = 14;

  /** What a message of protocol buffers may have. */
  private static final long MOST_BYTES = Integer.MAX_VALUE;

  private final NetworkSpec spec;
  private final Network network;
  private final Tensors tensors;
  private final Graph graph = new Graph("spark_rnn");
  private Lengths lengths;
  private PoolingNodes pooling;

  private OnnxModel(NetworkSpec spec, float[] parameters) {
    this.spec = spec;
    this.network = new Network(spec);
    this.tensors = new Tensors(network.layout(), parameters);
  }

  /**
   * Writes a network with its head; the stream is not closed.
   *
   * @param parameters in the layout of the network
   * @param notes text by name that the file keeps as metadata
   * @throws IllegalArgumentException if the file would have more than 2 GiB, which ONNX can't
   */
  public static void write(
      OutputStream out, NetworkSpec spec, float[] parameters, Map<String, String> notes)
      throws IOException {
    OnnxModel model = new OnnxModel(spec, parameters);
    model.addHead(model.addLayers(PoolingType.named(spec.pooling())));
    model.writeTo(out, notes);
  }

  /**
   * Writes what a network makes of a sequence before its head, as {@link Network#encode} says; the
   * stream is not closed.
   *
   * @param parameters in the layout of the network
   * @param notes text by name that the file keeps as metadata
   * @throws IllegalArgumentException if the file would have more than 2 GiB, which ONNX can't
   */
  public static void writeEncoder(
      OutputStream out, NetworkSpec spec, float[] parameters, Map<String, String> notes)
      throws IOException {
    OnnxModel model = new OnnxModel(spec, parameters);
    PoolingType type = PoolingType.named(spec.pooling());
    String encoding = model.addLayers(type == PoolingType.NONE ? PoolingType.LAST : type);
    model.output(encoding, ENCODING, BATCH, model.network.encodingSize());
    model.writeTo(out, notes);
  }

  /** What the head sees: (B, C), or (T, B, C) without pooling. */
  private String addLayers(PoolingType type) {
    String features = graph.input(FEATURES, ElementType.FLOAT, BATCH, TIME, spec.inputs());
    String given = graph.input(LENGTHS, ElementType.INT32, BATCH);
    String y = graph.node("Transpose", List.of(embedded(features)), Attribute.of("perm", 1L, 0, 2));
    lengths = Lengths.of(graph, given, y);
    pooling = new PoolingNodes(graph, tensors, lengths);
    RecurrentNodes recurrent = new RecurrentNodes(graph, tensors, lengths);
    List<RecurrentSpec> layers = spec.recurrentLayers();
    for (int i = 0; i < layers.size(); i++) {
      y = recurrent.layer(layers.get(i), i, y);
    }
    return pooling.pooled(type, layers.get(layers.size() - 1), y);
  }

  /** The features with a vector in the place of each id. */
  private String embedded(String features) {
    if (spec.embeddings().isEmpty()) {
      return features;
    }
    List<String> columns =
        spec.inputs() == 1
            ? List.of(features)
            : graph.nodes(spec.inputs(), "Split", List.of(features), Attribute.of("axis", 2));
    List<String> parts = new ArrayList<>(columns);
    for (int table = 0; table < spec.embeddings().size(); table++) {
      EmbeddingSpec embedding = spec.embeddings().get(table);
      String ids = graph.node("Squeeze", columns.get(embedding.feature()), graph.ints(2));
      String whole = graph.node("Cast", List.of(ids), Attribute.of("to", ElementType.INT64.code()));
      String vectors = tensors.in(graph, "embedding_" + table + "/embeddings");
      parts.set(embedding.feature(), graph.node("Gather", vectors, whole));
    }
    return graph.node("Concat", parts, Attribute.of("axis", 2));
  }

  private void addHead(String seen) {
    String kernel =
        spec.tiedWeights()
            ? graph.node("Transpose", "embedding_0/embeddings")
            : tensors.in(graph, "dense/kernel");
    String product = graph.node("MatMul", seen, kernel);
    String outputs = graph.node("Add", product, tensors.in(graph, "dense/bias"));
    outputHead(outputs, OUTPUTS);
    HeadNodes head =
        new HeadNodes(graph, spec, LossType.named(spec.loss()).create(spec.lossOptions()));
    if (!head.name().isEmpty()) {
      outputHead(head.activated(outputs), head.name());
    }
    if (spec.crf()) {
      output(tensors.in(graph, "crf/transitions"), "transitions", spec.outputs(), spec.outputs());
      output(tensors.in(graph, "crf/start"), "start", spec.outputs());
      output(tensors.in(graph, "crf/end"), "end", spec.outputs());
    }
  }

  private void outputHead(String value, String name) {
    if (network.everyTimeStep()) {
      String own = lengths.masked(graph, value, 0);
      String batchFirst = graph.node("Transpose", List.of(own), Attribute.of("perm", 1L, 0, 2));
      output(batchFirst, name, BATCH, TIME, spec.outputs());
    } else {
      output(value, name, BATCH, spec.outputs());
    }
  }

  private void output(String value, String name, Object... shape) {
    graph.identity(value, name);
    graph.output(name, ElementType.FLOAT, shape);
  }

  private void writeTo(OutputStream out, Map<String, String> notes) throws IOException {
    ProtobufMessage model = new ProtobufMessage();
    model.number(1, IR_VERSION).text(2, "spark-rnn").message(7, graph.message());
    model.message(8, new ProtobufMessage().text(1, "").number(2, OPSET));
    new TreeMap<>(notes)
        .forEach(
            (name, text) -> model.message(14, new ProtobufMessage().text(1, name).text(2, text)));
    if (model.size() > MOST_BYTES) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "ONNX: the file would have %d bytes; it may have %d. Export to another format.",
              model.size(),
              MOST_BYTES));
    }
    model.writeTo(out);
  }
}
