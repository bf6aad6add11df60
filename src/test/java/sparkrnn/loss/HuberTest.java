package sparkrnn.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sparkrnn.contract.ErrorLossContractTest;
import sparkrnn.oracle.LossOracle;

class HuberTest extends ErrorLossContractTest {

  @Override
  protected ErrorLoss create() {
    return (ErrorLoss) LossType.HUBER.create(1);
  }

  @Override
  protected LossOracle oracle() {
    return LossOracle.huber(1);
  }

  @Test
  void twoSequencesOfTwoOutputsByHand() {
    float[] predictions = {3, 1, 1, 0.5f};
    float[] targets = {0, 1, 0, 0};
    // (2.5 + 0) / 2 and twice (0.5 + 0.125) / 2
    assertThat(create().weightedSum(predictions, targets, new float[] {1, 2}, 2, 2))
        .isCloseTo(1.875, within(1e-12));
  }

  @Test
  void turnsLinearAtDelta() {
    Huber huber = new Huber(0.5);
    assertThat(huber.value(0.5)).isEqualTo(0.125);
    assertThat(huber.value(-2)).isEqualTo(0.5 * 2 - 0.125);
    assertThat(huber.derivative(0.25)).isEqualTo(0.25);
    assertThat(huber.derivative(-2)).isEqualTo(-0.5);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
  void deltaOutsideItsRangeIsRefused(double delta) {
    assertThatThrownBy(() -> LossType.HUBER.create(delta))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("NetworkSpec: huberDelta is " + delta + "; it must be finite and above 0.");
  }

  @Test
  void otherLossesDoNotReadDelta() {
    assertThat(((ErrorLoss) LossType.MSE.create(Double.NaN)).value(2)).isEqualTo(4);
    assertThat(((ErrorLoss) LossType.MAE.create(-1)).value(2)).isEqualTo(2);
  }
}
