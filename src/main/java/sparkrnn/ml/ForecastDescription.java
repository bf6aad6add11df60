package sparkrnn.ml;

import java.io.Serializable;
import java.util.List;
import sparkrnn.forecast.Conformal;
import sparkrnn.forecast.LearntSeries;

/**
 * What a saved forecaster keeps besides its network and params.
 *
 * @param timeStep of the series, given or found
 * @param seasonLength given or that of the time step
 * @param lags given or those of the time step
 * @param calendar names of the calendar features, given or those of the time step
 * @param learnt of the series of the fit
 * @param conformal null of a model that was not calibrated
 */
record ForecastDescription(
    String timeStep,
    int seasonLength,
    List<Integer> lags,
    List<String> calendar,
    LearntSeries learnt,
    Conformal conformal)
    implements Serializable {

  ForecastDescription with(LearntSeries value) {
    return new ForecastDescription(timeStep, seasonLength, lags, calendar, value, conformal);
  }

  ForecastDescription with(Conformal value) {
    return new ForecastDescription(timeStep, seasonLength, lags, calendar, learnt, value);
  }

  /** Whether all parts are there that every model has. */
  boolean whole() {
    return timeStep != null && lags != null && calendar != null && learnt != null;
  }
}
