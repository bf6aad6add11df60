package sparkrnn.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Data of several times the heap trains, at no less than half the speed of data in memory, and to
 * the same bits; data in memory is held once. If this fails, a fit of large data ends in an
 * OutOfMemoryError or in no time that anybody would wait.
 */
@Tag("slow")
@Tag("cluster")
final class LargerThanMemoryTest {

  private static final Pattern TRAINED =
      Pattern.compile("sequences (\\d+) per second \\d+ (\\d+) fit \\d+ s weights (\\w+)");
  private static final Pattern HELD = Pattern.compile("raw \\d+ MB held \\d+ MB ratio (\\S+)");

  /** 640 MB of raw data. */
  private static final long SMALL = 100_000;

  /** The cell of the seed network, with 16 features. */
  private static final int UNITS = 128;

  /** Hardly anything to compute: the most that reading can slow down. */
  private static final int FEW_UNITS = 16;

  private static final long GIGABYTE = 1_000_000_000;

  /** Of the disk, for others. */
  private static final long SPARED = 15 * GIGABYTE;

  private static final double BYTES_ON_DISK = 2;

  @TempDir private Path directory;

  @Test
  @Timeout(900)
  void smallHeapTrainsAtHalfTheSpeedAtLeast() throws Exception {
    for (int units : new int[] {UNITS, FEW_UNITS}) {
      Matcher small = train("512m", SMALL, units, 3, 400);
      Matcher large = train("4g", SMALL, units, 3, 400);
      assertThat(small.group(3)).isEqualTo(large.group(3));
      if (units == UNITS) {
        assertThat(speed(small)).isGreaterThan(0.5 * speed(large));
      }
    }
  }

  /**
   * In a JVM of 2 GB that is driver and both workers. {@code -Dlarger.gigabytes} says how many, 20
   * of them need 40 GB of disk and, on two quiet cores, a quarter of an hour. The few sequences in
   * memory are trained on before and after, as the machine may have other work.
   */
  @Test
  @Timeout(3500)
  void twentyGigabytesTrainInTwoAtHalfTheSpeedAtLeast() throws Exception {
    long bytes = (long) (Double.parseDouble(System.getProperty("larger.gigabytes", "20")) * 1e9);
    assertThat(Files.getFileStore(directory).getUsableSpace())
        .as("free bytes of the disk of java.io.tmpdir")
        .isGreaterThan((long) (BYTES_ON_DISK * bytes) + SPARED);
    double before = speed(train("4g", SMALL, UNITS, 3, 400));
    double large = speed(train("2g", bytes / LargerThanMemoryProgram.BYTES, UNITS, 1, 3000));
    double after = speed(train("4g", SMALL, UNITS, 3, 400));
    System.out.printf(
        Locale.ROOT,
        "%.1f GB in 2 GB: %.0f sequences/s, %.0f MB/s; in memory %.0f before and %.0f after%n",
        bytes / 1e9,
        large,
        large * LargerThanMemoryProgram.BYTES / 1e6,
        before,
        after);
    assertThat(large).isGreaterThan(0.5 * (before + after) / 2);
  }

  @Test
  @Timeout(500)
  void sequencesInMemoryAreHeldOnce() throws Exception {
    Matcher held = run(HELD, "2g", 400, FitMemoryProgram.class, "32768");
    assertThat(Double.parseDouble(held.group(1))).isBetween(0.9, 1.5);
  }

  /** In the last epoch, a second. */
  private static double speed(Matcher trained) {
    return Double.parseDouble(trained.group(2));
  }

  private Matcher train(String heap, long sequences, int units, int epochs, long timeoutSeconds)
      throws Exception {
    Matcher trained =
        run(
            TRAINED,
            heap,
            timeoutSeconds,
            LargerThanMemoryProgram.class,
            "local[2]",
            directory.toString(),
            String.valueOf(sequences),
            String.valueOf(units),
            String.valueOf(epochs));
    assertThat(Long.parseLong(trained.group(1))).isEqualTo(sequences);
    System.out.printf(Locale.ROOT, "SimpleRNN(%d), -Xmx%s: %s%n", units, heap, trained.group());
    return trained;
  }

  private Matcher run(
      Pattern pattern, String heap, long timeoutSeconds, Class<?> main, String... arguments)
      throws Exception {
    JavaProcess.Result result =
        JavaProcess.run(
            directory.resolve("output.txt"),
            Map.of(JavaProcess.HEAP, heap),
            timeoutSeconds,
            main,
            arguments);
    assertThat(result.exitCode()).as(result.output()).isZero();
    Matcher line = pattern.matcher(result.output());
    assertThat(line.find()).as(result.output()).isTrue();
    return line;
  }
}
