package sparkrnn.tensorboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;

/** Reads event files by the formats' descriptions alone. */
final class EventDecoder {

  /** What an event says; the version and the scalars may be empty. */
  record Event(double wallTime, long step, String version, Map<String, Float> scalars) {}

  private EventDecoder() {}

  static List<Event> read(Path file) throws IOException {
    ByteBuffer in = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    List<Event> events = new ArrayList<>();
    while (in.hasRemaining()) {
      byte[] length = bytes(in, 8);
      assertThat(in.getInt()).as("checksum of the length").isEqualTo(masked(length));
      byte[] data = bytes(in, ByteBuffer.wrap(length).order(ByteOrder.LITTLE_ENDIAN).getLong());
      assertThat(in.getInt()).as("checksum of the record").isEqualTo(masked(data));
      events.add(event(ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN)));
    }
    return events;
  }

  /** As TensorFlow describes it: rotated right by 15 bits, plus a constant. */
  private static int masked(byte[] data) {
    CRC32C crc = new CRC32C();
    crc.update(data, 0, data.length);
    long value = crc.getValue();
    return (int) ((((value >>> 15) | (value << 17)) & 0xffffffffL) + 0xa282ead8L);
  }

  private static byte[] bytes(ByteBuffer in, long length) {
    byte[] bytes = new byte[(int) length];
    in.get(bytes);
    return bytes;
  }

  private static long varint(ByteBuffer in) {
    long value = 0;
    for (int shift = 0; ; shift += 7) {
      byte next = in.get();
      value |= (long) (next & 0x7f) << shift;
      if (next >= 0) {
        return value;
      }
    }
  }

  private static ByteBuffer counted(ByteBuffer in) {
    return ByteBuffer.wrap(bytes(in, varint(in))).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static Event event(ByteBuffer in) {
    double wallTime = 0;
    long step = 0;
    String version = "";
    Map<String, Float> scalars = new LinkedHashMap<>();
    while (in.hasRemaining()) {
      int key = (int) varint(in);
      switch (key) {
        case (1 << 3) | 1 -> wallTime = in.getDouble();
        case 2 << 3 -> step = varint(in);
        case (3 << 3) | 2 -> version = StandardCharsets.UTF_8.decode(counted(in)).toString();
        case (5 << 3) | 2 -> summary(counted(in), scalars);
        default -> throw new AssertionError("an event has no field of key " + key);
      }
    }
    return new Event(wallTime, step, version, scalars);
  }

  private static void summary(ByteBuffer in, Map<String, Float> scalars) {
    while (in.hasRemaining()) {
      assertThat(varint(in)).isEqualTo((1 << 3) | 2);
      ByteBuffer value = counted(in);
      assertThat(varint(value)).isEqualTo((1 << 3) | 2);
      String tag = StandardCharsets.UTF_8.decode(counted(value)).toString();
      assertThat(varint(value)).isEqualTo((2 << 3) | 5);
      scalars.put(tag, value.getFloat());
      assertThat(value.hasRemaining()).isFalse();
    }
  }
}
