package sparkrnn.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import sparkrnn.contract.Floats;
import sparkrnn.contract.LossContractTest;
import sparkrnn.oracle.LossOracle;

class PoissonTest extends LossContractTest {

  private static final int TARGETS = 2;

  @Override
  protected int outputs() {
    return 1 * TARGETS;
  }

  @Override
  protected Loss create() {
    return LossType.POISSON.create(1);
  }

  @Override
  protected LossOracle oracle() {
    return LossOracle.poisson();
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
    return Floats.normals(random, targets.length / 2 * 1, 1);
  }

  @Test
  void rowOfTargetsHasCountAndOffsetForEach() {
    assertThat(create().outputsPerTarget()).isEqualTo(1);
    assertThat(create().targets(outputs())).isEqualTo(2 * TARGETS);
  }

  @Test
  void threeOfAnExpectedTwoByHand() {
    float half = (float) Math.log(2) / 2;
    // -log(exp(-2) 2^3 / 3!)
    assertThat(
            create().weightedSum(new float[] {half}, new float[] {3, half}, new float[] {1}, 1, 1))
        .isCloseTo(2 - 3 * Math.log(2) + Math.log(6), within(1e-6));
    float[] gradient = new float[1];
    create()
        .writeGradient(
            gradient, new float[] {half}, new float[] {3, half}, new float[] {1}, 1, 1, 1);
    assertThat(gradient[0]).isCloseTo(-1, within(1e-6f));
  }

  @Test
  void activationIsTheRate() {
    double[] outputs = {0, Math.log(3)};
    create().activate(outputs);
    assertThat(outputs).containsExactly(new double[] {1, 3}, within(1e-12));
  }
}
