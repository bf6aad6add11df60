package sparkrnn.tensorboard;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * TensorFlow's message Event in the wire format of protocol buffers, as far as scalars need it.
 *
 * <pre>
 *   Event          double wall_time = 1, int64 step = 2, string file_version = 3, Summary summary = 5
 *   Summary        repeated Value value = 1
 *   Summary.Value  string tag = 1, float simple_value = 2
 * </pre>
 */
final class EventEncoder {

  private static final int VARINT = 0;
  private static final int EIGHT_BYTES = 1;
  private static final int COUNTED_BYTES = 2;
  private static final int FOUR_BYTES = 5;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  private EventEncoder() {}

  /** The event that every file begins with. */
  static byte[] version(double wallTime) {
    EventEncoder event = new EventEncoder();
    event.eightBytes(1, wallTime);
    event.bytes(3, "brain.Event:2".getBytes(StandardCharsets.UTF_8));
    return event.out.toByteArray();
  }

  /**
   * Scalars of one step.
   *
   * @param wallTime seconds since 1970
   * @param step at least 0
   * @param scalars values by their tags
   */
  static byte[] scalars(double wallTime, long step, Map<String, Double> scalars) {
    EventEncoder summary = new EventEncoder();
    scalars.forEach(
        (tag, value) -> {
          EventEncoder encoded = new EventEncoder();
          encoded.bytes(1, tag.getBytes(StandardCharsets.UTF_8));
          encoded.fourBytes(2, value.floatValue());
          summary.bytes(1, encoded.out.toByteArray());
        });
    EventEncoder event = new EventEncoder();
    event.eightBytes(1, wallTime);
    event.key(2, VARINT);
    event.varint(step);
    event.bytes(5, summary.out.toByteArray());
    return event.out.toByteArray();
  }

  private void key(int field, int type) {
    varint(((long) field << 3) | type);
  }

  private void varint(long value) {
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      out.write((int) ((rest & 0x7F) | 0x80));
      rest >>>= 7;
    }
    out.write((int) rest);
  }

  private void eightBytes(int field, double value) {
    key(field, EIGHT_BYTES);
    out.writeBytes(
        ByteBuffer.allocate(Double.BYTES).order(ByteOrder.LITTLE_ENDIAN).putDouble(value).array());
  }

  private void fourBytes(int field, float value) {
    key(field, FOUR_BYTES);
    out.writeBytes(
        ByteBuffer.allocate(Float.BYTES).order(ByteOrder.LITTLE_ENDIAN).putFloat(value).array());
  }

  private void bytes(int field, byte[] value) {
    key(field, COUNTED_BYTES);
    varint(value.length);
    out.writeBytes(value);
  }
}
