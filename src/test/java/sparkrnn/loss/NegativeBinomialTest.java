package sparkrnn.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import sparkrnn.contract.Floats;
import sparkrnn.contract.LossContractTest;
import sparkrnn.oracle.LossOracle;

class NegativeBinomialTest extends LossContractTest {

  private static final int TARGETS = 2;

  @Override
  protected int outputs() {
    return 2 * TARGETS;
  }

  @Override
  protected Loss create() {
    return LossType.NEGATIVE_BINOMIAL.create(1);
  }

  @Override
  protected LossOracle oracle() {
    return LossOracle.negativeBinomial();
  }

  /** Counts, each with an offset. */
  @Override
  protected float[] targets(Random random, int sequences) {
    float[] targets = Floats.normals(random, sequences * 2 * TARGETS, 0.7);
    for (int i = 0; i < targets.length; i += 2) {
      targets[i] = random.nextInt(6);
    }
    return targets;
  }

  @Override
  protected float[] predictions(Random random, float[] targets) {
    return Floats.normals(random, targets.length / 2 * 2, 1);
  }

  @Test
  void rowOfTargetsHasCountAndOffsetForEach() {
    assertThat(create().outputsPerTarget()).isEqualTo(2);
    assertThat(create().targets(outputs())).isEqualTo(2 * TARGETS);
  }

  @Test
  void noneByHand() {
    // Shape 1 and mean 3: a geometric distribution that begins with 1/4.
    float shape = (float) Math.log(Math.expm1(1 - 1e-4));
    float[] outputs = {(float) Math.log(3) - 1, shape};
    assertThat(create().weightedSum(outputs, new float[] {0, 1}, new float[] {1}, 1, 2))
        .isCloseTo(Math.log(4), within(1e-6));
  }

  @Test
  void meansThatUnderflowStayFinite() {
    float[] outputs = {-1e4f, 0};
    assertThat(create().weightedSum(outputs, new float[] {0, 0}, new float[] {1}, 1, 2))
        .isCloseTo(0, within(1e-9));
    float[] gradient = new float[2];
    create().writeGradient(gradient, outputs, new float[] {0, 0}, new float[] {1}, 1, 1, 2);
    assertThat(gradient).containsExactly(new float[] {0, 0}, within(1e-6f));
  }

  @Test
  void activationIsMeanAndShape() {
    double[] outputs = {Math.log(3), 0};
    create().activate(outputs);
    assertThat(outputs).containsExactly(new double[] {3, Math.log(2) + 1e-4}, within(1e-12));
  }
}
