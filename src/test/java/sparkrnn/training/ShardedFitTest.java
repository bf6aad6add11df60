package sparkrnn.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import sparkrnn.LocalSpark;
import sparkrnn.ml.RnnRegressionModel;
import sparkrnn.ml.RnnRegressor;

/**
 * Workers that make the training steps of their slices end where a driver that makes all of them
 * ends. If this fails, the exchange changes what a network learns.
 */
@ExtendWith(LocalSpark.class)
@Timeout(120)
final class ShardedFitTest {

  private static final int ROWS = 72;

  private final SparkSession spark;

  ShardedFitTest(SparkSession spark) {
    this.spark = spark;
  }

  /** Everything that a training step does, by name; each stresses what can't be done by slices. */
  private static final Map<String, UnaryOperator<RnnRegressor>> FITS =
      new TreeMap<>(
          Map.of(
              "sgd",
              fit -> fit.setOptimizer("sgd").setMomentum(0.9).setNesterov(true),
              "adam, clipped as a whole, warm-up and cosine",
              fit ->
                  fit.setGlobalClipNorm(0.3)
                      .setLearningRateSchedule("cosine")
                      .setWarmupEpochs(1)
                      .setValidationFraction(0.2),
              "nadam, clipped by tensors, several batches a step",
              fit -> fit.setOptimizer("nadam").setClipNorm(0.1).setGradientAccumulationSteps(3),
              "rmsprop, clipped by value, several batches a step",
              fit ->
                  fit.setOptimizer("rmsprop")
                      .setMomentum(0.5)
                      .setClipValue(0.001)
                      .setGradientAccumulationSteps(2),
              "adamW, penalties, limits and an average",
              fit ->
                  fit.setOptimizer("adamW")
                      .setWeightDecay(0.1)
                      .setEmaMomentum(0.9)
                      .setKernelL1(0.01)
                      .setRecurrentL2(0.02)
                      .setBiasL2(0.03)
                      .setRecurrentMaxNorm(0.8)
                      .setGlobalClipNorm(1),
              "adagrad, reduce on plateau, stopping early",
              fit ->
                  fit.setOptimizer("adagrad")
                      .setLearningRate(0.5)
                      .setLearningRateSchedule("reduceOnPlateau")
                      .setPlateauPatience(1)
                      .setValidationFraction(0.2)
                      .setPatience(2)
                      .setDropout(0.3),
              "sgd with frozen tensors, clipped as a whole",
              fit ->
                  fit.setOptimizer("sgd")
                      .setMomentum(0.5)
                      .setGlobalClipNorm(0.2)
                      .setFrozenLayers("lstm_0/kernel", "lstm_0/bias")));

  static Stream<String> fits() {
    return FITS.keySet().stream();
  }

  /** 10,177 parameters in blocks of 1,024: slices begin and end inside tensors. */
  private static RnnRegressor estimator(String fit) {
    return FITS.get(fit)
        .apply(
            FitRows.estimator()
                .setCell("lstm")
                .setUnits(48)
                .setBatchSize(20)
                .setShardSize(4)
                .setEpochs(3));
  }

  private RnnRegressionModel fit(RnnRegressor regressor) {
    return regressor.fit(FitRows.dataset(spark, ROWS));
  }

  /** Close to what full precision learns, the same each time, and another for other workers. */
  @Test
  void halfOfTheBitsOfAGradient() {
    String name = "adam, clipped as a whole, warm-up and cosine";
    double exact = FitRows.lastLoss(fit(estimator(name)));
    RnnRegressor rounding =
        estimator(name).setExchange("sharded").setGradientCompression("bfloat16");
    RnnRegressionModel once = fit(rounding.setNumWorkers(4));
    assertThat(FitRows.weights(fit(rounding))).containsExactly(FitRows.weights(once));
    assertThat(FitRows.lastLoss(once)).isNotEqualTo(exact).isCloseTo(exact, withinPercentage(2));
    assertThat(FitRows.weights(fit(rounding.setNumWorkers(2)))).isNotEqualTo(FitRows.weights(once));
  }

  @Test
  void divergenceIsToldInTheSameWords() {
    assertThat(messageOfDivergence("sharded"))
        .isEqualTo(messageOfDivergence("inProcess"))
        .contains("is not finite");
  }

  private String messageOfDivergence(String exchange) {
    RnnRegressor diverging =
        estimator("sgd")
            .setExchange(exchange)
            .setCell("simpleRnn")
            .setActivation("relu")
            .setGlobalClipNorm(1)
            .setLearningRate(1e20);
    return catchThrowableOfType(DivergedException.class, () -> fit(diverging)).getMessage();
  }

  @ParameterizedTest
  @MethodSource("fits")
  void endsInTheSameBits(String name) {
    RnnRegressionModel expected = fit(estimator(name).setExchange("inProcess"));
    for (int workers : new int[] {1, 4}) {
      RnnRegressionModel sharded =
          fit(estimator(name).setExchange("sharded").setNumWorkers(workers));
      assertThat(sharded.summary().exchange()).isEqualTo("sharded");
      assertThat(sharded.summary().workers()).isEqualTo(workers);
      assertThat(FitRows.weights(sharded))
          .as("%s by %d workers", name, workers)
          .containsExactly(FitRows.weights(expected));
      assertThat(sharded.summary().objectiveHistory())
          .containsExactly(expected.summary().objectiveHistory());
      assertThat(sharded.summary().gradientNorms())
          .containsExactly(expected.summary().gradientNorms());
    }
  }
}
