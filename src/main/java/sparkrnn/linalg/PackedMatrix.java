package sparkrnn.linalg;

/**
 * A matrix B (k, n) in the order in which products read it fastest, for one that many products
 * share: a recurrent kernel, which every time step multiplies by.
 *
 * <p>It is cut into tiles, columns of them from left to right and in each from top to bottom; the
 * elements of a tile stand side by side, row by row. Where the processor has small-product kernels
 * that read A and B where they stand (see {@link BlasTiles}) a tile stays in the first-level cache,
 * and none of its rows falls on another's place there, as the rows of a matrix whose stride is a
 * large power of two do. Elsewhere the tile is the whole matrix, and OpenBLAS packs it by itself.
 *
 * <p>Measured on Sapphire Rapids, one thread, GFLOP/s by tiles of the matrix where it stands and
 * packed: (32, 128) x (128, 512) 104 and 145; (64, 256) x (256, 1024) 90 and 149; (64, 1024) x
 * (1024, 4096) 66 and 125.
 *
 * <p>Not safe for use by several threads. Nothing is allocated once the buffers have grown.
 */
public final class PackedMatrix {

  /** Rows and columns that are turned at a time, so that both ends stay in the cache. */
  private static final int BLOCK = 16;

  private final int depth;
  private final int columns;
  private float[] tiles = new float[0];
  private float[] rowTiles = new float[0];
  private int k;
  private int n;

  /** An empty matrix, to be packed. */
  public PackedMatrix() {
    this(
        Blas.hasSmallProducts() ? BlasTiles.PACKED_DEPTH : Integer.MAX_VALUE,
        Blas.hasSmallProducts() ? BlasTiles.PACKED_COLUMNS : Integer.MAX_VALUE);
  }

  PackedMatrix(int depth, int columns) {
    this.depth = depth;
    this.columns = columns;
  }

  /**
   * Takes a copy of a matrix.
   *
   * @param b (k, n)
   */
  public void pack(int k, int n, float[] b, int bAt, int bStride) {
    resize(k, n);
    for (int j = 0; j < n; j += width(j)) {
      for (int p = 0; p < k; p++) {
        System.arraycopy(b, bAt + p * bStride + j, tiles, place(p, j), width(j));
      }
    }
  }

  /**
   * Takes a copy of the transposed matrix.
   *
   * @param b (n, k)
   */
  public void packTransposed(int k, int n, float[] b, int bAt, int bStride) {
    resize(k, n);
    for (int j = 0; j < n; j += BLOCK) {
      for (int p = 0; p < k; p += BLOCK) {
        packTurned(b, bAt, bStride, p, j);
      }
    }
  }

  /** A block of columns lies in one tile, for the width of a tile is a multiple of it. */
  private void packTurned(float[] b, int bAt, int bStride, int fromP, int fromJ) {
    int toP = Math.min(fromP + BLOCK, k);
    int toJ = Math.min(fromJ + BLOCK, n);
    for (int p = fromP; p < toP; p++) {
      int place = place(p, fromJ);
      for (int j = fromJ; j < toJ; j++) {
        tiles[place + j - fromJ] = b[bAt + j * bStride + p];
      }
    }
  }

  private void resize(int newK, int newN) {
    k = newK;
    n = newN;
    if (tiles.length < k * n) {
      tiles = new float[k * n];
    }
  }

  /** Columns of the tile that column j is in. */
  private int width(int j) {
    return Math.min(columns, n - j / columns * columns);
  }

  /**
   * Where the element of row p and column j stands: tiles of one column are one above the other.
   */
  private int place(int p, int j) {
    int first = j / columns * columns;
    return first * k + p * width(j) + j - first;
  }

  /**
   * C = beta C + A B, as {@link Blas#multiply} does with the matrix that was packed.
   *
   * @param a (m, k)
   * @param c (m, n)
   */
  public void multiply(
      int m, float[] a, int aAt, int aStride, float beta, float[] c, int cAt, int cStride) {
    if (k <= depth) {
      multiplyTiles(m, a, aAt, aStride, 0, beta, c, cAt, cStride);
      return;
    }
    if (rowTiles.length < m * depth) {
      rowTiles = new float[m * depth];
    }
    for (int p = 0; p < k; p += depth) {
      int summands = Math.min(depth, k - p);
      for (int i = 0; i < m; i++) {
        System.arraycopy(a, aAt + i * aStride + p, rowTiles, i * summands, summands);
      }
      multiplyTiles(m, rowTiles, 0, summands, p, p == 0 ? beta : 1f, c, cAt, cStride);
    }
  }

  /** C = beta C + A B of the tiles that begin at row p. */
  private void multiplyTiles(
      int m, float[] a, int aAt, int aStride, int p, float beta, float[] c, int cAt, int cStride) {
    int summands = Math.min(depth, k - p);
    int rows = summands == k && columns >= n ? m : BlasTiles.PACKED_ROWS;
    for (int j = 0; j < n; j += columns) {
      for (int i = 0; i < m; i += rows) {
        Blas.multiplyWhole(
            Math.min(rows, m - i),
            width(j),
            summands,
            a,
            aAt + i * aStride,
            aStride,
            tiles,
            place(p, j),
            width(j),
            beta,
            c,
            cAt + i * cStride + j,
            cStride);
      }
    }
  }
}
