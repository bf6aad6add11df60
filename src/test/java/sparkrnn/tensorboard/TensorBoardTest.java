package sparkrnn.tensorboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sparkrnn.LocalSpark;
import sparkrnn.ml.RnnRegressor;
import sparkrnn.ml.RnnTrainingSummary;
import sparkrnn.training.EpochMeasures;

/** What TensorBoard is given; its own reader is asked by src/test/python/read_tensorboard.py. */
@ExtendWith(LocalSpark.class)
final class TensorBoardTest {

  private static final int EPOCHS = 3;

  @TempDir private Path directory;
  private final SparkSession spark;

  TensorBoardTest(SparkSession spark) {
    this.spark = spark;
  }

  private static List<Path> files(Path under) throws IOException {
    try (Stream<Path> all = Files.walk(under)) {
      return all.filter(Files::isRegularFile).sorted().toList();
    }
  }

  private RnnRegressor regressor() {
    return new RnnRegressor()
        .setUnits(4)
        .setEpochs(EPOCHS)
        .setSeed(5)
        .setValidationFraction(0.25)
        .setLearningRateSchedule("step")
        .setScheduleEpochs(1)
        .setTensorBoardDir(directory.resolve("logs").toString());
  }

  private Dataset<Row> rows() {
    return spark
        .range(60)
        .selectExpr("array(sin(id), sin(id + 1), sin(id + 2)) AS features", "sin(id + 3) AS label");
  }

  /** If it fails, the curves in TensorBoard are not those of the fit, or it can't read them. */
  @Test
  void scalarsOfAFitAreThoseOfItsSummary() throws IOException {
    RnnTrainingSummary summary = regressor().fit(rows()).summary();
    List<Path> files = files(directory.resolve("logs"));
    assertThat(files).hasSize(2).allMatch(file -> file.toString().contains("events.out.tfevents."));
    assertThat(files.get(0).getParent()).hasFileName("train");
    assertThat(files.get(1).getParent()).hasFileName("validation");
    List<EventDecoder.Event> train = EventDecoder.read(files.get(0));
    List<EventDecoder.Event> validation = EventDecoder.read(files.get(1));
    assertThat(train).hasSize(1 + EPOCHS);
    assertThat(validation).hasSize(1 + EPOCHS);
    assertThat(train.get(0).version()).isEqualTo("brain.Event:2");
    for (int epoch = 1; epoch <= EPOCHS; epoch++) {
      assertThat(train.get(epoch).step()).isEqualTo(epoch);
      assertThat(train.get(epoch).wallTime()).isGreaterThan(1.7e9).isLessThan(1e11);
      assertThat(train.get(epoch).scalars())
          .hasSize(6)
          .containsEntry("epoch_loss", (float) summary.objectiveHistory()[epoch])
          .containsEntry("epoch_learning_rate", (float) (0.001 * Math.pow(0.5, epoch - 1)))
          .containsEntry("epoch_gradient_norm", (float) summary.gradientNorms()[epoch - 1])
          .containsEntry(
              "epoch_sequences_per_second", (float) summary.sequencesPerSecond()[epoch - 1]);
      assertThat(validation.get(epoch).scalars())
          .hasSize(1)
          .containsEntry("epoch_loss", (float) summary.validationHistory()[epoch - 1]);
    }
  }

  /**
   * If it fails, the layer that looks sick is not the one that is, or looking changes what is
   * learnt. A fit of one training step an epoch: there the squares of the layers add up to that of
   * the whole.
   */
  @ParameterizedTest
  @ValueSource(strings = {"auto", "sharded", "lbfgs"})
  void gradientsOfLayersAddUpToTheWhole(String how) throws IOException {
    RnnRegressor regressor = regressor().setUnits(4, 3).setBatchSize(60).setValidationFraction(0);
    RnnRegressor asked =
        how.equals("lbfgs")
            ? regressor.setOptimizer("lbfgs").setLearningRateSchedule("constant")
            : regressor.setExchange(how);
    asked.setGlobalClipNorm(how.equals("lbfgs") ? 0 : 0.01);
    Map<String, float[]> weights = asked.fit(rows()).weights();
    Map<String, float[]> unwatched =
        asked.copy(ParamMap.empty()).setTensorBoardDir("").fit(rows()).weights();
    assertThat(weights)
        .allSatisfy((name, values) -> assertThat(values).isEqualTo(unwatched.get(name)));
    Path file = files(directory.resolve("logs")).get(0);
    List<EventDecoder.Event> events = EventDecoder.read(file);
    assertThat(events.size()).isGreaterThan(2);
    for (EventDecoder.Event event : events.subList(1, events.size())) {
      double squares = 0;
      for (String layer : List.of("simple_rnn_0", "simple_rnn_1", "dense")) {
        squares += Math.pow(event.scalars().get("epoch_gradient_norm/" + layer), 2);
      }
      double whole = event.scalars().get("epoch_gradient_norm");
      assertThat(Math.sqrt(squares)).isCloseTo(whole, within(1e-5 * whole));
    }
  }

  /** If it fails, the fits of a grid draw one tangle of curves. */
  @Test
  void eachLoggerIsARunOfItsOwnAndIsReadWhileItIsWritten() throws IOException {
    List<String> notices = new ArrayList<>();
    Configuration hadoop = spark.sparkContext().hadoopConfiguration();
    try (TensorBoardLogger one =
            new TensorBoardLogger(directory.toString(), "fit", hadoop, notices::add);
        TensorBoardLogger other =
            new TensorBoardLogger(directory.toString(), "fit", hadoop, notices::add)) {
      Map<String, Double> layers = Map.of("lstm_0", 1.5);
      one.epochMeasured(new EpochMeasures(300, 9, 0.5, Double.NaN, Double.NaN, 2, 7, layers));
      other.epochMeasured(new EpochMeasures(1, 1, 0.25, Double.NaN, 0.1, 2, 7, Map.of()));
      List<EventDecoder.Event> events = new ArrayList<>();
      for (Path file : files(directory)) {
        events.addAll(EventDecoder.read(file));
      }
      assertThat(events).hasSize(4);
      assertThat(events)
          .filteredOn(event -> event.step() == 300)
          .singleElement()
          .satisfies(
              event ->
                  assertThat(event.scalars())
                      .containsOnlyKeys(
                          "epoch_loss",
                          "epoch_gradient_norm",
                          "epoch_gradient_norm/lstm_0",
                          "epoch_sequences_per_second"));
    }
    assertThat(notices).isEmpty();
  }

  /** If it fails, hours of training show nothing and nobody was told at the begin. */
  @Test
  void directoryThatCannotBeMadeIsRefusedBeforeTheFit() throws IOException {
    Path file = Files.writeString(directory.resolve("file"), "");
    assertThatThrownBy(() -> regressor().setTensorBoardDir(file.toString()).fit(rows()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("tensorBoardDir is \"" + file + "\" and can't be written to: ")
        .hasMessageEndingWith(". Give another directory, or leave it empty.");
  }
}
