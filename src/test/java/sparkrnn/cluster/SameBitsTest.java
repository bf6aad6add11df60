package sparkrnn.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The weights are the same bits on any layout. If this fails, a fit can't be repeated on another
 * cluster, nor gone on with after a loss, and no other test of distributed training means anything.
 */
@Timeout(900)
final class SameBitsTest {

  private static final List<String> FITS =
      List.of("simpleRnn", "lstm", "gru", "classes", "tagger", "language");
  private static final int PARTITIONINGS = 3;

  @TempDir private Path directory;

  @Test
  void mastersExchangesAndPartitioningsGiveTheSameWeights() throws Exception {
    Map<String, String> digests = new TreeMap<>();
    digests.putAll(fits("local[1]", "inProcess"));
    digests.putAll(fits("local[2]", "inProcess", "job"));
    digests.putAll(fits("local[4]", "inProcess", "sharded"));
    digests.putAll(fits("local-cluster[2,1,1024]", "rpc", "job", "sharded"));
    assertThat(digests).hasSize((4 * PARTITIONINGS + 4) * FITS.size());
    assertOneDigestEach(digests);
  }

  @Test
  @Tag("slow")
  void everyExchangeGivesTheSameWeightsOnEveryMaster() throws Exception {
    Map<String, String> digests = new TreeMap<>();
    for (String master : List.of("local[1]", "local[2]", "local[4]")) {
      digests.putAll(fits(master, "inProcess", "rpc", "job", "sharded"));
    }
    digests.putAll(fits("local-cluster[2,1,1024]", "rpc", "job", "sharded"));
    assertThat(digests).hasSize((4 * PARTITIONINGS + 3 * 3 + 2) * FITS.size());
    assertOneDigestEach(digests);
  }

  private static void assertOneDigestEach(Map<String, String> digests) {
    for (String fit : FITS) {
      assertThat(
              digests.entrySet().stream()
                  .filter(entry -> entry.getKey().endsWith(fit))
                  .map(Map.Entry::getValue)
                  .distinct())
          .as("digests of %s among %s", fit, digests)
          .hasSize(1);
    }
    assertThat(digests.values().stream().distinct()).hasSize(FITS.size());
  }

  /** Digests by "master exchange partitions cell". */
  private Map<String, String> fits(String master, String... exchanges)
      throws IOException, InterruptedException {
    // What a local cluster looks for when Spark is not installed: a home with jars in it.
    Path home = directory.resolve("spark-home");
    Files.createDirectories(home.resolve("jars"));
    String[] arguments = new String[exchanges.length + 1];
    arguments[0] = master;
    System.arraycopy(exchanges, 0, arguments, 1, exchanges.length);
    JavaProcess.Result result =
        JavaProcess.run(
            directory.resolve("output.txt"),
            Map.of("SPARK_HOME", home.toString(), "SPARK_SCALA_VERSION", "2.13"),
            240,
            SameBitsProgram.class,
            arguments);
    assertThat(result.exitCode()).as(result.output()).isZero();
    Map<String, String> digests = new TreeMap<>();
    result
        .output()
        .lines()
        .filter(line -> line.matches("(inProcess|rpc|job|sharded) \\d+ \\w+ [0-9a-f]{16}"))
        .forEach(
            line -> {
              int space = line.lastIndexOf(' ');
              digests.put(master + " " + line.substring(0, space), line.substring(space + 1));
            });
    return digests;
  }
}
