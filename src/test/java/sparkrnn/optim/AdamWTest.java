package sparkrnn.optim;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sparkrnn.contract.OptimizerContractTest;
import sparkrnn.oracle.OptimizerOracle;

class AdamWTest extends OptimizerContractTest {

  @Override
  protected Optimizer create(int size) {
    return OptimizerType.ADAM_W.create(size, new OptimizerOptions(0.9, false, 0.3));
  }

  @Override
  protected OptimizerOracle oracle(int size) {
    return OptimizerOracle.adamW(size, 0.3);
  }

  @Override
  protected double weightDecay() {
    return 0.3;
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, Double.POSITIVE_INFINITY, Double.NaN})
  void weightDecayOutsideItsRangeIsRefused(double weightDecay) {
    assertThatThrownBy(() -> new OptimizerOptions(0, false, weightDecay))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "optimizer: weightDecay is " + weightDecay + "; it must be at least 0 and finite.");
  }
}
