package sparkrnn.linalg;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sparkrnn.RandomTest;

class BlasTilesTest {

  @TempDir Path directory;

  private Path cpuInfo(String text) throws IOException {
    return Files.writeString(directory.resolve("cpuinfo"), text);
  }

  @Test
  void largeProductsStayWholeOnIntelOnly() throws IOException {
    String flags = "flags\t\t: fpu avx2 avx512vl vnni\n";
    assertThat(BlasTiles.largest(cpuInfo("vendor_id\t: GenuineIntel\n" + flags)))
        .isEqualTo(4_000_000);
    assertThat(BlasTiles.largest(cpuInfo("vendor_id\t: AuthenticAMD\n" + flags)))
        .isEqualTo(Long.MAX_VALUE);
    assertThat(BlasTiles.largest(cpuInfo("vendor_id\t: GenuineIntel\nflags\t\t: fpu avx2\n")))
        .isZero();
  }

  @Test
  void processorIsKnownByItsFlags() throws IOException {
    assertThat(BlasTiles.hasAvx512(cpuInfo("model name: x\nflags\t\t: fpu avx2 avx512vl vnni\n")))
        .isTrue();
    assertThat(BlasTiles.hasAvx512(cpuInfo("model name: avx512vl\nflags\t\t: fpu avx2\n")))
        .isFalse();
    assertThat(BlasTiles.hasAvx512(cpuInfo("Features\t: fp asimd\n"))).isFalse();
    assertThat(BlasTiles.hasAvx512(directory.resolve("missing"))).isFalse();
  }

  /** OpenBLAS has its small kernels up to a million multiply-adds. */
  @RandomTest
  void tilesAreSmallAndNeverEmpty(Random random) {
    for (int i = 0; i < 1000; i++) {
      int m = 1 + random.nextInt(5000);
      int columns = BlasTiles.columns(1 + random.nextInt(5000));
      int depth = BlasTiles.depth(1 + random.nextInt(5000));
      int rows = BlasTiles.rows(m, columns, depth);
      assertThat(rows).isBetween(1, m);
      assertThat((long) rows * columns * depth).isBetween(1L, 1_000_000L);
      assertThat(rows == m || rows % 8 == 0).as("%d rows of %d", rows, m).isTrue();
    }
  }
}
