package sparkrnn.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import sparkrnn.contract.Floats;
import sparkrnn.contract.LossContractTest;
import sparkrnn.oracle.LossOracle;

class CrossEntropyTest extends LossContractTest {

  @Override
  protected Loss create() {
    return LossType.CROSS_ENTROPY.create(1);
  }

  @Override
  protected LossOracle oracle() {
    return LossOracle.crossEntropy();
  }

  /** Every second one a class, the others distributions; multiples of 1/16, so that sums are 1. */
  @Override
  protected float[] targets(Random random, int sequences) {
    float[] targets = new float[sequences * K];
    for (int s = 0; s < sequences; s++) {
      int parts = s % 2 == 0 ? 1 : 16;
      for (int part = 0; part < parts; part++) {
        targets[s * K + random.nextInt(K)] += 1f / parts;
      }
    }
    return targets;
  }

  @Override
  protected float[] predictions(Random random, float[] targets) {
    return Floats.normals(random, targets.length, 3);
  }

  @Test
  void twoSequencesByHand() {
    float[] logits = {0, 0, (float) Math.log(3), 0};
    float[] targets = {1, 0, 0, 1};
    // -log(1/2) and twice -log(1/4)
    assertThat(create().weightedSum(logits, targets, new float[] {1, 2}, 2, 2))
        .isCloseTo(Math.log(2) + 2 * Math.log(4), within(1e-7));
    float[] gradient = new float[4];
    create().writeGradient(gradient, logits, targets, new float[] {1, 2}, 1, 2, 2);
    assertThat(gradient).containsExactly(new float[] {-0.5f, 0.5f, 1.5f, -1.5f}, within(1e-6f));
  }

  @Test
  void hugeLogitsOverflowNowhere() {
    float[] logits = {1e4f, -1e4f, 3e4f};
    float[] targets = {0, 1, 0};
    assertThat(create().weightedSum(logits, targets, new float[] {1}, 1, 3)).isEqualTo(4e4);
    float[] gradient = new float[3];
    create().writeGradient(gradient, logits, targets, new float[] {1}, 1, 1, 3);
    assertThat(gradient).containsExactly(0, -1, 1);
    double[] outputs = {1e4, -1e4, 3e4};
    create().activate(outputs);
    assertThat(outputs).containsExactly(0, 0, 1);
  }

  @Test
  void activationIsSoftmax() {
    double[] outputs = {Math.log(1), Math.log(2), Math.log(5)};
    create().activate(outputs);
    assertThat(outputs).containsExactly(new double[] {1 / 8.0, 2 / 8.0, 5 / 8.0}, within(1e-15));
  }
}
