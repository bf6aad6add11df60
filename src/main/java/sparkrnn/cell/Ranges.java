package sparkrnn.cell;

/** What all cells do with ranges of arrays, in loops that the compiler vectorises. */
final class Ranges {

  private Ranges() {}

  /** Adds a range of x to a range of y, which may be another place. */
  static void add(float[] x, int from, float[] y, int to, int size) {
    for (int e = 0; e < size; e++) {
      y[to + e] += x[from + e];
    }
  }
}
