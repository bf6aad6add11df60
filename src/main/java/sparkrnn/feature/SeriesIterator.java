package sparkrnn.feature;

import java.util.Arrays;
import java.util.Locale;
import org.apache.spark.sql.Row;

/** The rows of the next series of a partition; checks that their times strictly increase. */
final class SeriesIterator extends LookaheadIterator<SeriesRow> {

  private final SortedRows rows;
  private final WindowPlan plan;
  private final WindowCounts counts;
  private final Object[] key;
  private Object previous;

  SeriesIterator(SortedRows rows, WindowPlan plan, WindowCounts counts) {
    this.rows = rows;
    this.plan = plan;
    this.counts = counts;
    this.key = plan.key(rows.peek());
  }

  Object[] key() {
    return key;
  }

  @Override
  SeriesRow fetch() {
    if (!rows.hasNext() || !Arrays.equals(plan.key(rows.peek()), key)) {
      return null;
    }
    Row row = rows.next();
    Object time = plan.time(row);
    if (time == null || !plan.axis().has(time)) {
      throw new IllegalArgumentException(
          String.format(
                  Locale.ROOT,
                  "SlidingWindow: column \"%s\" (timeCol) is %s in a row of %s; every row needs a time. Fill",
                  plan.timeCol(),
                  time,
                  plan.describe(key))
              + " it, or leave the row out.");
    }
    checkIncreasing(time);
    previous = time;
    counts.rows++;
    return new SeriesRow(time, plan.values(row), true, false);
  }

  private void checkIncreasing(Object time) {
    if (previous != null && plan.axis().same(previous, time)) {
      throw new IllegalArgumentException(
          String.format(
                  Locale.ROOT,
                  "SlidingWindow: %s has more than one row with %s %s (timeCol); a series needs one row for",
                  plan.describe(key),
                  plan.timeCol(),
                  plan.axis().show(time))
              + " each time. Aggregate or drop the others, or add to keyCols what tells the series"
              + " apart.");
    }
  }
}
