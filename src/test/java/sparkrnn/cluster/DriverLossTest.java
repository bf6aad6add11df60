package sparkrnn.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import sparkrnn.LocalSpark;
import sparkrnn.training.TrainingListener;

/**
 * A driver that is killed by SIGKILL, and the same fit begun again in another process. If this
 * fails, a machine that dies costs all that was trained on it.
 */
@ExtendWith(LocalSpark.class)
final class DriverLossTest {

  private static final int STEPS = 8 * FaultyFits.STEPS_PER_EPOCH;

  @TempDir private Path directory;
  private final SparkSession spark;

  DriverLossTest(SparkSession spark) {
    this.spark = spark;
  }

  private String undisturbed() {
    return DriverLossProgram.fit(spark, DriverLossProgram.estimator(""));
  }

  private String checkpoints() {
    return directory.resolve("checkpoints").toString();
  }

  /** Starts the fit and kills its process once it stands in a step. */
  private String killedIn(int step) throws Exception {
    Path output = directory.resolve("output-" + step + ".txt");
    Process process =
        JavaProcess.start(
            output, Map.of(), DriverLossProgram.class, checkpoints(), String.valueOf(step));
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(100);
    try {
      while (!Files.readString(output).contains("waiting in step " + step)) {
        assertThat(process.waitFor(50, TimeUnit.MILLISECONDS))
            .as(Files.readString(output))
            .isFalse();
        assertThat(System.nanoTime()).as(Files.readString(output)).isLessThan(deadline);
      }
    } finally {
      process.destroyForcibly().waitFor();
    }
    return Files.readString(output);
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> found = Files.walk(directory.resolve("checkpoints"))) {
      return found.filter(path -> path.toString().endsWith(".safetensors")).sorted().toList();
    }
  }

  /** Goes on in this process to the end. */
  private String goneOn(List<String> notices) {
    return DriverLossProgram.fit(
        spark,
        DriverLossProgram.estimator(checkpoints())
            .addListener(
                new TrainingListener() {
                  @Override
                  public void notice(String sentence) {
                    notices.add(sentence);
                  }
                }));
  }

  @Test
  @Timeout(180)
  void killedDriverGoesOnToTheSameBits() throws Exception {
    killedIn(14);
    assertThat(files()).as("the last of 13 steps").hasSize(3);
    List<String> notices = new ArrayList<>();
    assertThat(goneOn(notices)).isEqualTo(undisturbed());
    assertThat(notices).singleElement().asString().endsWith("(epoch 4, step 13).");
    assertThat(directory.resolve("checkpoints")).isEmptyDirectory();
  }

  @Test
  @Tag("slow")
  @Timeout(600)
  void driverKilledAgainAndAgainGoesOnToTheSameBits() throws Exception {
    long seed = Long.getLong("seed", 7);
    System.out.println("seed " + seed);
    List<Integer> steps =
        new Random(seed).ints(2, STEPS + 1).distinct().limit(8).sorted().boxed().toList();
    for (int i = 0; i < steps.size(); i++) {
      String output = killedIn(steps.get(i));
      if (i > 0) {
        assertThat(output).contains("The fit goes on from").contains(steps.get(i - 1) - 1 + ").");
      }
    }
    assertThat(goneOn(new ArrayList<>())).isEqualTo(undisturbed());
  }
}
