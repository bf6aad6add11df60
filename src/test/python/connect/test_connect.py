"""Spark Connect: what docs/python.md says works there, and what it says does not."""

import math

import pytest
from pyspark.ml import Pipeline, PipelineModel
from pyspark.ml.evaluation import MulticlassClassificationEvaluator, RegressionEvaluator
from pyspark.ml.tuning import CrossValidator, ParamGridBuilder
from pyspark.sql import is_remote

from sparkrnn.feature import (
    SequenceAssembler,
    SequenceScaler,
    SequenceScalerModel,
    SlidingWindow,
    TokenIndexer,
)
from sparkrnn.ml import (
    RnnClassifier,
    RnnForecaster,
    RnnLanguageModel,
    RnnModel,
    RnnRegressionModel,
    RnnRegressor,
    RnnTagger,
)
from sparkrnn.training import Interruption, TrainingListener

SMALL = {"units": 8, "batchSize": 16, "learningRate": 0.02, "seed": 3}


@pytest.fixture(scope="module")
def sequences(spark):
    rows = []
    for i in range(64):
        wave = [math.sin(0.7 * i + 0.5 * t) for t in range(5 + i % 6)]
        label = "up" if wave[-1] > wave[-2] else "down"
        tags = ["high" if value > 0 else "low" for value in wave[:-1]]
        rows.append((i, [[value] for value in wave[:-1]], wave[-1], label, tags))
    return spark.createDataFrame(
        rows,
        "id int, features array<array<double>>, label double, direction string, tags array<string>",
    )


@pytest.fixture(scope="module")
def model(sequences):
    assert is_remote()
    return RnnRegressor(maxIter=4, **SMALL).fit(sequences)


def test_regressor_fits_and_transforms(model, sequences):
    predicted = model.transform(sequences)
    error = RegressionEvaluator(metricName="mse").evaluate(predicted)
    assert error < 0.5 * sequences.selectExpr("var_pop(label)").first()[0]
    assert predicted.columns == [*sequences.columns, "prediction"]
    assert "units=[8]" in repr(model)
    assert model.getUnits() == [8]


def test_setters_of_a_model_reach_the_server(model, sequences):
    renamed = model.copy().setPredictionCol("forecast").transform(sequences)
    assert renamed.columns[-1] == "forecast"
    assert renamed.select("forecast").first() is not None


def test_params_of_every_type_reach_the_server(sequences):
    """Texts, flags, whole numbers, numbers, and lists of each."""
    classifier = RnnClassifier(
        labelCol="direction",
        maxIter=1,
        cell="gru",
        bidirectional=True,
        dropout=0.1,
        classWeights=[1.0, 2.0],
        thresholds=[0.5, 0.5],
        frozenLayers=["bidirectional_0"],
        units=[4, 3],
        seed=2**40,
    )
    assert "units=[4, 3]" in repr(classifier.fit(sequences))
    with pytest.raises(Exception, match="RnnRegressor: units is 0; it must be"):
        RnnRegressor(units=0).fit(sequences)


def test_estimator_and_model_are_saved_and_loaded(model, sequences, tmp_path):
    RnnRegressor(cell="lstm", **SMALL).save(str(tmp_path / "estimator"))
    loaded = RnnRegressor.load(str(tmp_path / "estimator"))
    assert (loaded.getCell(), loaded.getUnits()) == ("lstm", [8])
    model.write().overwrite().save(str(tmp_path / "model"))
    again = RnnRegressionModel.load(str(tmp_path / "model"))
    assert again.getUnits() == [8]
    assert again.transform(sequences).collect() == model.transform(sequences).collect()


def test_pipeline_of_features_and_a_network(spark, tmp_path):
    readings = spark.range(60).selectExpr(
        "id % 2 as meter", "timestamp_seconds(id * 1800) as at", "sin(id / 5) as load"
    )
    windows = SlidingWindow(keyCols="meter", timeCol="at", valueCols="load", windowSize=5)
    scaler = SequenceScaler(inputCol="features", outputCol="scaled")
    regressor = RnnRegressor(featuresCol="scaled", maxIter=1, **SMALL)
    fitted = Pipeline(stages=[windows, scaler, regressor]).fit(readings)
    fitted.save(str(tmp_path / "pipeline"))
    again = PipelineModel.load(str(tmp_path / "pipeline"))
    assert [type(stage) for stage in again.stages] == [
        SlidingWindow,
        SequenceScalerModel,
        RnnRegressionModel,
    ]
    expected = fitted.transform(readings).orderBy("meter", "windowEnd").collect()
    assert again.transform(readings).orderBy("meter", "windowEnd").collect() == expected
    assert len(expected) == 50


