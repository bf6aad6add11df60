package sparkrnn.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import sparkrnn.LocalSpark;
import sparkrnn.ml.RnnRegressor;

/**
 * That clipping, schedules and what optimizers read reach the step: plain SGD moves by learning
 * rate times gradient.
 */
@ExtendWith(LocalSpark.class)
final class StepSizeTest {

  private static final int ROWS = 32;

  private final SparkSession spark;

  StepSizeTest(SparkSession spark) {
    this.spark = spark;
  }

  private static RnnRegressor steps(int count) {
    return FitRows.estimator()
        .setBatchSize(ROWS)
        .setEpochs(count)
        .setOptimizer("sgd")
        .setLearningRate(0.1);
  }

  private float[] weights(RnnRegressor estimator) {
    return FitRows.weights(estimator.fit(FitRows.dataset(spark, ROWS)));
  }

  private static double distance(float[] one, float[] other) {
    double sum = 0;
    for (int i = 0; i < one.length; i++) {
      sum += Math.pow((double) one[i] - other[i], 2);
    }
    return Math.sqrt(sum);
  }

  @Test
  void globalClipNormBoundsTheWholeStep() {
    float[] start = weights(steps(0));
    assertThat(distance(start, weights(steps(1)))).isGreaterThan(0.1 * 0.05);
    assertThat(distance(start, weights(steps(1).setGlobalClipNorm(0.05))))
        .isCloseTo(0.1 * 0.05, within(1e-6));
  }

  @Test
  void clipValueBoundsEveryElement() {
    float[] start = weights(steps(0));
    float[] end = weights(steps(1).setClipValue(0.01));
    for (int i = 0; i < start.length; i++) {
      assertThat(Math.abs(end[i] - start[i])).isLessThanOrEqualTo(0.1f * 0.01f + 1e-6f);
    }
    assertThat(distance(start, end)).isPositive();
  }

  @Test
  void clipNormBoundsEveryTensor() {
    var start = steps(0).fit(FitRows.dataset(spark, ROWS)).weights();
    var end = steps(1).setClipNorm(0.01).fit(FitRows.dataset(spark, ROWS)).weights();
    start.forEach(
        (name, tensor) ->
            assertThat(distance(tensor, end.get(name)))
                .as(name)
                .isLessThanOrEqualTo(0.1 * 0.01 + 1e-6));
    assertThat(distance(start.get("dense/bias"), end.get("dense/bias"))).isPositive();
  }

  /** Four batches of eight rows, in one step, are one of 32: every row is in one of them. */
  @Test
  void accumulatedBatchesAreOneLargeBatch() {
    float[] start = weights(steps(0));
    float[] whole = weights(steps(2).setGlobalClipNorm(0.3));
    float[] parts =
        weights(steps(2).setGlobalClipNorm(0.3).setBatchSize(8).setGradientAccumulationSteps(4));
    assertThat(distance(start, whole)).isGreaterThan(0.02);
    assertThat(distance(parts, whole)).isLessThan(1e-5);
  }

  /**
   * Three epochs of four batches: the second step takes two of the first and three of the second.
   */
  @Test
  void batchesAreCountedThroughTheEpochs() {
    float[] start = weights(steps(0));
    RnnRegressor five = steps(1).setBatchSize(8).setGradientAccumulationSteps(5);
    assertThat(weights(five)).containsExactly(start);
    assertThat(weights(five.setEpochs(2))).isNotEqualTo(start);
  }

  @Test
  void stepScheduleDividesTheSecondStep() {
    float[] first = weights(steps(1).setGlobalClipNorm(0.01));
    float[] second = weights(stepSchedule(2));
    float[] third = weights(stepSchedule(3));
    assertThat(distance(first, second)).isCloseTo(0.1 * 0.01 * 0.2, within(1e-7));
    assertThat(distance(second, third)).isCloseTo(0.1 * 0.01 * 0.04, within(1e-7));
  }

  private static RnnRegressor stepSchedule(int count) {
    return steps(count)
        .setGlobalClipNorm(0.01)
        .setLearningRateSchedule("step")
        .setScheduleEpochs(1)
        .setDecayRate(0.2);
  }

