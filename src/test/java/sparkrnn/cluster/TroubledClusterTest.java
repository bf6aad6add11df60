package sparkrnn.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import sparkrnn.LocalSpark;

/**
 * Fits on clusters that are busy, encrypted, elastic or half dead. If these fail, a fit hangs
 * without a word or dies where another cluster would have trained.
 */
@ExtendWith(LocalSpark.class)
@Timeout(300)
final class TroubledClusterTest {

  private static final String BUSY =
      "notice The fit waits for 2 task slots at once; the cluster has 2, of which 1 are free. After"
          + " 2 s (spark.rnn.slots.timeout) it goes on with those that are free then; exchange"
          + " \"job\" needs none of its own.";

  @TempDir private Path directory;

  /** Every line that the program meant to be read. */
  private List<String> lines(String trouble) throws Exception {
    Path home = directory.resolve("spark-home");
    Files.createDirectories(home.resolve("jars"));
    JavaProcess.Result result =
        JavaProcess.run(
            directory.resolve("output.txt"),
            Map.of("SPARK_HOME", home.toString(), "SPARK_SCALA_VERSION", "2.13"),
            240,
            TroubledClusterProgram.class,
            trouble);
    assertThat(result.exitCode()).as(result.output()).isZero();
    assertThat(result.output()).as("secrets").doesNotContain("a secret of the test");
    return result.output().lines().filter(line -> line.matches("(fit|notice|error) .*")).toList();
  }

  private static String digest(SparkSession spark) {
    return SameBitsProgram.digest(
        SameBitsProgram.estimator("simpleRnn").fit(SameBitsProgram.data(spark, 1)));
  }

  @Test
  void secretEncryptionAndABusyClusterChangeNoBit(SparkSession spark) throws Exception {
    String digest = digest(spark);
    assertThat(lines("encrypted"))
        .containsExactly(
            "fit calm rpc 2 " + digest,
            "fit calm sharded 2 " + digest,
            BUSY,
            "notice Other jobs hold the rest of the task slots; the fit goes on with 1 of 2"
                + " workers.",
            "fit busy rpc 1 " + digest);
  }

  @Test
  void dynamicAllocationIsTrainedByJobs(SparkSession spark) throws Exception {
    List<String> lines = lines("dynamic");
    assertThat(lines).hasSize(3);
    assertThat(lines.get(0)).matches("fit calm job \\d " + digest(spark));
    assertThat(lines.get(1))
        .isEqualTo(
            "error exchange is \"rpc\" and spark.dynamicAllocation.enabled is true; Spark runs no"
                + " barrier stage with dynamic allocation. Set exchange to \"job\" or \"auto\", or"
                + " switch dynamic allocation off.");
    assertThat(lines.get(2)).isEqualTo(lines.get(1).replace("rpc", "sharded"));
  }

  @Test
  @Tag("slow")
  void secretAndSpeculationChangeNoBit(SparkSession spark) throws Exception {
    String digest = digest(spark);
    assertThat(lines("authenticated"))
        .containsExactly("fit calm rpc 2 " + digest, "fit calm job 2 " + digest);
  }

  @Test
  @Tag("slow")
  void anExecutorThatStopsIsNamedAndReplaced() throws Exception {
    List<String> lines = lines("stopped");
    assertThat(lines).hasSizeBetween(3, 4);
    assertThat(lines.get(0)).startsWith("fit calm rpc 2 ");
    assertThat(lines.get(1))
        .matches(
            "notice A worker was lost \\(worker [01] on executor [01] at /127\\.0\\.0\\.1:\\d+ has"
                + " given no sign of life for 3 s \\(spark\\.rnn\\.worker\\.timeout\\)\\); the fit"
                + " goes on with step \\d of epoch \\d\\.");
    assertThat(lines.get(lines.size() - 1))
        .matches("fit stopped rpc [12] " + lines.get(0).substring("fit calm rpc 2 ".length()));
  }

  /** A worker that fails by itself, again and again, on machines that live. */
  @Test
  @Tag("slow")
  void portThatAnotherProgramHasIsNamedInTheEnd() throws Exception {
    List<String> lines = lines("taken");
    assertThat(lines).hasSize(4);
    String reason =
        "Worker [01] can't listen on \\S+, ports \\d+ to \\d+ \\(.*Address already in use.*\\)\\. Set"
            + " spark\\.rnn\\.worker\\.port to ports that are free on all machines, or exchange to"
            + " \"rpc\"";
    assertThat(lines.subList(0, 3))
        .allMatch(line -> line.matches("notice A worker was lost \\(" + reason + "\\); .*"));
    assertThat(lines.get(3))
        .matches("error Workers were lost 4 times in the same place \\(.*\\)\\. " + reason + "\\.");
  }
}
