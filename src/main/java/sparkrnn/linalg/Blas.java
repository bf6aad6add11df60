package sparkrnn.linalg;

import java.lang.invoke.MethodHandle;
import java.util.Objects;

/**
 * Products of row-major float matrices, by the native BLAS where it loads and by netlib's Java one
 * where it does not.
 *
 * <p>A matrix is an array, the place {@code at} of its first element and its {@code stride}, the
 * distance from one row to the next. Each product writes {@code C = beta C + A B}, with A or B
 * transposed where the name says so; {@code beta} 0 overwrites whatever C held, {@code beta} 1
 * adds. C must not overlap A or B.
 *
 * <p>All calls run in the calling thread; any number of threads may call at once. The system
 * property {@code sparkrnn.blas} set to {@code java} before the first use keeps to the Java BLAS.
 */
public final class Blas {

  private static final BlasBinding BINDING = BlasBinding.load();
  private static final MethodHandle SGEMM = BINDING.sgemm();
  private static final MethodHandle SGEMV = BINDING.sgemv();
  private static final long LARGEST_TILED = BINDING.isNative() ? BlasTiles.largest() : 0;
  private static final boolean INTEL = LARGEST_TILED == BlasTiles.LARGEST_ON_INTEL;

  private Blas() {}

  /** Which BLAS runs: "openblas 0.3.31 (netlib JNI)" for example, or "java". */
  public static String name() {
    return BINDING.name();
  }

  /** Whether a native BLAS runs. */
  public static boolean isNative() {
    return BINDING.isNative();
  }

  /**
   * C = beta C + A B.
   *
   * @param a (m, k)
   * @param b (k, n)
   * @param c (m, n)
   */
  public static void multiply(
      int m,
      int n,
      int k,
      float[] a,
      int aAt,
      int aStride,
      float[] b,
      int bAt,
      int bStride,
      float beta,
      float[] c,
      int cAt,
      int cStride) {
    tiled("N", aStride, 1, m, n, k, a, aAt, aStride, b, bAt, bStride, beta, c, cAt, cStride);
  }

  /** Whether products of tiles are quicker than whole ones, see {@link BlasTiles}. */
  static boolean hasSmallProducts() {
    return LARGEST_TILED > 0;
  }

  /** {@link #multiply} in one call, whatever the size. */
  static void multiplyWhole(
      int m,
      int n,
      int k,
      float[] a,
      int aAt,
      int aStride,
      float[] b,
      int bAt,
      int bStride,
      float beta,
      float[] c,
      int cAt,
      int cStride) {
    sgemm("N", "N", m, n, k, a, aAt, aStride, b, bAt, bStride, beta, c, cAt, cStride);
  }

  /**
   * C = beta C + A' B.
   *
   * @param a (k, m)
   * @param b (k, n)
   * @param c (m, n)
   */
  public static void multiplyTransposedA(
      int m,
      int n,
      int k,
      float[] a,
      int aAt,
      int aStride,
      float[] b,
      int bAt,
      int bStride,
      float beta,
      float[] c,
      int cAt,
      int cStride) {
    if (INTEL && k > 0 && BlasTiles.isThin(m, n)) {
      int rows = BlasTiles.thinRows(m);
      int columns = BlasTiles.thinColumns(m, n);
      int depth = BlasTiles.thinDepth(k);
      cut(
          rows, columns, depth, "T", 1, aStride, m, n, k, a, aAt, aStride, b, bAt, bStride, beta, c,
          cAt, cStride);
    } else {
      tiled("T", 1, aStride, m, n, k, a, aAt, aStride, b, bAt, bStride, beta, c, cAt, cStride);
    }
  }

  /**
   * C = beta C + A B'.
   *
   * @param a (m, k)
   * @param b (n, k)
   * @param c (m, n)
   */
  public static void multiplyTransposedB(
      int m,
      int n,
      int k,
      float[] a,
      int aAt,
      int aStride,
      float[] b,
      int bAt,
      int bStride,
      float beta,
      float[] c,
      int cAt,
      int cStride) {
    sgemm("N", "T", m, n, k, a, aAt, aStride, b, bAt, bStride, beta, c, cAt, cStride);
  }

