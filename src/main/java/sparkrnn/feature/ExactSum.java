package sparkrnn.feature;

import java.io.Serializable;
import java.math.BigInteger;

/**
 * A sum of doubles without any rounding, so that it does not depend on their order or on how they
 * are spread over tasks.
 *
 * <p>The sum is one wide fixed-point number, of 32 bits in each word:
 *
 * <pre>
 *   sum = 2^-1088 (word(0) + word(1) 2^32 + word(2) 2^64 + ...)
 * </pre>
 *
 * <p>Words are signed and may exceed 32 bits until they are carried: each addition changes a word
 * by less than 2^32, and they are carried before there could be 2^30 of them.
 *
 * <p>Source: the long accumulator of Kulisch, "Computer Arithmetic and Validity", 2008, with lazy
 * carries.
 */
final class ExactSum implements Serializable {

  private static final long serialVersionUID = 1L;

  /** The sum is a whole number of 2^-POINT. */
  static final int POINT = 1088;

  private static final int WORD_BITS = 32;
  private static final long WORD = 0xFFFFFFFFL;
  private static final int WORDS = (POINT + 1024) / WORD_BITS + 3;
  private static final int MOST_PENDING = 1 << 30;

  private final long[] words = new long[WORDS];
  private int pending;

  /** Adds a number, which must be finite. */
  void add(double number) {
    long bits = Double.doubleToRawLongBits(number);
    int exponent = (int) (bits >>> 52) & 0x7FF;
    long fraction = bits & 0xFFFFFFFFFFFFFL;
    assert exponent < 0x7FF : number;
    long mantissa = exponent == 0 ? fraction : fraction | 1L << 52;
    // number = mantissa * 2^(shift - POINT)
    int shift = Math.max(exponent, 1) - 1075 + POINT;
    int word = shift / WORD_BITS;
    int within = shift % WORD_BITS;
    long low = (mantissa & WORD) << within;
    long high = (mantissa >>> WORD_BITS) << within;
    long sign = bits < 0 ? -1 : 1;
    words[word] += sign * (low & WORD);
    words[word + 1] += sign * ((low >>> WORD_BITS) + (high & WORD));
    words[word + 2] += sign * (high >>> WORD_BITS);
    count(2); // The middle word took two parts.
  }

  /** Adds another sum. */
  void add(ExactSum other) {
    other.carry();
    for (int i = 0; i < WORDS; i++) {
      words[i] += other.words[i];
    }
    count(2);
  }

  private void count(int additions) {
    pending += additions;
    if (pending > MOST_PENDING) {
      carry();
    }
  }

  /** Brings all words but the last below 2^32. */
  private void carry() {
    for (int i = 0; i < WORDS - 1; i++) {
      long over = words[i] >> WORD_BITS;
      words[i] -= over << WORD_BITS;
      words[i + 1] += over;
    }
    pending = 0;
  }

  /** The sum in units of 2^-{@link #POINT}. */
  BigInteger units() {
    BigInteger units = BigInteger.ZERO;
    for (int i = WORDS - 1; i >= 0; i--) {
      units = units.shiftLeft(WORD_BITS).add(BigInteger.valueOf(words[i]));
    }
    return units;
  }
}
