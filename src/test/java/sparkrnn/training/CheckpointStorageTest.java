package sparkrnn.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import sparkrnn.FailingFileSystem;
import sparkrnn.FailingFileSystem.Act;
import sparkrnn.LocalSpark;
import sparkrnn.ml.RnnRegressor;

/**
 * What is left in checkpointDir while a fit runs, when storage fails and when the driver dies. If
 * this fails, a fit of a day is lost with a full disk, or goes on from half a file.
 */
@ExtendWith(LocalSpark.class)
final class CheckpointStorageTest {

  private static final int ROWS = 70;
  private static final int STEPS_PER_EPOCH = 4;

  @TempDir private Path directory;
  private final SparkSession spark;
  private final List<String> notices = new ArrayList<>();

  CheckpointStorageTest(SparkSession spark) {
    this.spark = spark;
  }

  @BeforeEach
  void register() {
    FailingFileSystem.register(spark.sparkContext().hadoopConfiguration());
  }

  @AfterEach
  void heal() {
    FailingFileSystem.heal();
  }

  private RnnRegressor estimator() {
    return FitRows.estimator()
        .setEpochs(4)
        .setValidationFraction(0.2)
        .setCheckpointDir("failing:" + directory)
        .addListener(
            new TrainingListener() {
              @Override
              public void notice(String sentence) {
                notices.add(sentence);
              }
            });
  }

  private float[] weights(RnnRegressor estimator) {
    return FitRows.weights(estimator.fit(FitRows.dataset(spark, ROWS)));
  }

  private float[] undisturbed() {
    return weights(estimator().setCheckpointDir(""));
  }

  /** Names of checkpoints, in order. */
  private List<String> checkpoints() {
    try (Stream<Path> found = Files.walk(directory)) {
      return found
          .map(path -> path.getFileName().toString())
          .filter(name -> name.matches("step-\\d+\\.safetensors"))
          .sorted()
          .toList();
    } catch (IOException unreadable) {
      throw new java.io.UncheckedIOException(unreadable);
    }
  }

  private List<Path> unfinished() {
    try (Stream<Path> found = Files.walk(directory)) {
      return found.filter(path -> path.toString().endsWith(".unfinished")).toList();
    } catch (IOException unreadable) {
      throw new java.io.UncheckedIOException(unreadable);
    }
  }

  private static String checkpoint(int step) {
    return String.format(java.util.Locale.ROOT, "step-%012d.safetensors", step);
  }

  /** Does something after each training step, told its number in the whole fit. */
  private static RnnRegressor afterSteps(RnnRegressor estimator, Consumer<Integer> act) {
    return estimator.addListener(
        new TrainingListener() {
          @Override
          public void stepEnded(int epoch, long step, double loss) {
            act.accept((epoch - 1) * STEPS_PER_EPOCH + (int) step);
          }
        });
  }

  /** Ends the fit as the death of its process would: without a word to the checkpoints. */
  private void dieAfter(int deathStep, RnnRegressor estimator) {
    RnnRegressor dying =
        afterSteps(
            estimator,
            step -> {
              if (step == deathStep) {
                throw new IllegalStateException("the driver is dead");
              }
            });
    assertThatThrownBy(() -> weights(dying)).hasMessageContaining("the driver is dead");
  }

