package sparkrnn.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static sparkrnn.contract.Floats.doubles;
import static sparkrnn.contract.Floats.nans;
import static sparkrnn.contract.Floats.normals;
import static sparkrnn.oracle.Agreement.assertAgrees;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import sparkrnn.RandomTest;
import sparkrnn.loss.Loss;
import sparkrnn.oracle.LossOracle;

/** What every loss keeps. */
public abstract class LossContractTest {

  private static final int S = 23;
  private static final int K = 3;

  /** The subject. */
  protected abstract Loss create();

  /** Keras' definition of it. */
  protected abstract LossOracle oracle();

  /** Predictions whose errors are on both sides of every kink and none close to one. */
  private static float[] predictions(Random random, float[] targets) {
    float[] predictions = new float[targets.length];
    for (int i = 0; i < targets.length; i++) {
      double size =
          random.nextBoolean() ? 0.1 + 0.8 * random.nextDouble() : 1.1 + random.nextDouble();
      predictions[i] = (float) (targets[i] + (random.nextBoolean() ? size : -size));
    }
    return predictions;
  }

  private static float[] weights(Random random) {
    float[] weights = new float[S];
    for (int s = 0; s < S; s++) {
      weights[s] = (float) (0.1 + 3 * random.nextDouble());
    }
    return weights;
  }

  private static double[] row(float[] packed, int s) {
    return doubles(Arrays.copyOfRange(packed, s * K, (s + 1) * K));
  }

  @RandomTest
  void sumIsWeightedMeanOverOutputsAsInKeras(Random random) {
    float[] targets = normals(random, S * K, 1);
    float[] predictions = predictions(random, targets);
    float[] weights = weights(random);
    double expected = 0;
    for (int s = 0; s < S; s++) {
      expected += weights[s] * oracle().value(row(targets, s), row(predictions, s));
    }
    assertThat(create().weightedSum(predictions, targets, weights, S, K))
        .isCloseTo(expected, within(1e-12 * expected));
  }

  @RandomTest
  void gradientIsTheSlopeOfTheSum(Random random) {
    float[] targets = normals(random, S * K, 1);
    float[] predictions = predictions(random, targets);
    float[] weights = weights(random);
    float scale = 0.37f;
    double[] expected = new double[S * K];
    for (int s = 0; s < S; s++) {
      double[] gradient = oracle().gradient(row(targets, s), row(predictions, s));
      for (int k = 0; k < K; k++) {
        expected[s * K + k] = scale * weights[s] * gradient[k];
      }
    }
    float[] actual = new float[S * K];
    create().writeGradient(actual, predictions, targets, weights, scale, S, K);
    assertAgrees("gradient", actual, expected, 1);
  }

  @RandomTest
  void gradientIsOverwrittenAndNothingBeyondIt(Random random) {
    float[] targets = normals(random, S * K, 1);
    float[] predictions = predictions(random, targets);
    float[] weights = weights(random);
    float[] expected = new float[S * K];
    create().writeGradient(expected, predictions, targets, weights, 1, S, K);
    float[] poisoned = nans(S * K + 5);
    create().writeGradient(poisoned, predictions, targets, weights, 1, S, K);
    assertThat(Arrays.copyOf(poisoned, S * K)).containsExactly(expected);
    assertThat(Arrays.copyOfRange(poisoned, S * K, S * K + 5)).containsOnly(Float.NaN);
  }

  @RandomTest
  void inputsAreReadOnlyWhereTheSequencesAre(Random random) {
    float[] targets = normals(random, S * K, 1);
    float[] predictions = predictions(random, targets);
    float[] weights = weights(random);
    double expected = create().weightedSum(predictions, targets, weights, S - 1, K);
    Arrays.fill(predictions, (S - 1) * K, S * K, Float.NaN);
    weights[S - 1] = Float.NaN;
    assertThat(create().weightedSum(predictions, targets, weights, S - 1, K)).isEqualTo(expected);
  }

  @RandomTest
  void weightOfZeroLeavesASequenceOut(Random random) {
    float[] targets = normals(random, 2 * K, 1);
    float[] predictions = predictions(random, targets);
    float[] gradient = new float[2 * K];
    Loss loss = create();
    loss.writeGradient(gradient, predictions, targets, new float[] {0, 1}, 1, 2, K);
    for (int k = 0; k < K; k++) {
      assertThat(Math.abs(gradient[k])).isEqualTo(0f);
    }
    assertThat(gradient[K]).isNotZero();
    assertThat(loss.weightedSum(predictions, targets, new float[] {0, 1}, 2, K))
        .isEqualTo(oracle().value(row(targets, 1), row(predictions, 1)), within(1e-12));
  }

  @RandomTest
  void valueIsAtLeastZeroAndTheSameOnBothSides(Random random) {
    for (int i = 0; i < 100; i++) {
      double error = 10 * random.nextGaussian();
      assertThat(create().value(error)).isPositive().isEqualTo(create().value(-error));
      assertThat(create().derivative(error)).isEqualTo(-create().derivative(-error));
    }
  }

  @Test
  void rightPredictionCostsNothingAndPullsNowhere() {
    assertThat(create().value(0)).isZero();
    assertThat(create().derivative(0)).isZero();
  }

  /** Else a fit that has diverged would go on unseen. */
  @Test
  void predictionThatIsNotFiniteIsSeen() {
    assertThat(create().value(Double.NaN)).isNaN();
    assertThat(create().derivative(Double.NaN)).isNaN();
    assertThat(create().value(Double.NEGATIVE_INFINITY)).isInfinite();
  }

  @RandomTest
  void nothingIsAllocated(Random random) {
    float[] targets = normals(random, S * K, 1);
    float[] predictions = predictions(random, targets);
    float[] weights = weights(random);
    float[] gradient = new float[S * K];
    Loss loss = create();
    double[] sum = new double[1];
    Runnable step =
        () -> {
          loss.writeGradient(gradient, predictions, targets, weights, 1, S, K);
          sum[0] += loss.weightedSum(predictions, targets, weights, S, K);
        };
    assertThat(Allocation.bytesPerRun(step)).isZero();
    assertThat(sum[0]).isPositive();
  }
}
