package sparkrnn.onnx;

import java.util.List;
import sparkrnn.protobuf.ProtobufMessage;

/** A named constant of an operator: the AttributeProto of ONNX. */
record Attribute(ProtobufMessage message) {

  private static final int NAME = 1;
  private static final int INT = 3;
  private static final int TEXT = 4;
  private static final int TENSOR = 5;
  private static final int GRAPH = 6;
  private static final int INTS = 8;
  private static final int TEXTS = 9;
  private static final int TYPE = 20;

  /** A whole number. */
  static Attribute of(String name, long value) {
    return new Attribute(named(name).number(INT, value).number(TYPE, 2));
  }

  /** Whole numbers. */
  static Attribute of(String name, long... values) {
    ProtobufMessage message = named(name);
    for (long value : values) {
      message.number(INTS, value);
    }
    return new Attribute(message.number(TYPE, 7));
  }

  /** A text. */
  static Attribute of(String name, String value) {
    return new Attribute(named(name).text(TEXT, value).number(TYPE, 3));
  }

  /** Texts. */
  static Attribute of(String name, List<String> values) {
    ProtobufMessage message = named(name);
    values.forEach(value -> message.text(TEXTS, value));
    return new Attribute(message.number(TYPE, 8));
  }

  /** A graph, which an operator runs as often as it likes. */
  static Attribute of(String name, Graph body) {
    return new Attribute(named(name).message(GRAPH, body.message()).number(TYPE, 5));
  }

  /** A tensor. */
  static Attribute tensor(String name, ProtobufMessage value) {
    return new Attribute(named(name).message(TENSOR, value).number(TYPE, 4));
  }

  private static ProtobufMessage named(String name) {
    return new ProtobufMessage().text(NAME, name);
  }
}
