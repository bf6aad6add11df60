package sparkrnn.forecast;

/**
 * The forecast of one target in one row.
 *
 * @param point the mean of the target, its median or, of quantiles, the one nearest to it
 * @param quantiles ascending; empty of a point
 * @param lower end of the interval; NaN if there is none
 * @param upper end of the interval; NaN if there is none
 */
public record TargetForecast(double point, double[] quantiles, double lower, double upper) {

  /** Whether the forecast has an interval. */
  boolean hasInterval() {
    return !Double.isNaN(lower);
  }
}
