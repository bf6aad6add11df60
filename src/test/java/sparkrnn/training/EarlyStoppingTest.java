package sparkrnn.training;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** If these fail, fits stop too soon, too late, or return worse parameters than they had. */
class EarlyStoppingTest {

  @Test
  void stopsAfterPatienceEpochsWithoutImprovementAndKeepsTheBest() {
    EarlyStopping stopping = new EarlyStopping(2, 0.01, 1);
    assertThat(stopping.observe(1, 1.0, new float[] {1})).isFalse();
    assertThat(stopping.observe(2, 0.5, new float[] {2})).isFalse();
    assertThat(stopping.observe(3, 0.495, new float[] {3})).as("less than minDelta").isFalse();
    assertThat(stopping.observe(4, 0.6, new float[] {4})).isTrue();
    assertThat(stopping.bestEpoch()).isEqualTo(2);
    assertThat(stopping.best()).containsExactly(2);
  }

  @Test
  void doesNotStopAfterTheFirstEpochNorWithoutPatience() {
    EarlyStopping stopping = new EarlyStopping(0, 0, 1);
    assertThat(stopping.observe(1, 1, new float[1])).isFalse();
    for (int epoch = 2; epoch < 100; epoch++) {
      assertThat(stopping.observe(epoch, 2, new float[1])).isFalse();
    }
    assertThat(stopping.bestEpoch()).isEqualTo(1);
  }

  @Test
  void improvementResetsTheWait() {
    EarlyStopping stopping = new EarlyStopping(2, 0, 1);
    double[] losses = {5, 6, 4, 6, 3};
    for (int i = 0; i < losses.length; i++) {
      assertThat(stopping.observe(i + 1, losses[i], new float[1])).isFalse();
    }
    assertThat(stopping.bestLoss()).isEqualTo(3);
  }
}
