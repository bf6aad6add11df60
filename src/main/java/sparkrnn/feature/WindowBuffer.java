package sparkrnn.feature;

import java.util.Arrays;
import scala.collection.mutable.ArraySeq;

/** The last rows of a series, as many as a window and its target span. */
final class WindowBuffer {

  private final WindowPlan plan;
  private final SeriesRow[] ring;
  private long rows;

  WindowBuffer(WindowPlan plan) {
    this.plan = plan;
    this.ring = new SeriesRow[plan.span()];
  }

  /** Forgets all rows: none of them may share a window with the next one. */
  void clear() {
    rows = 0;
  }

  /** Rows since the last {@link #clear}. */
  long rows() {
    return rows;
  }

  /** Takes a row and says whether a window and its target end here. */
  boolean add(SeriesRow row) {
    ring[(int) (rows % ring.length)] = row;
    rows++;
    return rows >= ring.length && (rows - ring.length) % plan.stride() == 0;
  }

  /**
   * The window whose target ends at the last row; rows before the first one are repetitions of the
   * first. Arrays are Scala's, as Spark decodes them: where one row function follows another, Spark
   * hands rows over as they are.
   *
   * @param key goes in front
   */
  Object[] window(Object[] key) {
    boolean target = plan.hasTarget();
    Object[] columns = new Object[key.length + (target ? 5 : 3)];
    System.arraycopy(key, 0, columns, 0, key.length);
    int next = key.length;
    columns[next++] = row(0).time();
    columns[next++] = row(plan.windowSize() - 1).time();
    if (target) {
      columns[next++] = row(plan.span() - 1).time();
    }
    columns[next++] = features();
    if (target) {
      columns[next] = label();
    }
    return columns;
  }

  /** A row of the span, counted from the window's first. */
  private SeriesRow row(int index) {
    long place = Math.max(rows - ring.length + index, 0);
    return ring[(int) (place % ring.length)];
  }

  private Object features() {
    int steps = plan.windowSize();
    if (plan.features() == 1) {
      double[] values = new double[steps];
      for (int t = 0; t < steps; t++) {
        values[t] = row(t).values()[0];
      }
      return new ArraySeq.ofDouble(values);
    }
    ArraySeq.ofDouble[] values = new ArraySeq.ofDouble[steps];
    for (int t = 0; t < steps; t++) {
      values[t] = new ArraySeq.ofDouble(Arrays.copyOf(row(t).values(), plan.features()));
    }
    return new ArraySeq.ofRef<>(values);
  }

  private Object label() {
    double[] label = new double[plan.labelSize()];
    int next = 0;
    for (int ahead = plan.firstTarget(); ahead <= plan.horizon(); ahead++) {
      double[] values = row(plan.windowSize() - 1 + ahead).values();
      for (int target : plan.targets()) {
        label[next++] = values[target];
      }
    }
    return label.length == 1 ? (Object) label[0] : new ArraySeq.ofDouble(label);
  }
}
