package sparkrnn.parameter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import sparkrnn.RandomTest;

class InitializerTest {

  private static final int ROWS = 150;
  private static final int COLUMNS = 400;

  static List<String> names() {
    return Initializer.names();
  }

  @ParameterizedTest
  @MethodSource("names")
  void matrixIsOverwrittenAndNothingBesideIt(String name) {
    Filled filled = new Filled(name, 6, 10, 1);
    assertThat(filled.values).doesNotContain(Float.NaN);
    assertThat(filled.surroundings()).containsOnly(Float.NaN);
  }

  @ParameterizedTest
  @MethodSource("names")
  void sameSeedGivesTheSameBits(String name) {
    assertThat(new Filled(name, 6, 10, 5).values)
        .containsExactly(new Filled(name, 6, 10, 5).values);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "glorot_uniform",
        "glorot_normal",
        "he_uniform",
        "he_normal",
        "orthogonal",
        "random_uniform",
        "random_normal",
        "lecun_uniform",
        "lecun_normal",
        "truncated_normal"
      })
  void anotherSeedGivesOtherNumbers(String name) {
    assertThat(new Filled(name, 6, 10, 5).values).doesNotContain(new Filled(name, 6, 10, 6).values);
  }

  /** The fourth moment of a distribution over the square of its variance, for the test's width. */
  private static void assertMoments(Filled filled, double variance, double kurtosis) {
    double n = filled.values.length;
    assertThat(filled.mean()).isCloseTo(0, within(6 * Math.sqrt(variance / n)));
    assertThat(filled.variance())
        .isCloseTo(variance, within(6 * variance * Math.sqrt((kurtosis - 1) / n)));
  }

  private static void assertUniform(String name, double limit, Random random) {
    Filled filled = new Filled(name, ROWS, COLUMNS, random.nextLong());
    assertMoments(filled, limit * limit / 3, 1.8);
    assertThat(filled.largest()).isBetween(0.999 * limit, limit * (1 + 1e-7));
  }

  @RandomTest
  void uniformOnesKeepTheirLimitsAndVariance(Random random) {
    assertUniform("glorot_uniform", Math.sqrt(6.0 / (ROWS + COLUMNS)), random);
    assertUniform("lecun_uniform", Math.sqrt(3.0 / ROWS), random);
    assertUniform("he_uniform", Math.sqrt(6.0 / ROWS), random);
    assertUniform("random_uniform", 0.05, random);
  }

  @RandomTest
  void truncatedNormalOnesHaveTheirVarianceAndNoTails(Random random) {
    assertTruncated("glorot_normal", 2.0 / (ROWS + COLUMNS), random);
    assertTruncated("he_normal", 2.0 / ROWS, random);
    assertTruncated("lecun_normal", 1.0 / ROWS, random);
  }

  /** Keras leaves the deviation of this one as the cut makes it. */
  @RandomTest
  void truncatedNormalHasTheDeviationOfKerasBeforeTheCut(Random random) {
    double deviation = 0.05 * 0.87962566103423978;
    assertTruncated("truncated_normal", deviation * deviation, random);
    assertThat(new Filled("truncated_normal", ROWS, COLUMNS, 3).largest())
        .isBetween(0.099, 0.1 * (1 + 1e-7));
  }

  /** Keras cuts at two deviations of the normal before the cut, which are 2 / 0.8796 after it. */
  private static void assertTruncated(String name, double variance, Random random) {
    Filled filled = new Filled(name, ROWS, COLUMNS, random.nextLong());
    assertMoments(filled, variance, 2.4);
    double cut = 2 * Math.sqrt(variance) / 0.87962566103423978;
    assertThat(filled.largest()).isBetween(0.98 * cut, cut * (1 + 1e-7));
  }

  @RandomTest
  void randomNormalHasTheDeviationOfKeras(Random random) {
    Filled filled = new Filled("random_normal", ROWS, COLUMNS, random.nextLong());
    assertMoments(filled, 0.05 * 0.05, 3);
    assertThat(filled.largest()).isGreaterThan(3 * 0.05);
  }

  @Test
  void identityStandsSideBySideForEachGate() {
    assertThat(new Filled("identity", 2, 6, 1).values)
        .containsExactly(1, 0, 1, 0, 1, 0, 0, 1, 0, 1, 0, 1);
    assertThat(new Filled("identity", 3, 2, 1).values).containsExactly(1, 0, 0, 1, 0, 0);
  }

  @Test
  void zerosAndOnes() {
    assertThat(new Filled("zeros", 2, 3, 1).values).containsOnly(0f);
    assertThat(new Filled("ones", 2, 3, 1).values).containsOnly(1f);
  }

  @Test
  void unknownNameIsRefusedWithAllNames() {
    assertThatThrownBy(() -> Initializer.named("Glorot"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "There is no initializer \"Glorot\"; it must be one of \"glorot_uniform\","
                + " \"glorot_normal\", \"he_uniform\", \"he_normal\","
                + " \"lecun_uniform\", \"lecun_normal\", \"orthogonal\", \"identity\", \"zeros\","
                + " \"ones\", \"random_uniform\", \"random_normal\", \"truncated_normal\".");
  }
}
