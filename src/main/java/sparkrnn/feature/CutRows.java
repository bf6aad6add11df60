package sparkrnn.feature;

import java.util.Iterator;

/**
 * The complete rows of a series, cut where a row or a value is missing; or an error there, as
 * gapPolicy says.
 */
final class CutRows extends LookaheadIterator<SeriesRow> {

  private final Iterator<SeriesRow> rows;
  private final Object[] key;
  private final WindowPlan plan;
  private final WindowCounts counts;
  private Object previous;
  private boolean gap;

  CutRows(SeriesIterator rows, WindowPlan plan, WindowCounts counts) {
    this.rows = rows;
    this.key = rows.key();
    this.plan = plan;
    this.counts = counts;
  }

  @Override
  SeriesRow fetch() {
    while (rows.hasNext()) {
      SeriesRow row = rows.next();
      gap |= previous != null && missesRowBefore(row);
      previous = row.time();
      if (isComplete(row)) {
        SeriesRow cut = new SeriesRow(row.time(), row.values(), true, gap);
        gap = false;
        return cut;
      }
      counts.incompleteRows++;
      gap = true;
    }
    return null;
  }

  private boolean missesRowBefore(SeriesRow row) {
    long steps = plan.axis().steps(previous, row.time());
    if (steps == 1) {
      return false;
    }
    if (plan.gapPolicy() == GapPolicy.ERROR) {
      throw SeriesGaps.rowsMissing(plan, key, previous, row.time());
    }
    return true;
  }

  private boolean isComplete(SeriesRow row) {
    int missing = row.missingValue();
    if (missing >= 0 && plan.gapPolicy() == GapPolicy.ERROR) {
      throw SeriesGaps.valueMissing(plan, key, row.time(), missing);
    }
    return missing < 0;
  }
}
