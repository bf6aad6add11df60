package sparkrnn.feature;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Windows of one series the plain way: the whole series as a table in memory, one look-up for each
 * cell. Times are whole; the time step is 1.
 *
 * @param rows by time, null where a row is missing; values NaN where one is missing
 */
record WindowReference(double[][] rows, int features, int[] targets) {

  /** A window as {@link SeriesRows#show} writes it, times multiplied and shifted. */
  List<String> windows(Settings settings, long scale, long shift) {
    double[][] table = mended(settings.gapPolicy(), settings.maxGap());
    List<String> windows = new ArrayList<>();
    for (int begin = 0; begin < table.length; begin++) {
      boolean begins = table[begin] != null && (begin == 0 || table[begin - 1] == null);
      if (!begins) {
        continue;
      }
      int end = begin;
      while (end < table.length && table[end] != null) {
        end++;
      }
      for (int s = begin; s + settings.span() <= end; s += settings.stride()) {
        windows.add(window(table, s, settings, scale, shift));
      }
    }
    return windows.stream().sorted().toList();
  }

  private String window(double[][] table, int s, Settings settings, long scale, long shift) {
    int e = s + settings.windowSize() - 1;
    List<List<Double>> past = new ArrayList<>();
    for (int t = s; t <= e; t++) {
      past.add(list(Arrays.copyOf(table[t], features)));
    }
    String shown = (s * scale + shift) + ".." + (e * scale + shift) + " ";
    shown += features == 1 ? past.stream().map(step -> step.get(0)).toList() : past;
    if (settings.target().equals("none")) {
      return shown;
    }
    List<Double> label = new ArrayList<>();
    int last = e + settings.horizon();
    for (int t = settings.target().equals("value") ? last : e + 1; t <= last; t++) {
      for (int target : targets) {
        label.add(table[t][target]);
      }
    }
    Object plain = label.size() == 1 ? label.get(0) : label;
    return shown + " -> " + (last * scale + shift) + ": " + plain;
  }

  private static List<Double> list(double[] values) {
    return Arrays.stream(values).boxed().toList();
  }

  /** Null for each row that no window may hold. */
  private double[][] mended(String policy, int maxGap) {
    double[][] table = new double[rows.length][];
    for (int t = 0; t < rows.length; t++) {
      double[] values = new double[width()];
      boolean complete = true;
      for (int c = 0; c < values.length; c++) {
        values[c] = value(t, c, policy);
        complete &= !Double.isNaN(values[c]);
      }
      table[t] = complete ? values : null;
    }
    if (!policy.equals("split")) {
      cutLongGaps(table, maxGap);
    }
    return table;
  }

  private void cutLongGaps(double[][] table, int maxGap) {
    for (int begin = 0; begin < rows.length; begin++) {
      int end = begin;
      while (end < rows.length && isGap(end)) {
        end++;
      }
      if (maxGap > 0 && end - begin > maxGap) {
        Arrays.fill(table, begin, end, null);
      }
      begin = end;
    }
  }

  private boolean isGap(int t) {
    return rows[t] == null || Arrays.stream(rows[t]).anyMatch(Double::isNaN);
  }

  private int width() {
    return Arrays.stream(rows).filter(row -> row != null).findFirst().orElseThrow().length;
  }

  private double value(int t, int c, String policy) {
    if (has(t, c) || policy.equals("split")) {
      return has(t, c) ? rows[t][c] : Double.NaN;
    }
    int before = t;
    while (before >= 0 && !has(before, c)) {
      before--;
    }
    int after = t;
    while (after < rows.length && !has(after, c)) {
      after++;
    }
    if (before < 0 || (policy.equals("interpolate") && after == rows.length)) {
      return Double.NaN;
    }
    if (policy.equals("fill")) {
      return rows[before][c];
    }
    double share = (t - before) / (double) (after - before);
    return rows[before][c] + share * (rows[after][c] - rows[before][c]);
  }

  private boolean has(int t, int c) {
    return rows[t] != null && !Double.isNaN(rows[t][c]);
  }

  /** The params of the stage. */
  record Settings(
      int windowSize, int horizon, int stride, String target, String gapPolicy, int maxGap) {

    int span() {
      return windowSize + (target.equals("none") ? 0 : horizon);
    }
  }
}
