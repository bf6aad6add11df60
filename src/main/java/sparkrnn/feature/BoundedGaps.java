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
    boolean tooLong = false;
    while (held.isEmpty() || tooLong || !held.getLast().complete()) {
      if (!rows.hasNext()) {
        break;
      }
      SeriesRow row = rows.next();
      if (row.complete()) {
        held.add(tooLong ? row.markedAfterGap() : row);
        break;
      }
      held.add(row);
      tooLong |= held.size() > maxGap;
      if (tooLong) {
        held.forEach(counts::leftOut);
        held.clear();
      }
    }
    return held.poll();
  }
}