  /**
   * Tile by tile where that is quicker, see {@link BlasTiles}.
   *
   * @param rowStep how far apart two rows of A' or A stand, as the product reads it
   * @param depthStep how far apart two columns of it stand
   */
  private static void tiled(
      String transA,
      int rowStep,
      int depthStep,
      int m,
      int n,
      int k,
      float[] a,
      int aAt,
      int aStride,
      float[] b,
      int bAt,
      int bStride,
      float beta,
      float[] c,
      int cAt,
      int cStride) {
    long product = (long) m * n * k;
    if (product == 0 || product > LARGEST_TILED) {
      sgemm(transA, "N", m, n, k, a, aAt, aStride, b, bAt, bStride, beta, c, cAt, cStride);
      return;
    }
    int columns = BlasTiles.columns(n);
    int depth = BlasTiles.depth(k);
    int rows = BlasTiles.rows(m, columns, depth);
    if (INTEL) {
      rows = BlasTiles.thinRows(rows);
    }
    cut(
        rows, columns, depth, transA, rowStep, depthStep, m, n, k, a, aAt, aStride, b, bAt, bStride,
        beta, c, cAt, cStride);
  }

  /** In tiles of so many rows and columns of C and summands. */
  private static void cut(
      int rows,
      int columns,
      int depth,
      String transA,
      int rowStep,
      int depthStep,
      int m,
      int n,
      int k,
      float[] a,
      int aAt,
      int aStride,
      float[] b,
      int bAt,
      int bStride,
      float beta,
      float[] c,
      int cAt,
      int cStride) {
    for (int j = 0; j < n; j += columns) {
      for (int i = 0; i < m; i += rows) {
        for (int p = 0; p < k; p += depth) {
          sgemm(
              transA,
              "N",
              Math.min(rows, m - i),
              Math.min(columns, n - j),
              Math.min(depth, k - p),
              a,
              aAt + i * rowStep + p * depthStep,
              aStride,
              b,
              bAt + p * bStride + j,
              bStride,
              p == 0 ? beta : 1f,
              c,
              cAt + i * cStride + j,
              cStride);
        }
      }
    }
  }

  /**
   * y += x B, one row times a matrix: half the time of the same by {@link #multiply} in pieces, for
   * B is read once and in one go.
   *
   * @param x (k), k at least 1
   * @param b (k, n), its rows one after the other; n at least 1
   * @param y (n), not where x or b is
   */
  public static void addRowProduct(
      int k, int n, float[] x, int xAt, float[] b, int bAt, float[] y, int yAt) {
    checkBlock(k, n, b, bAt, n);
    checkBlock(1, k, x, xAt, k);
    checkBlock(1, n, y, yAt, n);
    try {
      // Column-major, B' is (n, k): y += B' x.
      SGEMV.invokeExact("N", n, k, 1f, b, bAt, n, x, xAt, 1, 1f, y, yAt, 1);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new AssertionError("sgemv declares no checked exception", e);
    }
  }

  /** BLAS is column-major and sees each row-major matrix transposed: C' = B' A'. */
  private static void sgemm(
      String transA,
      String transB,
      int m,
      int n,
      int k,
      float[] a,
      int aAt,
      int aStride,
      float[] b,
      int bAt,
      int bStride,
      float beta,
      float[] c,
      int cAt,
      int cStride) {
    if (m == 0 || n == 0) {
      return;
    }
    if (k == 0) {
      scale(m, n, beta, c, cAt, cStride);
      return;
    }
    checkBlock(transA.equals("N") ? m : k, transA.equals("N") ? k : m, a, aAt, aStride);
    checkBlock(transB.equals("N") ? k : n, transB.equals("N") ? n : k, b, bAt, bStride);
    checkBlock(m, n, c, cAt, cStride);
    try {
      SGEMM.invokeExact(
          transB, transA, n, m, k, 1f, b, bAt, bStride, a, aAt, aStride, beta, c, cAt, cStride);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new AssertionError("sgemm declares no checked exception", e);
    }
  }

  /** What lies outside of its array would be read or written all the same. */
  private static void checkBlock(int rows, int columns, float[] array, int at, int stride) {
    if (stride < columns) {
      throw new IllegalArgumentException(
          "rows of " + columns + " numbers can't lie " + stride + " apart");
    }
    Objects.checkFromIndexSize(at, (rows - 1) * stride + columns, array.length);
  }

  /** C = beta C, which is all of a product without summands; netlib takes no empty A and B. */
  private static void scale(int m, int n, float beta, float[] c, int cAt, int cStride) {
    for (int i = 0; i < m; i++) {
      for (int e = cAt + i * cStride; e < cAt + i * cStride + n; e++) {
        c[e] = beta == 0 ? 0 : beta * c[e];
      }
    }
  }
}
