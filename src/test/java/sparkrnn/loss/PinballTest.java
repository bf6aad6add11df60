package sparkrnn.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import sparkrnn.RandomTest;
import sparkrnn.contract.Floats;
import sparkrnn.contract.LossContractTest;
import sparkrnn.oracle.LossOracle;

class PinballTest extends LossContractTest {

  private static final int TARGETS = 2;
  private static final double[] LEVELS = {0.05, 0.6, 0.75};

  private static Loss pinball(double... quantiles) {
    return LossType.PINBALL.create(
        new LossOptions(1, java.util.Arrays.stream(quantiles).boxed().toList()));
  }

  @Override
  protected int outputs() {
    return LEVELS.length * TARGETS;
  }

  @Override
  protected Loss create() {
    return pinball(LEVELS);
  }

  @Override
  protected LossOracle oracle() {
    return LossOracle.pinball(LEVELS[0], LEVELS[1], LEVELS[2]);
  }

  @Override
  protected float[] targets(Random random, int sequences) {
    return Floats.normals(random, sequences * TARGETS, 1);
  }

  /** All quantiles well above the target, well below it, or around it: none close to a kink. */
  @Override
  protected float[] predictions(Random random, float[] targets) {
    float[] predictions = Floats.normals(random, targets.length * LEVELS.length, 0.5);
    for (int i = 0; i < targets.length; i++) {
      float beyond = (random.nextInt(3) - 1) * 5;
      predictions[3 * i + 1] = targets[i] + beyond + (random.nextBoolean() ? 0.1f : -0.1f);
    }
    return predictions;
  }

  @Test
  void rowOfTargetsHasOneNumberForEach() {
    assertThat(create().outputsPerTarget()).isEqualTo(3);
    assertThat(create().targets(6)).isEqualTo(2);
  }

  @Test
  void medianIsHalfTheAbsoluteError() {
    assertThat(pinball(0.5).weightedSum(new float[] {3}, new float[] {1}, new float[] {2}, 1, 1))
        .isEqualTo(2);
  }

  /** Whatever the outputs are: far apart, huge, or so small that softplus is 0. */
  @RandomTest
  void quantilesNeverCross(Random random) {
    for (int count = 1; count <= 6; count++) {
      double[] levels = new double[count];
      for (int i = 0; i < count; i++) {
        levels[i] = (i + 1.0) / (count + 1);
      }
      Loss loss = pinball(levels);
      for (int trial = 0; trial < 200; trial++) {
        double[] outputs = new double[2 * count];
        for (int i = 0; i < outputs.length; i++) {
          outputs[i] = random.nextGaussian() * Math.pow(10, random.nextInt(7) - 2);
        }
        double[] middles = {outputs[(count - 1) / 2], outputs[count + (count - 1) / 2]};
        loss.activate(outputs);
        for (int i = 1; i < count; i++) {
          assertThat(outputs[i]).isGreaterThanOrEqualTo(outputs[i - 1]);
          assertThat(outputs[count + i]).isGreaterThanOrEqualTo(outputs[count + i - 1]);
        }
        assertThat(outputs[(count - 1) / 2]).isEqualTo(middles[0]);
        assertThat(outputs[count + (count - 1) / 2]).isEqualTo(middles[1]);
      }
    }
  }

  @Test
  void activationIsTheQuantiles() {
    double[] outputs = {0, 3, Math.log(Math.E - 1)};
    create().activate(outputs);
    assertThat(outputs).containsExactly(new double[] {3 - Math.log(2), 3, 4}, within(1e-12));
  }

  @Test
  void quantilesOutsideTheirRangeAreRefused() {
    for (List<Double> wrong :
        List.of(
            List.<Double>of(),
            List.of(0.0, 0.5),
            List.of(0.5, 1.0),
            List.of(0.5, 0.5),
            List.of(0.9, 0.1),
            List.of(Double.NaN))) {
      assertThatThrownBy(() -> LossType.PINBALL.create(new LossOptions(1, wrong)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "NetworkSpec: quantiles is "
                  + wrong
                  + "; there must be at least one, each above 0 and below 1, in increasing order.");
    }
  }
}
