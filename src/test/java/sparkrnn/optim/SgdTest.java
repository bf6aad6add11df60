package sparkrnn.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sparkrnn.contract.OptimizerContractTest;
import sparkrnn.oracle.OptimizerOracle;

class SgdTest extends OptimizerContractTest {

  @Override
  protected Optimizer create(int size) {
    return OptimizerType.SGD.create(size, 0.9);
  }

  @Override
  protected OptimizerOracle oracle(int size) {
    return OptimizerOracle.sgd(size, 0.9);
  }

  @Test
  void withoutMomentumThereIsNoState() {
    assertThat(new Sgd(3, 0).state()).isEmpty();
    assertThat(new Sgd(3, 0.5).state()).containsOnlyKeys("momentum");
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, 1, Double.NaN})
  void momentumOutsideItsRangeIsRefused(double momentum) {
    assertThatThrownBy(() -> new Sgd(3, momentum))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("optimizer \"sgd\": momentum is " + momentum + "; it must be in [0, 1).");
  }
}
