package sparkrnn.linalg;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * How a product is cut into pieces that OpenBLAS multiplies fastest.
 *
 * <p>On processors with AVX-512, OpenBLAS has kernels for small products (up to a million
 * multiply-adds, B not transposed) that read A and B where they stand; a larger product is first
 * copied into packed panels, which costs as much as the arithmetic when A is a few dozen rows.
 * Measured on Zen 4, one thread, GFLOP/s whole and in tiles: (16, 128) x (128, 512) 54 and 112;
 * (64, 128) x (128, 128) 84 and 110; (128, 784) x (784, 128) 87 and 109. Intel's processors win the
 * copying back in large products: on Sapphire Rapids, (32, 128) x (128, 512) 99 and 122, but (64,
 * 128) x (128, 512) 134 and 118; (1600, 128) x (128, 128) 155 and 124. There a product A' B of many
 * summands and few rows or columns, the gradient by a kernel, is cut in tiles of its own: (128,
 * 1600) x (1600, 128) 121 and 156, (8, 1600) x (1600, 128) 103 and 117, (32, 6400) x (6400, 256) 68
 * and 100, but (256, 6400) x (6400, 256) 127 and 96.
 *
 * <p>Elsewhere there is no such kernel and a product stays whole. The choice depends on the
 * processor only, never on a timing: equal processors get equal bits.
 */
final class BlasTiles {

  private static final int MAX_PRODUCT = 1_000_000;
  static final long LARGEST_ON_INTEL = 4_000_000;
  private static final int COLUMNS = 128;
  private static final int DEPTH = 256;
  private static final int ROW_GROUP = 8;

  /** A tile of a {@link PackedMatrix}: 32 KB. */
  static final int PACKED_DEPTH = 128;

  static final int PACKED_COLUMNS = 64;

  /** Rows of A that are multiplied by it at once, so that the product stays a small one. */
  static final int PACKED_ROWS = 120;

  private BlasTiles() {}

  /** The multiply-adds of the largest product that is better cut on this processor; 0: of none. */
  static long largest() {
    return System.getenv("OPENBLAS_CORETYPE") == null ? largest(Path.of("/proc/cpuinfo")) : 0;
  }

  /** The same for the processor that a file of Linux' cpuinfo format describes. */
  static long largest(Path cpuInfo) {
    if (!hasAvx512(cpuInfo)) {
      return 0;
    }
    return firstLine(cpuInfo, "vendor_id").contains("GenuineIntel")
        ? LARGEST_ON_INTEL
        : Long.MAX_VALUE;
  }

  /** Whether the first processor listed in a file of Linux' cpuinfo format has AVX-512. */
  static boolean hasAvx512(Path cpuInfo) {
    return firstLine(cpuInfo, "flags").contains(" avx512vl");
  }

  /** The first line that begins so; empty if there is none, or no such file. */
  private static String firstLine(Path cpuInfo, String begin) {
    if (!Files.isReadable(cpuInfo)) {
      return "";
    }
    try (Stream<String> lines = Files.lines(cpuInfo)) {
      return lines.filter(line -> line.startsWith(begin)).findFirst().orElse("");
    } catch (IOException e) {
      System.getLogger(Blas.class.getName())
          .log(System.Logger.Level.WARNING, "Can't read " + cpuInfo + ": no BLAS tiles.", e);
      return "";
    }
  }

  /** Columns of B in one tile. */
  static int columns(int n) {
    return Math.min(n, COLUMNS);
  }

  /** Summands of each element in one tile. */
  static int depth(int k) {
    return Math.min(k, DEPTH);
  }

  /** Whether A' B of these rows and columns is better cut however many summands it has. */
  static boolean isThin(int m, int n) {
    return m < 64 || (m <= 128 && n <= 128);
  }

  static int thinRows(int m) {
    return Math.min(m, 128);
  }

  /** The tiles of A' and B lie in the first-level cache together. */
  static int thinColumns(int m, int n) {
    int most = m < 64 ? 256 : m <= 96 ? 128 : 64;
    return Math.min(n, most);
  }

  static int thinDepth(int k) {
    return Math.min(k, 64);
  }

  /** Rows of A in one tile, a multiple of what the kernels take at once. */
  static int rows(int m, int columns, int depth) {
    int most = MAX_PRODUCT / (columns * depth);
    return Math.min(m, most - most % ROW_GROUP);
  }
}
