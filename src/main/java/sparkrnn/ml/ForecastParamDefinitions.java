package sparkrnn.ml;

import java.io.Serializable;
import org.apache.spark.ml.param.DoubleArrayParam;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntArrayParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;
import org.apache.spark.ml.param.StringArrayParam;
import sparkrnn.forecast.Distribution;

/** The params of {@link ForecastParams} of one stage. */
public final class ForecastParamDefinitions implements Serializable {

  private static final long serialVersionUID = 1L;

  final StringArrayParam keyCols;
  final Param<String> timeCol;
  final StringArrayParam targetCols;
  final StringArrayParam pastCovariateCols;
  final StringArrayParam futureCovariateCols;
  final StringArrayParam staticCovariateCols;
  final Param<String> timeStep;
  final IntParam contextLength;
  final IntParam horizon;
  final IntParam stride;
  final Param<String> scaling;
  final Param<String> windowLevel;
  final DoubleParam seasonalWeight;
  final IntParam seasonLength;
  final IntArrayParam lags;
  final StringArrayParam calendarFeatures;
  final Param<String> distribution;
  final DoubleArrayParam quantiles;
  final DoubleParam intervalCoverage;

  ForecastParamDefinitions(Params stage) {
    ParamFactory params = new ParamFactory(stage);
    keyCols =
        params.texts(
            "keyCols",
            "columns whose values tell the series apart; empty where all rows are one " + "series",
            Check.columnNames());
    timeCol =
        params.text(
            "timeCol",
            "column of the times that order the rows of a series: timestamp, date or a "
                + "number; required",
            Check.columnName());
    targetCols =
        params.texts(
            "targetCols",
            "columns of the numbers to forecast, all by one network; required",
            Check.columnNames());
    pastCovariateCols =
        params.texts(
            "pastCovariateCols",
            "columns of numbers that are known up to the origin of a forecast, scaled "
                + "like targets",
            Check.columnNames());
    futureCovariateCols =
        params.texts(
            "futureCovariateCols",
            "columns of numbers that are known for the horizon too, standardized over "
                + "the training rows; forecast reads them from rows after the last target",
            Check.columnNames());
    staticCovariateCols =
        params.texts(
            "staticCovariateCols",
            "columns with one value for each series: numbers, standardized over the "
                + "series, or texts, booleans and dates, of which values that the fit has not "
                + "seen count as unknown",
            Check.columnNames());
    timeStep =
        params.text(
            "timeStep",
            "distance of the rows of a series: an amount of time, such as 1 hour, 1 day "
                + "or 1 month, or a number; empty takes the distance that is met most often in "
                + "the data of the fit",
            Check.timeStep());
    contextLength =
        params.wholeNumber(
            "contextLength",
            "rows up to the origin of a forecast that the network reads, at least 1",
            Check.wholeNumberFrom(1));
    horizon =
        params.wholeNumber(
            "horizon",
            "rows that are forecast after the origin, at least 1, all at once",
            Check.wholeNumberFrom(1));
    stride =
        params.wholeNumber(
            "stride",
            "rows from the origin of one training window to that of the next, at least 1",
            Check.wholeNumberFrom(1));
    scaling =
        params.text(
            "scaling",
            "what inputs and targets are counted from and in, undone in forecasts: "
                + "window (level and deviation of the context), series (mean and deviation of "
                + "the series up to the origin) or none; counts are only divided by their "
                + "mean, and only as inputs",
            Check.oneOf("window", "series", "none"));
    windowLevel =
        params.text(
            "windowLevel",
            "level of scaling window: last (the value at the origin) or mean (of the " + "context)",
            Check.oneOf("last", "mean"));
    seasonalWeight =
        params.number(
            "seasonalWeight",
            "share of the value one season before in what targets are counted from, in "
                + "[0, 1]; the rest is the level",
            Check.numberInClosedRange(0, 1));
    seasonLength =
        params.wholeNumber(
            "seasonLength",
            "rows of a season, for seasonalWeight and the naive forecasts of a backtest; "
                + "0 takes that of the time step: a day of hours, a week of days, a year of "
                + "weeks or months",
            Check.wholeNumberFrom(0));
    lags =
        params.wholeNumbers(
            "lags",
            "how many rows back targets are read beside each time step of the context; 0 "
                + "alone takes those of the time step (a day and a week of hours, a week of "
                + "days, a year of weeks or months); empty for none",
            Check.wholeNumbersFrom(0));
    calendarFeatures =
        params.texts(
            "calendarFeatures",
            "cycles of the calendar that time steps are placed in, as sine and cosine: "
                + "any of minuteOfHour, hourOfDay, dayOfWeek, dayOfMonth, weekOfYear, "
                + "monthOfYear; auto alone takes those of the time step; empty for none",
            Check.calendarFeatures());
    distribution =
        params.text(
            "distribution",
            "what is forecast of a target: point (a number, by loss), quantile "
                + "(quantiles, which never cross), or the parameters of gaussian, studentT, "
                + "or, of counts, poisson or negativeBinomial",
            Check.oneOf(Distribution.names()));
    quantiles =
        params.numbers(
            "quantiles",
            "levels of the quantiles that are forecast, each above 0 and below 1, in "
                + "increasing order; not of a point",
            Check.quantiles());
    intervalCoverage =
        params.number(
            "intervalCoverage",
            "share of the values that intervals shall hold, above 0 and below 1; of "
                + "distribution quantile without calibrate, intervals go from the lowest to "
                + "the highest quantile instead",
            Check.numberBetween(0, 1));
  }

  void setDefaults(Params stage) {
    stage.setDefault(keyCols, new String[0]);
    stage.setDefault(pastCovariateCols, new String[0]);
    stage.setDefault(futureCovariateCols, new String[0]);
    stage.setDefault(staticCovariateCols, new String[0]);
    stage.setDefault(timeStep, "");
    stage.setDefault(contextLength, 48);
    stage.setDefault(horizon, 1);
    stage.setDefault(stride, 1);
    stage.setDefault(scaling, "window");
    stage.setDefault(windowLevel, "last");
    stage.setDefault(seasonalWeight, 0.0);
    stage.setDefault(seasonLength, 0);
    stage.setDefault(lags, new int[0]);
    stage.setDefault(calendarFeatures, new String[] {"auto"});
    stage.setDefault(distribution, "point");
    stage.setDefault(quantiles, new double[] {0.1, 0.5, 0.9});
    stage.setDefault(intervalCoverage, 0.8);
  }
}
