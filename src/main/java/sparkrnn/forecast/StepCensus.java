package sparkrnn.forecast;

import java.io.Serializable;
import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Row;
import sparkrnn.series.CalendarTimes;
import sparkrnn.series.TimeAxis;

/**
 * How far apart the rows of series lie, counted in several units, of which the one that is met most
 * often is the time step: a month where most rows lie whole months apart, a day of the calendar
 * whatever clocks do, else the same distance of time or of numbers.
 */
public final class StepCensus implements Serializable {

  private static final long serialVersionUID = 1L;

  /** More distances than any series has that is almost regular. */
  private static final int MOST_DISTANCES = 10_000;

  private static final long MICROS_PER_SECOND = 1_000_000L;
  private static final long[] UNIT_MICROS = {
    3600 * MICROS_PER_SECOND, 60 * MICROS_PER_SECOND, MICROS_PER_SECOND, 1000, 1
  };
  private static final String[] UNITS = {
    "hours", "minutes", "seconds", "milliseconds", "microseconds"
  };

  private final Map<Long, Long> months = new HashMap<>();
  private final Map<Long, Long> days = new HashMap<>();
  private final Map<BigDecimal, Long> distances = new HashMap<>();
  private boolean calendar;

  /**
   * The time step as TimeStep reads it: one Spark job.
   *
   * @param rows sorted by key and time in each partition, keys first, then the time
   * @throws IllegalArgumentException if no series has two rows, or hardly two distances are alike
   */
  public static String timeStep(
      JavaRDD<Row> rows, String stage, String timeCol, int keys, TimeAxis axis) {
    List<StepCensus> parts =
        rows.mapPartitions(partition -> List.of(of(partition, keys, axis)).iterator()).collect();
    StepCensus all = new StepCensus();
    parts.forEach(all::add);
    if (all.distances.isEmpty()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%s: no series has two rows, so that column \"%s\" (timeCol) does not tell how far they"
                  + " lie apart. Set timeStep, for example to \"1 hour\", or check keyCols.",
              stage,
              timeCol));
    }
    if (all.distances.size() > MOST_DISTANCES) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%s: column \"%s\" (timeCol) has more than %d different distances from row to row; a"
                  + " forecast needs regular times. Set timeStep, or aggregate the rows to regular"
                  + " times.",
              stage,
              timeCol,
              MOST_DISTANCES));
    }
    return all.mostOften();
  }

  private static StepCensus of(Iterator<Row> rows, int keys, TimeAxis axis) {
    StepCensus census = new StepCensus();
    census.calendar = axis instanceof CalendarTimes;
    Row before = null;
    while (rows.hasNext()) {
      Row row = rows.next();
      if (before != null && sameKey(before, row, keys)) {
        census.add(before.get(keys), row.get(keys), axis);
      }
      before = row;
    }
    return census;
  }

  private static boolean sameKey(Row one, Row other, int keys) {
    for (int i = 0; i < keys; i++) {
      if (!java.util.Objects.equals(one.get(i), other.get(i))) {
        return false;
      }
    }
    return true;
  }

  private void add(Object from, Object to, TimeAxis axis) {
    if (from == null || to == null || !axis.has(from) || !axis.has(to) || axis.same(from, to)) {
      return;
    }
    if (distances.size() <= MOST_DISTANCES) {
      distances.merge(rounded(axis.distance(from, to)), 1L, Long::sum);
    }
    if (axis instanceof CalendarTimes times) {
      add(times.local(from), times.local(to));
    }
  }

  /** Distances of floating point times differ in their last places. */
  private static BigDecimal rounded(double distance) {
    return new BigDecimal(distance).round(new java.math.MathContext(9)).stripTrailingZeros();
  }

  private void add(LocalDateTime from, LocalDateTime to) {
    if (!from.toLocalTime().equals(to.toLocalTime())) {
      return;
    }
    days.merge(ChronoUnit.DAYS.between(from, to), 1L, Long::sum);
    long between =
        (to.getYear() - from.getYear()) * 12L + to.getMonthValue() - from.getMonthValue();
    if (from.plusMonths(between).equals(to) || to.minusMonths(between).equals(from)) {
      months.merge(between, 1L, Long::sum);
    }
  }

  private void add(StepCensus other) {
    calendar |= other.calendar;
    other.months.forEach((value, count) -> months.merge(value, count, Long::sum));
    other.days.forEach((value, count) -> days.merge(value, count, Long::sum));
    other.distances.forEach((value, count) -> distances.merge(value, count, Long::sum));
  }

  /** The value met most often, the smallest of several. */
  private static <T extends Comparable<T>> Map.Entry<T, Long> mode(Map<T, Long> counts) {
    List<Map.Entry<T, Long>> entries = new ArrayList<>(counts.entrySet());
    entries.sort(
        Map.Entry.<T, Long>comparingByValue().reversed().thenComparing(Map.Entry.comparingByKey()));
    return entries.get(0);
  }

  private String mostOften() {
    Map.Entry<BigDecimal, Long> distance = mode(distances);
    if (!calendar) {
      return distance.getKey().toPlainString();
    }
    Map.Entry<Long, Long> day = days.isEmpty() ? Map.entry(0L, 0L) : mode(days);
    Map.Entry<Long, Long> month = months.isEmpty() ? Map.entry(0L, 0L) : mode(months);
    if (month.getValue() > day.getValue() && month.getValue() > distance.getValue()) {
      return month.getKey() + " months";
    }
    if (day.getValue() >= distance.getValue()) {
      return day.getKey() + " days";
    }
    long micros = distance.getKey().movePointRight(6).longValueExact();
    int unit = 0;
    while (micros % UNIT_MICROS[unit] != 0) {
      unit++;
    }
    return micros / UNIT_MICROS[unit] + " " + UNITS[unit];
  }
}