  @Test
  void writesAfterSoManyStepsAndKeepsAsManyAsWanted() {
    List<List<String>> seen = new ArrayList<>();
    weights(
        afterSteps(
            estimator().setCheckpointSteps(3).setCheckpointInterval(-1).setMaxCheckpoints(3),
            step -> seen.add(checkpoints())));
    // What a listener sees after a step is what the steps before it left.
    assertThat(seen).hasSize(4 * STEPS_PER_EPOCH);
    assertThat(seen.get(2)).isEmpty();
    assertThat(seen.get(3)).containsExactly(checkpoint(3));
    assertThat(seen.get(15)).containsExactly(checkpoint(9), checkpoint(12), checkpoint(15));
    assertThat(checkpoints()).as("after the end").isEmpty();
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void writesAfterSoManyMinutes() {
    List<List<String>> seen = new ArrayList<>();
    weights(
        afterSteps(
            estimator().setCheckpointMinutes(1e-9).setCheckpointInterval(-1),
            step -> seen.add(checkpoints())));
    assertThat(seen.get(6)).containsExactly(checkpoint(5), checkpoint(6));
    seen.clear();
    weights(
        afterSteps(
            estimator().setCheckpointMinutes(60).setCheckpointInterval(-1),
            step -> seen.add(checkpoints())));
    assertThat(seen).hasSize(4 * STEPS_PER_EPOCH).containsOnly(List.of());
  }

  /** Step 8 is the last of its epoch, whose validation is not yet done when it is written. */
  @ParameterizedTest
  @org.junit.jupiter.params.provider.ValueSource(ints = {2, 8, 16})
  void deadDriverGoesOnFromTheStepBefore(int deathStep) {
    float[] undisturbed = undisturbed();
    dieAfter(deathStep, estimator().setCheckpointSteps(1));
    notices.clear();
    assertThat(weights(estimator().setCheckpointSteps(1))).containsExactly(undisturbed);
    assertThat(notices)
        .singleElement()
        .asString()
        .startsWith("The fit goes on from the checkpoint at failing:")
        .endsWith("step " + (deathStep - 1) + ").");
  }

  @ParameterizedTest
  @EnumSource(
      value = Act.class,
      names = {"CREATE", "DISK_FULL", "CLOSE", "RENAME", "LIST", "DELETE"})
  void failingStorageCostsACheckpointAndANoticeOnly(Act act) {
    float[] undisturbed = undisturbed();
    RnnRegressor estimator =
        afterSteps(
            estimator().setCheckpointSteps(2),
            step -> {
              if (step == 5) {
                FailingFileSystem.fail(act, act == Act.LIST ? "fit-" : "step-");
              } else if (step == 11) {
                FailingFileSystem.heal();
              }
            });
    assertThat(weights(estimator)).containsExactly(undisturbed);
    assertThat(notices)
        .anySatisfy(
            notice ->
                assertThat(notice)
                    .matches(
                        "(?s)The checkpoint failing:.* could not be written: .*\\. The fit goes on\\.|"
                            + "Checkpoints in failing:.* could not be removed: .* today\\."));
    assertThat(directory).as("after the end").isEmptyDirectory();
  }

  /** The write of step 6 is cut off and the driver dies: step 4 is there, step 6 is not read. */
  @ParameterizedTest
  @EnumSource(
      value = Act.class,
      names = {"WRITE", "DISK_FULL", "RENAME_REFUSED"})
  void tornWriteIsNeverRead(Act act) {
    float[] undisturbed = undisturbed();
    RnnRegressor dying =
        afterSteps(
            estimator().setCheckpointSteps(2).setCheckpointInterval(-1),
            step -> {
              if (step == 5) {
                FailingFileSystem.fail(act, "step-");
              }
            });
    dieAfter(7, dying);
    FailingFileSystem.heal();
    assertThat(unfinished()).as("space that the next try may need").isEmpty();
    notices.clear();
    assertThat(weights(estimator())).containsExactly(undisturbed);
    assertThat(notices).singleElement().asString().endsWith("(epoch 1, step 4).");
    assertThat(directory).as("torn files after the end").isEmptyDirectory();
  }

  @Test
  void interruptedFitWhoseStorageFailsNamesTheCheckpointBefore() {
    Interruption interruption = new Interruption();
    RnnRegressor stopped =
        afterSteps(
            estimator().setCheckpointSteps(2).setInterruption(interruption),
            step -> {
              if (step == 5) {
                FailingFileSystem.fail(Act.WRITE, "step-");
                Thread asker =
                    new Thread(() -> interruption.request(java.time.Duration.ofSeconds(20)));
                asker.start();
                while (!interruption.requested()) {
                  Thread.onSpinWait();
                }
              }
            });
    assertThatThrownBy(() -> weights(stopped))
        .isInstanceOf(InterruptedFitException.class)
        .hasMessageMatching(
            "The fit was stopped after step 5\\. The last checkpoint could not be written\\. The"
                + " checkpoint of step 4 \\(epoch 1\\) is at failing:.*; the same fit goes on from"
                + " it\\.");
  }

  @ParameterizedTest
  @EnumSource(
      value = Act.class,
      names = {"MKDIRS", "LIST", "CREATE"})
  void unusableDirectoryIsRefusedBeforeTheFirstStep(Act act) {
    List<Integer> steps = new ArrayList<>();
    FailingFileSystem.fail(act, "fit");
    assertThatThrownBy(() -> weights(afterSteps(estimator(), steps::add)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageMatching(
            "checkpointDir \"failing:"
                + directory
                + "\" can't be written to: no "
                + act
                + " of \\S+ today\\. Set it to a directory that exists or can be made\\.");
    assertThat(steps).isEmpty();
  }

  @Test
  void otherParamsAreToldByTheirNamesWithBothValues() {
    dieAfter(5, estimator().setCheckpointSteps(2));
    float[] alone = weights(estimator().setSeed(77).setUnits(8).setCheckpointDir(""));
    notices.clear();
    assertThat(weights(estimator().setSeed(77).setUnits(8))).containsExactly(alone);
    // The seed also draws the validation rows: what follows from it comes behind it.
    assertThat(notices)
        .singleElement()
        .asString()
        .startsWith(
            "checkpointDir holds checkpoints of 1 other fit, which differs in"
                + " recurrentLayers[0].units (6 there, 8 here), seed (2 there, 77 here), sum of the"
                + " training weights (58.0 there, 56.0 here), ")
        .endsWith(" 1 more. This fit begins anew.");
    assertThat(checkpoints()).as("checkpoints of the other fit").hasSize(2);
  }

  @Test
  void otherDataIsToldAlsoWhereOnlyAValueDiffers() {
    dieAfter(5, estimator().setCheckpointSteps(2));
    notices.clear();
    estimator()
        .fit(
            FitRows.dataset(spark, ROWS)
                .selectExpr("features", "label + if(id = 3, 0.001, 0) AS label"));
    assertThat(notices)
        .singleElement()
        .asString()
        .matches(
            "checkpointDir holds checkpoints of 1 other fit, which differs in the data, by the loss"
                + " of the initial weights \\(\\S+ there, \\S+ here\\)\\. This fit begins anew\\.");
    notices.clear();
    estimator().fit(FitRows.dataset(spark, ROWS - 3));
    assertThat(notices)
        .singleElement()
        .asString()
        .contains("training sequences (58 there, 55 here)")
        .doesNotContain("by the loss");
  }

  @Test
  void nearestOfSeveralFitsIsCompared() {
    dieAfter(5, estimator().setCheckpointSteps(2));
    dieAfter(5, estimator().setCheckpointSteps(2).setBatchSize(20).setPatience(3));
    notices.clear();
    weights(estimator().setPatience(2));
    assertThat(notices)
        .containsExactly(
            "checkpointDir holds checkpoints of 2 other fits; the nearest differs in patience (0"
                + " there, 2 here). This fit begins anew.");
  }

  @Test
  void unreadableDescriptionCostsOnlyTheDetails() throws IOException {
    dieAfter(5, estimator().setCheckpointSteps(2));
    try (Stream<Path> found = Files.walk(directory)) {
      Files.writeString(
          found.filter(path -> path.endsWith("fit.json")).findFirst().orElseThrow(), "{\"seed\":");
    }
    notices.clear();
    weights(estimator().setSeed(77));
    assertThat(notices)
        .containsExactly(
            "checkpointDir holds checkpoints of 1 other fit, which differs in params or data. This"
                + " fit begins anew.");
  }
}
