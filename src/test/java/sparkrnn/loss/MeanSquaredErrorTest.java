package sparkrnn.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import sparkrnn.contract.ErrorLossContractTest;
import sparkrnn.oracle.LossOracle;

class MeanSquaredErrorTest extends ErrorLossContractTest {

  @Override
  protected ErrorLoss create() {
    return (ErrorLoss) LossType.MSE.create(1);
  }

  @Override
  protected LossOracle oracle() {
    return LossOracle.meanSquaredError();
  }

  @Test
  void twoSequencesOfTwoOutputsByHand() {
    float[] predictions = {1, 1, 1, 0.5f};
    float[] targets = {0, 1, 0, 0};
    // (1 + 0) / 2 and twice (1 + 0.25) / 2
    assertThat(create().weightedSum(predictions, targets, new float[] {1, 2}, 2, 2))
        .isCloseTo(1.75, within(1e-12));
  }
}
