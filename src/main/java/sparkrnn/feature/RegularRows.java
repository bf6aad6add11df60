package sparkrnn.feature;

import java.util.Arrays;
import java.util.Iterator;
import sparkrnn.series.TimeAxis;

/** The rows of a series with an empty row put in for each one that is missing by timeStep. */
final class RegularRows extends LookaheadIterator<SeriesRow> {

  private final Iterator<SeriesRow> rows;
  private final Object[] key;
  private final WindowPlan plan;
  private SeriesRow previous;
  private SeriesRow upcoming;
  private long steps;
  private long index;

  RegularRows(SeriesIterator rows, WindowPlan plan) {
    this.rows = rows;
    this.key = rows.key();
    this.plan = plan;
  }

  @Override
  SeriesRow fetch() {
    if (upcoming == null && !advance()) {
      return null;
    }
    index++;
    if (index < steps) {
      double[] nothing = new double[plan.valueCols().length];
      Arrays.fill(nothing, Double.NaN);
      Object time = plan.axis().between(previous.time(), upcoming.time(), index, steps);
      return new SeriesRow(time, nothing, false, false);
    }
    previous = upcoming;
    upcoming = null;
    return previous;
  }

  private boolean advance() {
    if (!rows.hasNext()) {
      return false;
    }
    upcoming = rows.next();
    index = 0;
    steps = previous == null ? 1 : plan.axis().steps(previous.time(), upcoming.time());
    if (steps == TimeAxis.IRREGULAR) {
      throw SeriesGaps.irregular(plan, key, previous.time(), upcoming.time());
    }
    return true;
  }
}
