"""MLflow: whoever tracks runs with it finds the epochs and the model of a fit there."""

import math

import pytest
from pyspark.ml import Pipeline, PipelineModel
from pyspark.ml.feature import SQLTransformer

from sparkrnn.ml import RnnRegressionModel, RnnRegressor
from sparkrnn.mlflow import MlflowListener

#: The packages that a model needs elsewhere; MLflow would load it in a process of its own to see.
NEEDS = ["sparkrnn"]


@pytest.fixture(scope="module")
def waves(spark):
    rows = [([math.sin(i + t) for t in range(4 + i % 3)], math.sin(i + 7.0)) for i in range(40)]
    return spark.createDataFrame(rows, "features array<double>, label double").cache()


def regressor():
    return RnnRegressor(units=4, maxIter=3, batchSize=16, validationFraction=0.25, seed=1)


def logged(store, run_id, key):
    history = store.MlflowClient().get_metric_history(run_id, key)
    return {metric.step: metric.value for metric in history}


def test_metrics_of_every_epoch_are_those_of_the_summary(store, waves):
    with store.start_run() as run:
        summary = regressor().addListener(MlflowListener()).fit(waves).summary
    names = {
        "loss": summary.objectiveHistory[1:],
        "validation_loss": summary.validationHistory,
        "gradient_norm": summary.gradientNorms,
        "sequences_per_second": summary.sequencesPerSecond,
    }
    for name, values in names.items():
        assert logged(store, run.info.run_id, name) == dict(enumerate(values, 1)), name
    assert list(logged(store, run.info.run_id, "learning_rate")) == [1, 2, 3]
    for layer in ("simple_rnn_0", "dense"):
        norms = logged(store, run.info.run_id, f"layer_gradient_norm/{layer}")
        assert all(0 < norms[epoch] <= 1.5 * summary.gradientNorms[epoch - 1] for epoch in norms)
        assert list(norms) == [1, 2, 3]


def test_model_is_saved_and_loaded(store, waves, tmp_path):
    model = regressor().fit(waves)
    store.spark.save_model(model, str(tmp_path / "model"), pip_requirements=NEEDS)
    loaded = store.spark.load_model(str(tmp_path / "model"))
    assert isinstance(loaded, PipelineModel)
    assert isinstance(loaded.stages[0], RnnRegressionModel)
    assert loaded.transform(waves).collect() == model.transform(waves).collect()
    with store.start_run():
        info = store.spark.log_model(model, "model", pip_requirements=NEEDS)
    again = store.spark.load_model(info.model_uri)
    assert again.transform(waves).collect() == model.transform(waves).collect()


def test_autologging_logs_params_and_the_models_of_pipelines(store, waves):
    store.pyspark.ml.autolog(extra_tags={"by": "autolog"})
    try:
        shorter = SQLTransformer(statement="SELECT slice(features, 1, 4) AS features, label FROM __THIS__")
        with store.start_run() as run:
            estimator = regressor().addListener(MlflowListener())
            model = Pipeline(stages=[shorter, estimator]).fit(waves)
    finally:
        store.pyspark.ml.autolog(disable=True)
    found = store.MlflowClient().get_run(run.info.run_id)
    assert found.data.params["RnnRegressor.cell"] == "simpleRnn"
    assert found.data.params["RnnRegressor.maxIter"] == "3"
    assert found.data.metrics["loss"] > 0
    loaded = store.spark.load_model(f"runs:/{run.info.run_id}/model")
    assert loaded.transform(waves).collect() == model.transform(waves).collect()


def test_listener_needs_a_run(store):
    with pytest.raises(RuntimeError, match="MlflowListener: no run of MLflow is active"):
        MlflowListener()


def test_store_that_cannot_be_written_to_does_not_end_the_fit(store, waves):
    with pytest.warns(UserWarning, match="Nothing more is logged to the run 0123.*The fit goes on"):
        model = regressor().addListener(MlflowListener("0123")).fit(waves)
    assert model.summary.totalIterations == 3
