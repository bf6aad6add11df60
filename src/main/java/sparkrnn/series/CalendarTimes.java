package sparkrnn.series;

import java.sql.Date;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.Period;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;

/**
 * Timestamps, timestamps without a time zone, and dates.
 *
 * <p>Days and months are counted on the calendar of the zone, so that a local midnight follows a
 * local midnight by one day when clocks change too. A month after January 31 is the last day of
 * February, and a month before March 31 as well.
 *
 * @param step null if none is set
 * @param zone of the session for timestamps; not used for the others
 */
public record CalendarTimes(TimeStep step, ZoneId zone) implements TimeAxis {

  private static final double MICROS_PER_SECOND = 1e6;

  @Override
  public long steps(Object from, Object to) {
    if (step == null) {
      return 1;
    }
    ZonedDateTime start = zoned(from);
    ZonedDateTime end = zoned(to);
    if (step.micros() > 0) {
      long micros = ChronoUnit.MICROS.between(start, end);
      return micros % step.micros() == 0 ? micros / step.micros() : IRREGULAR;
    }
    long units = units(start, end);
    long stepUnits = (long) step.months() + step.days();
    boolean whole = units > 0 && units % stepUnits == 0;
    return whole && (reaches(start, end, units) || reaches(end, start, -units))
        ? units / stepUnits
        : IRREGULAR;
  }

  /** Days or months on the calendar from one date to another, whatever the time of the day. */
  private long units(ZonedDateTime start, ZonedDateTime end) {
    return step.months() > 0
        ? (end.getYear() - start.getYear()) * 12L + end.getMonthValue() - start.getMonthValue()
        : ChronoUnit.DAYS.between(start.toLocalDate(), end.toLocalDate());
  }

  private boolean reaches(ZonedDateTime start, ZonedDateTime end, long units) {
    return start.plus(period(units)).toInstant().equals(end.toInstant());
  }

  private Period period(long units) {
    int count = Math.toIntExact(units);
    return step.months() > 0 ? Period.ofMonths(count) : Period.ofDays(count);
  }

  @Override
  public Object between(Object from, Object to, long index, long steps) {
    ZonedDateTime start = zoned(from);
    if (step.micros() > 0) {
      return likeSample(from, start.plus(index * step.micros(), ChronoUnit.MICROS));
    }
    ZonedDateTime end = zoned(to);
    long stepUnits = (long) step.months() + step.days();
    ZonedDateTime time =
        reaches(start, end, steps * stepUnits)
            ? start.plus(period(index * stepUnits))
            : end.minus(period((steps - index) * stepUnits));
    return likeSample(from, time);
  }

  @Override
  public Object after(Object time, long steps) {
    ZonedDateTime start = zoned(time);
    return likeSample(
        time,
        step.micros() > 0
            ? start.plus(steps * step.micros(), ChronoUnit.MICROS)
            : start.plus(period(steps * ((long) step.months() + step.days()))));
  }

  /** The date and the time of the day, in the zone. */
  public LocalDateTime local(Object time) {
    return zoned(time).toLocalDateTime();
  }

  @Override
  public double distance(Object from, Object to) {
    return ChronoUnit.MICROS.between(zoned(from), zoned(to)) / MICROS_PER_SECOND;
  }

  @Override
  public String show(Object time) {
    LocalDateTime local = zoned(time).toLocalDateTime();
    return time instanceof Date || time instanceof LocalDate
        ? local.toLocalDate().toString()
        : local.toLocalDate() + " " + DateTimeFormatter.ISO_LOCAL_TIME.format(local);
  }

  private ZonedDateTime zoned(Object time) {
    if (time instanceof Timestamp timestamp) {
      return timestamp.toInstant().atZone(zone);
    } else if (time instanceof Instant instant) {
      return instant.atZone(zone);
    } else if (time instanceof LocalDateTime local) {
      return local.atZone(ZoneOffset.UTC);
    }
    LocalDate date = time instanceof Date sql ? sql.toLocalDate() : (LocalDate) time;
    return date.atStartOfDay(ZoneOffset.UTC);
  }

  /** In the class that the session uses for the column's type. */
  private static Object likeSample(Object sample, ZonedDateTime time) {
    if (sample instanceof Timestamp) {
      return Timestamp.from(time.toInstant());
    } else if (sample instanceof Instant) {
      return time.toInstant();
    } else if (sample instanceof LocalDateTime) {
      return time.toLocalDateTime();
    }
    return sample instanceof Date ? Date.valueOf(time.toLocalDate()) : time.toLocalDate();
  }
}
