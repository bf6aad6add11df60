package sparkrnn.data;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A checked row as bytes, for the two shuffles of a fit.
 *
 * <pre>
 *   int timeSteps | int features | int outputs | byte validation | float weight
 *   | float[outputs] label | float[timeSteps * features] values            little endian
 * </pre>
 *
 * <p>Equal rows have equal bytes; nothing else goes in, so the {@link #key} is a function of the
 * content alone.
 */
final class EncodedRow {

  private static final int HEADER_BYTES = 3 * Integer.BYTES + 1 + Float.BYTES;
  private static final int VALIDATION_PLACE = 3 * Integer.BYTES;

  private EncodedRow() {}

  static byte[] encode(DecodedSequence sequence, float[] label, float weight, boolean validation) {
    int floats = Math.addExact(label.length, sequence.values().length);
    ByteBuffer bytes =
        ByteBuffer.allocate(Math.addExact(HEADER_BYTES, Math.multiplyExact(floats, Float.BYTES)))
            .order(ByteOrder.LITTLE_ENDIAN)
            .putInt(sequence.timeSteps())
            .putInt(sequence.features())
            .putInt(label.length)
            .put((byte) (validation ? 1 : 0))
            .putFloat(weight);
    bytes.asFloatBuffer().put(label).put(sequence.values());
    return bytes.array();
  }

  private static ByteBuffer view(byte[] row) {
    return ByteBuffer.wrap(row).order(ByteOrder.LITTLE_ENDIAN);
  }

  static int timeSteps(byte[] row) {
    return view(row).getInt(0);
  }

  static int features(byte[] row) {
    return view(row).getInt(Integer.BYTES);
  }

  static int outputs(byte[] row) {
    return view(row).getInt(2 * Integer.BYTES);
  }

  static boolean validation(byte[] row) {
    return row[VALIDATION_PLACE] != 0;
  }

  static float weight(byte[] row) {
    return view(row).getFloat(VALIDATION_PLACE + 1);
  }

  /** Copies the label to {@code target} from {@code offset} on. */
  static void copyLabel(byte[] row, float[] target, int offset) {
    ByteBuffer bytes = view(row);
    bytes.position(HEADER_BYTES);
    bytes.order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(target, offset, outputs(row));
  }

  /** The first byte of the values, which go to the end of the row. */
  static int valuesAt(byte[] row) {
    return HEADER_BYTES + outputs(row) * Float.BYTES;
  }

  /** Copies the values to {@code target} from {@code offset} on. */
  static void copyValues(byte[] row, float[] target, int offset) {
    ByteBuffer bytes = view(row);
    bytes.position(HEADER_BYTES + outputs(row) * Float.BYTES);
    bytes
        .order(ByteOrder.LITTLE_ENDIAN)
        .asFloatBuffer()
        .get(target, offset, timeSteps(row) * features(row));
  }

  /**
   * 64 bits that depend on every byte: a multiply-rotate hash over 8-byte words, finished by the
   * mixer of SplitMix64 (Steele, Lea and Flood 2014).
   */
  static long key(byte[] row) {
    ByteBuffer bytes = view(row);
    long hash = 0x9E3779B97F4A7C15L ^ row.length;
    int words = row.length >>> 3;
    for (int i = 0; i < words; i++) {
      hash = (Long.rotateLeft(hash, 27) ^ bytes.getLong(i << 3)) * 0xBF58476D1CE4E5B9L;
    }
    for (int i = words << 3; i < row.length; i++) {
      hash = (Long.rotateLeft(hash, 27) ^ row[i]) * 0xBF58476D1CE4E5B9L;
    }
    return mix(hash);
  }

  /** SplitMix64's finaliser: every bit of the result depends on every bit of the input. */
  static long mix(long bits) {
    long z = (bits ^ (bits >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