def test_other_feature_stages(spark):
    events = spark.range(6).selectExpr("id % 2 as key", "id as at", "double(id) as value")
    assembler = SequenceAssembler(keyCols=["key"], timeCol="at", valueCols=["value"])
    assert assembler.transform(events).count() == 2
    texts = spark.createDataFrame([("abba",)], "text string")
    indexed = TokenIndexer(inputCol="text").fit(texts).transform(texts)
    assert len(set(indexed.first().features)) == 2


def test_every_kind_of_network(spark, sequences):
    tagged = RnnTagger(labelCol="tags", predictedLabelCol="told", maxIter=2, **SMALL).fit(sequences)
    assert set(tagged.transform(sequences).first().told) <= {"high", "low"}
    texts = spark.createDataFrame([("abcabcabc" * 12,)] * 4, "features string")
    language = RnnLanguageModel(embeddingSizes=8, bpttLength=8, maxIter=1, **SMALL).fit(texts)
    assert language.transform(texts).first().nats > 0
    series = spark.range(60).selectExpr("timestamp_seconds(id * 3600) as at", "sin(id / 4) as load")
    forecaster = RnnForecaster(
        timeCol="at", targetCols="load", contextLength=12, horizon=3, maxIter=1, **SMALL
    ).fit(series)
    assert forecaster.transform(series).count() == 3


def test_cross_validation_of_a_classifier(sequences):
    classifier = RnnClassifier(labelCol="direction", **SMALL)
    indexed = sequences.selectExpr("*", "double(direction = 'up') as index")
    validated = CrossValidator(
        estimator=classifier,
        estimatorParamMaps=ParamGridBuilder().addGrid(classifier.maxIter, [0, 8]).build(),
        evaluator=MulticlassClassificationEvaluator(labelCol="index", metricName="accuracy"),
        numFolds=2,
        seed=1,
    ).fit(indexed)
    assert validated.avgMetrics[1] > validated.avgMetrics[0]
    assert "prediction" in validated.transform(indexed).columns


@pytest.mark.parametrize(
    "call",
    [
        lambda model, data: model.summary,
        lambda model, data: model.hasSummary,
        lambda model, data: model.weights,
        lambda model, data: model.describe(),
        lambda model, data: model.evaluate(data),
        lambda model, data: model.encoder(),
        lambda model, data: model.predict([[1.0]]),
        lambda model, data: RnnModel.loadAny("model"),
        lambda model, data: Interruption(),
        lambda model, data: RnnRegressor().addListener(TrainingListener()),
        lambda model, data: RnnRegressor().setInitialModel(model),
        lambda model, data: RnnRegressor().setEmbeddingVectors(0, data),
        lambda model, data: SlidingWindow().describe(data),
    ],
)
def test_what_connect_does_not_pass_is_said(model, sequences, call):
    with pytest.raises(NotImplementedError, match="Spark Connect .* passes fit, transform"):
        call(model, sequences)


def test_history_is_read_from_a_saved_model(spark, model, tmp_path):
    """In place of summary, as docs/python.md says."""
    model.save(str(tmp_path / "model"))
    saved = spark.read.json(str(tmp_path / "model" / "model.json"), multiLine=True)
    losses = saved.select("history.objectiveHistory").first().objectiveHistory
    assert len(losses) == 4 + 1 and losses[-1] < losses[0]


def test_a_saved_model_begins_another_fit(model, sequences, tmp_path):
    """In place of setInitialModel."""
    model.save(str(tmp_path / "first"))
    begun = RnnRegressor(maxIter=0, initialModelPath=str(tmp_path / "first"), **SMALL)
    assert (
        begun.fit(sequences).transform(sequences).collect() == model.transform(sequences).collect()
    )
