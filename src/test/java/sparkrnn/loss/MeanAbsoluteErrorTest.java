package sparkrnn.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import sparkrnn.contract.ErrorLossContractTest;
import sparkrnn.oracle.LossOracle;

class MeanAbsoluteErrorTest extends ErrorLossContractTest {

  @Override
  protected ErrorLoss create() {
    return (ErrorLoss) LossType.MAE.create(1);
  }

  @Override
  protected LossOracle oracle() {
    return LossOracle.meanAbsoluteError();
  }

  @Test
  void twoSequencesOfTwoOutputsByHand() {
    float[] predictions = {1, 1, 1, 0.5f};
    float[] targets = {0, 1, 0, 0};
    // (1 + 0) / 2 and twice (1 + 0.5) / 2
    assertThat(create().weightedSum(predictions, targets, new float[] {1, 2}, 2, 2))
        .isCloseTo(2, within(1e-12));
  }
}
