package sparkrnn.page;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Axes and numbers: if it fails, charts are read wrongly. */
final class AxisTest {

  @Test
  void ticksAreRoundAndInside() {
    assertThat(new Axis(0.3, 9.7, false).ticks(5)).containsExactly(2.0, 4.0, 6.0, 8.0);
    assertThat(new Axis(-1, 1, false).ticks(4)).containsExactly(-1.0, -0.5, 0.0, 0.5, 1.0);
    assertThat(new Axis(2e-4, 3, true).ticks(5)).containsExactly(1e-3, 1e-2, 0.1, 1.0);
  }

  @Test
  void wideLossesAreLogarithmicAndOthersNot() {
    assertThat(Axis.over(new double[] {1e-4, 1}, true).logarithmic()).isTrue();
    assertThat(Axis.over(new double[] {1e-4, 1}, false).logarithmic()).isFalse();
    assertThat(Axis.over(new double[] {0.5, 1}, true).logarithmic()).isFalse();
    assertThat(Axis.over(new double[] {0, 1}, true).logarithmic()).isFalse();
    assertThat(Axis.over(new double[] {Double.NaN}, true)).isEqualTo(new Axis(0, 1, false));
  }

  @Test
  void equalRatiosAreEquallyFarApart() {
    Axis axis = new Axis(0.01, 100, true);
    assertThat(axis.place(0.01)).isZero();
    assertThat(axis.place(1)).isEqualTo(0.5);
    assertThat(axis.place(100)).isEqualTo(1);
  }

  @Test
  void valuesThatAreAllTheSameHaveAnAxis() {
    Axis axis = Axis.over(new double[] {7, 7}, true);
    assertThat(axis.place(7)).isEqualTo(0.5);
    assertThat(axis.ticks(5)).isNotEmpty();
  }

  @Test
  void numbersAreShort() {
    assertThat(Numbers.shown(0.0123456)).isEqualTo("0.01235");
    assertThat(Numbers.shown(6e-5)).isEqualTo("6.000e-05");
    assertThat(Numbers.shown(12345)).isEqualTo("12,345");
    assertThat(Numbers.shown(Double.NaN)).isEmpty();
    assertThat(Numbers.duration(200)).isEqualTo("3 min 20 s");
    assertThat(Numbers.tick(0.25)).isEqualTo("0.25");
    assertThat(Numbers.tick(1e-5)).isEqualTo("1e-5");
    assertThat(Numbers.tick(0)).isEqualTo("0");
  }
}
