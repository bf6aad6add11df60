package sparkrnn.forecast;

import java.time.LocalDateTime;
import java.time.temporal.IsoFields;
import java.util.Arrays;
import java.util.List;

/** Where a time stands in a cycle of the calendar, as the sine and the cosine of a full turn. */
public enum CalendarFeature {
  MINUTE_OF_HOUR("minuteOfHour"),
  HOUR_OF_DAY("hourOfDay"),
  DAY_OF_WEEK("dayOfWeek"),
  DAY_OF_MONTH("dayOfMonth"),
  WEEK_OF_YEAR("weekOfYear"),
  MONTH_OF_YEAR("monthOfYear");

  /** Numbers of one feature. */
  static final int WIDTH = 2;

  private static final int MOST_WEEKS = 53;

  private final String paramName;

  CalendarFeature(String paramName) {
    this.paramName = paramName;
  }

  /** The name in params: "hourOfDay". */
  public String paramName() {
    return paramName;
  }

  /** All names. */
  public static List<String> names() {
    return Arrays.stream(values()).map(CalendarFeature::paramName).toList();
  }

  /** The feature of a name, one of {@link #names}. */
  public static CalendarFeature named(String name) {
    return values()[names().indexOf(name)];
  }

  /** The part of the cycle that has passed, from 0 up to but not including 1. */
  double phase(LocalDateTime time) {
    return switch (this) {
      case MINUTE_OF_HOUR -> time.getMinute() / 60.0;
      case HOUR_OF_DAY -> time.getHour() / 24.0;
      case DAY_OF_WEEK -> (time.getDayOfWeek().getValue() - 1) / 7.0;
      case DAY_OF_MONTH -> (time.getDayOfMonth() - 1) / (double) time.toLocalDate().lengthOfMonth();
      case WEEK_OF_YEAR -> (time.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR) - 1) / (double) MOST_WEEKS;
      case MONTH_OF_YEAR -> (time.getMonthValue() - 1) / 12.0;
    };
  }

  /** Writes sine and cosine. */
  void write(LocalDateTime time, float[] features, int at) {
    double angle = 2 * Math.PI * phase(time);
    features[at] = (float) StrictMath.sin(angle);
    features[at + 1] = (float) StrictMath.cos(angle);
  }
}
