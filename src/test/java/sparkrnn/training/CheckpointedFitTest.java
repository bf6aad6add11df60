package sparkrnn.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import sparkrnn.LocalSpark;
import sparkrnn.ml.RnnRegressor;

/** A fit that was stopped and begun again ends in the same bits as one that never stopped. */
@ExtendWith(LocalSpark.class)
final class CheckpointedFitTest {

  private static final int ROWS = 70;

  @TempDir private Path directory;
  private final SparkSession spark;
  private List<String> notices;

  CheckpointedFitTest(SparkSession spark) {
    this.spark = spark;
  }

  @BeforeEach
  void forgetNotices() {
    notices = new ArrayList<>();
  }

  private RnnRegressor estimator(String optimizer) {
    return FitRows.estimator()
        .setEpochs(6)
        .setOptimizer(optimizer)
        .setMomentum(0.9)
        .setValidationFraction(0.2)
        .setCheckpointDir(directory.toString())
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

  /** Asks for the end in a step, as Ctrl-C does. */
  private static void stopIn(RnnRegressor estimator, int stopEpoch, long stopStep) {
    Interruption interruption = new Interruption();
    estimator
        .setInterruption(interruption)
        .addListener(
            new TrainingListener() {
              @Override
              public void stepEnded(int epoch, long step, double loss) {
                if (epoch == stopEpoch && step == stopStep) {
                  Thread asker = new Thread(() -> interruption.request(Duration.ofSeconds(20)));
                  asker.start();
                  while (!interruption.requested()) {
                    Thread.onSpinWait();
                  }
                }
              }
            });
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> found = Files.walk(directory)) {
      return found.filter(path -> path.toString().endsWith(".safetensors")).sorted().toList();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"adam", "adamW", "sgd", "rmsprop", "adagrad", "nadam"})
  void goesOnInTheMiddleOfAnEpochAsIfNothingHadHappened(String optimizer) throws IOException {
    assertGoesOn(() -> estimator(optimizer));
  }

  @ParameterizedTest
  @ValueSource(strings = {"cosine", "oneCycle", "reduceOnPlateau"})
  void goesOnWithTheLearningRateOfItsSchedule(String schedule) throws IOException {
    assertGoesOn(
        () ->
            estimator("adam")
                .setLearningRateSchedule(schedule)
                .setWarmupEpochs(schedule.equals("cosine") ? 4 : 0)
                .setPlateauPatience(1)
                .setPlateauMinDelta(100));
  }

  @Test
  void goesOnWithGradientsThatWaitForTheirStep() throws IOException {
    assertGoesOn(() -> estimator("adam").setGradientAccumulationSteps(5));
  }

  @Test
  void goesOnWithItsMovingAverage() throws IOException {
    assertGoesOn(() -> estimator("sgd").setEmaMomentum(0.9).setRestoreBestWeights(false));
  }

  @ParameterizedTest
  @ValueSource(strings = {"sharded inProcess", "inProcess sharded", "sharded sharded"})
  void goesOnByAnotherExchange(String stoppedThenResumed) throws IOException {
    Iterator<String> exchanges = List.of(("rpc " + stoppedThenResumed).split(" ")).iterator();
    assertGoesOn(
        () ->
            estimator("rmsprop")
                .setUnits(48)
                .setGradientAccumulationSteps(3)
                .setEmaMomentum(0.9)
                .setRestoreBestWeights(false)
                .setGlobalClipNorm(0.1)
                .setExchange(exchanges.next()));
  }

  /** A checkpoint waits for the next average, after the third step of an epoch or at its end. */
  @Test
  void goesOnBetweenLocalSteps() throws IOException {
    Iterator<String> exchanges = List.of("inProcess", "sharded", "inProcess").iterator();
    assertGoesOn(
        () -> estimator("adam").setShardSize(6).setLocalSteps(3).setExchange(exchanges.next()));
  }

  private void assertGoesOn(Supplier<RnnRegressor> estimator) throws IOException {
    float[] uninterrupted = weights(estimator.get().setCheckpointDir(""));
    RnnRegressor stopped = estimator.get();
    stopIn(stopped, 4, 2);
    assertThatThrownBy(() -> weights(stopped))
        .isInstanceOf(InterruptedFitException.class)
        .hasMessageStartingWith("The fit was stopped after step ")
        .hasMessageContaining("The checkpoint of step ")
        .hasMessageContaining(directory.toString());
    assertThat(files()).isNotEmpty();
    assertThat(weights(estimator.get())).containsExactly(uninterrupted);
    assertThat(notices)
        .anyMatch(notice -> notice.startsWith("The fit goes on from the checkpoint at "));
    assertThat(files()).as("checkpoints of a fit that has ended").isEmpty();
  }

  /** What is dropped in a training step does not depend on the steps that were made before it. */
  @Test
  void goesOnWithTheSameMasks() {
    float[] uninterrupted = weights(dropping().setCheckpointDir(""));
    assertThat(weights(dropping().setDropout(0).setCheckpointDir(""))).isNotEqualTo(uninterrupted);
    RnnRegressor stopped = dropping();
    stopIn(stopped, 4, 2);
    assertThatThrownBy(() -> weights(stopped)).isInstanceOf(InterruptedFitException.class);
    assertThat(weights(dropping())).containsExactly(uninterrupted);
    assertThat(notices)
        .anyMatch(notice -> notice.startsWith("The fit goes on from the checkpoint at "));
  }

