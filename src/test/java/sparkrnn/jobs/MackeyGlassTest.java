package sparkrnn.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** If the series is another one, its test losses can't be compared with anybody's. */
final class MackeyGlassTest {

  @Test
  void isTheSeriesThatTheReferenceResultsWereMadeOn() {
    double[] values = MackeyGlass.values(3000);
    assertThat(values).hasSize(3000);
    assertThat(values[0]).isCloseTo(1.063752, within(5e-7));
    double mean = Arrays.stream(values).average().orElseThrow();
    double variance =
        Arrays.stream(values).map(value -> (value - mean) * (value - mean)).average().orElseThrow();
    assertThat(Math.sqrt(variance)).isCloseTo(0.225776, within(1e-6));
  }

  @Test
  void longerSeriesBeginsWithTheShorterOne() {
    assertThat(Arrays.copyOf(MackeyGlass.values(300), 100)).isEqualTo(MackeyGlass.values(100));
  }
}
