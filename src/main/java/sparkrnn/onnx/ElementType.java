package sparkrnn.onnx;

/** Types of numbers by their codes in ONNX's TensorProto.DataType. */
enum ElementType {
  FLOAT(1),
  INT32(6),
  INT64(7);

  private final int code;

  ElementType(int code) {
    this.code = code;
  }

  int code() {
    return code;
  }
}