  @Test
  void momentumGoesOnWhereTheGradientPointed() {
    float[] start = weights(steps(0));
    float[] plain = weights(steps(2));
    float[] first = weights(steps(1));
    float[] heavy = weights(steps(2).setMomentum(0.9));
    for (int i = 0; i < start.length; i++) {
      assertThat(heavy[i]).isCloseTo(plain[i] + 0.9f * (first[i] - start[i]), within(1e-6f));
    }
  }

  @Test
  void nesterovLooksAheadInTheFirstStepAlready() {
    float[] start = weights(steps(0));
    float[] first = weights(steps(1));
    float[] ahead = weights(steps(1).setMomentum(0.9).setNesterov(true));
    for (int i = 0; i < start.length; i++) {
      assertThat(ahead[i]).isCloseTo(start[i] + 1.9f * (first[i] - start[i]), within(1e-6f));
    }
  }

  @Test
  void weightDecayTakesItsShareOffTheWeights() {
    float[] start = weights(steps(0));
    float[] adam = weights(steps(1).setOptimizer("adam"));
    float[] decayed = weights(steps(1).setOptimizer("adamW").setWeightDecay(0.5));
    for (int i = 0; i < start.length; i++) {
      assertThat(decayed[i]).isCloseTo(adam[i] - 0.1f * 0.5f * start[i], within(1e-6f));
    }
  }

  @Test
  void warmUpBeginsWithAStepOfNothing() {
    float[] start = weights(steps(0));
    float[] warmed = weights(steps(2).setGlobalClipNorm(0.01).setWarmupEpochs(1));
    assertThat(distance(start, warmed)).isCloseTo(0.1 * 0.01, within(1e-7));
  }

  @Test
  void oneCycleBeginsWithATwentyFifth() {
    float[] start = weights(steps(0));
    float[] first =
        weights(
            steps(1)
                .setGlobalClipNorm(0.01)
                .setLearningRateSchedule("oneCycle")
                .setScheduleEpochs(10));
    assertThat(distance(start, first)).isCloseTo(0.1 * 0.01 / 25, within(1e-7));
  }

  @Test
  void plateauOfTheTrainingLossDividesTheThirdStep() {
    float[] first = weights(plateau(1));
    float[] second = weights(plateau(2));
    float[] third = weights(plateau(3));
    assertThat(distance(first, second)).isCloseTo(0.1 * 0.01, within(1e-7));
    assertThat(distance(second, third)).isCloseTo(0.1 * 0.01 * 0.2, within(1e-7));
  }

  private static RnnRegressor plateau(int count) {
    return steps(count)
        .setGlobalClipNorm(0.01)
        .setLearningRateSchedule("reduceOnPlateau")
        .setPlateauPatience(1)
        .setPlateauMinDelta(100)
        .setDecayRate(0.2);
  }

  /** Held out rows with the labels turned round: their loss rises where that of training falls. */
  @Test
  void plateauGoesByTheValidationLossWhereThereIsOne() {
    float[] second = turnedRound(plateau(2));
    float[] third = turnedRound(plateau(3));
    assertThat(distance(second, third)).isCloseTo(0.1 * 0.01 * 0.2, within(1e-7));
  }

  private float[] turnedRound(RnnRegressor plateau) {
    Dataset<Row> data =
        FitRows.dataset(spark, 2 * ROWS)
            .selectExpr("features", "id % 2 = 1 AS held", "IF(id % 2 = 1, -label, label) AS label");
    return FitRows.weights(
        plateau
            .setPlateauMinDelta(0)
            .setValidationIndicatorCol("held")
            .setRestoreBestWeights(false)
            .fit(data));
  }

  @Test
  void movingAverageIsWhatTheModelGets() {
    float[] first = weights(steps(1));
    float[] second = weights(steps(2));
    float[] average = weights(steps(2).setEmaMomentum(0.8));
    for (int i = 0; i < first.length; i++) {
      assertThat(average[i]).isCloseTo(0.8f * first[i] + 0.2f * second[i], within(1e-6f));
    }
    assertThat(weights(steps(0).setEmaMomentum(0.8))).containsExactly(weights(steps(0)));
  }
}
