package sparkrnn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SeededRandomTest {

  @Test
  void commandNamesClassMethodAndSeed() {
    assertThat(SeededRandom.command(SeededRandomTest.class, "someTest", -3))
        .isEqualTo("./mvnw test -Dtest=SeededRandomTest#someTest -Dseed=-3");
  }

  @Test
  void askedSeedIsTheFirstOfAllRuns() {
    assertThat(SeededRandom.seeds("41", 3, 7)).containsExactly(41L, 42L, 43L);
    assertThat(SeededRandom.seeds("-5", 1, 7)).containsExactly(-5L);
  }

  @Test
  void withoutOneTheSeedIsFresh() {
    assertThat(SeededRandom.seeds(null, 2, 7)).containsExactly(7L, 8L);
  }

  @RandomTest
  void bothKindsOfNumbersAreGiven(Random random, SplittableRandom splittable) {
    assertThat(random.nextDouble()).isBetween(0.0, 1.0);
    assertThat(splittable.nextDouble()).isBetween(0.0, 1.0);
  }
}
