package sparkrnn.page;

import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;

/** Draws a chart as inline SVG; colours come from the page's style. */
final class ChartDrawing {

  private static final double WIDTH = 440;
  private static final double HEIGHT = 250;
  private static final double LEFT = 58;
  private static final double RIGHT = 12;
  private static final double TOP = 10;
  private static final double BOTTOM = 40;

  /** More points than this are not drawn: the file grows and nobody sees them. */
  private static final int MOST_POINTS = 600;

  /** Lines of up to so many values tell each under the pointer. */
  private static final int MOST_TIPS = 200;

  private final Html html;
  private final Chart chart;
  private final Axis x;
  private final Axis y;

  private ChartDrawing(Html html, Chart chart) {
    this.html = html;
    this.chart = chart;
    x = chart.xAxis();
    y = chart.yAxis();
  }

  static void draw(Html html, Chart chart) {
    new ChartDrawing(html, chart).figure();
  }

  private void figure() {
    html.open("figure", "class", "chart").open("figcaption");
    html.element("strong", chart.title() + (y.logarithmic() ? " (logarithmic)" : ""));
    List<Trace> traces = chart.traces();
    for (int i = 0; traces.size() > 1 && i < traces.size(); i++) {
      html.open("span", "class", "legend")
          .element("i", "", "class", "swatch c" + i + " " + kind(traces.get(i)))
          .text(traces.get(i).name())
          .close();
    }
    html.close();
    html.open("svg", "viewBox", "0 0 440 250", "role", "img", "aria-label", chart.title());
    axes();
    for (int i = 0; i < traces.size(); i++) {
      trace(traces.get(i), " c" + i);
    }
    html.close().close();
  }

  private static String kind(Trace trace) {
    return trace.kind().name().toLowerCase(Locale.ROOT);
  }

  private void axes() {
    List<Double> downTicks = y.ticks(5);
    List<String> downNames = Numbers.ticks(downTicks);
    for (int i = 0; i < downTicks.size(); i++) {
      double tick = downTicks.get(i);
      String at = number(down(tick));
      html.empty(
          "line",
          "class",
          "grid",
          "x1",
          number(LEFT),
          "x2",
          number(WIDTH - RIGHT),
          "y1",
          at,
          "y2",
          at);
      html.element(
          "text",
          downNames.get(i),
          "class",
          "tick end",
          "x",
          number(LEFT - 6),
          "y",
          number(down(tick) + 4));
    }
    List<Double> acrossTicks = acrossTicks();
    List<String> acrossNames = Numbers.ticks(acrossTicks);
    for (int i = 0; i < acrossTicks.size(); i++) {
      html.element(
          "text",
          acrossNames.get(i),
          "class",
          "tick middle",
          "x",
          number(across(acrossTicks.get(i))),
          "y",
          number(HEIGHT - BOTTOM + 17));
    }
    String floor = number(HEIGHT - BOTTOM);
    html.empty(
        "line",
        "class",
        "axis",
        "x1",
        number(LEFT),
        "x2",
        number(WIDTH - RIGHT),
        "y1",
        floor,
        "y2",
        floor);
    html.element(
        "text",
        chart.xName(),
        "class",
        "tick middle",
        "x",
        number((LEFT + WIDTH - RIGHT) / 2),
        "y",
        number(HEIGHT - 5));
    if (chart.isSquare()) {
      html.empty(
          "line",
          "class",
          "equal",
          "x1",
          number(across(x.low())),
          "y1",
          number(down(y.low())),
          "x2",
          number(across(x.high())),
          "y2",
          number(down(y.high())));
    }
  }

  /** Between epochs there is nothing. */
  private List<Double> acrossTicks() {
    boolean counted =
        chart.traces().stream()
            .flatMapToDouble(trace -> DoubleStream.of(trace.x()))
            .allMatch(value -> value == Math.rint(value));
    return x.ticks(5).stream()
        .filter(tick -> !counted || Math.abs(tick - Math.rint(tick)) < 1e-9)
        .toList();
  }

  private void trace(Trace trace, String colour) {
    switch (trace.kind()) {
      case BAND -> html.empty("path", "class", "band" + colour, "d", band(trace));
      case POINTS -> points(trace, colour);
      default -> {
        html.empty("path", "class", kind(trace) + colour, "d", line(trace));
        tips(trace, colour);
      }
    }
  }

  private String line(Trace trace) {
    StringBuilder path = new StringBuilder();
    boolean pen = false;
    for (int i = 0; i < trace.x().length; i++) {
      boolean there = isDrawn(trace.y()[i]);
      if (there) {
        path.append(pen ? 'L' : 'M').append(point(trace.x()[i], trace.y()[i]));
      }
      pen = there;
    }
    return path.toString();
  }

  private String band(Trace trace) {
    StringBuilder path = new StringBuilder();
    for (int i = 0; i < trace.x().length; i++) {
      path.append(i == 0 ? 'M' : 'L').append(point(trace.x()[i], trace.y()[i]));
    }
    for (int i = trace.x().length - 1; i >= 0; i--) {
      path.append('L').append(point(trace.x()[i], trace.y2()[i]));
    }
    return path.append('Z').toString();
  }

  private void points(Trace trace, String colour) {
    int step = 1 + (trace.x().length - 1) / MOST_POINTS;
    for (int i = 0; i < trace.x().length; i += step) {
      if (isDrawn(trace.y()[i])) {
        circle(trace, i, "point" + colour, "3");
      }
    }
  }

  /** One value is no line: it is drawn as a point. */
  private void tips(Trace trace, String colour) {
    boolean alone = trace.x().length == 1;
    for (int i = 0; i < trace.x().length && trace.x().length <= MOST_TIPS; i++) {
      if (isDrawn(trace.y()[i])) {
        circle(trace, i, alone ? "point" + colour : "tip", alone ? "3" : "6");
      }
    }
  }

  private void circle(Trace trace, int i, String type, String radius) {
    String told =
        trace.name()
            + ", "
            + chart.xName()
            + " "
            + Numbers.shown(trace.x()[i])
            + ": "
            + Numbers.shown(trace.y()[i]);
    html.open(
            "circle",
            "class",
            type,
            "cx",
            number(across(trace.x()[i])),
            "cy",
            number(down(trace.y()[i])),
            "r",
            radius)
        .element("title", told)
        .close();
  }

  private static boolean isDrawn(double value) {
    return Double.isFinite(value);
  }

  private String point(double atX, double atY) {
    return number(across(atX)) + " " + number(down(atY));
  }

  private double across(double value) {
    return LEFT + x.place(value) * (WIDTH - LEFT - RIGHT);
  }

  private double down(double value) {
    return HEIGHT - BOTTOM - y.place(value) * (HEIGHT - TOP - BOTTOM);
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }
}
