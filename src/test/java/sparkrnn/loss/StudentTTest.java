package sparkrnn.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import sparkrnn.contract.Floats;
import sparkrnn.contract.LossContractTest;
import sparkrnn.oracle.LossOracle;

class StudentTTest extends LossContractTest {

  private static final int TARGETS = 2;

  @Override
  protected int outputs() {
    return 3 * TARGETS;
  }

  @Override
  protected Loss create() {
    return LossType.STUDENT_T.create(1);
  }

  @Override
  protected LossOracle oracle() {
    return LossOracle.studentT();
  }

  @Override
  protected float[] targets(Random random, int sequences) {
    return Floats.normals(random, sequences * TARGETS, 2);
  }

  @Override
  protected float[] predictions(Random random, float[] targets) {
    return Floats.normals(random, targets.length / 1 * 3, 1);
  }

  @Test
  void rowOfTargetsHasOneNumberForEach() {
    assertThat(create().outputsPerTarget()).isEqualTo(3);
    assertThat(create().targets(outputs())).isEqualTo(1 * TARGETS);
  }

  @Test
  void manyDegreesOfFreedomAreAlmostNormal() {
    float x = (float) Math.log(Math.expm1(1 - 1e-4));
    float[] outputs = {1, x, 1e6f};
    assertThat(create().weightedSum(outputs, new float[] {3}, new float[] {1}, 1, 3))
        .isCloseTo(2 + Math.log(2 * Math.PI) / 2, within(1e-5));
  }

  @Test
  void outlierPullsLessTheFartherItLies() {
    float[] near = new float[3];
    float[] far = new float[3];
    float[] outputs = {0, 0, -5};
    create().writeGradient(near, outputs, new float[] {3}, new float[] {1}, 1, 1, 3);
    create().writeGradient(far, outputs, new float[] {300}, new float[] {1}, 1, 1, 3);
    assertThat(far[0]).isBetween(near[0] / 10, 0f).isNegative();
  }

  @Test
  void activationIsLocationScaleAndFreedomAboveTwo() {
    double[] outputs = {3, 0, -1e4};
    create().activate(outputs);
    assertThat(outputs).containsExactly(new double[] {3, Math.log(2) + 1e-4, 2}, within(1e-12));
  }
}
