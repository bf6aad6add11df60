package sparkrnn.onnx;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import sparkrnn.protobuf.ProtobufMessage;

/**
 * A graph of ONNX operators that is built from its inputs to its outputs; a value is known by its
 * name, and each method that makes one returns it.
 *
 * <p>Source: GraphProto, NodeProto, TensorProto and ValueInfoProto of onnx.proto.
 */
final class Graph {

  private static final int GRAPH_NODE = 1;
  private static final int GRAPH_NAME = 2;
  private static final int GRAPH_INITIALIZER = 5;
  private static final int GRAPH_INPUT = 11;
  private static final int GRAPH_OUTPUT = 12;

  private static final int NODE_INPUT = 1;
  private static final int NODE_OUTPUT = 2;
  private static final int NODE_NAME = 3;
  private static final int NODE_OPERATOR = 4;
  private static final int NODE_ATTRIBUTE = 5;

  private static final int TENSOR_DIMENSIONS = 1;
  private static final int TENSOR_TYPE = 2;
  private static final int TENSOR_INTS = 7;
  private static final int TENSOR_NAME = 8;
  private static final int TENSOR_RAW = 9;

  private final String name;
  private final ProtobufMessage message = new ProtobufMessage();
  private int values;

  /**
   * An empty graph.
   *
   * @param name also what the names of its values begin with, so that a graph inside another sees
   *     the other's values and hides none
   */
  Graph(String name) {
    this.name = name;
    message.text(GRAPH_NAME, name);
  }

  /** The graph as ONNX has it; nothing may be added afterwards. */
  ProtobufMessage message() {
    return message;
  }

  /**
   * Declares an input.
   *
   * @param shape numbers, or names of extents that are known when the graph runs
   */
  String input(String value, ElementType type, Object... shape) {
    message.message(GRAPH_INPUT, declaration(value, type, shape));
    return value;
  }

  /** Declares a value that was made as an output. */
  void output(String value, ElementType type, Object... shape) {
    message.message(GRAPH_OUTPUT, declaration(value, type, shape));
  }

  private static ProtobufMessage declaration(String value, ElementType type, Object... shape) {
    ProtobufMessage extents = new ProtobufMessage();
    for (Object extent : shape) {
      ProtobufMessage dimension = new ProtobufMessage();
      if (extent instanceof Integer number) {
        dimension.number(1, number.longValue());
      } else {
        dimension.text(2, extent.toString());
      }
      extents.message(1, dimension);
    }
    ProtobufMessage tensor = new ProtobufMessage().number(1, (long) type.code());
    ProtobufMessage typed = new ProtobufMessage().message(1, tensor.message(2, extents));
    return new ProtobufMessage().text(1, value).message(2, typed);
  }

  /** A constant of floats, row-major. */
  String floats(String value, float[] numbers, int... shape) {
    ProtobufMessage tensor = tensor(ElementType.FLOAT, shape).text(TENSOR_NAME, value);
    message.message(GRAPH_INITIALIZER, tensor.raw(TENSOR_RAW, numbers));
    return value;
  }

  /** A constant that is one float. */
  String number(double value) {
    return floats(fresh("constant"), new float[] {(float) value});
  }

  /** A constant vector of whole numbers of 64 bits. */
  String ints(long... numbers) {
    return ints(fresh("constant"), numbers, numbers.length);
  }

  /** A constant that is one whole number of 64 bits. */
  String wholeNumber(long number) {
    return ints(fresh("constant"), new long[] {number});
  }

  private String ints(String value, long[] numbers, int... shape) {
    ProtobufMessage tensor = tensor(ElementType.INT64, shape).text(TENSOR_NAME, value);
    for (long number : numbers) {
      tensor.number(TENSOR_INTS, number);
    }
    message.message(GRAPH_INITIALIZER, tensor);
    return value;
  }

  private static ProtobufMessage tensor(ElementType type, int... shape) {
    ProtobufMessage tensor = new ProtobufMessage();
    for (int extent : shape) {
      tensor.number(TENSOR_DIMENSIONS, (long) extent);
    }
    return tensor.number(TENSOR_TYPE, (long) type.code());
  }

  /** The output of an operator. */
  String node(String operator, List<String> inputs, Attribute... attributes) {
    String output = fresh(operator);
    node(operator, inputs, List.of(output), attributes);
    return output;
  }

  /** The output of an operator without attributes. */
  String node(String operator, String... inputs) {
    return node(operator, Arrays.asList(inputs));
  }

  /** Outputs of an operator that has several. */
  List<String> nodes(int outputs, String operator, List<String> inputs, Attribute... attributes) {
    List<String> names = Collections.nCopies(outputs, operator).stream().map(this::fresh).toList();
    node(operator, inputs, names, attributes);
    return names;
  }

  /** Gives a value, which may be of a graph around this one, the name of an output. */
  void identity(String value, String output) {
    node("Identity", List.of(value), List.of(output));
  }

  /**
   * Adds an operator.
   *
   * @param inputs an empty name is an input that is left out
   */
  private void node(
      String operator, List<String> inputs, List<String> outputs, Attribute... attributes) {
    ProtobufMessage node = new ProtobufMessage();
    inputs.forEach(input -> node.text(NODE_INPUT, input));
    outputs.forEach(output -> node.text(NODE_OUTPUT, output));
    node.text(NODE_NAME, fresh(operator)).text(NODE_OPERATOR, operator);
    for (Attribute attribute : attributes) {
      node.message(NODE_ATTRIBUTE, attribute.message());
    }
    message.message(GRAPH_NODE, node);
  }

  private String fresh(String word) {
    return name + "/" + word + "_" + values++;
  }
}
