package sparkrnn.feature;

import java.util.Iterator;
import java.util.Locale;
import sparkrnn.series.TimeAxis;

/** Finds the gaps of a series and treats them as gapPolicy says. */
final class SeriesGaps {

  private SeriesGaps() {}

  /** The rows of a series, all complete. */
  static Iterator<SeriesRow> treated(SeriesIterator rows, WindowPlan plan, WindowCounts counts) {
    return switch (plan.gapPolicy()) {
      case ERROR, SPLIT -> new CutRows(rows, plan, counts);
      case FILL -> new FilledRows(regular(rows, plan, counts), plan, counts);
      case INTERPOLATE -> new InterpolatedRows(regular(rows, plan, counts), plan, counts);
    };
  }

  private static Iterator<SeriesRow> regular(
      SeriesIterator rows, WindowPlan plan, WindowCounts counts) {
    RegularRows regular = new RegularRows(rows, plan);
    return plan.maxGap() > 0 ? new BoundedGaps(regular, plan, counts) : regular;
  }

  static IllegalArgumentException valueMissing(
      WindowPlan plan, Object[] key, Object time, int column) {
    return new IllegalArgumentException(
        String.format(
                Locale.ROOT,
                "SlidingWindow: column \"%s\" is null, NaN or infinite in the row with %s %s of %s; gapPolicy",
                plan.valueCols()[column],
                plan.timeCol(),
                plan.axis().show(time),
                plan.describe(key))
            + " \"error\" needs a number in every row. Fill it, or set gapPolicy to \"split\", \"fill\""
            + " or \"interpolate\".");
  }

  static IllegalArgumentException rowsMissing(
      WindowPlan plan, Object[] key, Object from, Object to) {
    long steps = plan.axis().steps(from, to);
    if (steps == TimeAxis.IRREGULAR) {
      return irregular(plan, key, from, to);
    }
    return new IllegalArgumentException(
        String.format(
                Locale.ROOT,
                "SlidingWindow: %s lacks %d %s between %s %s and %s; gapPolicy \"error\" needs a row at every",
                plan.describe(key),
                steps - 1,
                steps == 2 ? "row" : "rows",
                plan.timeCol(),
                plan.axis().show(from),
                plan.axis().show(to))
            + " timeStep. Add them, or set gapPolicy to \"split\", \"fill\" or \"interpolate\".");
  }

  static IllegalArgumentException irregular(WindowPlan plan, Object[] key, Object from, Object to) {
    return new IllegalArgumentException(
        String.format(
                Locale.ROOT,
                "SlidingWindow: %s has rows with %s %s and %s, which are not a whole number of time steps",
                plan.describe(key),
                plan.timeCol(),
                plan.axis().show(from),
                plan.axis().show(to))
            + String.format(
                Locale.ROOT,
                " apart; gapPolicy \"%s\" needs regular times.",
                plan.gapPolicy().name().toLowerCase(java.util.Locale.ROOT))
            + " Round the times to timeStep, clear timeStep, or set gapPolicy to \"split\".");
  }
}
