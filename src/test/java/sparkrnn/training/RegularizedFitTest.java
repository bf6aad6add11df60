package sparkrnn.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import sparkrnn.LocalSpark;
import sparkrnn.ml.RnnRegressionModel;
import sparkrnn.ml.RnnRegressor;

/** That penalties and limits reach loss and step of a fit, of all data at once. */
@ExtendWith(LocalSpark.class)
final class RegularizedFitTest {

  private static final int ROWS = 32;

  private final SparkSession spark;

  RegularizedFitTest(SparkSession spark) {
    this.spark = spark;
  }

  private static RnnRegressor steps(int count) {
    return FitRows.estimator()
        .setCell("gru")
        .setBatchSize(ROWS)
        .setEpochs(count)
        .setOptimizer("sgd")
        .setLearningRate(0.1);
  }

  private RnnRegressionModel fit(RnnRegressor estimator) {
    return estimator.fit(FitRows.dataset(spark, ROWS));
  }

  private static double sumOfSquares(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += (double) value * value;
    }
    return sum;
  }

  private static double sumOfAbsolutes(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += Math.abs(value);
    }
    return sum;
  }

  @Test
  void penaltyIsPartOfTheTrainingLossAndTheValidationLoss() {
    RnnRegressor plain = steps(1).setValidationFraction(0.25).setBatchSize(24);
    RnnRegressor penalized =
        steps(1).setValidationFraction(0.25).setBatchSize(24).setRecurrentL1(0.5).setKernelL2(3);
    Map<String, float[]> start = fit(penalized.setEpochs(0)).weights();
    double initial =
        0.5 * sumOfAbsolutes(start.get("gru_0/recurrent_kernel"))
            + 3 * sumOfSquares(start.get("gru_0/kernel"));
    double[] without = fit(plain).summary().objectiveHistory();
    RnnRegressionModel fitted = fit(penalized.setEpochs(1));
    double[] with = fitted.summary().objectiveHistory();
    assertThat(initial).isGreaterThan(1);
    assertThat(with[0]).isCloseTo(without[0] + initial, within(1e-5));
    assertThat(with[1]).isCloseTo(without[1] + initial, within(1e-5));
    double end =
        0.5 * sumOfAbsolutes(fitted.weights().get("gru_0/recurrent_kernel"))
            + 3 * sumOfSquares(fitted.weights().get("gru_0/kernel"));
    assertThat(fitted.summary().validationHistory()[0]).isBetween(end, end + without[0]);
  }

  /** Plain gradient descent: the steps differ by the gradient of the penalty, nothing else. */
  @Test
  void everyKindOfTensorOfRecurrentLayersGetsItsOwnPenalty() {
    Map<String, float[]> start = fit(steps(0)).weights();
    Map<String, float[]> plain = fit(steps(1)).weights();
    Map<String, float[]> penalized =
        fit(steps(1).setKernelL1(0.2).setRecurrentL2(0.3).setBiasL1(0.4)).weights();
    for (String name : start.keySet()) {
      float[] p = start.get(name);
      for (int i = 0; i < p.length; i++) {
        double expected =
            switch (name) {
              case "gru_0/kernel" -> -0.1 * 0.2 * Math.signum(p[i]);
              case "gru_0/recurrent_kernel" -> -0.1 * 2 * 0.3 * p[i];
              default -> 0;
            };
        assertThat((double) penalized.get(name)[i] - plain.get(name)[i])
            .as("%s[%d]", name, i)
            .isCloseTo(expected, within(1e-6));
      }
    }
  }

  @Test
  void limitsHoldAtTheEndOfAFit() {
    RnnRegressor limited =
        steps(5).setKernelMaxNorm(0.2).setRecurrentMaxNorm(0.3).setBiasMaxNorm(0.01);
    Map<String, float[]> weights = fit(limited).weights();
    assertThat(largestColumn(weights.get("gru_0/kernel"), 18)).isCloseTo(0.2, within(1e-6));
    assertThat(largestColumn(weights.get("gru_0/recurrent_kernel"), 18))
        .isCloseTo(0.3, within(1e-6));
    assertThat(largestColumn(weights.get("gru_0/bias"), 18)).isCloseTo(0.01, within(1e-6));
    assertThat(sumOfSquares(weights.get("dense/kernel"))).isGreaterThan(0.3 * 0.3);
  }

  /**
   * The average is of unlimited steps, as in Keras; what the fit returns is limited all the same.
   */
  @Test
  void limitsHoldForTheMovingAverageToo() {
    Map<String, float[]> weights =
        fit(steps(5).setRecurrentMaxNorm(0.3).setEmaMomentum(0.9)).weights();
    assertThat(largestColumn(weights.get("gru_0/recurrent_kernel"), 18))
        .isLessThanOrEqualTo(0.3 + 1e-6);
  }

  private static double largestColumn(float[] matrix, int columns) {
    double largest = 0;
    for (int c = 0; c < columns; c++) {
      double sum = 0;
      for (int i = c; i < matrix.length; i += columns) {
        sum += (double) matrix[i] * matrix[i];
      }
      largest = Math.max(largest, Math.sqrt(sum));
    }
    return largest;
  }

  @Test
  void lbfgsMinimizesThePenaltyToo() {
    RnnRegressor lbfgs = steps(10).setOptimizer("lbfgs");
    double plain = sumOfSquares(fit(lbfgs).weights().get("gru_0/recurrent_kernel"));
    RnnRegressionModel small = fit(lbfgs.setRecurrentL2(0.1));
    double[] losses = small.summary().objectiveHistory();
    assertThat(losses[losses.length - 1]).isLessThan(losses[0]);
    assertThat(sumOfSquares(small.weights().get("gru_0/recurrent_kernel"))).isLessThan(plain / 2);
  }
}
