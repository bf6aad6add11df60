package sparkrnn.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import sparkrnn.contract.Floats;
import sparkrnn.contract.LossContractTest;
import sparkrnn.oracle.LossOracle;

class BinaryCrossEntropyTest extends LossContractTest {

  @Override
  protected Loss create() {
    return LossType.BINARY_CROSS_ENTROPY.create(1);
  }

  @Override
  protected LossOracle oracle() {
    return LossOracle.binaryCrossEntropy();
  }

  /** 0, 1 and what lies between. */
  @Override
  protected float[] targets(Random random, int sequences) {
    float[] targets = new float[sequences * K];
    for (int i = 0; i < targets.length; i++) {
      targets[i] = random.nextBoolean() ? random.nextInt(2) : random.nextFloat();
    }
    return targets;
  }

  @Override
  protected float[] predictions(Random random, float[] targets) {
    return Floats.normals(random, targets.length, 2);
  }

  @Test
  void twoSequencesByHand() {
    float[] logits = {0, (float) Math.log(3), 0, 0};
    float[] targets = {1, 0, 1, 1};
    // (-log(1/2) - log(1/4)) / 2 and twice -log(1/2)
    assertThat(create().weightedSum(logits, targets, new float[] {1, 2}, 2, 2))
        .isCloseTo((Math.log(2) + Math.log(4)) / 2 + 2 * Math.log(2), within(1e-7));
    float[] gradient = new float[4];
    create().writeGradient(gradient, logits, targets, new float[] {1, 2}, 1, 2, 2);
    assertThat(gradient).containsExactly(new float[] {-0.25f, 0.375f, -0.5f, -0.5f}, within(1e-6f));
  }

  @Test
  void hugeLogitsOverflowNowhere() {
    float[] logits = {1e4f, -1e4f, 3e4f};
    assertThat(create().weightedSum(logits, new float[] {0, 1, 1}, new float[] {3}, 1, 3))
        .isEqualTo(2e4);
    float[] gradient = new float[3];
    create().writeGradient(gradient, logits, new float[] {0, 1, 1}, new float[] {3}, 1, 1, 3);
    assertThat(gradient).containsExactly(1, -1, 0);
  }

  @Test
  void activationIsTheSigmoidOfEach() {
    double[] outputs = {0, Math.log(3), -1e4};
    create().activate(outputs);
    assertThat(outputs).containsExactly(new double[] {0.5, 0.75, 0}, within(1e-15));
  }
}
