package sparkrnn.exchange;

import java.nio.ShortBuffer;

/**
 * The upper half of a float32: 8 bits of exponent, 7 of fraction. Rounds to the nearest, in a tie
 * to the even one; NaN stays NaN.
 */
final class Bfloat16 {

  private static final int BITS = 16;
  private static final int HALF = 0x7fff;
  private static final short NAN = 0x7fc0;

  private Bfloat16() {}

  static short of(float value) {
    if (Float.isNaN(value)) {
      return NAN;
    }
    int bits = Float.floatToRawIntBits(value);
    int rounded = bits + HALF + ((bits >>> BITS) & 1);
    return (short) (rounded >>> BITS);
  }

  static float toFloat(short bits) {
    return Float.intBitsToFloat(bits << BITS);
  }

  /** Writes numbers of an array from a place on. */
  static void put(ShortBuffer into, float[] values, int from, int count) {
    for (int i = from; i < from + count; i++) {
      into.put(of(values[i]));
    }
  }

  /** Overwrites numbers of an array from a place on. */
  static void get(ShortBuffer from, float[] values, int at, int count) {
    for (int i = at; i < at + count; i++) {
      values[i] = toFloat(from.get());
    }
  }
}
