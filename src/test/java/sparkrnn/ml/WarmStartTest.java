package sparkrnn.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
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

/** Fits that begin with a fitted model, and layers that they leave alone. */
@ExtendWith(LocalSpark.class)
final class WarmStartTest {

  private final SparkSession spark;

  WarmStartTest(SparkSession spark) {
    this.spark = spark;
  }

  private Dataset<Row> data() {
    return SequenceRows.means(spark, 64);
  }

  private static RnnRegressor estimator() {
    return SequenceRows.small().setCell("lstm").setUnits(5, 4);
  }

  private static void assertSame(Map<String, float[]> one, Map<String, float[]> other) {
    assertThat(one.keySet()).containsExactlyElementsOf(other.keySet());
    one.forEach((name, tensor) -> assertThat(tensor).as(name).containsExactly(other.get(name)));
  }

  @Test
  void fitBeginsWithTheWeightsOfTheModel() {
    RnnRegressionModel first = estimator().setSeed(1).fit(data());
    RnnRegressionModel second = estimator().setSeed(2).setInitialModel(first).fit(data());
    assertThat(second.summary().objectiveHistory()[0])
        .isCloseTo(first.evaluate(data()).loss(), within(1e-6));
    assertSame(
        estimator().setEpochs(0).setInitialModel(first).fit(data()).weights(), first.weights());
    assertThat(second.weights().get("lstm_0/kernel"))
        .isNotEqualTo(first.weights().get("lstm_0/kernel"));
  }

  @Test
  void savedModelAndModelGiveTheSameBitsAndCopiesBeginWithItToo(@TempDir Path directory)
      throws IOException {
    String path = directory.resolve("model").toString();
    RnnRegressionModel first = estimator().fit(data());
    first.save(path);
    RnnRegressor given = estimator().setInitialModel(first);
    RnnRegressionModel byPath = estimator().setInitialModelPath(path).fit(data());
    assertSame(byPath.weights(), given.fit(data()).weights());
    assertSame(byPath.weights(), given.copy(ParamMap.empty()).fit(data()).weights());
    assertThat(byPath.getInitialModelPath()).isEqualTo(path);
  }

  @ParameterizedTest
  @ValueSource(strings = {"adamW", "sgd", "rmsprop", "lbfgs"})
  void frozenLayersKeepEveryBit(String optimizer) {
    boolean lbfgs = optimizer.equals("lbfgs");
    RnnRegressor estimator =
        estimator()
            .setOptimizer(optimizer)
            .setMomentum(0.9)
            .setWeightDecay(0.1)
            .setKernelL2(0.1)
            .setLearningRate(0.02)
            .setFrozenLayers("lstm_0", "lstm_1/recurrent_kernel", "dense/bias");
    if (!lbfgs) {
      estimator.setEmaMomentum(0.7).setKernelMaxNorm(0.1).setGlobalClipNorm(1);
    }
    RnnRegressionModel first = estimator().setSeed(9).fit(data());
    Map<String, float[]> trained = estimator.setInitialModel(first).fit(data()).weights();
    List<String> frozen =
        List.of(
            "lstm_0/kernel",
            "lstm_0/recurrent_kernel",
            "lstm_0/bias",
            "lstm_1/recurrent_kernel",
            "dense/bias");
    for (String name : trained.keySet()) {
      if (frozen.contains(name)) {
        assertThat(trained.get(name)).as(name).containsExactly(first.weights().get(name));
      } else {
        assertThat(trained.get(name)).as(name).isNotEqualTo(first.weights().get(name));
      }
    }
  }

  /** Early stopping hands back parameters that were kept aside. */
  @Test
  void frozenLayersStayWhereTheBestEpochIsRestored() {
    RnnRegressor estimator =
        estimator().setValidationFraction(0.3).setPatience(1).setFrozenLayers("lstm_1");
    Map<String, float[]> start =
        estimator.copy(ParamMap.empty()).setEpochs(0).fit(data()).weights();
    Map<String, float[]> end = estimator.setEpochs(4).fit(data()).weights();
    assertThat(end.get("lstm_1/kernel")).containsExactly(start.get("lstm_1/kernel"));
    assertThat(end.get("lstm_0/kernel")).isNotEqualTo(start.get("lstm_0/kernel"));
  }

  private void assertRefused(RnnRegressor estimator, String message) {
    assertThatThrownBy(() -> estimator.fit(data()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("RnnRegressor: " + message);
  }

  @Test
  void initialModelOfAnotherNetwork() {
    RnnRegressionModel first = estimator().setEpochs(0).fit(data());
    String needed =
        "; both must have the same tensors. Set cell, units, pooling and the columns as they were for"
            + " the initial model.";
    assertRefused(
        estimator().setUnits(5, 3).setInitialModel(first),
        "the initial model has \"lstm_1/kernel\" of shape (5, 16) where the network to train has"
            + " \"lstm_1/kernel\" of shape (5, 12)"
            + needed);
    assertRefused(
        estimator().setCell("gru").setInitialModel(first),
        "the initial model has \"lstm_0/kernel\" of shape (1, 20) where the network to train has"
            + " \"gru_0/kernel\" of shape (1, 15)"
            + needed);
  }

  @Test
  void twoInitialModels() {
    RnnRegressionModel first = estimator().setEpochs(0).fit(data());
    assertRefused(
        estimator().setInitialModel(first).setInitialModelPath("old"),
        "initialModelPath is \"old\" and there is an initial model; only one of them can be begun"
            + " with. Set initialModelPath to \"\", or the initial model to null.");
  }

  @Test
  void initialModelThatIsNotThere(@TempDir Path directory) {
    String path = directory.resolve("none").toString();
    assertThatThrownBy(() -> estimator().setInitialModelPath(path).fit(data()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(path)
        .hasMessageContaining("there is no such directory");
  }

  @Test
  void frozenLayersThatAreNotThere() {
    assertRefused(
        estimator().setFrozenLayers("lstm_0", "lstm"),
        "frozenLayers has \"lstm\", and the network has no such layer or tensor; it has the layers"
            + " \"lstm_0\", \"lstm_1\", \"dense\", and in them tensors such as \"lstm_0/kernel\"."
            + " Set frozenLayers to names of these.");
  }

  @Test
  void everythingFrozen() {
    assertRefused(
        estimator().setFrozenLayers("lstm_0", "lstm_1", "dense"),
        "frozenLayers is [lstm_0, lstm_1, dense], which is the whole network; nothing is left to"
            + " train. Take one out.");
  }

  @Test
  void emptyNameOfALayer() {
    assertThatThrownBy(() -> estimator().setFrozenLayers("lstm_0", ""))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("frozenLayers is ")
        .hasMessageContaining("none of them may be empty");
  }
}
