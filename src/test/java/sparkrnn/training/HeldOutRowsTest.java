package sparkrnn.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import sparkrnn.LocalSpark;
import sparkrnn.ml.RnnRegressionModel;
import sparkrnn.ml.RnnRegressor;

/**
 * Which rows are held out, and that they are not trained on. If this fails, validation losses lie.
 */
@ExtendWith(LocalSpark.class)
final class HeldOutRowsTest {

  private static final int ROWS = 200;

  private final SparkSession spark;

  HeldOutRowsTest(SparkSession spark) {
    this.spark = spark;
  }

  private Dataset<Row> data() {
    return FitRows.dataset(spark, ROWS);
  }

  private static double lastValidationLoss(RnnRegressionModel model) {
    double[] history = model.summary().validationHistory();
    return history[history.length - 1];
  }

  /** The held-out rows are exactly these if training without them gives the same weights. */
  private void assertHeldOut(RnnRegressor estimator, Dataset<Row> training, Dataset<Row> heldOut) {
    RnnRegressionModel model = estimator.setRestoreBestWeights(false).fit(data());
    assertThat(model.summary().validationSequences()).isEqualTo(heldOut.count());
    assertThat(FitRows.weights(model))
        .containsExactly(FitRows.weights(FitRows.estimator().fit(training)));
    double loss = model.evaluate(heldOut).loss();
    assertThat(lastValidationLoss(model)).isCloseTo(loss, within(1e-5 * loss));
  }

  @Test
  void indicatorColumnSaysWhich() {
    Dataset<Row> marked = data().withColumn("held", functions.col("id").mod(5).equalTo(0));
    RnnRegressionModel model =
        FitRows.estimator()
            .setValidationIndicatorCol("held")
            .setRestoreBestWeights(false)
            .fit(marked);
    assertThat(model.summary().validationSequences()).isEqualTo(ROWS / 5);
    assertThat(FitRows.weights(model))
        .containsExactly(
            FitRows.weights(
                FitRows.estimator().fit(marked.filter(functions.not(marked.col("held"))))));
    double loss = model.evaluate(marked.filter(marked.col("held"))).loss();
    assertThat(lastValidationLoss(model)).isCloseTo(loss, within(1e-5 * loss));
  }

  @Test
  void timeSplitHoldsOutTheLatest() {
    assertHeldOut(
        FitRows.estimator()
            .setValidationFraction(0.25)
            .setValidationSplit("time")
            .setValidationSplitCol("id"),
        data().filter(functions.col("id").lt(150)),
        data().filter(functions.col("id").geq(150)));
  }

  @Test
  void timeSplitTakesTimestamps() {
    Dataset<Row> timed =
        data().withColumn("at", functions.timestamp_seconds(functions.col("id").multiply(86_400)));
    RnnRegressionModel model =
        FitRows.estimator()
            .setValidationFraction(0.25)
            .setValidationSplit("time")
            .setValidationSplitCol("at")
            .setRestoreBestWeights(false)
            .fit(timed);
    assertThat(FitRows.weights(model))
        .containsExactly(
            FitRows.weights(FitRows.estimator().fit(data().filter(functions.col("id").lt(150)))));
  }

  @Test
  void keySplitNeverDividesAGroup() {
    for (int seed = 1; seed <= 3; seed++) {
      RnnRegressionModel model =
          FitRows.estimator()
              .setSeed(seed)
              .setValidationFraction(0.4)
              .setValidationSplit("key")
              .setValidationSplitCol("group")
              .fit(data());
      long held = model.summary().validationSequences();
      assertThat(held % (ROWS / 10)).as("seed %d: %d rows held out", seed, held).isZero();
      assertThat(held).isBetween(20L, 180L);
    }
  }

  @Test
  void randomSplitHoldsOutAboutTheFractionAndOtherRowsForAnotherSeed() {
    RnnRegressor estimator = FitRows.estimator().setValidationFraction(0.3);
    RnnRegressionModel one = estimator.setSeed(1).fit(data());
    RnnRegressionModel other = estimator.setSeed(8).fit(data());
    // Four standard deviations of a binomial: 26.
    assertThat(one.summary().validationSequences()).isBetween(34L, 86L);
    assertThat(other.summary().validationSequences()).isBetween(34L, 86L);
    assertThat(one.summary().validationHistory()[0])
        .isNotEqualTo(other.summary().validationHistory()[0]);
  }
}
