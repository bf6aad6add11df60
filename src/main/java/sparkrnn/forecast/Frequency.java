package sparkrnn.forecast;

import java.util.List;
import sparkrnn.series.TimeStep;

/**
 * What the time step of a series suggests: its season, lags and calendar features.
 *
 * @param step of the series
 */
public record Frequency(TimeStep step) {

  private static final long MICROS_PER_MINUTE = 60_000_000L;
  private static final long MICROS_PER_HOUR = 60 * MICROS_PER_MINUTE;
  private static final long MICROS_PER_DAY = 24 * MICROS_PER_HOUR;
  private static final int DAYS_PER_WEEK = 7;
  private static final int WEEKS_PER_YEAR = 52;
  private static final int MONTHS_PER_YEAR = 12;

  /**
   * Time steps of a season: a day where the step is part of one, a week of days, a year of weeks or
   * of months; 1, which is none, for other steps and for numbers.
   */
  public int seasonLength() {
    if (step.micros() > 0) {
      return MICROS_PER_DAY % step.micros() == 0
          ? Math.toIntExact(MICROS_PER_DAY / step.micros())
          : 1;
    }
    if (step.days() > 0) {
      return switch (step.days()) {
        case 1 -> DAYS_PER_WEEK;
        case DAYS_PER_WEEK -> WEEKS_PER_YEAR;
        default -> 1;
      };
    }
    return step.months() > 0 && MONTHS_PER_YEAR % step.months() == 0
        ? MONTHS_PER_YEAR / step.months()
        : 1;
  }

  /** The season and, of a day, the week too; none where there is no season. */
  public List<Integer> lags() {
    int season = seasonLength();
    if (season == 1) {
      return List.of();
    }
    return step.micros() > 0 ? List.of(season, DAYS_PER_WEEK * season) : List.of(season);
  }

  /** The cycles that a step of this length moves along and that a season or two have seen. */
  public List<CalendarFeature> calendar() {
    if (step.micros() > 0) {
      return step.micros() < MICROS_PER_HOUR
          ? List.of(
              CalendarFeature.MINUTE_OF_HOUR,
              CalendarFeature.HOUR_OF_DAY,
              CalendarFeature.DAY_OF_WEEK)
          : List.of(CalendarFeature.HOUR_OF_DAY, CalendarFeature.DAY_OF_WEEK);
    }
    if (step.days() > 0) {
      return step.days() < DAYS_PER_WEEK
          ? List.of(CalendarFeature.DAY_OF_WEEK, CalendarFeature.MONTH_OF_YEAR)
          : List.of(CalendarFeature.WEEK_OF_YEAR);
    }
    return step.months() > 0 ? List.of(CalendarFeature.MONTH_OF_YEAR) : List.of();
  }
}
