package sparkrnn.feature;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Iterator;

/**
 * The rows of a series with each missing value on the line, in time, from the value before it to
 * the one after it. Rows before the first and after the last value of any column are left out. The
 * rows of a gap are held until it ends.
 */
final class InterpolatedRows extends LookaheadIterator<SeriesRow> {

  private final Iterator<SeriesRow> rows;
  private final WindowPlan plan;
  private final WindowCounts counts;

  /** Rows that wait for a later value, and before them rows that are ready. */
  private final Deque<SeriesRow> waiting = new ArrayDeque<>();

  /** For each row of {@link #waiting}, whether it came incomplete. */
  private final Deque<Boolean> cameIncomplete = new ArrayDeque<>();

  /** For each column, the row that holds its last value; null before the first. */
  private final SeriesRow[] last;

  /** For each column, how many of the last rows of {@link #waiting} wait for its next value. */
  private final int[] open;

  InterpolatedRows(Iterator<SeriesRow> rows, WindowPlan plan, WindowCounts counts) {
    this.rows = rows;
    this.plan = plan;
    this.counts = counts;
    this.last = new SeriesRow[plan.valueCols().length];
    this.open = new int[last.length];
  }

  @Override
  SeriesRow fetch() {
    while (true) {
      while (waiting.size() > mostOpen()) {
        SeriesRow row = waiting.remove();
        boolean incomplete = cameIncomplete.remove();
        if (row.complete()) {
          counts.mended(row, incomplete);
          return row;
        }
        counts.leftOut(row);
      }
      if (!rows.hasNext()) {
        waiting.forEach(counts::leftOut);
        waiting.clear();
        Arrays.fill(open, 0);
        return null;
      }
      add(rows.next());
    }
  }

  private int mostOpen() {
    return Arrays.stream(open).max().orElse(0);
  }

  private void add(SeriesRow row) {
    cameIncomplete.add(!row.complete());
    for (int column = 0; column < open.length; column++) {
      if (!Double.isNaN(row.values()[column])) {
        close(column, row);
      } else if (last[column] != null) {
        open[column]++;
      }
    }
    waiting.add(row);
  }

  /** Draws the line from a column's last value to its value in this row. */
  private void close(int column, SeriesRow end) {
    SeriesRow start = last[column];
    Iterator<SeriesRow> backwards = waiting.descendingIterator();
    for (int i = 0; i < open[column]; i++) {
      SeriesRow row = backwards.next();
      double share =
          plan.axis().distance(start.time(), row.time())
              / plan.axis().distance(start.time(), end.time());
      double from = start.values()[column];
      row.values()[column] = from + share * (end.values()[column] - from);
    }
    open[column] = 0;
    last[column] = end;
  }
}
