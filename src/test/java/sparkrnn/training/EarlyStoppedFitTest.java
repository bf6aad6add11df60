package sparkrnn.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import sparkrnn.LocalSpark;
import sparkrnn.ml.RnnRegressionModel;
import sparkrnn.ml.RnnRegressor;

/** When a fit stops, and whose weights it returns. */
@ExtendWith(LocalSpark.class)
final class EarlyStoppedFitTest {

  private final SparkSession spark;

  EarlyStoppedFitTest(SparkSession spark) {
    this.spark = spark;
  }

  /** Training labels are noise, so that the validation loss soon gets worse. */
  private Dataset<Row> noise() {
    Dataset<Row> data = FitRows.dataset(spark, 96);
    return data.withColumn("held", functions.col("id").mod(3).equalTo(0))
        .withColumn("label", functions.sin(functions.col("id").multiply(12.9898)));
  }

  private static RnnRegressor estimator() {
    return FitRows.estimator()
        .setCell("lstm")
        .setUnits(24)
        .setLearningRate(0.02)
        .setEpochs(60)
        .setValidationIndicatorCol("held");
  }

  @Test
  void stopsAfterPatienceEpochsAndReturnsTheBestOnes() {
    RnnRegressionModel model = estimator().setPatience(4).fit(noise());
    double[] history = model.summary().validationHistory();
    int best = model.summary().bestEpoch();
    assertThat(model.summary().stopReason()).isEqualTo("patience");
    assertThat(history).hasSize(best + 4).hasSizeLessThan(60);
    assertThat(history[best - 1]).isEqualTo(Arrays.stream(history).min().orElseThrow());
    assertThat(heldOutLoss(model)).isCloseTo(history[best - 1], within(1e-5));
  }

  @Test
  void returnsTheLastWeightsWhereTheBestAreNotWanted() {
    RnnRegressionModel model = estimator().setPatience(4).setRestoreBestWeights(false).fit(noise());
    double[] history = model.summary().validationHistory();
    assertThat(heldOutLoss(model)).isCloseTo(history[history.length - 1], within(1e-5));
    assertThat(model.summary().bestEpoch()).isEqualTo(history.length);
  }

  @Test
  void withoutPatienceAllEpochsRunAndTheBestIsReturned() {
    RnnRegressionModel model = estimator().setEpochs(25).fit(noise());
    double[] history = model.summary().validationHistory();
    assertThat(model.summary().stopReason()).isEqualTo("maxIter");
    assertThat(history).hasSize(25);
    assertThat(heldOutLoss(model))
        .isCloseTo(Arrays.stream(history).min().orElseThrow(), within(1e-5));
  }

  @Test
  void smallGainsDoNotCountBelowMinDelta() {
    RnnRegressionModel model = estimator().setPatience(2).setMinDelta(1000).fit(noise());
    // The first epoch is better than nothing; no later one is by 1000.
    assertThat(model.summary().validationHistory()).hasSize(3);
  }

  private double heldOutLoss(RnnRegressionModel model) {
    return model.evaluate(noise().filter("held")).loss();
  }
}
