package sparkrnn.feature;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.Row;
import scala.collection.Seq;

/** Says in words what windows a data set makes and what is left out. */
final class WindowDescription {

  private static final int SHOWN_AT_EACH_END = 3;

  private final WindowPlan plan;
  private final WindowCounts counts;

  WindowDescription(WindowPlan plan, WindowCounts counts) {
    this.plan = plan;
    this.counts = counts;
  }

  String text() {
    List<String> lines = new ArrayList<>();
    lines.add(
        String.format(
            Locale.ROOT,
            "SlidingWindow: %s of %s from %s, %s",
            count(counts.windows, "window"),
            count(plan.windowSize(), "row"),
            count(counts.series, "series", "series"),
            count(counts.rows, "row")));
    if (counts.windows > 0) {
      lines.add("first window: " + describe(counts.first()));
      lines.add("last window:  " + describe(counts.last()));
    }
    addMended(lines);
    addLeftOut(lines);
    return String.join("\n", lines);
  }

  private void addMended(List<String> lines) {
    String how = plan.gapPolicy() == GapPolicy.FILL ? "filled" : "interpolated";
    if (counts.insertedRows > 0) {
      lines.add(how + ": " + count(counts.insertedRows, "missing row"));
    }
    if (counts.mendedRows > 0) {
      lines.add(how + ": values missing in " + count(counts.mendedRows, "row"));
    }
    if (counts.gaps > 0) {
      lines.add("split: at " + count(counts.gaps, "gap"));
    }
    if (counts.paddedSeries > 0) {
      lines.add("padded: " + count(counts.paddedSeries, "short series", "short series"));
    }
  }

  private void addLeftOut(List<String> lines) {
    if (counts.shortSeries > 0) {
      lines.add(
          String.format(
              Locale.ROOT,
              "left out: %s (%s) too short for a window%s",
              count(counts.shortSeries, "series", "series"),
              count(counts.shortSeriesRows, "row"),
              plan.hasTarget() ? " and its target" : ""));
    }
    if (counts.incompleteRows > 0) {
      lines.add(
          "left out: " + count(counts.incompleteRows, "row") + " in which a value is missing");
    }
    if (counts.shortStretches > 0) {
      lines.add(
          String.format(
              Locale.ROOT,
              "left out: %s (%s) between gaps, too short for a window%s",
              count(counts.shortStretches, "stretch", "stretches"),
              count(counts.shortStretchRows, "row"),
              plan.hasTarget() ? " and its target" : ""));
    }
    if (counts.withoutTarget > 0) {
      lines.add(
          String.format(
              Locale.ROOT,
              "left out: %s with no target after it (at the end, or before a gap)",
              count(counts.withoutTarget, "window")));
    }
    if (counts.strideRows > 0) {
      lines.add(
          String.format(
              Locale.ROOT,
              "left out: %s at ends, less than a stride",
              count(counts.strideRows, "row")));
    }
  }

  /** "load 3, rows at 0 to 2, [1.0, 2.0, 3.0]; target at 4: 5.0". */
  private String describe(Row window) {
    StringBuilder text = new StringBuilder();
    int next = plan.keyCols().length;
    for (int i = 0; i < next; i++) {
      text.append(plan.keyCols()[i]).append(' ').append(window.get(i)).append(", ");
    }
    String start = plan.axis().show(window.get(next));
    String end = plan.axis().show(window.get(next + 1));
    text.append(plan.timeCol()).append(' ').append(start).append(" to ").append(end);
    if (!plan.hasTarget()) {
      return text.append(": ").append(show(window.get(next + 2))).toString();
    }
    text.append(": ").append(show(window.get(next + 3)));
    String at = plan.axis().show(window.get(next + 2));
    text.append("; target at ").append(at).append(": ").append(show(window.get(next + 4)));
    return text.toString();
  }

  private static String show(Object value) {
    if (!(value instanceof Seq<?> elements)) {
      return String.valueOf(value);
    }
    List<String> shown = new ArrayList<>();
    for (int i = 0; i < elements.size(); i++) {
      if (i < SHOWN_AT_EACH_END || i >= elements.size() - SHOWN_AT_EACH_END) {
        shown.add(show(elements.apply(i)));
      } else if (i == SHOWN_AT_EACH_END) {
        shown.add("...");
      }
    }
    return shown.toString();
  }

  private static String count(long count, String one) {
    return count(count, one, one + "s");
  }

  private static String count(long count, String one, String several) {
    return count + " " + (count == 1 ? one : several);
  }
}
