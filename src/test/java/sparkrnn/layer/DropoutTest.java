package sparkrnn.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static sparkrnn.contract.Floats.nans;
import static sparkrnn.contract.Floats.normals;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sparkrnn.RandomTest;
import sparkrnn.contract.Shard;
import sparkrnn.random.CounterRandom;

class DropoutTest {

  /** Two elements of each number; what lies beyond the last is not touched. */
  @RandomTest
  void choicesHaveTheirShareAndOddSizesEndInTheMiddleOfANumber(Random seed) {
    CounterRandom random = new CounterRandom(seed.nextLong(), 1);
    float[] m = new float[20_002];
    Arrays.fill(m, 7f);
    assertThat(Dropout.writeChoices(random, 5, 0.3, m, 20_001)).isEqualTo(5 + 10_001);
    assertThat(m[20_001]).isEqualTo(7f);
    int ones = 0;
    for (int i = 0; i < 20_001; i++) {
      assertThat(m[i]).isIn(0f, 1f);
      ones += m[i] == 1f ? 1 : 0;
    }
    assertThat(ones / 20_001.0).isCloseTo(0.3, within(6 * Math.sqrt(0.21 / 20_001)));
  }

  private static final int SIZE = 40_000;

  private static float[] mask(CounterRandom random, long from, double rate) {
    float[] mask = new float[SIZE];
    assertThat(Dropout.writeMask(random, from, rate, mask, SIZE)).isEqualTo(from + SIZE);
    return mask;
  }

  /** Within four standard deviations of a share of independent draws. */
  @ParameterizedTest
  @ValueSource(doubles = {0.05, 0.3, 0.5, 0.9})
  void shareOfTheRateIsDroppedAndTheRestScaledUp(double rate) {
    float[] mask = mask(new CounterRandom(5, -1), 123, rate);
    int dropped = 0;
    double sum = 0;
    for (float m : mask) {
      assertThat(m).isIn(0f, (float) (1 / (1 - rate)));
      dropped += m == 0 ? 1 : 0;
      sum += m;
    }
    double deviation = 4 * Math.sqrt(rate * (1 - rate) / SIZE);
    assertThat((double) dropped / SIZE).isCloseTo(rate, within(deviation));
    assertThat(sum / SIZE).as("mean").isCloseTo(1, within(deviation / (1 - rate)));
  }

  /** Neighbours in a row, in a column and in two training steps are dropped independently. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 64, 128})
  void elementsAreDroppedIndependently(int distance) {
    CounterRandom random = new CounterRandom(5, -1);
    float[] mask = mask(random, random.bits(1), 0.5);
    float[] nextStep = mask(random, random.bits(2), 0.5);
    assertThat(sharedShare(mask, mask, distance)).isCloseTo(0.25, within(0.01));
    assertThat(sharedShare(mask, nextStep, 0)).isCloseTo(0.25, within(0.01));
  }

  private static double sharedShare(float[] one, float[] other, int distance) {
    int both = 0;
    for (int i = 0; i < SIZE - distance; i++) {
      both += one[i] == 0 && other[i + distance] == 0 ? 1 : 0;
    }
    return (double) both / (SIZE - distance);
  }

  @RandomTest
  void everyTimeStepOfASequenceHasItsMask(Random random) {
    Shard shard = Shard.draw(random, 9, 6);
    int columns = 4;
    float[] m = normals(random, 9 * columns, 1);
    float[] x = normals(random, shard.rows() * columns, 1);
    float[] y = nans(x.length + 3);
    Dropout.multiply(shard.packed(), columns, m, x, y);
    for (int s = 0; s < 9; s++) {
      for (int t = 0; t < shard.lengths()[s]; t++) {
        for (int j = 0; j < columns; j++) {
          int e = shard.row(s, t) * columns + j;
          assertThat(y[e]).isEqualTo(m[s * columns + j] * x[e]);
        }
      }
    }
    assertThat(Arrays.copyOfRange(y, x.length, y.length)).containsOnly(Float.NaN);
    Dropout.multiply(shard.packed(), columns, m, x, x);
    assertThat(x).containsExactly(Arrays.copyOf(y, x.length));
  }
}
