/**
 * The public stages: estimators, their models, params, persistence, training summary.
 *
 * <p>May import training, data, network, safetensors, series, forecast and storage of ours, and
 * Spark. Only {@link sparkrnn.ml.ModelDirectory} touches what Spark keeps to itself. Begin reading
 * at {@link sparkrnn.ml.RnnRegressor}, then {@link sparkrnn.ml.RnnModel}.
 */
package sparkrnn.ml;
