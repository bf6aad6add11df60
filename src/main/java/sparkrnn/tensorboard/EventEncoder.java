package sparkrnn.tensorboard;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import sparkrnn.protobuf.ProtobufMessage;

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

  private EventEncoder() {}

  /** The event that every file begins with. */
  static byte[] version(double wallTime) {
    return bytes(new ProtobufMessage().real(1, wallTime).text(3, "brain.Event:2"));
  }

  /**
   * Scalars of one step.
   *
   * @param wallTime seconds since 1970
   * @param step at least 0
   * @param scalars values by their tags
   */
  static byte[] scalars(double wallTime, long step, Map<String, Double> scalars) {
    ProtobufMessage summary = new ProtobufMessage();
    scalars.forEach(
        (tag, value) ->
            summary.message(1, new ProtobufMessage().text(1, tag).real(2, value.floatValue())));
    return bytes(new ProtobufMessage().real(1, wallTime).number(2, step).message(5, summary));
  }

  private static byte[] bytes(ProtobufMessage event) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      event.writeTo(out);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return out.toByteArray();
  }
}
