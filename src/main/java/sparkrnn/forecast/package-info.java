/**
 * Forecasting without the network: series read from sorted rows, the windows that become sequences,
 * their scaling and back, the distributions of forecasts and what forecasts are worth.
 *
 * <p>May import series, and Spark. Begin reading at {@link sparkrnn.forecast.ForecastPlan}, then
 * {@link sparkrnn.forecast.SeriesReader} and {@link sparkrnn.forecast.WindowScale}.
 */
package sparkrnn.forecast;
