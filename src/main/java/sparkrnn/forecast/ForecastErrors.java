package sparkrnn.forecast;

import java.io.Serializable;
import java.util.List;

/** Sums of the errors of forecasts of one target. */
public final class ForecastErrors implements Serializable {

  private static final long serialVersionUID = 1L;

  private long points;
  private double absolute;
  private double squared;
  private double symmetric;
  private double crps;
  private long intervals;
  private long inside;
  private double width;
  private long scaledPoints;
  private double scaled;

  /**
   * Adds a forecast.
   *
   * @param levels of the quantiles
   * @param naiveError what the seasonal naive forecast of one season ahead missed by in the past of
   *     the series; not finite or 0 where that is not known
   */
  void add(double y, TargetForecast forecast, List<Double> levels, double naiveError) {
    double error = Math.abs(forecast.point() - y);
    double size = Math.abs(forecast.point()) + Math.abs(y);
    points++;
    absolute += error;
    squared += error * error;
    symmetric += size > 0 ? 2 * error / size : 0;
    crps += levels.isEmpty() ? error : crps(y, forecast.quantiles(), levels);
    if (forecast.hasInterval()) {
      intervals++;
      inside += forecast.lower() <= y && y <= forecast.upper() ? 1 : 0;
      width += forecast.upper() - forecast.lower();
    }
    if (naiveError > 0 && Double.isFinite(naiveError)) {
      scaledPoints++;
      scaled += error / naiveError;
    }
  }

  /** Twice the mean quantile loss: the integral over all levels by those that there are. */
  private static double crps(double y, double[] quantiles, List<Double> levels) {
    double sum = 0;
    for (int k = 0; k < quantiles.length; k++) {
      double error = y - quantiles[k];
      sum += Math.max(levels.get(k) * error, (levels.get(k) - 1) * error);
    }
    return 2 * sum / quantiles.length;
  }

  /** Adds the sums of another. */
  void add(ForecastErrors other) {
    points += other.points;
    absolute += other.absolute;
    squared += other.squared;
    symmetric += other.symmetric;
    crps += other.crps;
    intervals += other.intervals;
    inside += other.inside;
    width += other.width;
    scaledPoints += other.scaledPoints;
    scaled += other.scaled;
  }

  /** Forecasts that were added. */
  public long points() {
    return points;
  }

  /** Mean absolute error. */
  public double meanAbsolute() {
    return absolute / points;
  }

  /** Mean squared error. */
  public double meanSquared() {
    return squared / points;
  }

  /** Symmetric mean absolute percentage error, from 0 to 200. */
  public double symmetricPercentage() {
    return 100 * symmetric / points;
  }

  /** Continuous ranked probability score; of a point its absolute error. */
  public double crps() {
    return crps / points;
  }

  /** Share of the values inside their intervals; NaN without intervals. */
  public double coverage() {
    return intervals == 0 ? Double.NaN : (double) inside / intervals;
  }

  /** Mean width of the intervals; NaN without intervals. */
  public double meanWidth() {
    return intervals == 0 ? Double.NaN : width / intervals;
  }

  /** Mean absolute scaled error; NaN where no series has a past to be scaled by. */
  public double meanAbsoluteScaled() {
    return scaledPoints == 0 ? Double.NaN : scaled / scaledPoints;
  }
}
