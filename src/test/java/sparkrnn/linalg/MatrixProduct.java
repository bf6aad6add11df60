package sparkrnn.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static sparkrnn.contract.Floats.normals;

import java.util.Arrays;
import java.util.Random;

/**
 * One product of random matrices, each at a random place of its array and with gaps between its
 * rows. The gaps of A and B hold NaN: reading one shows.
 */
final class MatrixProduct {

  enum Kind {
    PLAIN,
    TRANSPOSED_A,
    TRANSPOSED_B
  }

  private final Kind kind;
  private final int m;
  private final int n;
  private final int k;
  private final View a;
  private final View b;
  private final View c;

  /** A matrix in an array that ends with its last element. */
  private static final class View {
    final int at;
    final int rows;
    final int columns;
    final int stride;
    final float[] array;

    View(Random random, int rows, int columns) {
      this.rows = rows;
      this.columns = columns;
      at = random.nextInt(5);
      stride = Math.max(1, columns) + random.nextInt(4);
      array = new float[at + Math.max(0, rows - 1) * stride + columns];
      Arrays.fill(array, Float.NaN);
      float[] values = normals(random, rows * columns, 1);
      for (int r = 0; r < rows; r++) {
        System.arraycopy(values, r * columns, array, at + r * stride, columns);
      }
    }

    int index(int r, int c) {
      return at + r * stride + c;
    }

    double get(int r, int c) {
      return array[index(r, c)];
    }

    void fill(float value) {
      for (int r = 0; r < rows; r++) {
        Arrays.fill(array, index(r, 0), index(r, columns), value);
      }
    }
  }

  MatrixProduct(Random random, Kind kind, int m, int n, int k) {
    this.kind = kind;
    this.m = m;
    this.n = n;
    this.k = k;
    a = kind == Kind.TRANSPOSED_A ? new View(random, k, m) : new View(random, m, k);
    b = kind == Kind.TRANSPOSED_B ? new View(random, n, k) : new View(random, k, n);
    c = new View(random, m, n);
  }

  void poisonA() {
    a.fill(Float.NaN);
  }

  void poisonC() {
    c.fill(Float.NaN);
  }

  /** A copy of C's array after the product. */
  float[] run(float beta) {
    float[] array = c.array.clone();
    switch (kind) {
      case PLAIN ->
          Blas.multiply(
              m, n, k, a.array, a.at, a.stride, b.array, b.at, b.stride, beta, array, c.at,
              c.stride);
      case TRANSPOSED_A ->
          Blas.multiplyTransposedA(
              m, n, k, a.array, a.at, a.stride, b.array, b.at, b.stride, beta, array, c.at,
              c.stride);
      case TRANSPOSED_B ->
          Blas.multiplyTransposedB(
              m, n, k, a.array, a.at, a.stride, b.array, b.at, b.stride, beta, array, c.at,
              c.stride);
    }
    return array;
  }

  /** The elements (m, n) of C in its array. */
  double[] result(float[] array) {
    double[] elements = new double[m * n];
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        elements[i * n + j] = array[c.index(i, j)];
      }
    }
    return elements;
  }

  /** The rounding of a sum is at most its number of terms times that of the sum of their sizes. */
  void assertAgrees(float[] array, int beta) {
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        double sum = beta == 0 ? 0 : beta * c.get(i, j);
        double size = Math.abs(sum);
        for (int p = 0; p < k; p++) {
          double term = left(i, p) * right(p, j);
          sum += term;
          size += Math.abs(term);
        }
        double error = Math.abs(array[c.index(i, j)] - sum);
        assertThat(error <= (k + 1) * 0x1p-24 * size)
            .as("%s, element (%d, %d): error %s of a sum of size %s", this, i, j, error, size)
            .isTrue();
      }
    }
  }

  private double left(int i, int p) {
    return kind == Kind.TRANSPOSED_A ? a.get(p, i) : a.get(i, p);
  }

  private double right(int p, int j) {
    return kind == Kind.TRANSPOSED_B ? b.get(j, p) : b.get(p, j);
  }

  /** The gaps of C, which held NaN, still do. */
  void assertGapsUntouched(float[] array) {
    boolean[] element = new boolean[array.length];
    for (int i = 0; i < m; i++) {
      Arrays.fill(element, c.index(i, 0), c.index(i, n), true);
    }
    for (int e = 0; e < array.length; e++) {
      assertThat(Float.isNaN(array[e])).as("%s, place %d", this, e).isEqualTo(!element[e]);
    }
  }

  @Override
  public String toString() {
    return kind + " (" + m + ", " + n + ", " + k + ") by " + Blas.name();
  }
}
