package sparkrnn.feature;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import sparkrnn.series.TimeAxis;

/**
 * All that a task needs to know to make windows. Its rows hold the columns of the key, the time and
 * the values, in this order.
 *
 * @param keyCols names of the columns of the key
 * @param timeCol name of the column of the time
 * @param valueCols names of the columns of the values: the features, then those targets that are no
 *     features
 * @param features how many of the values are features
 * @param targets which of the values are targets; empty if windows have none
 * @param windowSize rows in a window
 * @param firstTarget how many rows after the window's last row the first target lies
 * @param horizon how many rows after the window's last row the last target lies; 0 if windows have
 *     no target
 * @param stride rows from one window to the next
 * @param gapPolicy what to do where a row or a value is missing
 * @param maxGap the most rows of a gap that is mended; 0 for any
 * @param shortSeries what to do with a series too short for a window
 * @param axis of the times
 */
record WindowPlan(
    String[] keyCols,
    String timeCol,
    String[] valueCols,
    int features,
    int[] targets,
    int windowSize,
    int firstTarget,
    int horizon,
    int stride,
    GapPolicy gapPolicy,
    int maxGap,
    String shortSeries,
    TimeAxis axis)
    implements Serializable {

  /** Rows that a window and its target span. */
  int span() {
    return Math.addExact(windowSize, horizon);
  }

  boolean hasTarget() {
    return targets.length > 0;
  }

  /** Numbers in a label. */
  int labelSize() {
    return targets.length * (horizon - firstTarget + 1);
  }

  Object time(Row row) {
    return row.get(keyCols.length);
  }

  /** The values of a row; NaN where one is missing. */
  double[] values(Row row) {
    double[] values = new double[valueCols.length];
    for (int i = 0; i < values.length; i++) {
      int index = keyCols.length + 1 + i;
      double value = row.isNullAt(index) ? Double.NaN : row.getDouble(index);
      values[i] = Double.isFinite(value) ? value : Double.NaN;
    }
    return values;
  }

  Object[] key(Row row) {
    Object[] key = new Object[keyCols.length];
    for (int i = 0; i < key.length; i++) {
      key[i] = row.get(i);
    }
    return key;
  }

  /** "the series with store 3, item pen"; "the series" where there is but one. */
  String describe(Object[] key) {
    if (key.length == 0) {
      return "the series";
    }
    List<String> parts = new ArrayList<>();
    for (int i = 0; i < key.length; i++) {
      parts.add(keyCols[i] + " " + key[i]);
    }
    return "the series with " + String.join(", ", parts);
  }
}
