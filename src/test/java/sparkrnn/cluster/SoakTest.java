package sparkrnn.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Half an hour of fits with kills, stops and checkpoints in one session: -Dsoak.seconds=180 makes
 * it three minutes. If this fails, a service that trains all day runs full.
 */
@Tag("slow")
final class SoakTest {

  private static final int HEAP_KILOBYTES = 2;
  private static final int THREADS = 3;
  private static final int DESCRIPTORS = 4;

  @TempDir private Path directory;

  @Test
  @Timeout(4 * 3600)
  void heapThreadsAndDescriptorsStayFlat() throws Exception {
    long seconds = Long.getLong("soak.seconds", 1800);
    String seed = System.getProperty("seed", "11");
    Path home = directory.resolve("driver-home");
    Files.createDirectories(home.resolve("jars"));
    JavaProcess.Result result =
        JavaProcess.run(
            directory.resolve("output.txt"),
            Map.of("SPARK_HOME", home.toString(), "SPARK_SCALA_VERSION", "2.13"),
            seconds + 300,
            SoakProgram.class,
            directory.toString(),
            String.valueOf(seconds),
            seed);
    assertThat(result.exitCode()).as(result.output()).isZero();
    List<String[]> rounds =
        result
            .output()
            .lines()
            .filter(line -> line.matches("(\\d+ ){5}[0-9a-f]{16}"))
            .map(line -> line.split(" ", -1))
            .toList();
    rounds.forEach(round -> System.out.println("soak, seed " + seed + ": " + List.of(round)));
    assertThat(rounds).hasSizeGreaterThan(5);
    assertThat(rounds).extracting(round -> round[5]).containsOnly(rounds.get(0)[5]);
    assertFlat(rounds, HEAP_KILOBYTES, 0.1, 8 * 1024);
    assertFlat(rounds, THREADS, 0, 8);
    assertFlat(rounds, DESCRIPTORS, 0, 16);
  }

  /** The median of the last third against that of the third before. */
  private static void assertFlat(List<String[]> rounds, int column, double share, double slack) {
    int third = rounds.size() / 3;
    double middle =
        median(rounds.subList(rounds.size() - 2 * third, rounds.size() - third), column);
    double last = median(rounds.subList(rounds.size() - third, rounds.size()), column);
    assertThat(last).as("column %d", column).isLessThanOrEqualTo(middle * (1 + share) + slack);
  }

  private static double median(List<String[]> rounds, int column) {
    double[] values =
        rounds.stream().mapToDouble(round -> Double.parseDouble(round[column])).sorted().toArray();
    assertThat(Arrays.stream(values)).isNotEmpty();
    return values[values.length / 2];
  }
}
