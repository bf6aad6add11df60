package sparkrnn.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static sparkrnn.contract.Floats.normals;

import java.util.Random;
import org.junit.jupiter.api.Test;
import sparkrnn.RandomTest;
import sparkrnn.loss.ErrorLoss;

/** What every loss of the error alone keeps. */
public abstract class ErrorLossContractTest extends LossContractTest {

  @Override
  protected abstract ErrorLoss create();

  @Override
  protected float[] targets(Random random, int sequences) {
    return normals(random, sequences * K, 1);
  }

  /** Predictions whose errors are on both sides of every kink and none close to one. */
  @Override
  protected float[] predictions(Random random, float[] targets) {
    float[] predictions = new float[targets.length];
    for (int i = 0; i < targets.length; i++) {
      double size =
          random.nextBoolean() ? 0.1 + 0.8 * random.nextDouble() : 1.1 + random.nextDouble();
      predictions[i] = (float) (targets[i] + (random.nextBoolean() ? size : -size));
    }
    return predictions;
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

  @Test
  void outputsStandForThemselves() {
    double[] outputs = {1, -2, 3};
    create().activate(outputs);
    assertThat(outputs).containsExactly(1, -2, 3);
  }
}
