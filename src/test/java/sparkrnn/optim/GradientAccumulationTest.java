package sparkrnn.optim;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GradientAccumulationTest {

  @Test
  void everyThirdBatchMakesAStepOfTheMean() {
    GradientAccumulation accumulation = new GradientAccumulation(3, 2);
    for (int step = 0; step < 2; step++) {
      float[] g = {1, step};
      assertThat(accumulation.complete(3L * step, g)).isFalse();
      assertThat(g).containsExactly(1, step);
      assertThat(accumulation.complete(3L * step + 1, new float[] {4, 2})).isFalse();
      assertThat(accumulation.sum()).containsExactly(5, step + 2);
      float[] last = {-8, 1};
      assertThat(accumulation.complete(3L * step + 2, last)).isTrue();
      assertThat(last).containsExactly(-1, (step + 3) / 3f);
    }
  }

  @Test
  void oneBatchAStepChangesNothing() {
    GradientAccumulation accumulation = new GradientAccumulation(1, 2);
    float[] gradient = {0.1f, -0f};
    assertThat(accumulation.complete(7, gradient)).isTrue();
    assertThat(gradient).containsExactly(0.1f, -0f);
    assertThat(accumulation.sum()).isEmpty();
  }
}
