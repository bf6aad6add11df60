package sparkrnn.feature;

import java.io.Serializable;
import org.apache.spark.sql.Row;

/** What became of the rows of some series, and their first and last window. */
final class WindowCounts implements Serializable {

  private static final long serialVersionUID = 1L;

  long series;
  long rows;
  long windows;
  long insertedRows;
  long mendedRows;
  long incompleteRows;
  long gaps;
  long shortStretches;
  long shortStretchRows;
  long shortSeries;
  long shortSeriesRows;
  long paddedSeries;
  long withoutTarget;
  long strideRows;
  private Row first;
  private Row last;

  /** Counts a row that became complete. */
  void mended(SeriesRow row, boolean cameIncomplete) {
    if (!row.observed()) {
      insertedRows++;
    } else if (cameIncomplete) {
      mendedRows++;
    }
  }

  /** Counts a row that could not be completed. */
  void leftOut(SeriesRow row) {
    if (row.observed()) {
      incompleteRows++;
    }
  }

  /** Counts a window; they come in the order of keys and times. */
  void add(Row window) {
    windows++;
    first = first == null ? window : first;
    last = window;
  }

  /** Counts a series that has ended. */
  void add(SeriesCounts ended, boolean padded) {
    series++;
    gaps += Math.max(ended.stretches() - 1, 0);
    if (padded) {
      paddedSeries++;
    } else if (ended.windows() == 0) {
      shortSeries++;
      shortSeriesRows += ended.rows();
    } else {
      withoutTarget += ended.withoutTarget();
      strideRows += ended.strideRows();
      shortStretches += ended.shortStretches();
      shortStretchRows += ended.shortStretchRows();
    }
  }

  Row first() {
    return first;
  }

  Row last() {
    return last;
  }

  /**
   * Adds the counts of other series.
   *
   * @param keySize how many columns of a window are its key
   */
  WindowCounts plus(WindowCounts other, int keySize) {
    WindowCounts sum = new WindowCounts();
    sum.series = series + other.series;
    sum.rows = rows + other.rows;
    sum.windows = windows + other.windows;
    sum.insertedRows = insertedRows + other.insertedRows;
    sum.mendedRows = mendedRows + other.mendedRows;
    sum.incompleteRows = incompleteRows + other.incompleteRows;
    sum.gaps = gaps + other.gaps;
    sum.shortStretches = shortStretches + other.shortStretches;
    sum.shortStretchRows = shortStretchRows + other.shortStretchRows;
    sum.shortSeries = shortSeries + other.shortSeries;
    sum.shortSeriesRows = shortSeriesRows + other.shortSeriesRows;
    sum.paddedSeries = paddedSeries + other.paddedSeries;
    sum.withoutTarget = withoutTarget + other.withoutTarget;
    sum.strideRows = strideRows + other.strideRows;
    boolean before =
        first == null || (other.first != null && compare(other.first, first, keySize) < 0);
    sum.first = before ? other.first : first;
    boolean after = last == null || (other.last != null && compare(other.last, last, keySize) > 0);
    sum.last = after ? other.last : last;
    return sum;
  }

  @SuppressWarnings("unchecked")
  private static int compare(Row one, Row other, int keySize) {
    for (int i = 0; i < keySize; i++) {
      Comparable<Object> left = (Comparable<Object>) one.get(i);
      Object right = other.get(i);
      // Nulls come first, as in Spark's order.
      int order =
          left == null || right == null
              ? Boolean.compare(left != null, right != null)
              : left.compareTo(right);
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }
}
