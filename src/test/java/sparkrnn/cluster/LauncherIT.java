package sparkrnn.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import sparkrnn.cluster.JavaProcess.Result;

/** The scripts in jobs/ as a person at a terminal meets them. */
@Timeout(300)
final class LauncherIT {

  private static final int USAGE = 2;
  private static final String EXTRA_OPTIONS = "spark.driver.extraJavaOptions=";

  /** 128 and the number of the signal. */
  private static final int INTERRUPTED = 130;

  private static final int TERMINATED = 143;

  @TempDir private Path directory;

  private Result run(String script, String... arguments) throws IOException, InterruptedException {
    return Launcher.run(directory.resolve("output.txt"), script, arguments);
  }

  @Test
  void helpExplainsItselfWithExamples() throws Exception {
    for (String script : List.of("train", "score", "forecast", "generate", "export")) {
      Result help = run(script, "--help");
      assertThat(help.exitCode()).isZero();
      assertThat(help.output())
          .containsPattern("jobs/" + script + " \\[SPARK OPTIONS\\] \\[?CONFIG")
          .contains("Examples:")
          .contains("Exit codes:");
    }
  }

  @Test
  void unknownKeySaysWhereItStandsAndWhatWasMeant() throws Exception {
    Path config = directory.resolve("typing-error.conf");
    Files.writeString(
        config, Files.readString(Path.of("conf/seed.conf")).replace("batchSize", "batchsize"));
    Result refused = run("train", config.toString());
    assertThat(refused.exitCode()).isEqualTo(USAGE);
    assertThat(refused.output())
        .containsPattern(
            "train: .*typing-error.conf, line \\d+: there is no config key \"model.batchsize\"; did"
                + " you mean \"model.batchSize\"\\?");
  }

  @Test
  void overridesReachTheFitAndMetricsAreWritten() throws Exception {
    Path metrics = directory.resolve("new-directory/metrics.json");
    Result trained =
        run(
            "train",
            "--master",
            "local[2]",
            "conf/seed.conf",
            "--set",
            "model.maxIter=3",
            "--set",
            "model.seed=5",
            "--metrics",
            metrics.toString());
    assertThat(trained.exitCode()).as(trained.output()).isZero();
    assertThat(trained.output()).contains("epoch 3/3").contains("naive: last value");
    JsonNode json = new ObjectMapper().readTree(metrics.toFile());
    assertThat(json.get("epochs").asInt()).isEqualTo(3);
    assertThat(json.get("steps").asInt()).isEqualTo(3 * 75);
    assertThat(json.get("seed").asLong()).isEqualTo(5);
    assertThat(json.get("version").asText()).matches("\\d+\\.\\d+\\.\\d+.*");
    assertThat(json.get("testLoss").asDouble()).isPositive().isLessThan(0.02);
    assertThat(json.get("trainLoss").asDouble()).isPositive();
    assertThat(json.get("baselineLoss").asDouble()).isBetween(0.01, 0.1);
    assertThat(json.get("sequencesPerSecond").asDouble()).isPositive();
    assertThat(json.get("fitSeconds").asDouble()).isPositive();
  }

  private static final List<String> MANY_EPOCHS =
      List.of("--master", "local[2]", "conf/seed.conf", "--set", "model.maxIter=5000");

  /** What is printed when so many epochs are done. */
  private static final String SECOND_EPOCH = "epoch ([2-9]|\\d\\d+)/5000";

  /** A signal in the middle of a fit of many epochs, once something is printed. */
  private Result stopped(String signal, String printed, String... settings) throws Exception {
    ProcessBuilder builder =
        Launcher.builder(
            "train", Stream.concat(MANY_EPOCHS.stream(), Stream.of(settings)).toList());
    Launcher.Running running =
        Launcher.start(directory.resolve("stopped-by-" + signal + ".txt"), builder);
    running.awaitPrinted(printed, 200);
    send(signal, running);
    return running.await(120);
  }

  private static void send(String signal, Launcher.Running running) throws Exception {
    new ProcessBuilder("kill", "-" + signal, String.valueOf(running.process().pid()))
        .start()
        .waitFor(10, TimeUnit.SECONDS);
  }

  private static long stepOfTheCheckpoint(Result stopped) {
    Matcher left =
        Pattern.compile(
                "Stopped\\. The checkpoint of step (\\d+) \\(epoch \\d+\\) is at (\\S+safetensors); the"
                    + " same fit goes on from it\\.")
            .matcher(stopped.output());
    assertThat(left.find()).as(stopped.output()).isTrue();
    // With "file:" or without.
    assertThat(Path.of(left.group(2).replaceFirst("^file:/*", "/"))).isRegularFile();
    return Long.parseLong(left.group(1));
  }

  /** Ctrl-C at the first, and what a cluster sends before it takes the machine away at the next. */
  @Test
  void eitherSignalLeavesACheckpointThatTheSameCommandGoesOnFrom() throws Exception {
    String checkpoints = "model.checkpointDir=" + directory.resolve("checkpoints");
    Result interrupted = stopped("INT", SECOND_EPOCH, "--set", checkpoints);
    assertThat(interrupted.exitCode()).isEqualTo(INTERRUPTED);
    long first = stepOfTheCheckpoint(interrupted);
    Result terminated =
        stopped("TERM", "(?s)The fit goes on from.*" + SECOND_EPOCH, "--set", checkpoints);
    assertThat(terminated.exitCode()).isEqualTo(TERMINATED);
    assertThat(terminated.output())
        .contains("The fit goes on from the checkpoint at ")
        .contains("step " + first);
    assertThat(stepOfTheCheckpoint(terminated)).isGreaterThan(first);
  }

