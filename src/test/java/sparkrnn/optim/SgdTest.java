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
    return OptimizerType.SGD.create(size, options(0.9));
  }

  @Override
  protected OptimizerOracle oracle(int size) {
    return OptimizerOracle.sgd(size, 0.9, false);
  }

  private static OptimizerOptions options(double momentum) {
    return new OptimizerOptions(momentum, false, 0.1);
  }

  @Test
  void withoutMomentumThereIsNoState() {
    assertThat(new Sgd(3, options(0)).state()).isEmpty();
    assertThat(new Sgd(3, options(0.5)).state()).containsOnlyKeys("momentum");
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, 1, Double.NaN})
  void momentumOutsideItsRangeIsRefused(double momentum) {
    assertThatThrownBy(() -> options(momentum))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("optimizer: momentum is " + momentum + "; it must be in [0, 1).");
  }

  @Test
  void nesterovWithoutMomentumIsRefused() {
    assertThatThrownBy(() -> new Sgd(3, new OptimizerOptions(0, true, 0)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("optimizer \"sgd\": nesterov is true and momentum is 0.0; it must be above 0.");
  }
}
