package sparkrnn.feature;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/**
 * The rows of a series without the gaps that are longer than maxGap; the row after such a gap is
 * marked. A gap is a run of rows that miss a value, so the rows on both its sides are complete and
 * nothing is carried over it.
 */
final class BoundedGaps extends LookaheadIterator<SeriesRow> {

  private final Iterator<SeriesRow> rows;
  private final WindowCounts counts;
  private final int maxGap;

  /** The rows of a gap that is not too long yet, and the row after it. */
  private final Deque<SeriesRow> held = new ArrayDeque<>();

  BoundedGaps(RegularRows rows, WindowPlan plan, WindowCounts counts) {
    this.rows = rows;
    this.counts = counts;
    this.maxGap = plan.maxGap();
  }

  @Override
  SeriesRow fetch() {
    if (held.isEmpty()) {
      holdNext();
    }
    return held.poll();
  }

  /** Takes a gap and the row after it, or only that row if the gap is none or too long. */
  private void holdNext() {
    boolean tooLong = false;
    while (rows.hasNext()) {
      SeriesRow row = rows.next();
      if (row.complete()) {
        held.add(tooLong ? row.markedAfterGap() : row);
        return;
      }
      held.add(row);
      tooLong |= held.size() > maxGap;
      if (tooLong) {
        held.forEach(counts::leftOut);
        held.clear();
      }
    }
  }
}
