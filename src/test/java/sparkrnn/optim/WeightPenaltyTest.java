package sparkrnn.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static sparkrnn.contract.Floats.normals;

import java.util.Random;
import org.junit.jupiter.api.Test;
import sparkrnn.RandomTest;

class WeightPenaltyTest {

  private static WeightPenalty penalty() {
    WeightPenalty penalty = new WeightPenalty();
    penalty.add(1, 4, 0.3, 0.1);
    penalty.add(4, 5, 0, 0);
    penalty.add(6, 8, 0, 2);
    return penalty;
  }

  @Test
  void isTheSumOfItsTensors() {
    float[] p = {9, 1, -2, 0, 9, 9, -0.5f, 3};
    assertThat(penalty().of(p))
        .isCloseTo(0.3 * (1 + 2) + 0.1 * (1 + 4) + 2 * (0.25 + 9), within(1e-12));
  }

  @Test
  void gradientIsAddedAndZeroHasNone() {
    float[] p = {9, 1, -2, 0, 9, 9, -0.5f, 3};
    float[] gradient = {1, 1, 1, 1, 1, 1, 1, 1};
    penalty().addGradient(p, gradient);
    float[] expected = {1, 1.5f, 0.3f, 1, 1, 1, -1, 13};
    for (int i = 0; i < expected.length; i++) {
      assertThat(gradient[i]).isCloseTo(expected[i], within(1e-6f));
    }
  }

  @RandomTest
  void gradientIsTheSlope(Random random) {
    float[] p = normals(random, 8, 1);
    float[] gradient = new float[8];
    penalty().addGradient(p, gradient);
    for (int i = 0; i < p.length; i++) {
      float[] above = p.clone();
      float[] below = p.clone();
      above[i] += 0x1p-10f * Math.abs(p[i]);
      below[i] -= 0x1p-10f * Math.abs(p[i]);
      double slope = (penalty().of(above) - penalty().of(below)) / ((double) above[i] - below[i]);
      assertThat((double) gradient[i]).isCloseTo(slope, within(1e-5));
    }
  }
}
