package sparkrnn.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import sparkrnn.RandomTest;
import sparkrnn.contract.Floats;
import sparkrnn.contract.LossContractTest;
import sparkrnn.oracle.LossOracle;

class SparseCrossEntropyTest extends LossContractTest {

  private static final int CLASSES = 5;

  @Override
  protected Loss create() {
    return LossType.SPARSE_CROSS_ENTROPY.create(1);
  }

  @Override
  protected int outputs() {
    return CLASSES;
  }

  @Override
  protected LossOracle oracle() {
    return LossOracle.sparseCrossEntropy();
  }

  @Override
  protected float[] targets(Random random, int sequences) {
    float[] targets = new float[sequences];
    for (int s = 0; s < sequences; s++) {
      targets[s] = random.nextInt(CLASSES);
    }
    return targets;
  }

  @Override
  protected float[] predictions(Random random, float[] targets) {
    return Floats.normals(random, targets.length * CLASSES, 3);
  }

  /** The two losses of classes are one, told its targets in two ways. */
  @RandomTest
  void isTheCrossEntropyOfTheClassAlone(Random random) {
    float[] targets = targets(random, S);
    float[] predictions = predictions(random, targets);
    float[] oneHot = new float[S * CLASSES];
    float[] weights = new float[S];
    for (int s = 0; s < S; s++) {
      oneHot[s * CLASSES + (int) targets[s]] = 1;
      weights[s] = (float) random.nextDouble();
    }
    Loss dense = new CrossEntropy();
    assertThat(create().weightedSum(predictions, targets, weights, S, CLASSES))
        .isCloseTo(dense.weightedSum(predictions, oneHot, weights, S, CLASSES), within(1e-9));
    float[] gradient = new float[S * CLASSES];
    float[] expected = new float[S * CLASSES];
    create().writeGradient(gradient, predictions, targets, weights, 0.7f, S, CLASSES);
    dense.writeGradient(expected, predictions, oneHot, weights, 0.7f, S, CLASSES);
    assertThat(gradient).containsExactly(expected, within(1e-7f));
  }

  @Test
  void hugeLogitsOverflowNowhere() {
    float[] logits = {1e4f, -1e4f, 3e4f, 0, 0};
    assertThat(create().weightedSum(logits, new float[] {1}, new float[] {1}, 1, 5)).isEqualTo(4e4);
    float[] gradient = new float[5];
    create().writeGradient(gradient, logits, new float[] {1}, new float[] {1}, 1, 1, 5);
    assertThat(gradient).containsExactly(0, -1, 1, 0, 0);
  }
}
