package sparkrnn.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
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
@Timeout(900)
final class LargerThanMemoryTest {

  private static final Pattern TRAINED =
      Pattern.compile("sequences \\d+ per second \\d+ (\\d+) weights (\\w+)");
  private static final Pattern HELD = Pattern.compile("raw \\d+ MB held \\d+ MB ratio (\\S+)");

  /** 640 MB of raw data. */
  private static final String SEQUENCES = "100000";

  @TempDir private Path directory;

  @Test
  void smallHeapTrainsAtHalfTheSpeedAtLeast() throws Exception {
    Matcher small = run(TRAINED, "512m", LargerThanMemoryProgram.class, "local[2]", SEQUENCES, "3");
    Matcher large = run(TRAINED, "4g", LargerThanMemoryProgram.class, "local[2]", SEQUENCES, "3");
    assertThat(small.group(2)).isEqualTo(large.group(2));
    assertThat(Double.parseDouble(small.group(1)))
        .isGreaterThan(0.5 * Double.parseDouble(large.group(1)));
  }

  @Test
  void sequencesInMemoryAreHeldOnce() throws Exception {
    Matcher held = run(HELD, "2g", FitMemoryProgram.class, "32768");
    assertThat(Double.parseDouble(held.group(1))).isBetween(0.9, 1.5);
  }

  private Matcher run(Pattern pattern, String heap, Class<?> main, String... arguments)
      throws Exception {
    JavaProcess.Result result =
        JavaProcess.run(
            directory.resolve("output.txt"), Map.of(JavaProcess.HEAP, heap), 400, main, arguments);
    assertThat(result.exitCode()).as(result.output()).isZero();
    Matcher line = pattern.matcher(result.output());
    assertThat(line.find()).as(result.output()).isTrue();
    System.out.println(heap + ": " + line.group());
    return line;
  }
}
