package sparkrnn.cluster;

import static java.util.stream.Collectors.counting;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Executors and machines that are killed while a fit runs on a real cluster. If this fails, a fit
 * ends with the first machine that is lost, or ends in other weights than it should.
 */
final class ExecutorLossTest {

  /** One line of the program. */
  private record Fit(String name, int kills, int losses, String digest) {

    static Fit of(String line) {
      String[] words = line.split(" ", -1);
      return new Fit(words[0], Integer.parseInt(words[1]), Integer.parseInt(words[2]), words[3]);
    }
  }

  @TempDir private Path directory;

  private String output;

  private List<Fit> fits(long timeoutSeconds, String... mode) throws Exception {
    Path home = directory.resolve("driver-home");
    java.nio.file.Files.createDirectories(home.resolve("jars"));
    String[] arguments = new String[mode.length + 1];
    arguments[0] = directory.resolve("cluster").toString();
    System.arraycopy(mode, 0, arguments, 1, mode.length);
    JavaProcess.Result result =
        JavaProcess.run(
            directory.resolve("output.txt"),
            Map.of("SPARK_HOME", home.toString(), "SPARK_SCALA_VERSION", "2.13"),
            timeoutSeconds,
            ExecutorLossProgram.class,
            arguments);
    assertThat(result.exitCode()).as(result.output()).isZero();
    output = result.output();
    List<Fit> fits =
        result
            .output()
            .lines()
            .filter(line -> line.matches("[\\w-]+ \\d+ \\d+ [0-9a-f]{16}"))
            .map(Fit::of)
            .toList();
    assertThat(fits).isNotEmpty();
    assertThat(fits.get(0).name()).isEqualTo("undisturbed");
    return fits;
  }

  private void assertOneDigest(List<Fit> fits) {
    assertThat(fits).as(output).extracting(Fit::digest).containsOnly(fits.get(0).digest());
  }

  @Test
  @Timeout(230)
  void executorsLostAtAnyPointChangeNoBit() throws Exception {
    List<Fit> fits = fits(220, "points");
    assertOneDigest(fits);
    assertThat(fits).extracting(Fit::name).containsExactly("undisturbed", "points", "sharded");
    assertThat(fits.get(1).kills()).isEqualTo(4);
    // The first is made good before there is a stage of workers to lose.
    assertThat(fits.get(1).losses()).isGreaterThanOrEqualTo(2);
    assertThat(fits.get(2).kills()).isEqualTo(1);
    assertThat(fits.get(2).losses()).isEqualTo(1);
    assertThat(output).contains("The workers make the 3 training steps again");
  }

  /** What replicas have come to since their last average is lost with them, and made again. */
  @Test
  @Tag("slow")
  @Timeout(230)
  void executorsLostBetweenLocalStepsChangeNoBit() throws Exception {
    List<Fit> fits = fits(220, "local");
    List<Fit> local = fits.subList(1, fits.size());
    assertThat(local)
        .extracting(Fit::name)
        .containsExactly("local-rpc", "local-rpc-struck", "local-sharded", "local-sharded-struck");
    assertOneDigest(local);
    assertThat(local.get(0).digest()).isNotEqualTo(fits.get(0).digest());
    assertThat(local).extracting(Fit::losses).containsExactly(0, 1, 0, 1);
    assertThat(output).contains("The workers make the 3 training steps again");
  }

  /** As where a cluster takes its cheap machines away, and brings others some minutes later. */
  @Test
  @Tag("slow")
  @Timeout(400)
  void lossOfAllMachinesIsWaitedForAndChangesNoBit() throws Exception {
    List<Fit> fits = fits(380, "gone");
    assertThat(fits).extracting(Fit::kills).containsExactly(0, 2);
    assertThat(output)
        .contains(
            "# All executors were lost; the fit waits for others, at most 1800 s"
                + " (spark.rnn.executors.timeout).");
  }

  /** At points of all kinds and with every exchange of a cluster, before the one for good. */
  @Test
  @Tag("slow")
  @Timeout(1800)
  void fiftyKillsChangeNoBit() throws Exception {
    String seed = System.getProperty("seed", "20261129");
    List<Fit> fits = fits(1780, "random", "50", seed);
    Map<String, Long> points =
        output
            .lines()
            .filter(line -> line.startsWith("# killed "))
            .collect(Collectors.groupingBy(Function.identity(), TreeMap::new, counting()));
    System.out.printf(Locale.ROOT, "seed %s: %s%n%s%n", seed, fits, points);
    assertThat(fits.stream().mapToInt(Fit::kills).sum()).isGreaterThanOrEqualTo(50);
    assertThat(String.join("\n", points.keySet()))
        .contains("FIRST_STEP", "MID_EPOCH", "VALIDATION");
    for (String exchange : List.of("rpc", "sharded", "job")) {
      assertThat(fits).as(exchange).anyMatch(fit -> fit.name().startsWith(exchange + "-"));
    }
    // With "job" Spark makes lost tasks again by itself, and tells nobody.
    assertThat(fits)
        .filteredOn(fit -> fit.name().matches("(rpc|sharded)-.*"))
        .allMatch(fit -> fit.losses() > 0);
    assertThat(fits.get(fits.size() - 1).name()).isEqualTo("never-back");
  }
}
