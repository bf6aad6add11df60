package sparkrnn.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import sparkrnn.RandomTest;

/** Sums that lose nothing. */
final class MomentsTest {

  private static final BigDecimal UNIT =
      BigDecimal.ONE.divide(new BigDecimal(BigInteger.ONE.shiftLeft(ExactSum.POINT)));

  private static Moments of(double... numbers) {
    Moments moments = new Moments();
    for (double number : numbers) {
      moments.add(number);
    }
    return moments;
  }

  @Test
  void byHand() {
    Moments moments = of(2, 4, 4, 4, 5, 5, 7, 9);
    assertThat(moments.mean()).isEqualTo(5);
    assertThat(moments.deviation()).isEqualTo(Math.sqrt(32.0 / 7));
    assertThat(of(3).deviation()).isZero();
    assertThat(of().mean()).isNaN();
  }

  @Test
  void constantsHaveNoDeviationAndLargeOffsetsLoseNone() {
    assertThat(of(0.1, 0.1, 0.1).deviation()).isZero();
    assertThat(of(0.1, 0.1, 0.1).mean()).isEqualTo(0.1);
    assertThat(of(1e15 + 1, 1e15 + 2, 1e15 + 3).deviation()).isEqualTo(1);
    assertThat(of(1e150, -1e150, 1, 2, 3).mean()).isEqualTo(1.2);
    assertThat(of(Double.MIN_VALUE, -Double.MIN_VALUE).mean()).isZero();
    assertThat(of(1e-200, 3e-200).deviation()).isZero(); // their squares are below every double
  }

  @RandomTest
  void sumIsThatOfExactNumbersOfAnySize(Random random) {
    ExactSum sum = new ExactSum();
    BigDecimal expected = BigDecimal.ZERO;
    for (int i = 0; i < 300; i++) {
      double number = Double.longBitsToDouble(random.nextLong());
      if (Double.isFinite(number)) {
        sum.add(number);
        expected = expected.add(new BigDecimal(number));
      }
    }
    assertThat(new BigDecimal(sum.units()).multiply(UNIT)).isEqualByComparingTo(expected);
  }

  @RandomTest
  void orderAndPartsChangeNoBit(Random random) {
    List<Double> numbers = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      numbers.add(random.nextGaussian() * Math.pow(10, random.nextInt(30) - 15));
    }
    Moments whole = new Moments();
    numbers.forEach(whole::add);
    Collections.shuffle(numbers, random);
    Moments parts = new Moments();
    for (int first = 0; first < 1000; first += 125) {
      Moments part = new Moments();
      numbers.subList(first, first + 125).forEach(part::add);
      parts.add(part);
    }
    assertThat(parts.mean()).isEqualTo(whole.mean());
    assertThat(parts.deviation()).isEqualTo(whole.deviation());
    assertThat(whole.deviation()).isCloseTo(reference(numbers), within(1e-12 * whole.deviation()));
  }

  private static double reference(List<Double> numbers) {
    MathContext digits = new MathContext(60);
    BigDecimal count = BigDecimal.valueOf(numbers.size());
    BigDecimal mean =
        numbers.stream()
            .map(BigDecimal::new)
            .reduce(BigDecimal.ZERO, BigDecimal::add)
            .divide(count, digits);
    return numbers.stream()
        .map(number -> new BigDecimal(number).subtract(mean).pow(2, digits))
        .reduce(BigDecimal.ZERO, BigDecimal::add)
        .divide(count.subtract(BigDecimal.ONE), digits)
        .sqrt(digits)
        .doubleValue();
  }
}