  private RnnRegressor dropping() {
    return estimator("adam")
        .setCell("gru")
        .setUnits(5, 4)
        .setBidirectional(true)
        .setPooling("max")
        .setDropout(0.3)
        .setRecurrentDropout(0.2);
  }

  @Test
  void writesEveryIntervalAndKeepsTheLastTwo() throws IOException {
    RnnRegressor stopped = estimator("adam").setCheckpointInterval(1);
    stopIn(stopped, 6, 1);
    assertThatThrownBy(() -> weights(stopped)).isInstanceOf(InterruptedFitException.class);
    assertThat(files()).hasSize(2);
  }

  @Test
  void damagedCheckpointIsToldAndTheOneBeforeIsTaken() throws IOException {
    float[] uninterrupted = weights(estimator("adam").setCheckpointDir(""));
    RnnRegressor stopped = estimator("adam").setCheckpointInterval(1);
    stopIn(stopped, 4, 2);
    assertThatThrownBy(() -> weights(stopped)).isInstanceOf(InterruptedFitException.class);
    Path newest = files().get(1);
    byte[] bytes = Files.readAllBytes(newest);
    Files.write(newest, java.util.Arrays.copyOf(bytes, bytes.length / 2));
    // Beside it Hadoop keeps a checksum, which would hide the damage from us.
    Files.deleteIfExists(newest.resolveSibling("." + newest.getFileName() + ".crc"));
    assertThat(weights(estimator("adam"))).containsExactly(uninterrupted);
    assertThat(notices)
        .anyMatch(
            notice ->
                notice.startsWith("The checkpoint ")
                    && notice.contains(newest.getFileName() + " can't be used: "))
        .anyMatch(notice -> notice.startsWith("The fit goes on from the checkpoint at "));
  }

  @Test
  void anotherSeedDoesNotTakeTheCheckpoint() {
    RnnRegressor stopped = estimator("adam");
    stopIn(stopped, 3, 1);
    assertThatThrownBy(() -> weights(stopped)).isInstanceOf(InterruptedFitException.class);
    float[] alone = weights(estimator("adam").setSeed(77).setCheckpointDir(""));
    assertThat(weights(estimator("adam").setSeed(77))).containsExactly(alone);
  }

  @ParameterizedTest
  @MethodSource("otherSettings")
  void otherSettingsOfOptimizerAndScheduleDoNotTakeTheCheckpoint(UnaryOperator<RnnRegressor> change)
      throws IOException {
    RnnRegressor stopped = estimator("adam").setRestoreBestWeights(false);
    stopIn(stopped, 3, 1);
    assertThatThrownBy(() -> weights(stopped)).isInstanceOf(InterruptedFitException.class);
    weights(change.apply(estimator("adam").setRestoreBestWeights(false)));
    assertThat(notices).anyMatch(notice -> notice.endsWith("This fit begins anew."));
    assertThat(files()).as("checkpoints of the other fit").isNotEmpty();
  }

  static Stream<UnaryOperator<RnnRegressor>> otherSettings() {
    return Stream.of(
        estimator -> estimator.setOptimizer("adamW"),
        estimator -> estimator.setWarmupEpochs(1),
        estimator -> estimator.setEmaMomentum(0.5),
        estimator -> estimator.setLearningRateSchedule("reduceOnPlateau"));
  }

  @Test
  void withoutADirectoryItSaysThatNothingWasWritten() {
    RnnRegressor stopped = estimator("adam").setCheckpointDir("");
    stopIn(stopped, 2, 1);
    assertThatThrownBy(() -> weights(stopped))
        .isInstanceOf(InterruptedFitException.class)
        .hasMessageEndingWith("No checkpoint was written, because checkpointDir is not set.");
  }

  @Test
  void directoryThatCanNotBeMadeIsRefusedBeforeTheFirstStep() throws IOException {
    Path file = Files.writeString(directory.resolve("file"), "not a directory");
    assertThatThrownBy(() -> weights(estimator("adam").setCheckpointDir(file + "/below")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("checkpointDir \"" + file + "/below\" can't be written to: ")
        .hasMessageEndingWith("Set it to a directory that exists or can be made.");
  }

  @Test
  void shorterFitDoesNotTakeACheckpointBeyondItsEndAndLeavesItThere() throws IOException {
    float[] shorter = weights(estimator("adam").setEpochs(2).setCheckpointDir(""));
    float[] whole = weights(estimator("adam").setCheckpointDir(""));
    RnnRegressor stopped = estimator("adam").setCheckpointInterval(-1);
    stopIn(stopped, 4, 2);
    assertThatThrownBy(() -> weights(stopped)).isInstanceOf(InterruptedFitException.class);
    assertThat(weights(estimator("adam").setEpochs(2))).containsExactly(shorter);
    assertThat(notices)
        .anyMatch(
            notice ->
                notice.endsWith(
                    "it is of epoch 4 and maxIter is 2; it stays for a fit that is longer."));
    assertThat(files()).hasSize(1);
    assertThat(weights(estimator("adam"))).containsExactly(whole);
    assertThat(files()).isEmpty();
  }

  @Test
  void fitThatBeginsAnewBesideOthersCheckpointsSaysSo() {
    RnnRegressor stopped = estimator("adam");
    stopIn(stopped, 3, 1);
    assertThatThrownBy(() -> weights(stopped)).isInstanceOf(InterruptedFitException.class);
    weights(estimator("adam").setLearningRate(0.002));
    assertThat(notices)
        .contains(
            "checkpointDir holds checkpoints of 1 other fit, which differs in learningRate (0.001"
                + " there, 0.002 here). This fit begins anew.");
  }
}
