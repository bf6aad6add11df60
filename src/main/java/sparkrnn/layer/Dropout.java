package sparkrnn.layer;

import sparkrnn.random.CounterRandom;
import sparkrnn.sequence.PackedSequences;

/**
 * Locked dropout: leaves out columns of a sequence, the same ones at every time step.
 *
 * <pre>
 *   m(s, j) = 0 with probability p, else 1 / (1 - p)
 *   y(t) = m(s) * x(t)                                  s: the sequence of the row
 * </pre>
 *
 * <p>Shapes: S sequences, N packed rows, F columns.
 *
 * <pre>
 *   x, y (N, F)    m (S, F)
 * </pre>
 *
 * <p>The sequences alive at t are the first ones, so their rows and masks are two unbroken ranges.
 *
 * <p>Source: Gal and Ghahramani 2016; Keras' dropout of a recurrent layer with one mask for all
 * gates.
 */
final class Dropout {

  private static final double TO_UNIT = 0x1.0p-53;

  private Dropout() {}

  /**
   * Overwrites the first elements of m: element i is dropped if the number at {@code from + i} is
   * below p.
   *
   * @param rate p, in (0, 1)
   * @return the index of the next number that was not used
   */
  static long writeMask(CounterRandom random, long from, double rate, float[] m, int size) {
    float kept = (float) (1 / (1 - rate));
    for (int i = 0; i < size; i++) {
      m[i] = (random.bits(from + i) >>> 11) * TO_UNIT < rate ? 0f : kept;
    }
    return from + size;
  }

  /**
   * Overwrites the first elements of m with choices: 1 with probability p, else 0. Elements 2i and
   * 2i + 1 are made of the lower and the upper half of the number at {@code from + i}.
   *
   * @param rate p, in (0, 1)
   * @return the index of the next number that was not used
   */
  static long writeChoices(CounterRandom random, long from, double rate, float[] m, int size) {
    long below = (long) (rate * 0x1.0p32);
    for (int i = 0; i < size; i += 2) {
      long bits = random.bits(from + i / 2);
      m[i] = (bits & 0xFFFFFFFFL) < below ? 1f : 0f;
      if (i + 1 < size) {
        m[i + 1] = (bits >>> 32) < below ? 1f : 0f;
      }
    }
    return from + (size + 1) / 2;
  }

  /** Overwrites y, which may be x itself. */
  static void multiply(PackedSequences sequences, int columns, float[] m, float[] x, float[] y) {
    for (int t = 0; t < sequences.timeSteps(); t++) {
      int from = sequences.firstRow(t) * columns;
      int size = sequences.liveRows(t) * columns;
      for (int e = 0; e < size; e++) {
        y[from + e] = m[e] * x[from + e];
      }
    }
  }
}
