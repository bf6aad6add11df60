package sparkrnn.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import sparkrnn.cluster.JavaProcess.Result;

/**
 * Train and score through the launchers on a real cluster, and the loss of an executor in mid-fit.
 * If this fails, what is tested in one process does not hold where people use it.
 */
@Timeout(420)
final class StandaloneClusterIT {

  private static final String SMALL_FIT = "seed";

  @TempDir private Path directory;
  private StandaloneCluster cluster;

  @BeforeEach
  void startCluster() throws Exception {
    cluster = StandaloneCluster.start(directory, 2);
  }

  @AfterEach
  void stopCluster() {
    cluster.close();
  }

  /** The arguments of a fit of the seed model on a short series, whose model goes to a path. */
  private static List<String> fit(String master, Path model) {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("--master", master));
    arguments.addAll(onCluster());
    arguments.add("conf/" + SMALL_FIT + ".conf");
    arguments.addAll(List.of("--set", "output.model=" + model));
    if (!master.startsWith("local")) {
      arguments.addAll(List.of("--set", "model.numWorkers=2"));
    }
    return arguments;
  }

  private static List<String> onCluster() {
    return List.of(
        "--executor-memory",
        "700m",
        "--conf",
        "spark.driver.host=127.0.0.1",
        "--conf",
        "spark.ui.enabled=false",
        // Spark is not installed on these workers.
        "--conf",
        "spark.executor.extraClassPath=" + sparkClassPath());
  }

  private static String sparkClassPath() {
    try {
      return Files.readString(Launcher.sparkClassPath());
    } catch (java.io.IOException missing) {
      throw new IllegalStateException("package comes before these tests", missing);
    }
  }

  private static byte[] weights(Path model) throws java.io.IOException {
    try (Stream<Path> files = Files.walk(model)) {
      Path weights =
          files.filter(file -> file.toString().endsWith(".safetensors")).findFirst().orElseThrow();
      return Files.readAllBytes(weights);
    }
  }

  @Test
  void killedExecutorChangesNoBit() throws Exception {
    Path local = directory.resolve("local-model");
    Path whole = directory.resolve("whole-model");
    Path survived = directory.resolve("survived-model");
    Result localRun =
        Launcher.run(directory.resolve("local.txt"), "train", epochs(fit("local[1]", local), 40));
    assertThat(localRun.exitCode()).as(localRun.output()).isZero();
    Result wholeRun =
        Launcher.run(
            directory.resolve("whole.txt"), "train", epochs(fit(cluster.url(), whole), 40));
    assertThat(wholeRun.exitCode()).as(wholeRun.output()).isZero();

    Launcher.Running running =
        Launcher.start(
            directory.resolve("survived.txt"),
            Launcher.builder("train", List.of(epochs(fit(cluster.url(), survived), 40))));
    running.awaitPrinted("epoch ([2-9]|\\d\\d+)/40", 200);
    List<ProcessHandle> executors = cluster.executors();
    assertThat(executors).hasSize(2);
    assertThat(executors.get(0).destroyForcibly()).isTrue();
    Result survivedRun = running.await(240);
    assertThat(survivedRun.exitCode()).as(survivedRun.output()).isZero();
    assertThat(survivedRun.output()).contains("A worker was lost (");

    assertThat(weights(whole)).isEqualTo(weights(local));
    assertThat(weights(survived)).isEqualTo(weights(local));
  }

  private static String[] epochs(List<String> arguments, int epochs) {
    List<String> all = new ArrayList<>(arguments);
    all.addAll(List.of("--set", "model.maxIter=" + epochs));
    return all.toArray(new String[0]);
  }

  @Test
  void scoresOnTheClusterWhatWasTrainedThere() throws Exception {
    Path model = directory.resolve("model");
    Path predictions = directory.resolve("predictions");
    Path metrics = directory.resolve("metrics.json");
    List<String> training = new ArrayList<>(List.of(epochs(fit(cluster.url(), model), 2)));
    training.addAll(List.of("--metrics", metrics.toString()));
    Result trained =
        Launcher.run(directory.resolve("train.txt"), "train", training.toArray(new String[0]));
    assertThat(trained.exitCode()).as(trained.output()).isZero();
    assertThat(trained.output().strip().lines().toList())
        .last()
        .asString()
        .startsWith("test loss (mse): ");
    assertThat(Files.readString(metrics)).contains("\"exchange\" : \"rpc\"");

    List<String> scoring = new ArrayList<>(List.of("--master", cluster.url()));
    scoring.addAll(onCluster());
    scoring.addAll(
        List.of(
            "conf/" + SMALL_FIT + ".conf",
            "--set",
            "input.model=" + model,
            "--set",
            "output.path=" + predictions,
            "--set",
            "output.format=json"));
    Result scored =
        Launcher.run(directory.resolve("score.txt"), "score", scoring.toArray(new String[0]));
    assertThat(scored.exitCode()).as(scored.output()).isZero();
    try (Stream<Path> files = Files.list(predictions)) {
      long rows = 0;
      for (Path part : files.filter(file -> file.toString().endsWith(".json")).toList()) {
        rows +=
            Files.readAllLines(part).stream()
                .filter(line -> line.contains("\"prediction\":"))
                .count();
      }
      assertThat(rows).isEqualTo(3000 - 50 + 1);
    }
  }
}
