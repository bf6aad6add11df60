package sparkrnn.ml;

import org.apache.spark.ml.param.DoubleArrayParam;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntArrayParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.StringArrayParam;

/** Params of series, their windows and their forecasts. */
public interface ForecastParams extends RnnParams, RegressionParams {

  /** The params, built once per stage. */
  ForecastParamDefinitions forecastParams();

  /** Columns whose values tell the series apart; empty where all rows are one series. */
  default StringArrayParam keyCols() {
    return forecastParams().keyCols;
  }

  /** The value of {@link #keyCols()}. */
  default String[] getKeyCols() {
    return getOrDefault(keyCols()).clone();
  }

  /** Column of the times that order the rows of a series: timestamp, date or a number; required. */
  default Param<String> timeCol() {
    return forecastParams().timeCol;
  }

  /** The value of {@link #timeCol()}. */
  default String getTimeCol() {
    return getOrDefault(timeCol());
  }

  /** Columns of the numbers to forecast, all by one network; required. */
  default StringArrayParam targetCols() {
    return forecastParams().targetCols;
  }

  /** The value of {@link #targetCols()}. */
  default String[] getTargetCols() {
    return getOrDefault(targetCols()).clone();
  }

  /** Columns of numbers that are known up to the origin of a forecast, scaled like targets. */
  default StringArrayParam pastCovariateCols() {
    return forecastParams().pastCovariateCols;
  }

  /** The value of {@link #pastCovariateCols()}. */
  default String[] getPastCovariateCols() {
    return getOrDefault(pastCovariateCols()).clone();
  }

  /**
   * Columns of numbers that are known for the horizon too, standardized over the training rows;
   * forecast reads them from rows after the last target.
   */
  default StringArrayParam futureCovariateCols() {
    return forecastParams().futureCovariateCols;
  }

  /** The value of {@link #futureCovariateCols()}. */
  default String[] getFutureCovariateCols() {
    return getOrDefault(futureCovariateCols()).clone();
  }

  /**
   * Columns with one value for each series: numbers, standardized over the series, or texts,
   * booleans and dates, of which values that the fit has not seen count as unknown.
   */
  default StringArrayParam staticCovariateCols() {
    return forecastParams().staticCovariateCols;
  }

  /** The value of {@link #staticCovariateCols()}. */
  default String[] getStaticCovariateCols() {
    return getOrDefault(staticCovariateCols()).clone();
  }

  /**
   * Distance of the rows of a series: an amount of time, such as 1 hour, 1 day or 1 month, or a
   * number; empty takes the distance that is met most often in the data of the fit.
   */
  default Param<String> timeStep() {
    return forecastParams().timeStep;
  }

  /** The value of {@link #timeStep()}. */
  default String getTimeStep() {
    return getOrDefault(timeStep());
  }

  /** Rows up to the origin of a forecast that the network reads, at least 1. */
  default IntParam contextLength() {
    return forecastParams().contextLength;
  }

  /** The value of {@link #contextLength()}. */
  default int getContextLength() {
    return (Integer) getOrDefault(contextLength());
  }

  /** Rows that are forecast after the origin, at least 1, all at once. */
  default IntParam horizon() {
    return forecastParams().horizon;
  }

  /** The value of {@link #horizon()}. */
  default int getHorizon() {
    return (Integer) getOrDefault(horizon());
  }

  /** Rows from the origin of one training window to that of the next, at least 1. */
  default IntParam stride() {
    return forecastParams().stride;
  }

  /** The value of {@link #stride()}. */
  default int getStride() {
    return (Integer) getOrDefault(stride());
  }

  /**
   * What inputs and targets are counted from and in, undone in forecasts: window (level and
   * deviation of the context), series (mean and deviation of the series up to the origin) or none;
   * counts are only divided by their mean, and only as inputs.
   */
  default Param<String> scaling() {
    return forecastParams().scaling;
  }

  /** The value of {@link #scaling()}. */
  default String getScaling() {
    return getOrDefault(scaling());
  }

  /** Level of scaling window: last (the value at the origin) or mean (of the context). */
  default Param<String> windowLevel() {
    return forecastParams().windowLevel;
  }

  /** The value of {@link #windowLevel()}. */
  default String getWindowLevel() {
    return getOrDefault(windowLevel());
  }

  /**
   * Share of the value one season before in what targets are counted from, in [0, 1]; the rest is
   * the level.
   */
  default DoubleParam seasonalWeight() {
    return forecastParams().seasonalWeight;
  }

  /** The value of {@link #seasonalWeight()}. */
  default double getSeasonalWeight() {
    return (Double) getOrDefault(seasonalWeight());
  }

  /**
   * Rows of a season, for seasonalWeight and the naive forecasts of a backtest; 0 takes that of the
   * time step: a day of hours, a week of days, a year of weeks or months.
   */
  default IntParam seasonLength() {
    return forecastParams().seasonLength;
  }

  /** The value of {@link #seasonLength()}. */
  default int getSeasonLength() {
    return (Integer) getOrDefault(seasonLength());
  }

  /**
   * How many rows back targets are read beside each time step of the context; 0 alone takes those
   * of the time step (a day and a week of hours, a week of days, a year of weeks or months); empty
   * for none.
   */
  default IntArrayParam lags() {
    return forecastParams().lags;
  }

  /** The value of {@link #lags()}. */
  default int[] getLags() {
    return getOrDefault(lags()).clone();
  }

  /**
   * Cycles of the calendar that time steps are placed in, as sine and cosine: any of minuteOfHour,
   * hourOfDay, dayOfWeek, dayOfMonth, weekOfYear, monthOfYear; auto alone takes those of the time
   * step; empty for none.
   */
  default StringArrayParam calendarFeatures() {
    return forecastParams().calendarFeatures;
  }

  /** The value of {@link #calendarFeatures()}. */
  default String[] getCalendarFeatures() {
    return getOrDefault(calendarFeatures()).clone();
  }

  /**
   * What is forecast of a target: point (a number, by loss), quantile (quantiles, which never
   * cross), or the parameters of gaussian, studentT, or, of counts, poisson or negativeBinomial.
   */
  default Param<String> distribution() {
    return forecastParams().distribution;
  }

  /** The value of {@link #distribution()}. */
  default String getDistribution() {
    return getOrDefault(distribution());
  }

  /**
   * Levels of the quantiles that are forecast, each above 0 and below 1, in increasing order; not
   * of a point.
   */
  default DoubleArrayParam quantiles() {
    return forecastParams().quantiles;
  }

  /** The value of {@link #quantiles()}. */
  default double[] getQuantiles() {
    return getOrDefault(quantiles()).clone();
  }

  /**
   * Share of the values that intervals shall hold, above 0 and below 1; of distribution quantile
   * without calibrate, intervals go from the lowest to the highest quantile instead.
   */
  default DoubleParam intervalCoverage() {
    return forecastParams().intervalCoverage;
  }

  /** The value of {@link #intervalCoverage()}. */
  default double getIntervalCoverage() {
    return (Double) getOrDefault(intervalCoverage());
  }
}
