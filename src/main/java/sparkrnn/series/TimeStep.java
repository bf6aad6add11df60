package sparkrnn.series;

import java.io.Serializable;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.spark.sql.catalyst.util.IntervalUtils;
import org.apache.spark.unsafe.types.CalendarInterval;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * The distance from one row of a regular series to the next: a number, or one amount of months, of
 * days or of a fixed time. Months and days differ in length, so they are not mixed.
 *
 * @param number in the unit of the times; null if it is an amount of time
 * @param months 0 if it is another amount
 * @param days 0 if it is another amount
 * @param micros 0 if it is another amount
 */
public record TimeStep(BigDecimal number, int months, int days, long micros)
    implements Serializable {

  private static final Pattern NUMBER = Pattern.compile("[0-9]+(\\.[0-9]+)?([eE][+-]?[0-9]+)?");

  /** Reads what Spark reads as an interval, or a number; empty if it is neither or not positive. */
  public static Optional<TimeStep> parse(String text) {
    if (NUMBER.matcher(text).matches()) {
      BigDecimal number = new BigDecimal(text);
      return number.signum() > 0 ? Optional.of(new TimeStep(number, 0, 0, 0)) : Optional.empty();
    }
    CalendarInterval interval = IntervalUtils.safeStringToInterval(UTF8String.fromString(text));
    return interval != null && isOneAmount(interval)
        ? Optional.of(new TimeStep(null, interval.months, interval.days, interval.microseconds))
        : Optional.empty();
  }

  private static boolean isOneAmount(CalendarInterval interval) {
    boolean noneNegative = interval.months >= 0 && interval.days >= 0 && interval.microseconds >= 0;
    int amounts =
        Integer.signum(interval.months)
            + Integer.signum(interval.days)
            + Long.signum(interval.microseconds);
    return noneNegative && amounts == 1;
  }

  public boolean isNumber() {
    return number != null;
  }
}
