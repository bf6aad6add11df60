"""A regressor from Python: what it fits, saves and tells must be what Java would."""

import math

import pytest
from pyspark.errors import IllegalArgumentException
from pyspark.ml import Pipeline, PipelineModel
from pyspark.ml.evaluation import RegressionEvaluator
from pyspark.ml.tuning import CrossValidator, CrossValidatorModel, ParamGridBuilder
from pyspark.sql import Row

from sparkrnn.feature import SlidingWindow
from sparkrnn.ml import RnnModel, RnnRegressionModel, RnnRegressor


def regressor(**params):
    return RnnRegressor(units=8, maxIter=4, batchSize=16, learningRate=0.02, seed=3, **params)


@pytest.fixture(scope="module")
def model(sequences):
    return regressor(validationFraction=0.2).fit(sequences)


def test_fit_learns_and_predicts_each_row(model, sequences):
    predicted = model.transform(sequences)
    assert predicted.columns == [*sequences.columns, "prediction"]
    error = RegressionEvaluator(metricName="mse").evaluate(predicted)
    naive = sequences.selectExpr("var_pop(label)").first()[0]
    assert error < 0.5 * naive
    assert math.isclose(model.evaluate(sequences).meanSquaredError, error, rel_tol=1e-5)


def test_weights_are_those_of_any_other_way_to_set_params(sequences):
    by_keyword = regressor(cell="gru").fit(sequences)
    by_setter = (
        RnnRegressor()
        .setUnits([8])
        .setEpochs(4)
        .setBatchSize(16)
        .setLearningRate(0.02)
        .setSeed(3)
        .setCell("gru")
        .fit(sequences)
    )
    assert by_keyword.weights.keys() == by_setter.weights.keys()
    for name, tensor in by_keyword.weights.items():
        assert (tensor == by_setter.weights[name]).all()
    plain = RnnRegressor(cell="gru", maxIter=0, batchSize=16, learningRate=0.02, seed=3)
    extra = plain.fit(sequences, {plain.units: [8], plain.maxIter: 4})
    assert (extra.weights["gru_0/kernel"] == by_keyword.weights["gru_0/kernel"]).all()


def test_weights_have_shapes_and_add_up(model):
    assert model.weightShapes["simple_rnn_0/recurrent_kernel"] == (8, 8)
    assert model.weights["simple_rnn_0/recurrent_kernel"].shape == (8, 8)
    assert sum(tensor.size for tensor in model.weights.values()) == model.numParameters
    assert str(model.numParameters) in model.describe()
    assert (model.numFeatures, model.numOutputs) == (1, 1)


def test_summary_is_a_table_of_epochs(model):
    summary = model.summary
    assert model.hasSummary
    assert summary.totalIterations == 4
    history = summary.history
    assert list(history.index) == [1, 2, 3, 4]
    assert set(history) == {
        "loss",
        "validationLoss",
        "seconds",
        "sequencesPerSecond",
        "gradientNorm",
    }
    assert list(history["loss"]) == summary.objectiveHistory[1:]
    assert summary.trainingSequences + summary.validationSequences == 64
    assert "totalIterations=4" in repr(summary)
    assert summary.blas and summary.exchange and summary.workers >= 1 and summary.fitSeconds > 0


def test_one_sequence_is_predicted_without_a_job(model, sequences):
    first = model.transform(sequences).orderBy("id").first()
    assert model.predict(first.features) == [first.prediction]
    assert model.predict([value for (value,) in first.features]) == [first.prediction]
    assert model.predict(Row(features=first.features)) == [first.prediction]


def test_ragged_sequence_is_refused_with_its_place(model):
    with pytest.raises(IllegalArgumentException, match="features"):
        model.predict([[1.0], [1.0, 2.0]])


def test_value_out_of_range_is_refused_with_a_sentence(sequences):
    with pytest.raises(IllegalArgumentException, match="RnnRegressor: units is 0; it must be"):
        RnnRegressor(units=0).fit(sequences)
    with pytest.raises(TypeError, match="units"):
        RnnRegressor(units="many")
    with pytest.raises(TypeError, match="unit"):
        RnnRegressor(unit=3)


def test_estimator_and_model_are_saved_and_loaded(model, sequences, tmp_path):
    regressor(cell="lstm").save(str(tmp_path / "estimator"))
    loaded = RnnRegressor.load(str(tmp_path / "estimator"))
    assert (loaded.getCell(), loaded.getUnits(), loaded.getSeed()) == ("lstm", [8], 3)
    model.write().overwrite().save(str(tmp_path / "model"))
    for again in (
        RnnRegressionModel.load(str(tmp_path / "model")),
        RnnModel.loadAny(str(tmp_path / "model")),
    ):
        assert isinstance(again, RnnRegressionModel)
        assert again.uid == model.uid
        assert again.getUnits() == [8]
        assert again.summary.objectiveHistory == model.summary.objectiveHistory
        assert again.transform(sequences).collect() == model.transform(sequences).collect()


def test_setters_of_a_model_reach_its_methods(model, sequences):
    renamed = sequences.withColumnRenamed("label", "next")
    copy = model.copy()
    assert copy.setLabelCol("next").evaluate(renamed).numInstances == 64
    assert model.getLabelCol() == "label"
    predicted = copy.setPredictionCol("forecast").transform(renamed)
    assert predicted.columns[-1] == "forecast"


def test_pipeline_is_saved_and_loaded(spark, tmp_path):
    readings = spark.range(60).selectExpr(
        "id % 2 as meter", "timestamp_seconds(id * 1800) as at", "sin(id / 5) as load"
    )
    windows = SlidingWindow(keyCols="meter", timeCol="at", valueCols="load", windowSize=5)
    fitted = Pipeline(stages=[windows, regressor()]).fit(readings)
    fitted.save(str(tmp_path / "pipeline"))
    again = PipelineModel.load(str(tmp_path / "pipeline"))
    assert [type(stage) for stage in again.stages] == [SlidingWindow, RnnRegressionModel]
    expected = fitted.transform(readings).orderBy("windowEnd").collect()
    assert again.transform(readings).orderBy("windowEnd").collect() == expected
    assert len(expected) == 2 * (30 - 5)


def test_cross_validation_chooses_among_params(sequences, tmp_path):
    estimator = regressor()
    grid = ParamGridBuilder().addGrid(estimator.maxIter, [0, 4]).build()
    validator = CrossValidator(
        estimator=estimator,
        estimatorParamMaps=grid,
        evaluator=RegressionEvaluator(),
        numFolds=2,
        seed=1,
    )
    validated = validator.fit(sequences)
    assert validated.avgMetrics[1] < validated.avgMetrics[0]
    assert validated.bestModel.getMaxIter() == 4
    validated.save(str(tmp_path / "validated"))
    again = CrossValidatorModel.load(str(tmp_path / "validated"))
    assert isinstance(again.bestModel, RnnRegressionModel)
    assert again.transform(sequences).collect() == validated.transform(sequences).collect()


def test_network_goes_to_other_libraries_and_back(model, sequences, tmp_path):
    expected = predictions(model, sequences)
    model.exportOnnx(str(tmp_path / "model.onnx"))
    assert (tmp_path / "model.onnx").stat().st_size > 4 * model.numParameters
    for write, read in (
        (model.exportKeras, RnnRegressor().importKeras),
        (model.exportPyTorch, RnnRegressor().importPyTorch),
    ):
        path = str(tmp_path / f"{write.__name__}.file")
        write(path)
        assert predictions(read(path), sequences) == expected


def predictions(model, sequences):
    return [row.prediction for row in model.transform(sequences).orderBy("id").collect()]
