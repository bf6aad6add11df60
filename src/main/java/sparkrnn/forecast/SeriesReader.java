package sparkrnn.forecast;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.NoSuchElementException;
import org.apache.spark.sql.Row;
import sparkrnn.series.TimeAxis;

/**
 * Reads the series of a partition, sorted by key and time, one whole series at a time.
 *
 * <p>Equal times, a missing time, and static covariates that change are errors whatever the plan
 * says; missing rows, irregular times and missing numbers are where it is strict.
 */
public final class SeriesReader implements Iterator<Series> {

  private final Iterator<Row> rows;
  private final SeriesPlan plan;
  private final SeriesColumns columns;
  private Row next;

  /**
   * @param rows in the order of {@link SeriesColumns#sorted}
   */
  public SeriesReader(Iterator<Row> rows, SeriesPlan plan) {
    this.rows = rows;
    this.plan = plan;
    this.columns = plan.columns();
    advance();
  }

  private void advance() {
    next = rows.hasNext() ? rows.next() : null;
  }

  private Object[] key(Row row) {
    Object[] key = new Object[columns.keys().size()];
    for (int i = 0; i < key.length; i++) {
      key[i] = row.get(i);
    }
    return key;
  }

  @Override
  public boolean hasNext() {
    return next != null;
  }

  @Override
  public Series next() {
    if (next == null) {
      throw new NoSuchElementException();
    }
    Object[] key = key(next);
    List<Object> times = new ArrayList<>();
    List<double[]> numbers = new ArrayList<>();
    List<Boolean> heldOut = new ArrayList<>();
    SeriesStatics statics = SeriesStatics.none(columns);
    while (next != null && Arrays.equals(key, key(next))) {
      times.add(time(key, times));
      numbers.add(numbers());
      heldOut.add(heldOut(key));
      statics.take(next, plan, key);
      advance();
    }
    int observed = observed(numbers);
    boolean[] afterGap = afterGap(key, times);
    if (plan.strict()) {
      requireComplete(key, times, numbers, statics, observed);
    }
    boolean[] validation = validation(heldOut, observed);
    return new Series(key, times, numbers, statics, validation, afterGap, observed, columns);
  }

  private Object time(Object[] key, List<Object> before) {
    Object time = next.get(columns.keys().size());
    if (time == null || !plan.axis().has(time)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%s: column \"%s\" (timeCol) is %s in a row of %s; every row needs a time. Fill it, or"
                  + " leave the row out.",
              plan.stage(),
              columns.time(),
              time,
              plan.describe(key)));
    }
    if (!before.isEmpty() && plan.axis().same(before.get(before.size() - 1), time)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%s: %s has more than one row with %s %s (timeCol); a series needs one row for each"
                  + " time. Aggregate or drop the others, or add to keyCols what tells the series"
                  + " apart.",
              plan.stage(),
              plan.describe(key),
              columns.time(),
              plan.axis().show(time)));
    }
    return time;
  }

  private double[] numbers() {
    int from = columns.firstTarget();
    double[] numbers = new double[columns.firstStaticNumber() - from];
    for (int i = 0; i < numbers.length; i++) {
      double value = next.isNullAt(from + i) ? Double.NaN : next.getDouble(from + i);
      numbers[i] = Double.isFinite(value) ? value : Double.NaN;
    }
    return numbers;
  }

  private Boolean heldOut(Object[] key) {
    if (columns.validation().isEmpty()) {
      return false;
    }
    if (next.isNullAt(columns.validationPlace())) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%s: column \"%s\" (validationIndicatorCol) is null in %s; every row needs true"
                  + " (validation) or false (training). Fill it.",
              plan.stage(),
              columns.validation(),
              plan.describe(key, next.get(columns.keys().size()))));
    }
    return next.getBoolean(columns.validationPlace());
  }

  private boolean[] validation(List<Boolean> heldOut, int observed) {
    boolean[] validation = new boolean[heldOut.size()];
    int last = (int) Math.floor(observed * plan.validationFraction());
    for (int row = 0; row < validation.length; row++) {
      validation[row] = heldOut.get(row) || row >= observed - last;
    }
    return validation;
  }

  private int observed(List<double[]> numbers) {
    int observed = numbers.size();
    while (observed > 0 && !hasTarget(numbers.get(observed - 1))) {
      observed--;
    }
    return observed;
  }

  private boolean hasTarget(double[] row) {
    for (int i = 0; i < columns.targets().size(); i++) {
      if (!Double.isNaN(row[i])) {
        return true;
      }
    }
    return false;
  }

  private boolean[] afterGap(Object[] key, List<Object> times) {
    boolean[] afterGap = new boolean[times.size()];
    for (int row = 1; row < afterGap.length; row++) {
      long steps = plan.axis().steps(times.get(row - 1), times.get(row));
      afterGap[row] = steps != 1;
      if (afterGap[row] && plan.strict()) {
        throw gap(key, times.get(row - 1), times.get(row), steps);
      }
    }
    return afterGap;
  }

  private IllegalArgumentException gap(Object[] key, Object from, Object to, long steps) {
    TimeAxis axis = plan.axis();
    String where =
        String.format(Locale.ROOT, "%s %s and %s", columns.time(), axis.show(from), axis.show(to));
    return new IllegalArgumentException(
        steps == TimeAxis.IRREGULAR
            ? String.format(
                Locale.ROOT,
                "%s: %s has rows with %s, which are not a whole number of time steps of %s apart; a"
                    + " forecast needs regular times. Round the times, set timeStep, or set"
                    + " handleInvalid to \"skip\" to leave out the windows between.",
                plan.stage(),
                plan.describe(key),
                where,
                plan.timeStep())
            : String.format(
                Locale.ROOT,
                "%s: %s lacks %d %s between %s; a forecast needs a row at every time step of %s. Add"
                    + " them, or set handleInvalid to \"skip\" to leave out the windows that they"
                    + " would be in.",
                plan.stage(),
                plan.describe(key),
                steps - 1,
                steps == 2 ? "row" : "rows",
                where,
                plan.timeStep()));
  }

  private void requireComplete(
      Object[] key,
      List<Object> times,
      List<double[]> numbers,
      SeriesStatics statics,
      int observed) {
    int future = columns.firstFuture() - columns.firstTarget();
    for (int row = 0; row < numbers.size(); row++) {
      double[] values = numbers.get(row);
      for (int i = row < observed ? 0 : future; i < values.length; i++) {
        if (Double.isNaN(values[i])) {
          throw missing(columns.firstTarget() + i, plan.describe(key, times.get(row)));
        }
      }
    }
    for (int i = 0; i < statics.numbers().length; i++) {
      if (Double.isNaN(statics.numbers()[i])) {
        throw missing(columns.firstStaticNumber() + i, "all rows of " + plan.describe(key));
      }
    }
  }

  private IllegalArgumentException missing(int place, String where) {
    return new IllegalArgumentException(
        String.format(
            Locale.ROOT,
            "%s: %s is null, NaN or infinite in %s; a forecast needs a number in every row. Fill it,"
                + " or set handleInvalid to \"skip\" to leave out the windows that it would be in.",
            plan.stage(),
            columns.shown(place),
            where));
  }
}
