package sparkrnn.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sparkrnn.contract.OptimizerContractTest;
import sparkrnn.oracle.OptimizerOracle;

/** The optimizer inside is not disturbed, and the average follows its equations. */
class MovingAverageTest extends OptimizerContractTest {

  @Override
  protected Optimizer create(int size) {
    return new MovingAverage(new Adam(size), size, 0.8);
  }

  @Override
  protected OptimizerOracle oracle(int size) {
    return OptimizerOracle.adam(size);
  }

  @Test
  void averageBeginsWithTheFirstStepAndFollows() {
    Optimizer average = new MovingAverage(new Sgd(1, new OptimizerOptions(0, false, 0)), 1, 0.8);
    float[] parameters = {5};
    double expected = 0;
    for (int t = 1; t <= 20; t++) {
      average.step(parameters, new float[] {(float) Math.cos(t)}, 0.5);
      expected = t == 1 ? parameters[0] : 0.8 * expected + 0.2 * parameters[0];
      float[] overwritten = {Float.NaN};
      average.finish(overwritten);
      assertThat((double) overwritten[0]).as("step %d", t).isCloseTo(expected, within(1e-6));
    }
    assertThat(Math.abs(expected - parameters[0])).isGreaterThan(0.01);
  }

  @Test
  void averageGoesOnFromASavedState() {
    Optimizer first = create(2);
    float[] parameters = {1, 2};
    first.step(parameters, new float[] {1, -1}, 0.1);
    first.step(parameters, new float[] {2, 1}, 0.1);
    Map<String, float[]> saved = new HashMap<>();
    first.state().forEach((name, array) -> saved.put(name, array.clone()));
    assertThat(saved).containsOnlyKeys("m", "v", "average");
    Optimizer second = create(2);
    second.restore(first.steps(), saved);
    first.step(parameters.clone(), new float[] {3, 1}, 0.1);
    second.step(parameters, new float[] {3, 1}, 0.1);
    assertThat(second.state().get("average")).containsExactly(first.state().get("average"));
  }

  @Test
  void nothingIsOverwrittenBeforeTheFirstStep() {
    float[] parameters = {3, 4};
    new MovingAverage(new Adam(2), 2, 0.5).finish(parameters);
    assertThat(parameters).containsExactly(3, 4);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 1, -0.5, Double.NaN})
  void momentumOutsideItsRangeIsRefused(double momentum) {
    assertThatThrownBy(() -> new MovingAverage(new Adam(1), 1, momentum))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("optimizer: emaMomentum is " + momentum + "; it must be above 0 and below 1.");
  }
}
