/**
 * The public stages: estimators, their models, params, persistence, training summary.
 *
 * <p>May import training, data, network, explain, safetensors, series, forecast, storage, report,
 * page and versions of ours, and Spark. Only {@link sparkrnn.ml.ModelDirectory} touches what Spark
 * keeps to itself. Begin reading at {@link sparkrnn.ml.RnnRegressor}, then {@link
 * sparkrnn.ml.RnnModel}.
 *
 * <p>In Python, src/main/python/sparkrnn: a change of params here is written there by
 * PythonSurfaceTest, a new public method by hand; see docs/python.md.
 */
package sparkrnn.ml;
