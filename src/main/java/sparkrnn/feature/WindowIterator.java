package sparkrnn.feature;

import java.util.Iterator;
import java.util.Locale;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.GenericRowWithSchema;
import org.apache.spark.sql.types.StructType;

/**
 * The windows of all series of a partition, in their order; holds no more rows than one window and
 * its target span, and with gapPolicy interpolate those of one gap.
 */
final class WindowIterator extends LookaheadIterator<Row> {

  private final SortedRows rows;
  private final WindowPlan plan;
  private final StructType schema;
  private final WindowCounts counts;
  private final WindowBuffer buffer;
  private Iterator<SeriesRow> series;
  private Object[] key;
  private SeriesCounts ofSeries;

  /**
   * @param rows sorted by key and time
   * @param schema of windows
   * @param counts to add to
   */
  WindowIterator(Iterator<Row> rows, WindowPlan plan, StructType schema, WindowCounts counts) {
    this.rows = new SortedRows(rows);
    this.plan = plan;
    this.schema = schema;
    this.counts = counts;
    this.buffer = new WindowBuffer(plan);
  }

  @Override
  Row fetch() {
    while (series != null || rows.hasNext()) {
      if (series == null) {
        begin();
      }
      Row window = series.hasNext() ? afterNextRow() : atEnd();
      if (window != null) {
        counts.add(window);
        return window;
      }
    }
    return null;
  }

  private void begin() {
    SeriesIterator next = new SeriesIterator(rows, plan, counts);
    key = next.key();
    series = SeriesGaps.treated(next, plan, counts);
    ofSeries = new SeriesCounts(plan);
    buffer.clear();
  }

  private Row afterNextRow() {
    SeriesRow row = series.next();
    if (row.afterGap()) {
      ofSeries.endStretch(buffer.rows());
      buffer.clear();
    }
    return buffer.add(row) ? window() : null;
  }

  private Row atEnd() {
    series = null;
    ofSeries.endStretch(buffer.rows());
    boolean tooShort = ofSeries.windows() == 0;
    if (tooShort && plan.shortSeries().equals("error")) {
      throw tooShort();
    }
    boolean padded = tooShort && plan.shortSeries().equals("pad") && buffer.rows() > plan.horizon();
    counts.add(ofSeries, padded);
    return padded ? window() : null;
  }

  private Row window() {
    return new GenericRowWithSchema(buffer.window(key), schema);
  }

  private IllegalArgumentException tooShort() {
    String stretch =
        ofSeries.stretches() > 1
            ? String.format(
                Locale.ROOT,
                "%d rows in %d stretches, the longest of %d",
                ofSeries.rows(),
                ofSeries.stretches(),
                ofSeries.longest())
            : String.format(
                Locale.ROOT,
                "%d usable %s",
                ofSeries.rows(),
                ofSeries.rows() == 1 ? "row" : "rows");
    String need =
        plan.hasTarget()
            ? String.format(
                Locale.ROOT,
                "%d (windowSize %d and horizon %d)",
                plan.span(),
                plan.windowSize(),
                plan.horizon())
            : String.format(Locale.ROOT, "%d (windowSize)", plan.windowSize());
    return new IllegalArgumentException(
        String.format(
                Locale.ROOT,
                "SlidingWindow: %s has %s; a window needs %s in a row. Lower windowSize, or set shortSeries to",
                plan.describe(key),
                stretch,
                need)
            + " \"skip\" or \"pad\".");
  }
}
