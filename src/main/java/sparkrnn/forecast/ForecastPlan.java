package sparkrnn.forecast;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How windows are made of series, and forecasts of outputs. A window is known by its origin, the
 * last row that is read of the past; the rows that are forecast follow it.
 *
 * @param contextLength time steps of a sequence
 * @param horizon rows that are forecast
 * @param stride rows from one origin to the next
 * @param lags how many rows back targets are read beside each time step
 * @param scaling "window", "series" or "none"
 * @param windowLevel "last" or "mean", what a window's values are counted from
 * @param seasonalWeight share of the season before in what targets are counted from
 * @param seasonLength rows of a season
 * @param quantiles the param
 */
public record ForecastPlan(
    SeriesPlan series,
    int contextLength,
    int horizon,
    int stride,
    List<Integer> lags,
    String scaling,
    String windowLevel,
    double seasonalWeight,
    int seasonLength,
    List<CalendarFeature> calendar,
    Distribution distribution,
    List<Double> quantiles,
    LearntSeries learnt)
    implements Serializable {

  /** The same with what a fit has learnt. */
  public ForecastPlan with(LearntSeries value) {
    return new ForecastPlan(
        series,
        contextLength,
        horizon,
        stride,
        lags,
        scaling,
        windowLevel,
        seasonalWeight,
        seasonLength,
        calendar,
        distribution,
        quantiles,
        value);
  }

  /** How many targets there are. */
  public int targets() {
    return series.columns().targets().size();
  }

  /** Rows that a window reads, up to its origin. */
  public int history() {
    int furthest = lags.stream().mapToInt(Integer::intValue).max().orElse(0);
    return Math.max(Math.addExact(contextLength, furthest), seasonalWeight > 0 ? seasonLength : 0);
  }

  /** Rows of a series from which one window can be made. */
  public int span() {
    return Math.addExact(history(), horizon);
  }

  /**
   * How many rows ahead future covariates are read beside each time step: as many as it takes that
   * the context sees all rows of the horizon.
   */
  List<Integer> leads() {
    List<Integer> leads = new ArrayList<>();
    for (int lead = horizon; lead > 0; lead -= contextLength) {
      leads.add(lead);
    }
    return leads;
  }

  /** Outputs of the network for each row and target. */
  public int outputsPerTarget() {
    return distribution.outputs(quantiles);
  }

  /** Numbers of the label for each row and target: of counts the count and its offset. */
  int numbersPerTarget() {
    return distribution.ofCounts() ? 2 : 1;
  }

  /** Outputs of the network. */
  public int outputs() {
    return Math.multiplyExact(Math.multiplyExact(horizon, targets()), outputsPerTarget());
  }

  /**
   * Whether the future of a series can be forecast: whether its rows up to the last with a target,
   * and the covariates after it, are all there.
   *
   * @throws IllegalArgumentException if they are not and the plan is strict
   */
  public boolean lastWindowIsWhole(Series of) {
    int origin = of.observed() - 1;
    if (series.strict()) {
      requireRows(of, origin);
    }
    return of.readable(origin, history()) && of.futureKnown(origin, horizon) && of.staticsKnown();
  }

  private void requireRows(Series of, int origin) {
    if (of.observed() < history()) {
      throw SeriesFacts.tooShort(of, this, of.observed(), history(), "contextLength in a new fit");
    }
    int given = of.rows() - of.observed();
    if (!series.columns().future().isEmpty() && given < horizon) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%s: %s has %d %s after %s %s, its last with a target; futureCovariateCols need %d"
                  + " (horizon). Append rows with the times and covariates to come, their targets"
                  + " null.",
              series.stage(),
              series.describe(of.key()),
              given,
              given == 1 ? "row" : "rows",
              series.columns().time(),
              series.axis().show(of.time(origin)),
              horizon));
    }
  }
}
