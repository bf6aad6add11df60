package sparkrnn.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import sparkrnn.RandomTest;

final class ConformalTest {

  @Test
  void reachIsTheScoreWithOneMoreThanTheShareBelow() {
    double[] nine = {9, 1, 8, 2, 7, 3, 6, 4, 5};
    // (9 + 1) 0.8 = 8: the eighth of nine.
    assertThat(Conformal.reach(nine, 0.8)).isEqualTo(8);
    assertThat(Conformal.reach(new double[] {-3, -1, -2, -4}, 0.8)).isEqualTo(-1);
    assertThat(Conformal.reach(new double[] {5}, 0.5)).isEqualTo(5);
  }

  @Test
  void leastWindowsAreThoseWhoseLargestScoreStillCovers() {
    assertThat(Conformal.leastWindows(0.8)).isEqualTo(4);
    assertThat(Conformal.leastWindows(0.9)).isEqualTo(9);
    assertThat(Conformal.leastWindows(0.5)).isEqualTo(1);
    assertThat(Conformal.leastWindows(0.99)).isEqualTo(99);
  }

  /**
   * Of scores that follow one law, a new one lies within the reach at least as often as promised.
   */
  @RandomTest
  void newScoresLieWithinTheReachAsOftenAsPromised(Random random) {
    int inside = 0;
    int trials = 20_000;
    double[] scores = new double[19];
    for (int trial = 0; trial < trials; trial++) {
      Arrays.setAll(scores, i -> random.nextGaussian());
      inside += random.nextGaussian() <= Conformal.reach(scores, 0.75) ? 1 : 0;
    }
    assertThat((double) inside / trials).isBetween(0.735, 0.765);
  }
}
