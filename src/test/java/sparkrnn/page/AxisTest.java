package sparkrnn.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
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
    assertThat(Numbers.duration(0.0257)).isEqualTo("0.02570 s");
    assertThat(Numbers.duration(200)).isEqualTo("3 min 20 s");
  }

  /** Else an axis says the same number several times, as of norms that hardly differ. */
  @Test
  void numbersBesideAnAxisDifferAndAreAlike() {
    assertThat(Numbers.ticks(List.of(0.0, 0.25, 0.5))).containsExactly("0", "0.25", "0.5");
    assertThat(Numbers.ticks(List.of(0.02290, 0.02291, 0.02292)))
        .containsExactly("0.0229", "0.02291", "0.02292");
    assertThat(Numbers.ticks(List.of(6e-4, 8e-4, 1e-3)))
        .containsExactly("0.0006", "0.0008", "0.001");
    assertThat(Numbers.ticks(List.of(1e-6, 1e-4, 1e-2, 1.0)))
        .containsExactly("1e-6", "1e-4", "0.01", "1");
    assertThat(Numbers.ticks(List.of(-500.0, 12500.0))).containsExactly("-500", "12,500");
    assertThat(Numbers.ticks(List.of(5e5, 1.5e6))).containsExactly("500,000", "1.5e6");
    assertThat(Numbers.ticks(new Axis(1.00001, 1.00002, false).ticks(5))).doesNotHaveDuplicates();
  }
}
