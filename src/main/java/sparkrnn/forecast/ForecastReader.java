package sparkrnn.forecast;

import java.util.Arrays;
import java.util.List;

/**
 * Makes forecasts of the outputs of a network for one window: adds offsets before they are
 * activated, and undoes the scaling afterwards.
 */
public final class ForecastReader {

  private final ForecastPlan plan;
  private final List<Double> levels;
  private final double coverage;
  private final Conformal conformal;
  private final int each;
  private final int middle;

  /**
   * Reads outputs of a plan.
   *
   * @param coverage of the intervals of distributions
   * @param conformal null for the network's own intervals
   */
  public ForecastReader(ForecastPlan plan, double coverage, Conformal conformal) {
    this.plan = plan;
    this.levels = plan.distribution().levels(plan.quantiles());
    this.coverage = coverage;
    this.conformal = conformal;
    this.each = plan.outputsPerTarget();
    this.middle = nearestToHalf(levels);
  }

  private static int nearestToHalf(List<Double> levels) {
    int nearest = 0;
    for (int i = 1; i < levels.size(); i++) {
      if (Math.abs(levels.get(i) - 0.5) < Math.abs(levels.get(nearest) - 0.5)) {
        nearest = i;
      }
    }
    return nearest;
  }

  /** Whether forecasts have an interval. */
  public boolean hasIntervals() {
    return conformal != null || hasOwnIntervals();
  }

  private boolean hasOwnIntervals() {
    return switch (plan.distribution()) {
      case POINT -> false;
      case QUANTILE -> levels.size() > 1;
      default -> true;
    };
  }

  /** Adds the offsets of counts to the outputs, which is to be done before they are activated. */
  public void addOffsets(double[] outputs, WindowScale scale) {
    if (!plan.distribution().ofCounts()) {
      return;
    }
    for (int place = 0; place < outputs.length / each; place++) {
      outputs[place * each] += scale.offset(place % plan.targets());
    }
  }

  /** How a target of a row is distributed: the activated outputs on the scale of the target. */
  private double[] parameters(double[] activated, WindowScale scale, int step, int i) {
    int from = ((step - 1) * plan.targets() + i) * each;
    double[] parameters = Arrays.copyOfRange(activated, from, from + each);
    if (plan.distribution().ofCounts()) {
      return parameters;
    }
    double baseline = scale.baseline(i, step);
    double factor = scale.scaleOf(i);
    boolean numbers =
        plan.distribution() == Distribution.POINT || plan.distribution() == Distribution.QUANTILE;
    parameters[0] = baseline + factor * parameters[0];
    for (int k = 1; k < each && (numbers || k == 1); k++) {
      parameters[k] = numbers ? baseline + factor * parameters[k] : factor * parameters[k];
    }
    return parameters;
  }

  /**
   * The forecast of a target in a row.
   *
   * @param activated what the outputs stand for
   * @param scale of the window
   * @param step rows after the origin, from 1
   */
  public TargetForecast read(double[] activated, WindowScale scale, int step, int i) {
    double[] parameters = parameters(activated, scale, step, i);
    double[] quantiles = quantiles(parameters);
    double point = plan.distribution() == Distribution.QUANTILE ? quantiles[middle] : parameters[0];
    double lower = lower(parameters, quantiles, point);
    double upper = upper(parameters, quantiles, point);
    if (conformal == null) {
      boolean own = hasOwnIntervals();
      return new TargetForecast(
          point, quantiles, own ? lower : Double.NaN, own ? upper : Double.NaN);
    }
    double reach = scale.scaleOf(i) * conformal.reaches().get(step - 1).get(i);
    if (lower - reach > upper + reach) {
      double between = (lower + upper) / 2;
      return new TargetForecast(point, quantiles, between, between);
    }
    return new TargetForecast(point, quantiles, lower - reach, upper + reach);
  }

  private double[] quantiles(double[] parameters) {
    if (plan.distribution() == Distribution.QUANTILE) {
      return parameters;
    }
    double[] quantiles = new double[levels.size()];
    for (int k = 0; k < quantiles.length; k++) {
      quantiles[k] = plan.distribution().quantile(levels.get(k), parameters);
    }
    return quantiles;
  }

  private double lower(double[] parameters, double[] quantiles, double point) {
    return switch (plan.distribution()) {
      case POINT -> point;
      case QUANTILE -> quantiles[0];
      default -> plan.distribution().quantile((1 - coverage) / 2, parameters);
    };
  }

  private double upper(double[] parameters, double[] quantiles, double point) {
    return switch (plan.distribution()) {
      case POINT -> point;
      case QUANTILE -> quantiles[quantiles.length - 1];
      default -> plan.distribution().quantile((1 + coverage) / 2, parameters);
    };
  }

  /**
   * How far a value lies beyond the network's own interval, or, where it has none, from the point;
   * in scales of the window, below 0 inside.
   */
  public double score(double[] activated, WindowScale scale, int step, int i, double value) {
    double[] parameters = parameters(activated, scale, step, i);
    double[] quantiles = plan.distribution() == Distribution.QUANTILE ? parameters : new double[0];
    double point = parameters[0];
    double below = lower(parameters, quantiles, point) - value;
    double above = value - upper(parameters, quantiles, point);
    return Math.max(below, above) / scale.scaleOf(i);
  }
}
