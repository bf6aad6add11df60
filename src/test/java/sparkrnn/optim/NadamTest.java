package sparkrnn.optim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import sparkrnn.contract.OptimizerContractTest;
import sparkrnn.oracle.OptimizerOracle;

class NadamTest extends OptimizerContractTest {

  @Override
  protected Optimizer create(int size) {
    return OptimizerType.NADAM.create(size, new OptimizerOptions(0.9, false, 0.1));
  }

  @Override
  protected OptimizerOracle oracle(int size) {
    return OptimizerOracle.nadam(size);
  }

  /** The product of the momenta has become 0 then. */
  @Test
  void goesOnAfterManySteps() {
    float[] parameters = {1, -2};
    Optimizer first = create(2);
    descend(first, parameters, 3000);
    Map<String, float[]> saved = new HashMap<>();
    first.state().forEach((name, array) -> saved.put(name, array.clone()));
    float[] other = parameters.clone();
    Optimizer second = create(2);
    second.restore(3000, saved);
    descend(first, parameters, 50);
    descend(second, other, 50);
    assertThat(parameters).containsExactly(other).isNotEqualTo(new float[] {1, -2});
    assertThat(parameters[0]).isFinite();
  }

  private static void descend(Optimizer optimizer, float[] parameters, int steps) {
    for (int t = 0; t < steps; t++) {
      float wave = (float) StrictMath.sin((double) optimizer.steps());
      optimizer.step(parameters, new float[] {parameters[0] + wave, 3 * parameters[1]}, 0.001);
    }
  }
}
