package sparkrnn.forecast;

/**
 * What the values of one window are counted from and in, and back.
 *
 * <pre>
 *   window   level: the last value or the mean of the context
 *            scale: deviation of the context + 0.05 deviation of the series up to the origin
 *   series   level: mean, scale: deviation, of the series up to the origin
 *   none     level 0, scale 1
 *   input    (x - level) / scale
 *   target   (y - baseline) / scale        baseline = w (season before) + (1 - w) level
 * </pre>
 *
 * <p>A scale of 0 is taken for 1. Nothing after the origin is read, so that nothing leaks, and a
 * series that the fit has not seen is scaled as all others are. Counts have level 0 and their mean
 * as scale, at least one over the length of the context; their targets stay as they are, and the
 * logarithm of the scale is their offset. For one thread.
 */
public final class WindowScale {

  private static final double SHARE_OF_SERIES = 0.05;

  private final ForecastPlan plan;
  private final int columns;
  private final int targets;
  private final double[] level;
  private final double[] scale;
  private Series series;
  private int origin;
  private Moments[] before = new Moments[0];
  private int read;

  /** For windows of a plan. */
  public WindowScale(ForecastPlan plan) {
    this.plan = plan;
    this.targets = plan.targets();
    this.columns = targets + plan.series().columns().past().size();
    this.level = new double[columns];
    this.scale = new double[columns];
  }

  /** Takes a window; fastest if the origins of a series come in their order. */
  public void take(Series of, int at) {
    if (of != series || at < read - 1) {
      before = new Moments[columns];
      java.util.Arrays.fill(before, Moments.NONE);
      read = 0;
    }
    series = of;
    origin = at;
    for (; read <= origin; read++) {
      for (int i = 0; i < columns; i++) {
        before[i] = before[i].plus(series.history(read, i));
      }
    }
    for (int i = 0; i < columns; i++) {
      scale(i);
    }
  }

  private void scale(int i) {
    Moments window = before[i];
    if (plan.scaling().equals("window")) {
      window = Moments.NONE;
      for (int row = origin - plan.contextLength() + 1; row <= origin; row++) {
        window = window.plus(series.history(row, i));
      }
    }
    if (plan.scaling().equals("none")) {
      level[i] = 0;
      scale[i] = 1;
    } else if (plan.distribution().ofCounts() && i < targets) {
      level[i] = 0;
      scale[i] = Math.max(window.mean(), 1.0 / plan.contextLength());
    } else {
      boolean last = plan.scaling().equals("window") && plan.windowLevel().equals("last");
      level[i] = last ? series.history(origin, i) : window.mean();
      double wide =
          plan.scaling().equals("window")
              ? window.deviation() + SHARE_OF_SERIES * before[i].deviation()
              : window.deviation();
      scale[i] = wide > 0 ? wide : 1;
    }
  }

  /** A target or past covariate, targets first, as an input. */
  double input(int row, int i) {
    return (series.history(row, i) - level[i]) / scale[i];
  }

  /** In what a target is counted. */
  double scaleOf(int i) {
    return scale[i];
  }

  /** The logarithm of what the rate of a count is expected to be. */
  double offset(int i) {
    return StrictMath.log(scale[i]);
  }

  /**
   * What a target is counted from.
   *
   * @param step rows after the origin, from 1
   */
  double baseline(int i, int step) {
    double weight = plan.seasonalWeight();
    return weight == 0
        ? level[i]
        : weight * seasonal(i, step, plan.seasonLength()) + (1 - weight) * level[i];
  }

  private double seasonal(int i, int step, int season) {
    return series.target(origin - season + 1 + (step - 1) % season, i);
  }
}
