package sparkrnn.feature;

import java.util.Arrays;
import java.util.Iterator;

/**
 * The rows of a series with the last value carried forward to where one is missing. Rows before the
 * first value of any column are left out.
 */
final class FilledRows extends LookaheadIterator<SeriesRow> {

  private final Iterator<SeriesRow> rows;
  private final WindowCounts counts;
  private final double[] last;

  FilledRows(Iterator<SeriesRow> rows, WindowPlan plan, WindowCounts counts) {
    this.rows = rows;
    this.counts = counts;
    this.last = new double[plan.valueCols().length];
    Arrays.fill(last, Double.NaN);
  }

  @Override
  SeriesRow fetch() {
    while (rows.hasNext()) {
      SeriesRow row = rows.next();
      boolean incomplete = !row.complete();
      for (int i = 0; i < last.length; i++) {
        if (Double.isNaN(row.values()[i])) {
          row.values()[i] = last[i];
        }
        last[i] = row.values()[i];
      }
      if (row.complete()) {
        counts.mended(row, incomplete);
        return row;
      }
      counts.leftOut(row);
    }
    return null;
  }
}