  @Test
  void interruptWithoutADirectorySaysThatThereIsNoCheckpoint() throws Exception {
    Result stopped = stopped("INT", SECOND_EPOCH);
    assertThat(stopped.exitCode()).isEqualTo(INTERRUPTED);
    assertThat(stopped.output())
        .contains("Stopped. No checkpoint was written, because checkpointDir is not set.");
  }

  @Test
  void installedSparkSubmitGetsItsOptionsAndTheJobItsOwn() throws Exception {
    Path bin = Files.createDirectories(directory.resolve("bin"));
    Path submit = bin.resolve("spark-submit");
    Files.writeString(submit, "#!/bin/sh\nprintf '%s\\n' \"$@\"\n");
    assertThat(submit.toFile().setExecutable(true)).isTrue();
    ProcessBuilder builder =
        Launcher.builder(
            "train",
            List.of(
                "--master",
                "yarn",
                "--conf",
                "spark.a=b c",
                "conf/seed.conf",
                "--set",
                "model.maxIter=2",
                "--num-executors=4",
                "--set=model.seed=3",
                "--metrics",
                "metrics file.json",
                "--verbose"));
    builder.environment().merge("PATH", bin.toString(), (path, first) -> first + ":" + path);
    Result result = Launcher.start(directory.resolve("output.txt"), builder).await(120);
    List<String> lines = result.output().lines().toList();
    int jar = lines.indexOf(Path.of("target/spark-rnn.jar").toAbsolutePath().toString());
    assertThat(lines.subList(0, jar))
        .containsSequence("--master", "yarn")
        .containsSequence("--conf", "spark.a=b c")
        .contains("--num-executors=4")
        .containsSequence("--class", "sparkrnn.jobs.Train");
    assertThat(lines.subList(jar + 1, lines.size()))
        .containsExactly(
            "conf/seed.conf",
            "--set",
            "model.maxIter=2",
            "--set",
            "model.seed=3",
            "--metrics",
            "metrics file.json",
            "--verbose");
  }

  @Test
  void interruptBeforeTheTrainingSaysThatNothingWasWritten() throws Exception {
    ProcessBuilder builder =
        Launcher.builder("train", List.of("--master", "local[2]", "conf/seed.conf"));
    Launcher.Running running = Launcher.start(directory.resolve("stopped.txt"), builder);
    running.awaitPrinted("Starting Spark", 200);
    send("INT", running);
    Result stopped = running.await(120);
    assertThat(stopped.exitCode()).isEqualTo(INTERRUPTED);
    assertThat(stopped.output())
        .contains("Stopped. No training had begun; no checkpoint was written.");
  }

  @Test
  void scriptRunsThroughALinkFromAnywhereWithOptionsOfTheDriverInEitherForm() throws Exception {
    Path link =
        Files.createSymbolicLink(
            directory.resolve("a link"), Path.of("jobs/train").toAbsolutePath());
    String printed = "-XX:+PrintCommandLineFlags";
    for (List<String> options :
        List.of(
            List.of("--driver-memory=900m", "--driver-java-options=" + printed),
            List.of("--driver-memory", "900m", "--driver-java-options", printed),
            List.of("--conf", "spark.driver.memory=900m", "--conf", EXTRA_OPTIONS + printed),
            List.of("--conf=spark.driver.memory=900m", "--conf=" + EXTRA_OPTIONS + printed))) {
      ProcessBuilder builder = Launcher.builder("train", options);
      builder.command().set(0, link.toString());
      builder.command().add("--help");
      builder.directory(directory.toFile());
      Result help = Launcher.start(directory.resolve("output.txt"), builder).await(120);
      assertThat(help.exitCode()).as(help.output()).isZero();
      assertThat(help.output())
          .contains("jobs/train [SPARK OPTIONS] CONFIG")
          .contains("-XX:MaxHeapSize=" + (900 << 20));
    }
  }

  @Test
  void rowThatCanNotBeUsedIsOneSentence() throws Exception {
    Path data = directory.resolve("data.csv");
    Files.writeString(data, "at,load\n1,0.5\n2,\n3,0.7\n4,0.1\n");
    Result refused =
        run(
            "train",
            "conf/seed.conf",
            "--set",
            "data={path=\"" + data + "\"}",
            "--set",
            "window={timeCol=at, valueCols=[load], windowSize=1}");
    assertThat(refused.exitCode()).isEqualTo(USAGE);
    List<String> lines =
        refused.output().lines().filter(line -> !line.startsWith("WARNING: Using incub")).toList();
    assertThat(lines).hasSize(2);
    assertThat(lines.get(1))
        .startsWith("train: SlidingWindow: ")
        .contains("load")
        .endsWith(" (--verbose shows where.)");
  }

  @Test
  void missingFilesAreOneSentence() throws Exception {
    Result noConfig = run("train", "conf/sed.conf");
    assertThat(noConfig.exitCode()).isEqualTo(USAGE);
    assertThat(noConfig.output().strip())
        .endsWith(
            "train: there is no config file \"conf/sed.conf\"; conf/ holds examples such as"
                + " conf/seed.conf.");
    Result noModel = run("score", "conf/seed.conf", "--set", "input.model=nowhere");
    assertThat(noModel.exitCode()).isEqualTo(USAGE);
    assertThat(noModel.output()).contains("score: ").contains("nowhere").doesNotContain("\tat ");
    Result noData = run("train", "conf/names.conf", "--set", "data.path=nowhere");
    assertThat(noData.exitCode()).isEqualTo(1);
    assertThat(noData.output()).contains("train: ").contains("nowhere").doesNotContain("\tat ");
  }
}
