package sparkrnn.onnx;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A message of protocol buffers, field by field, that can tell its size before it is written.
 *
 * <pre>
 *   field   = varint(number * 8 + kind) content        kind 0: varint    2: counted
 *   counted = varint(bytes) bytes                      texts, messages, raw numbers
 * </pre>
 *
 * <p>Spark brings protobuf-java in a version of its own with every release, and Hadoop another; the
 * few kinds of field that ONNX needs are less than an agreement with both.
 *
 * <p>Source: the encoding page of the protocol buffers documentation.
 */
final class ProtobufMessage {

  private static final int VARINT = 0;
  private static final int COUNTED = 2;

  /** Bytes with a known number. */
  private interface Part {
    long size();

    void writeTo(OutputStream out) throws IOException;
  }

  private record Bytes(byte[] bytes) implements Part {
    @Override
    public long size() {
      return bytes.length;
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
      out.write(bytes);
    }
  }

  /** Little-endian, made when they are written. */
  private record Floats(float[] values) implements Part {
    @Override
    public long size() {
      return (long) Float.BYTES * values.length;
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
      ByteBuffer chunk = ByteBuffer.allocate(1 << 16).order(ByteOrder.LITTLE_ENDIAN);
      int most = chunk.capacity() / Float.BYTES;
      for (int done = 0; done < values.length; done += most) {
        int numbers = Math.min(values.length - done, most);
        chunk.asFloatBuffer().put(values, done, numbers);
        out.write(chunk.array(), 0, numbers * Float.BYTES);
      }
    }
  }

  private final List<Part> parts = new ArrayList<>();
  private ByteArrayOutputStream small = new ByteArrayOutputStream();

  /** Appends a whole number. */
  ProtobufMessage number(int field, long value) {
    key(field, VARINT);
    varint(value);
    return this;
  }

  /** Appends a text. */
  ProtobufMessage text(int field, String value) {
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    key(field, COUNTED);
    varint(bytes.length);
    small.writeBytes(bytes);
    return this;
  }

  /** Appends raw numbers, little-endian; the array is not copied. */
  ProtobufMessage raw(int field, float[] values) {
    Floats part = new Floats(values);
    counted(field, part.size());
    parts.add(part);
    return this;
  }

  /** Appends a message, which must not change afterwards. */
  ProtobufMessage message(int field, ProtobufMessage value) {
    counted(field, value.size());
    parts.addAll(value.parts);
    return this;
  }

  private void counted(int field, long bytes) {
    key(field, COUNTED);
    varint(bytes);
    close();
  }

  private void key(int field, int kind) {
    varint(((long) field << 3) | kind);
  }

  private void varint(long value) {
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      small.write((int) ((rest & 0x7f) | 0x80));
      rest >>>= 7;
    }
    small.write((int) rest);
  }

  /** Makes a part of the small fields that have come together. */
  private void close() {
    if (small.size() > 0) {
      parts.add(new Bytes(small.toByteArray()));
      small = new ByteArrayOutputStream();
    }
  }

  /** How many bytes {@link #writeTo} writes. */
  long size() {
    close();
    return parts.stream().mapToLong(Part::size).sum();
  }

  /** Writes the message; the stream is not closed. */
  void writeTo(OutputStream out) throws IOException {
    close();
    for (Part part : parts) {
      part.writeTo(out);
    }
  }
}
