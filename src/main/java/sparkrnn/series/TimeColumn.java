package sparkrnn.series;

import java.math.BigDecimal;
import java.time.ZoneId;
import java.util.Locale;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.FloatType;
import org.apache.spark.sql.types.IntegralType;
import org.apache.spark.sql.types.TimestampNTZType;
import org.apache.spark.sql.types.TimestampType;

/**
 * The column that orders the rows of a series.
 *
 * @param stage that reads it, for messages
 * @param timeStep what {@link TimeStep#parse} takes; empty if none is set
 */
public record TimeColumn(String stage, String name, DataType type, String timeStep) {

  /** Whether times of a type have a place on the calendar. */
  public static boolean isCalendar(DataType type) {
    return type instanceof TimestampType
        || type instanceof TimestampNTZType
        || type instanceof DateType;
  }

  /**
   * What times of the column are.
   *
   * @param zone of the session
   * @throws IllegalArgumentException if the type holds no times, or the time step does not go with
   *     it
   */
  public TimeAxis axis(ZoneId zone) {
    TimeStep step = timeStep.isEmpty() ? null : TimeStep.parse(timeStep).orElseThrow();
    if (isCalendar(type)) {
      checkAmount(step);
      return new CalendarTimes(step, zone);
    }
    boolean whole = type instanceof IntegralType;
    if (!whole && !(type instanceof DoubleType) && !(type instanceof FloatType)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%s: column \"%s\" (timeCol) is %s; it must be a whole number, double, float, timestamp"
                  + " or date. Cast it to one of them, such as timestamp.",
              stage,
              name,
              type.catalogString()));
    }
    if (step != null && !step.isNumber()) {
      throw unfitStep("times that are numbers need a number", "1");
    }
    if (whole) {
      return new WholeTimes(wholeStep(step));
    }
    return new RealTimes(step == null ? 0 : step.number().doubleValue());
  }

  private long wholeStep(TimeStep step) {
    if (step == null) {
      return 0;
    }
    long whole = step.number().longValue();
    if (step.number().compareTo(BigDecimal.valueOf(whole)) != 0) {
      throw unfitStep("times that are whole numbers need a whole number", "1");
    }
    return whole;
  }

  private void checkAmount(TimeStep step) {
    if (step != null && step.isNumber()) {
      throw unfitStep("it needs a number and a unit", "1 day");
    }
    if (step != null && type instanceof DateType && step.micros() > 0) {
      throw unfitStep("dates need whole days or months", "1 day");
    }
  }

  private IllegalArgumentException unfitStep(String needed, String example) {
    return new IllegalArgumentException(
        String.format(
            Locale.ROOT,
            "%s: timeStep is \"%s\" and column \"%s\" (timeCol) is %s; %s. Set timeStep to, for"
                + " example, \"%s\".",
            stage,
            timeStep,
            name,
            type.catalogString(),
            needed,
            example));
  }
}
