package sparkrnn.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static sparkrnn.contract.Floats.doubles;
import static sparkrnn.contract.Floats.nans;
import static sparkrnn.oracle.Agreement.assertAgrees;

import java.util.Arrays;
import java.util.Random;
import sparkrnn.RandomTest;
import sparkrnn.loss.Loss;
import sparkrnn.oracle.LossOracle;

/** What every loss keeps. */
public abstract class LossContractTest {

  protected static final int S = 23;
  protected static final int K = 3;

  /** Numbers of an output; {@link #K} where targets are as wide. */
  protected int outputs() {
    return K;
  }

  /** The subject. */
  protected abstract Loss create();

  /** Keras' definition of it. */
  protected abstract LossOracle oracle();

  /** Targets of {@link #K} outputs a sequence, in the range of the loss. */
  protected abstract float[] targets(Random random, int sequences);

  /** Predictions for them; none close to a kink of the loss. */
  protected abstract float[] predictions(Random random, float[] targets);

  private static float[] weights(Random random) {
    float[] weights = new float[S];
    for (int s = 0; s < S; s++) {
      weights[s] = (float) (0.1 + 3 * random.nextDouble());
    }
    return weights;
  }

  private double[] target(float[] targets, int s) {
    return row(targets, s, create().targets(outputs()));
  }

  private static double[] row(float[] packed, int s, int width) {
    return doubles(Arrays.copyOfRange(packed, s * width, (s + 1) * width));
  }

  @RandomTest
  void sumIsWeightedMeanOverOutputsAsInKeras(Random random) {
    float[] targets = targets(random, S);
    float[] predictions = predictions(random, targets);
    float[] weights = weights(random);
    double expected = 0;
    for (int s = 0; s < S; s++) {
      expected += weights[s] * oracle().value(target(targets, s), row(predictions, s, outputs()));
    }
    assertThat(create().weightedSum(predictions, targets, weights, S, outputs()))
        .isCloseTo(expected, within(1e-12 * Math.abs(expected)));
  }

  @RandomTest
  void gradientIsTheSlopeOfTheSum(Random random) {
    float[] targets = targets(random, S);
    float[] predictions = predictions(random, targets);
    float[] weights = weights(random);
    float scale = 0.37f;
    double[] expected = new double[S * outputs()];
    for (int s = 0; s < S; s++) {
      double[] gradient = oracle().gradient(target(targets, s), row(predictions, s, outputs()));
      for (int k = 0; k < outputs(); k++) {
        expected[s * outputs() + k] = scale * weights[s] * gradient[k];
      }
    }
    float[] actual = new float[S * outputs()];
    create().writeGradient(actual, predictions, targets, weights, scale, S, outputs());
    assertAgrees("gradient", actual, expected, 1);
  }

  @RandomTest
  void gradientIsOverwrittenAndNothingBeyondIt(Random random) {
    float[] targets = targets(random, S);
    float[] predictions = predictions(random, targets);
    float[] weights = weights(random);
    float[] expected = new float[S * outputs()];
    create().writeGradient(expected, predictions, targets, weights, 1, S, outputs());
    float[] poisoned = nans(S * outputs() + 5);
    create().writeGradient(poisoned, predictions, targets, weights, 1, S, outputs());
    assertThat(Arrays.copyOf(poisoned, S * outputs())).containsExactly(expected);
    assertThat(Arrays.copyOfRange(poisoned, S * outputs(), S * outputs() + 5))
        .containsOnly(Float.NaN);
  }

  @RandomTest
  void inputsAreReadOnlyWhereTheSequencesAre(Random random) {
    float[] targets = targets(random, S);
    float[] predictions = predictions(random, targets);
    float[] weights = weights(random);
    double expected = create().weightedSum(predictions, targets, weights, S - 1, outputs());
    Arrays.fill(predictions, (S - 1) * outputs(), S * outputs(), Float.NaN);
    weights[S - 1] = Float.NaN;
    assertThat(create().weightedSum(predictions, targets, weights, S - 1, outputs()))
        .isEqualTo(expected);
  }

  @RandomTest
  void weightOfZeroLeavesASequenceOut(Random random) {
    float[] targets = targets(random, 2);
    float[] predictions = predictions(random, targets);
    float[] gradient = new float[2 * outputs()];
    Loss loss = create();
    loss.writeGradient(gradient, predictions, targets, new float[] {0, 1}, 1, 2, outputs());
    for (int k = 0; k < outputs(); k++) {
      assertThat(Math.abs(gradient[k])).isEqualTo(0f);
    }
    assertThat(gradient[outputs()]).isNotZero();
    assertThat(loss.weightedSum(predictions, targets, new float[] {0, 1}, 2, outputs()))
        .isEqualTo(
            oracle().value(target(targets, 1), row(predictions, 1, outputs())), within(1e-12));
  }

  /** Else a fit that has diverged would go on unseen. */
  @RandomTest
  void predictionThatIsNotFiniteIsSeen(Random random) {
    for (float wrong : new float[] {Float.NaN, Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY}) {
      float[] targets = targets(random, 1);
      float[] predictions = predictions(random, targets);
      Arrays.fill(predictions, wrong);
      assertThat(create().weightedSum(predictions, targets, new float[] {1}, 1, outputs()))
          .matches(sum -> !Double.isFinite(sum));
    }
    float[] targets = targets(random, 1);
    float[] gradient = new float[outputs()];
    create().writeGradient(gradient, nans(outputs()), targets, new float[] {1}, 1, 1, outputs());
    assertThat(gradient).containsOnly(Float.NaN);
  }

  @RandomTest
  void nothingIsAllocated(Random random) {
    float[] targets = targets(random, S);
    float[] predictions = predictions(random, targets);
    float[] weights = weights(random);
    float[] gradient = new float[S * outputs()];
    Loss loss = create();
    double[] sum = new double[1];
    Runnable step =
        () -> {
          loss.writeGradient(gradient, predictions, targets, weights, 1, S, outputs());
          sum[0] += loss.weightedSum(predictions, targets, weights, S, outputs());
        };
    assertThat(Allocation.bytesPerRun(step)).isZero();
    assertThat(sum[0]).isNotZero();
  }
}
