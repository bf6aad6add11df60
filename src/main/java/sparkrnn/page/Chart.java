package sparkrnn.page;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** A chart of lines, points and bands over one axis. */
public final class Chart {

  private final String title;
  private final String xName;
  private final List<Trace> traces = new ArrayList<>();
  private boolean mayBeLogarithmic;
  private boolean square;

  /**
   * An empty chart.
   *
   * @param title above it
   * @param xName what lies along the lower side
   */
  public Chart(String title, String xName) {
    this.title = title;
    this.xName = xName;
  }

  /** Lets the upright axis be logarithmic where values differ widely and all are above 0. */
  public Chart logarithmicIfWide() {
    mayBeLogarithmic = true;
    return this;
  }

  /** Both axes alike, with the line on which both values are equal. */
  public Chart square() {
    square = true;
    return this;
  }

  /** Adds a line; it is broken where a value is not finite. */
  public Chart line(String name, double[] x, double[] y) {
    return add(name, Trace.Kind.LINE, x, y, new double[0]);
  }

  /** Adds a line of dashes. */
  public Chart dashed(String name, double[] x, double[] y) {
    return add(name, Trace.Kind.DASHED, x, y, new double[0]);
  }

  /** Adds points. */
  public Chart points(String name, double[] x, double[] y) {
    return add(name, Trace.Kind.POINTS, x, y, new double[0]);
  }

  /** Adds a band between two edges. */
  public Chart band(String name, double[] x, double[] low, double[] high) {
    return add(name, Trace.Kind.BAND, x, low, high);
  }

  private Chart add(String name, Trace.Kind kind, double[] x, double[] y, double[] y2) {
    traces.add(new Trace(name, kind, x.clone(), y.clone(), y2.clone()));
    return this;
  }

  /** Places from first on, one after the other. */
  public static double[] counted(int first, int length) {
    return IntStream.range(first, first + length).asDoubleStream().toArray();
  }

  String title() {
    return title;
  }

  String xName() {
    return xName;
  }

  List<Trace> traces() {
    return traces;
  }

  boolean isSquare() {
    return square;
  }

  Axis xAxis() {
    if (square) {
      return yAxis();
    }
    double[] all = all(traces.stream().map(Trace::x).toList());
    boolean points = traces.stream().allMatch(trace -> trace.kind() == Trace.Kind.POINTS);
    return points ? Axis.over(all, false) : Axis.tight(all);
  }

  Axis yAxis() {
    List<double[]> values = new ArrayList<>();
    for (Trace trace : traces) {
      values.add(trace.y());
      values.add(trace.y2());
      if (square) {
        values.add(trace.x());
      }
    }
    return Axis.over(all(values), mayBeLogarithmic);
  }

  private static double[] all(List<double[]> parts) {
    return parts.stream().flatMapToDouble(DoubleStream::of).toArray();
  }

  @Override
  public String toString() {
    return title + Arrays.toString(traces.stream().map(Trace::name).toArray());
  }
}
