package sparkrnn.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import sparkrnn.contract.Floats;
import sparkrnn.contract.LossContractTest;
import sparkrnn.oracle.LossOracle;

class GaussianTest extends LossContractTest {

  private static final int TARGETS = 2;

  @Override
  protected int outputs() {
    return 2 * TARGETS;
  }

  @Override
  protected Loss create() {
    return LossType.GAUSSIAN.create(1);
  }

  @Override
  protected LossOracle oracle() {
    return LossOracle.gaussian();
  }

  @Override
  protected float[] targets(Random random, int sequences) {
    return Floats.normals(random, sequences * TARGETS, 2);
  }

  @Override
  protected float[] predictions(Random random, float[] targets) {
    return Floats.normals(random, targets.length / 1 * 2, 1);
  }

  @Test
  void rowOfTargetsHasOneNumberForEach() {
    assertThat(create().outputsPerTarget()).isEqualTo(2);
    assertThat(create().targets(outputs())).isEqualTo(1 * TARGETS);
  }

  @Test
  void standardNormalByHand() {
    // softplus(x) + 1e-4 is 1
    float x = (float) Math.log(Math.expm1(1 - 1e-4));
    assertThat(create().weightedSum(new float[] {1, x}, new float[] {3}, new float[] {2}, 1, 2))
        .isCloseTo(2 * (2 + Math.log(2 * Math.PI) / 2), within(1e-6));
  }

  @Test
  void targetsHitExactlyWithTheLeastScaleStayFinite() {
    float[] outputs = {5, -1e4f};
    assertThat(create().weightedSum(outputs, new float[] {5}, new float[] {1}, 1, 2))
        .isCloseTo(Math.log(1e-4) + Math.log(2 * Math.PI) / 2, within(1e-9));
    float[] gradient = new float[2];
    create().writeGradient(gradient, outputs, new float[] {5}, new float[] {1}, 1, 1, 2);
    assertThat(gradient).containsExactly(new float[] {0, 0}, within(0f));
  }

  @Test
  void activationIsMeanAndDeviation() {
    double[] outputs = {3, 0, -2, 100};
    create().activate(outputs);
    assertThat(outputs)
        .containsExactly(new double[] {3, Math.log(2) + 1e-4, -2, 100 + 1e-4}, within(1e-12));
  }
}
