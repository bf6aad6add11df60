package sparkrnn.page;

import java.util.Locale;

/**
 * A sequence as a small line, with what followed it and what was predicted.
 *
 * @param past values in their order
 * @param truth what followed; may be empty
 * @param prediction what was said to follow; may be empty
 */
public record Sparkline(double[] past, double[] truth, double[] prediction) {

  private static final double WIDTH = 160;
  private static final double HEIGHT = 36;
  private static final double MARGIN = 4;

  /** Copies the arrays. */
  public Sparkline {
    past = past.clone();
    truth = truth.clone();
    prediction = prediction.clone();
  }

  void draw(Html html) {
    Chart bounds =
        new Chart("", "")
            .line("", Chart.counted(0, past.length), past)
            .line("", Chart.counted(past.length, truth.length), truth)
            .line("", Chart.counted(past.length, prediction.length), prediction);
    html.open(
        "svg",
        "class",
        "spark",
        "viewBox",
        "0 0 160 36",
        "role",
        "img",
        "aria-label",
        "the sequence, the truth and the prediction");
    path(html, bounds, past, 0, "past");
    path(html, bounds, truth, past.length, "c0");
    path(html, bounds, prediction, past.length, "c1");
    html.close();
  }

  private static void path(Html html, Chart bounds, double[] values, int first, String colour) {
    Axis x = bounds.xAxis();
    Axis y = bounds.yAxis();
    StringBuilder path = new StringBuilder();
    for (int i = 0; i < values.length; i++) {
      double across = MARGIN + x.place(first + i) * (WIDTH - 2 * MARGIN);
      double down = HEIGHT - MARGIN - y.place(values[i]) * (HEIGHT - 2 * MARGIN);
      if (Double.isFinite(across) && Double.isFinite(down)) {
        path.append(path.isEmpty() ? "M" : "L")
            .append(String.format(Locale.ROOT, "%.1f %.1f", across, down));
        if (values.length == 1) {
          html.empty(
              "circle",
              "class",
              "point " + colour,
              "cx",
              String.format(Locale.ROOT, "%.1f", across),
              "cy",
              String.format(Locale.ROOT, "%.1f", down),
              "r",
              "3");
        }
      }
    }
    html.empty("path", "class", "line " + colour, "d", path.isEmpty() ? "M0 0" : path.toString());
  }
}
