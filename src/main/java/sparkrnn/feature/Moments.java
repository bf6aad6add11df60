package sparkrnn.feature;

import java.io.Serializable;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;

/**
 * Mean and standard deviation of numbers, the same to the bit in whatever order and parts they
 * come.
 *
 * <pre>
 *   mean = sum x / n      deviation^2 = (n sum x^2 - (sum x)^2) / (n (n - 1))
 * </pre>
 *
 * <p>The sums are exact, so nothing is lost in the difference; each square is kept as a double and
 * its rounding error. Numbers must be below 1e150, so that squares are finite.
 *
 * <p>Public only because Spark takes nothing else as the buffer of an aggregate.
 */
public final class Moments implements Serializable {

  private static final long serialVersionUID = 1L;

  private static final MathContext DIGITS = MathContext.DECIMAL128;
  private static final BigDecimal UNITS = new BigDecimal(BigInteger.ONE.shiftLeft(ExactSum.POINT));

  private final ExactSum sum = new ExactSum();
  private final ExactSum squares = new ExactSum();
  private long count;

  Moments() {}

  void add(double number) {
    double square = number * number;
    sum.add(number);
    squares.add(square);
    squares.add(Math.fma(number, number, -square));
    count++;
  }

  void add(Moments other) {
    sum.add(other.sum);
    squares.add(other.squares);
    count += other.count;
  }

  /** NaN if there are no numbers. */
  double mean() {
    if (count == 0) {
      return Double.NaN;
    }
    BigDecimal total = new BigDecimal(sum.units());
    return total.divide(UNITS.multiply(BigDecimal.valueOf(count)), DIGITS).doubleValue();
  }

  /** That of a sample; 0 for fewer than two numbers. */
  double deviation() {
    BigInteger units = sum.units();
    BigInteger times = BigInteger.valueOf(count);
    BigInteger difference =
        squares.units().multiply(times).shiftLeft(ExactSum.POINT).subtract(units.multiply(units));
    // Squares of numbers below 1e-150 are rounded, and may make it negative.
    if (count < 2 || difference.signum() <= 0) {
      return 0;
    }
    BigDecimal pairs = new BigDecimal(times.multiply(times.subtract(BigInteger.ONE)));
    return new BigDecimal(difference)
        .divide(UNITS.pow(2).multiply(pairs), DIGITS)
        .sqrt(DIGITS)
        .doubleValue();
  }
}
