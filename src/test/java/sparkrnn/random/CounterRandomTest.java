package sparkrnn.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import sparkrnn.RandomTest;

class CounterRandomTest {

  private static final long GAMMA = 0x9E3779B97F4A7C15L;
  private static final int DRAWS = 200_000;

  /** The JDK's generator is SplitMix64 too: n draws are the indices 0 to n - 1. */
  @RandomTest
  void numbersAreThoseOfSplitMix64(Random random) {
    long seed = random.nextLong();
    long stream = random.nextInt(100);
    long mixedSeed = new SplittableRandom(seed).nextLong();
    long start = new SplittableRandom(mixedSeed + (stream - 1) * GAMMA).nextLong();
    SplittableRandom expected = new SplittableRandom(start);
    CounterRandom actual = new CounterRandom(seed, stream);
    for (int index = 0; index < 100; index++) {
      assertThat(actual.bits(index)).as("index %d", index).isEqualTo(expected.nextLong());
    }
  }

  /** Models are initialised and batches drawn by these numbers: they may never change. */
  @Test
  void numbersAreTheSameInEveryVersion() {
    CounterRandom random = new CounterRandom(42, 3);
    assertThat(random.bits(0)).isEqualTo(5644283924942595004L);
    assertThat(random.bits(1L << 40)).isEqualTo(-1324728900418509875L);
    assertThat(random.uniform(5)).isEqualTo(0.29142030889885195);
    assertThat(random.gaussian(5)).isEqualTo(0.2130812181599633);
    assertThat(random.uniform(5, -2, 3)).isEqualTo(-0.5428985f);
  }

  @RandomTest
  void orderOfAskingDoesNotMatter(Random random) {
    long seed = random.nextLong();
    CounterRandom first = new CounterRandom(seed, 1);
    CounterRandom second = new CounterRandom(seed, 1);
    long[] forwards = new long[50];
    for (int i = 0; i < 50; i++) {
      forwards[i] = first.bits(i);
    }
    for (int i = 49; i >= 0; i--) {
      assertThat(second.bits(i)).isEqualTo(forwards[i]);
    }
  }

  @RandomTest
  void uniformHasItsMoments(Random random) {
    CounterRandom numbers = new CounterRandom(random.nextLong(), random.nextInt());
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < DRAWS; i++) {
      double value = numbers.uniform(i);
      assertThat(value >= 0 && value < 1).isTrue();
      sum += value;
      squares += value * value;
    }
    // Six standard deviations: sqrt(1 / 12 / n) and sqrt(4 / 45 / n).
    assertThat(sum / DRAWS).isCloseTo(0.5, within(6 * Math.sqrt(1 / 12.0 / DRAWS)));
    assertThat(squares / DRAWS).isCloseTo(1 / 3.0, within(6 * Math.sqrt(4 / 45.0 / DRAWS)));
  }

  @RandomTest
  void gaussianHasItsMomentsAndTails(Random random) {
    CounterRandom numbers = new CounterRandom(random.nextLong(), random.nextInt());
    double sum = 0;
    double squares = 0;
    double fourths = 0;
    double successive = 0;
    int beyondTwo = 0;
    for (int i = 0; i < DRAWS; i++) {
      double value = numbers.gaussian(i);
      sum += value;
      squares += value * value;
      fourths += Math.pow(value, 4);
      successive += value * numbers.gaussian(i + 1);
      beyondTwo += Math.abs(value) > 2 ? 1 : 0;
    }
    double deviation = 6 / Math.sqrt(DRAWS);
    assertThat(sum / DRAWS).isCloseTo(0, within(deviation));
    assertThat(squares / DRAWS).isCloseTo(1, within(Math.sqrt(2) * deviation));
    assertThat(fourths / DRAWS).isCloseTo(3, within(Math.sqrt(96) * deviation));
    assertThat(successive / DRAWS).isCloseTo(0, within(deviation));
    assertThat(beyondTwo / (double) DRAWS).isCloseTo(0.0455, within(0.21 * deviation));
  }

  @RandomTest
  void streamsAndSeedsAreIndependent(Random random) {
    long seed = random.nextLong();
    CounterRandom numbers = new CounterRandom(seed, 0);
    assertIndependent(numbers, new CounterRandom(seed, 1));
    assertIndependent(numbers, new CounterRandom(seed + 1, 0));
    assertIndependent(numbers, new CounterRandom(seed, -1));
    assertIndependent(numbers, new CounterRandom(0, seed));
  }

  /** Pairs of numbers fall evenly into 16 x 16 cells: chi-square with 255 degrees of freedom. */
  private static void assertIndependent(CounterRandom a, CounterRandom b) {
    int[] counts = new int[256];
    for (int i = 0; i < DRAWS; i++) {
      counts[((int) (a.uniform(i) * 16)) * 16 + (int) (b.uniform(i) * 16)]++;
    }
    double expected = DRAWS / 256.0;
    double chiSquare = 0;
    for (int count : counts) {
      chiSquare += (count - expected) * (count - expected) / expected;
    }
    // Its deviation is sqrt(510); six of them on both sides: too even is as bad as too uneven.
    assertThat(chiSquare).isBetween(255 - 6 * 22.6, 255 + 7 * 22.6);
  }

  @RandomTest
  void uniformFloatStaysBelowItsUpperEnd(Random random) {
    CounterRandom numbers = new CounterRandom(random.nextLong(), 0);
    float high = Math.nextUp(1f);
    for (int i = 0; i < 1000; i++) {
      assertThat(numbers.uniform(i, 1f, high)).isEqualTo(1f);
      assertThat(numbers.uniform(i, -0.05f, 0.05f)).isBetween(-0.05f, Math.nextDown(0.05f));
    }
  }
}
