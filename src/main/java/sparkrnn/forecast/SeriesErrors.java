package sparkrnn.forecast;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;

/**
 * The errors of the rolling forecasts of one series: of the model, of its last value and of its
 * season before, on the same rows.
 */
public final class SeriesErrors implements Serializable {

  private static final long serialVersionUID = 1L;

  /** The rows of a comparison, in their order. */
  public enum Method {
    /** The network. */
    MODEL("model"),
    /** The value at the origin. */
    LAST_VALUE("lastValue"),
    /** The value of the season before; the last value where there is no season. */
    SEASONAL_NAIVE("seasonalNaive");

    private final String shownName;

    Method(String shownName) {
      this.shownName = shownName;
    }

    /** "model", "lastValue" or "seasonalNaive". */
    public String shownName() {
      return shownName;
    }
  }

  private final String key;
  private final EnumMap<Method, ForecastErrors[]> errors = new EnumMap<>(Method.class);
  private long windows;

  /** Of nothing yet. */
  public SeriesErrors(Object[] key, int targets) {
    this.key = Arrays.toString(key);
    for (Method method : Method.values()) {
      ForecastErrors[] ofMethod = new ForecastErrors[targets];
      Arrays.setAll(ofMethod, i -> new ForecastErrors());
      errors.put(method, ofMethod);
    }
  }

  /**
   * Adds the forecasts from one origin.
   *
   * @param forecasts by row of the horizon and target
   * @param naiveErrors of each target, see {@link #naiveError}
   */
  public void add(
      Series series,
      int origin,
      TargetForecast[][] forecasts,
      ForecastPlan plan,
      double[] naiveErrors) {
    windows++;
    List<Double> levels = plan.distribution().levels(plan.quantiles());
    int season = plan.seasonLength();
    for (int step = 1; step <= forecasts.length; step++) {
      for (int i = 0; i < plan.targets(); i++) {
        double y = series.target(origin + step, i);
        double last = series.target(origin, i);
        int before = origin - season + 1 + (step - 1) % season;
        double seasonal = before >= 0 ? series.target(before, i) : Double.NaN;
        of(Method.MODEL, i).add(y, forecasts[step - 1][i], levels, naiveErrors[i]);
        of(Method.LAST_VALUE, i).add(y, point(last), List.of(), naiveErrors[i]);
        of(Method.SEASONAL_NAIVE, i)
            .add(y, point(Double.isNaN(seasonal) ? last : seasonal), List.of(), naiveErrors[i]);
      }
    }
  }

  private static TargetForecast point(double value) {
    return new TargetForecast(value, new double[0], Double.NaN, Double.NaN);
  }

  /**
   * Mean absolute error, up to and with a row, of taking the value of the season before for the
   * next.
   */
  public static double naiveError(Series series, int last, int season, int i) {
    double sum = 0;
    long count = 0;
    for (int row = season; row <= last; row++) {
      double error = Math.abs(series.target(row, i) - series.target(row - season, i));
      if (!Double.isNaN(error)) {
        sum += error;
        count++;
      }
    }
    return count == 0 ? Double.NaN : sum / count;
  }

  /** The errors of a method for a target. */
  public ForecastErrors of(Method method, int target) {
    return errors.get(method)[target];
  }

  /** Origins that were added. */
  public long windows() {
    return windows;
  }

  /** The sum over series, added in the order of their keys. */
  public static SeriesErrors sum(List<SeriesErrors> parts, int targets) {
    SeriesErrors sum = new SeriesErrors(new Object[0], targets);
    parts.stream()
        .sorted(Comparator.comparing((SeriesErrors part) -> part.key))
        .forEachOrdered(sum::add);
    return sum;
  }

  private void add(SeriesErrors other) {
    windows += other.windows;
    errors.forEach(
        (method, ofMethod) -> {
          for (int i = 0; i < ofMethod.length; i++) {
            ofMethod[i].add(other.of(method, i));
          }
        });
  }
}
