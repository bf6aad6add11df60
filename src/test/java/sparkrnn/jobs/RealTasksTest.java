package sparkrnn.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import sparkrnn.LocalSpark;

/**
 * The run files of real tasks reach the figures of the README's table, with {@code -Pslow} and the
 * data where the files look for it; a task whose data is not there says so and is skipped.
 */
@ExtendWith(LocalSpark.class)
@Tag("slow")
@Timeout(7200)
final class RealTasksTest {

  private static final Path DATA = Path.of("../shared/data");

  private static TrainingReport train(String data, String config, String... settings) {
    Path path = DATA.resolve(data);
    assumeTrue(Files.exists(path), () -> "there is no " + path + " to train on");
    LocalSpark.session();
    List<String> arguments = new ArrayList<>(List.of("conf/" + config + ".conf"));
    for (String setting : settings) {
      arguments.addAll(List.of("--set", setting));
    }
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
    return Train.run(
        JobArguments.parse(JobCommand.TRAIN, arguments.toArray(new String[0])), nowhere, nowhere);
  }

  /** The median of seeds 1 to 3. */
  private static double accuracy(String data, String config) {
    double[] found = new double[3];
    for (int seed = 1; seed <= found.length; seed++) {
      found[seed - 1] = (double) train(data, config, "model.seed=" + seed).value("testAccuracy");
    }
    Arrays.sort(found);
    return found[1];
  }

  /** Always the most frequent language: 53 %. An Elman network: about 73 %. */
  @Test
  void languagesOfSurnames() {
    assertThat(accuracy("names", "names")).isGreaterThanOrEqualTo(0.78);
  }

  /** The most frequent tag of each word: 88.2 %. */
  @Test
  void partsOfSpeech() {
    TrainingReport report = train("ud-ewt", "ud-ewt");
    assertThat((double) report.value("testAccuracy")).isGreaterThanOrEqualTo(0.94);
  }

  /** Guessing: 10 %. The archives of the data set must be unpacked. */
  @Test
  void spokenDigits() {
    assertThat(accuracy("fsdd/recordings", "digits")).isGreaterThanOrEqualTo(0.97);
  }

  /** Five characters before: 1.669. A long run. */
  @Test
  void charactersOfShakespeare() {
    TrainingReport report = train("tinyshakespeare/input.txt", "tinyshakespeare");
    assertThat((double) report.value("testLoss")).isLessThanOrEqualTo(1.52);
  }

  /** No window is promised, but more than the values themselves point at. */
  @Test
  void anomalies() {
    for (String config : List.of("nab-taxi", "nab-machine")) {
      TrainingReport report = train("NAB", config);
      assertThat((int) report.value("anomalyHits")).isPositive();
      assertThat((int) report.value("anomalyHits"))
          .isGreaterThanOrEqualTo((int) report.value("baselineAnomalyHits"));
    }
  }
}
