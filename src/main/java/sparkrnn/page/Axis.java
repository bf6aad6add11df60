package sparkrnn.page;

import java.util.ArrayList;
import java.util.List;

/**
 * Where values lie along one side of a chart.
 *
 * @param low the value at the begin
 * @param high the value at the end, above low
 * @param logarithmic whether equal ratios are equally far apart; both ends are above 0 then
 */
record Axis(double low, double high, boolean logarithmic) {

  /** From this ratio of the largest to the smallest on, a straight scale hides the small ones. */
  private static final double WIDE = 30;

  /** The steps between ticks, times powers of ten. */
  private static final double[] ROUND = {1, 2, 5, 10};

  /** An axis that holds the values; those that are not finite do not count. */
  static Axis over(double[] values, boolean mayBeLogarithmic) {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (double value : values) {
      if (Double.isFinite(value)) {
        low = Math.min(low, value);
        high = Math.max(high, value);
      }
    }
    if (low > high) {
      return new Axis(0, 1, false);
    }
    if (mayBeLogarithmic && low > 0 && high / low > WIDE) {
      return new Axis(low / 1.1, high * 1.1, true);
    }
    double margin = low == high ? Math.max(Math.abs(low), 1e-3) * 0.5 : (high - low) * 0.04;
    return new Axis(low - margin, high + margin, false);
  }

  /** The same from the smallest value to the largest, with nothing beyond. */
  static Axis tight(double[] values) {
    Axis loose = over(values, false);
    double margin = (loose.high - loose.low) * 0.04 / 1.08;
    return new Axis(loose.low + margin, loose.high - margin, false);
  }

  /** The place of a value, 0 at the begin and 1 at the end. */
  double place(double value) {
    return logarithmic
        ? Math.log(value / low) / Math.log(high / low)
        : (value - low) / (high - low);
  }

  /** Round values along the axis, about so many. */
  List<Double> ticks(int wanted) {
    return logarithmic && high / low >= 10 ? powers(wanted) : straight(wanted);
  }

  private List<Double> powers(int wanted) {
    int first = (int) Math.ceil(Math.log10(low) - 1e-9);
    int last = (int) Math.floor(Math.log10(high) + 1e-9);
    int step = Math.max(1, (int) Math.ceil((last - first + 1.0) / wanted));
    List<Double> ticks = new ArrayList<>();
    for (int power = first; power <= last; power += step) {
      ticks.add(Math.pow(10, power));
    }
    return ticks;
  }

  private List<Double> straight(int wanted) {
    double step = step((high - low) / wanted);
    List<Double> ticks = new ArrayList<>();
    for (long i = (long) Math.ceil(low / step - 1e-9); i * step <= high + 1e-9 * step; i++) {
      ticks.add(i * step);
    }
    return ticks;
  }

  private static double step(double least) {
    double power = Math.pow(10, Math.floor(Math.log10(least)));
    for (double round : ROUND) {
      if (round * power >= least * (1 - 1e-9)) {
        return round * power;
      }
    }
    return 10 * power;
  }
}
