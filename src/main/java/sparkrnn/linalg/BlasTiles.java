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
 * (64, 128) x (128, 128) 84 and 110; (128, 784) x (784, 128) 87 and 109.
 *
 * <p>Elsewhere there is no such kernel and a product stays whole. The choice depends on the
 * processor only, never on a timing: equal processors get equal bits.
 */
final class BlasTiles {

  private static final int MAX_PRODUCT = 1_000_000;
  private static final int COLUMNS = 128;
  private static final int DEPTH = 256;
  private static final int ROW_GROUP = 8;

  private BlasTiles() {}

  /** Whether this processor has the small kernels. */
  static boolean pay() {
    return System.getenv("OPENBLAS_CORETYPE") == null && hasAvx512(Path.of("/proc/cpuinfo"));
  }

  /** Whether the first processor listed in a file of Linux' cpuinfo format has AVX-512. */
  static boolean hasAvx512(Path cpuInfo) {
    if (!Files.isReadable(cpuInfo)) {
      return false;
    }
    try (Stream<String> lines = Files.lines(cpuInfo)) {
      return lines
          .filter(line -> line.startsWith("flags"))
          .findFirst()
          .filter(flags -> flags.contains(" avx512vl"))
          .isPresent();
    } catch (IOException e) {
      System.getLogger(Blas.class.getName())
          .log(System.Logger.Level.WARNING, "Can't read " + cpuInfo + ": no BLAS tiles.", e);
      return false;
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

  /** Rows of A in one tile, a multiple of what the kernels take at once. */
  static int rows(int m, int columns, int depth) {
    int most = MAX_PRODUCT / (columns * depth);
    return Math.min(m, most - most % ROW_GROUP);
  }
}
