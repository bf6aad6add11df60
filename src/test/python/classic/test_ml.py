"""The other networks from Python: each method of a model gives what Java computes."""

import threading

import numpy
import pytest
from pyspark.errors import IllegalArgumentException
from pyspark.ml.evaluation import MulticlassClassificationEvaluator
from pyspark.ml.feature import StringIndexer
from pyspark.ml.linalg import DenseVector
from pyspark.ml import Pipeline
from pyspark.ml.tuning import CrossValidator, ParamGridBuilder

from sparkrnn.ml import (
    IntegratedGradients,
    RnnClassificationModel,
    RnnClassifier,
    RnnEncoder,
    RnnForecaster,
    RnnForecastModel,
    RnnLanguageModel,
    RnnRegressor,
    RnnTagger,
    RnnTaggingModel,
    RnnTextModel,
    Sampling,
)
from sparkrnn.training import Interruption, TrainingListener

SMALL = {"units": 8, "batchSize": 16, "learningRate": 0.02, "seed": 3}


@pytest.fixture(scope="module")
def classifier(sequences):
    return RnnClassifier(
        labelCol="direction", predictedLabelCol="told", validationFraction=0.25, maxIter=8, **SMALL
    ).fit(sequences)


def test_classifier_tells_labels_and_probabilities(classifier, sequences):
    assert classifier.labels == ["down", "up"]
    assert classifier.numClasses == 2
    first = classifier.transform(sequences).orderBy("id").first()
    assert classifier.predictProbability(first.features) == pytest.approx(list(first.probability))
    assert first.told == classifier.labels[int(first.prediction)]


def test_classifier_is_evaluated(classifier, sequences):
    summary = classifier.evaluate(sequences)
    told = classifier.transform(sequences)
    assert summary.accuracy == told.filter("told = direction").count() / 64
    assert summary.accuracy > summary.majorityAccuracy
    assert summary.labels == ["down", "up"]
    assert numpy.sum(summary.confusionMatrix) == summary.numInstances == 64
    assert numpy.trace(numpy.array(summary.confusionMatrix)) / 64 == summary.accuracy
    assert 0 < summary.macroF1 <= 1 and summary.loss > 0
    assert classifier.summary.accuracy > 0.5
    assert 0 <= classifier.summary.validationAccuracy <= 1


def test_without_validation_there_is_no_accuracy_of_it(sequences):
    model = RnnClassifier(labelCol="direction", maxIter=1, **SMALL).fit(sequences)
    assert model.summary.validationAccuracy is None
    assert "validationLoss" not in model.summary.history
    empty = RnnRegressor(maxIter=0, **SMALL).fit(sequences).summary.history
    assert len(empty) == 0
    assert list(empty) == ["loss", "seconds", "sequencesPerSecond", "gradientNorm"]


def test_cross_validation_of_a_classifier_in_a_pipeline(sequences):
    index = StringIndexer(inputCol="direction", outputCol="index", stringOrderType="alphabetAsc")
    classifier = RnnClassifier(labelCol="index", **SMALL)
    grid = ParamGridBuilder().addGrid(classifier.maxIter, [0, 8]).build()
    validated = CrossValidator(
        estimator=Pipeline(stages=[index, classifier]),
        estimatorParamMaps=grid,
        evaluator=MulticlassClassificationEvaluator(labelCol="index", metricName="accuracy"),
        numFolds=2,
        seed=1,
    ).fit(sequences)
    assert validated.avgMetrics[1] > max(0.6, validated.avgMetrics[0])
    assert isinstance(validated.bestModel.stages[1], RnnClassificationModel)


def test_encoder_is_a_stage_of_its_own(classifier, sequences, tmp_path):
    encoder = classifier.encoder().setOutputCol("code")
    assert encoder.encodingSize == 8
    first = encoder.transform(sequences).orderBy("id").first()
    assert encoder.encode(first.features) == first.code
    assert isinstance(first.code, DenseVector) and len(first.code) == 8
    encoder.save(str(tmp_path / "encoder"))
    again = RnnEncoder.load(str(tmp_path / "encoder"))
    assert again.getOutputCol() == "code"
    assert again.transform(sequences).orderBy("id").first() == first


@pytest.mark.parametrize("target", ["", "up"])
def test_attributions_sum_to_what_moved_the_prediction(spark, classifier, sequences, target):
    means = classifier.featureMeans(sequences)
    values = [step[0] for row in sequences.collect() for step in row.features]
    assert means == pytest.approx([numpy.mean(values)])
    how = IntegratedGradients(target=target, baseline=means, steps=20, attributionsCol="why")
    row = classifier.explain(classifier.transform(sequences), how).first()
    why = numpy.array(row.why)
    assert why.shape == (len(row.features), 1)
    flat = spark.createDataFrame(
        [([means] * len(row.features),)], "features array<array<double>>"
    )
    base = classifier.transform(flat).first()
    place = classifier.labels.index(target) if target else int(row.prediction)
    moved = row.rawPrediction[place] - base.rawPrediction[place]
    assert why.sum() == pytest.approx(moved, rel=0.02, abs=1e-4)
    assert why.sum() - moved == pytest.approx(row.attributionGap, abs=1e-4)


def test_what_cannot_be_explained_says_so(classifier, sequences):
    with pytest.raises(IllegalArgumentException, match='target is "left"; it must be one of'):
        classifier.explain(sequences, IntegratedGradients(target="left"))


def test_gradient_flow_is_told_by_cell_and_time_step(classifier, sequences):
    flow = classifier.gradientFlow(sequences)
    assert flow.sequences == 64
    (cell,) = flow.cells
    assert cell.name == "simple_rnn_0" and cell.state == "FLOWS"
    assert str(flow) == cell.finding == flow.findings[0]
    assert cell.finding.startswith("simple_rnn_0: the gradient flows: ")
    table = flow.toPandas()
    assert list(table.columns) == ["cell", "stepsBack", "norm", "sequences"]
    assert list(table["norm"]) == cell.norms and list(table["sequences"]) == cell.counts


def test_weights_are_a_table(spark, classifier):
    rows = classifier.weightsDataFrame(spark).collect()
    assert [row.name for row in rows] == list(classifier.weights)
    for row in rows:
        weights = numpy.array(row["values"], "float32").reshape(row.shape)
        assert numpy.array_equal(weights, classifier.weights[row.name])


def test_tagger_labels_every_time_step(spark, tmp_path):
    rows = [
        ([[float((i + t) % 3)] for t in range(4)], ["BIO"[(i + t) % 3] for t in range(4)])
        for i in range(48)
    ]
    words = spark.createDataFrame(rows, "features array<array<double>>, label array<string>")
    tagger = RnnTagger(probabilityCol="probability", predictedLabelCol="tags", maxIter=20, **SMALL)
    model = tagger.fit(words)
    assert model.labels == ["B", "I", "O"] and model.numClasses == 3
    first = model.transform(words).first()
    assert first.tags == model.predictLabels(first.features)
    probabilities = model.predictProbabilities(first.features)
    assert numpy.shape(probabilities) == (4, 3)
    assert numpy.allclose(probabilities, [list(step) for step in first.probability])
    summary = model.evaluate(words)
    assert summary.accuracy > summary.majorityAccuracy
    assert (summary.numTimeSteps, summary.numInstances) == (192, 48)
    assert summary.entityF1 is None
    model.save(str(tmp_path / "tagger"))
    assert RnnTaggingModel.load(str(tmp_path / "tagger")).transform(words).first() == first


def test_entities_of_a_tagger_are_counted(spark):
    rows = [
        (
            [[float((i + t) % 2), i / 32] for t in range(4)],
            [["O", "B-X"][(i + t) % 2] for t in range(4)],
        )
        for i in range(32)
    ]
    words = spark.createDataFrame(rows, "features array<array<double>>, label array<string>")
    model = RnnTagger(maxIter=30, validationFraction=0.25, **SMALL).fit(words)
    summary = model.evaluate(words)
    assert summary.entityF1 > 0.9
    assert summary.entityPrecision > 0.9 and summary.entityRecall > 0.9
    assert model.summary.entityF1 > 0.9 and model.summary.validationEntityF1 > 0.9
    assert model.summary.accuracy > 0.9 and model.summary.validationAccuracy > 0.9


@pytest.fixture(scope="module")
def readings(spark):
    return spark.range(240).selectExpr(
        "id % 2 as meter", "timestamp_seconds(id div 2 * 3600) as at", "sin(id div 2 / 4) as load"
    )


@pytest.fixture(scope="module")
def forecaster(readings):
    return RnnForecaster(
        keyCols="meter",
        timeCol="at",
        targetCols="load",
        contextLength=12,
        horizon=3,
        distribution="quantile",
        maxIter=3,
        **SMALL,
    ).fit(readings)


def test_forecast_follows_each_series(forecaster, readings):
    rows = forecaster.forecast(readings).orderBy("meter", "step").collect()
    assert [(row.meter, row.step) for row in rows] == [(m, s) for m in (0, 1) for s in (1, 2, 3)]
    assert all(len(row.load_quantiles) == 3 for row in rows)
    assert forecaster.historyLength >= 12
    assert "hour" in forecaster.seriesTimeStep.lower()


def test_backtest_is_a_table(forecaster, readings):
    backtest = forecaster.backtest(readings, start="1970-01-04 00:00:00")
    table = backtest.toPandas()
    assert set(table["method"]) == {"model", "lastValue", "seasonalNaive"}
    assert table.set_index("method").loc["model", "mae"] == backtest.model.mae
    assert backtest.model.points == 3 * backtest.windows
    assert backtest.lastValue.mae > 0 and backtest.seasonalNaive.mae > 0
    assert len(backtest.rows) == 3
    assert "method" in repr(backtest)
    assert forecaster.backtest(readings, 10).windows < forecaster.backtest(readings, 1).windows


def test_calibrated_model_is_another(forecaster, readings, tmp_path):
    assert not forecaster.isCalibrated
    calibrated = forecaster.calibrate(readings, 1)
    assert calibrated.isCalibrated and not forecaster.isCalibrated
    assert calibrated.getTargetCols() == ["load"]
    calibrated.save(str(tmp_path / "forecast"))
    again = RnnForecastModel.load(str(tmp_path / "forecast"))
    assert again.isCalibrated
    order = ("meter", "step")
    expected = calibrated.transform(readings).orderBy(*order).collect()
    assert again.transform(readings).orderBy(*order).collect() == expected
    assert expected[0].load_lower <= expected[0].load_upper


def test_what_a_forecaster_reads_is_encoded(forecaster, readings):
    sequences = forecaster.sequences(readings)
    assert forecaster.encoder().transform(sequences).count() == 2
    assert len(sequences.first().features) == 12


def test_language_model_writes_on(spark, tmp_path):
    plays = spark.createDataFrame([("abcabcabc" * 12,)] * 8, "features string")
    model = RnnLanguageModel(
        embeddingSizes=8, bpttLength=8, validationFraction=0.2, maxIter=15, **SMALL
    ).fit(plays)
    assert model.generate("abcab", 6, Sampling(temperature=0.01, seed=1)) == "cabcab"
    assert model.generate("abcab", numpy.int64(6), Sampling(temperature=0.01)) == "cabcab"
    with pytest.raises(TypeError):
        model.generate("abcab", "6")
    drawn = model.generate("abcab", 20, Sampling(temperature=5.0, topK=3, topP=0.9, seed=2))
    assert set(drawn) <= set("abc") and len(drawn) == 20
    assert model.tokens[0] == "" and set(model.tokens[1:]) == set("abc")
    assert model.vocabularySize == 4
    summary = model.evaluate(plays)
    assert summary.perplexity < 1.5 < summary.uniformNatsPerToken * 2
    assert summary.natsPerToken < summary.unigramNatsPerToken
    assert summary.numTokens == 8 * (108 - 1) and summary.numInstances == 8
    assert summary.bitsPerToken > summary.natsPerToken
    assert {"tokensPerSecond", "validationPerplexity"} <= set(model.summary.history)
    assert model.summary.trainingTokens > model.summary.validationTokens > 0
    model.save(str(tmp_path / "text"))
    again = RnnTextModel.load(str(tmp_path / "text"))
    assert again.generate("abcab", 6, Sampling(temperature=0.01)) == "cabcab"
    with pytest.raises(IllegalArgumentException, match="temperature is 0.0; it must be"):
        model.generate("abc", 1, Sampling(temperature=0))


def test_prompts_of_words_and_of_ids(spark):
    words = spark.createDataFrame([(["one", "two"] * 40,)] * 4, "features array<string>")
    language = RnnLanguageModel(embeddingSizes=8, bpttLength=8, maxIter=15, **SMALL)
    cold = Sampling(temperature=0.01)
    assert language.fit(words).generate(["one", "two", "one"], 2, cold) == ["two", "one"]
    ids = spark.createDataFrame([([0, 1] * 40,)] * 4, "features array<int>")
    assert language.fit(ids).generate([0, 1, 0], 2, cold) == [1, 0]


def test_fit_begins_with_another_model(sequences):
    first = RnnRegressor(maxIter=3, **SMALL).fit(sequences)
    begun = RnnRegressor(maxIter=0, **SMALL).setInitialModel(first)
    same = begun.fit(sequences)
    assert (same.weights["dense/kernel"] == first.weights["dense/kernel"]).all()
    assert (
        begun.copy().fit(sequences).weights["dense/kernel"] == same.weights["dense/kernel"]
    ).all()
    other = begun.setInitialModel(None).fit(sequences)
    assert (other.weights["dense/kernel"] != first.weights["dense/kernel"]).any()


def test_embedding_begins_with_vectors(spark):
    rows = [([i % 3, (i + 1) % 3], float(i % 3)) for i in range(24)]
    ids = spark.createDataFrame(rows, "features array<int>, label double")
    vectors = spark.createDataFrame([(1, [0.5, -0.5])], "id int, vector array<double>")
    embedded = RnnRegressor(embeddingSizes=2, maxIter=0, **SMALL).setEmbeddingVectors(0, vectors)
    table = embedded.fit(ids).weights["embedding_0/embeddings"]
    assert list(table[1]) == [0.5, -0.5]


class Heard(TrainingListener):
    def __init__(self):
        self.told = []

    def started(self, maxIter, stepsPerEpoch, sequences):
        self.told.append(("started", maxIter, stepsPerEpoch, sequences))

    def stepEnded(self, epoch, step, loss):
        self.told.append(("step", epoch, step))

    def epochEnded(self, epoch, loss, validationLoss, sequencesPerSecond):
        self.told.append(("epoch", epoch, validationLoss))

    def ended(self):
        self.told.append("ended")


def test_listener_hears_of_every_epoch(sequences):
    heard = Heard()
    RnnRegressor(maxIter=2, **SMALL).addListener(heard).fit(sequences)
    with pytest.raises(TypeError, match="it must be an instance of a subclass of TrainingListener"):
        RnnRegressor(**SMALL).addListener(Heard)
    assert heard.told[0] == ("started", 2, 4, 64)
    assert heard.told[1] == ("step", 1, 1)
    assert ("epoch", 2, None) in heard.told
    assert heard.told[-1] == "ended"


def test_listener_hears_all_that_is_known_of_an_epoch(sequences):
    class Measuring(TrainingListener):
        def epochMeasured(self, measures):
            told.append(measures)

    told = []
    estimator = RnnRegressor(maxIter=2, validationFraction=0.25, batchSize=49, units=4, seed=3)
    summary = estimator.addListener(Measuring()).fit(sequences).summary
    assert [measures.epoch for measures in told] == [1, 2]
    assert [measures.loss for measures in told] == summary.objectiveHistory[1:]
    assert [measures.validationLoss for measures in told] == summary.validationHistory
    assert [measures.gradientNorm for measures in told] == summary.gradientNorms
    assert told[1].steps == 2 and told[1].learningRate == pytest.approx(0.001)
    assert told[1].sequencesPerSecond == summary.sequencesPerSecond[1]
    norms = told[1].layerGradientNorms
    assert list(norms) == ["simple_rnn_0", "dense"]
    # Of one training step an epoch the squares of the layers add up to that of the whole.
    assert numpy.linalg.norm(list(norms.values())) == pytest.approx(told[1].gradientNorm)


def test_exception_of_a_listener_ends_the_fit(sequences):
    class Failing(TrainingListener):
        def epochEnded(self, epoch, loss, validationLoss, sequencesPerSecond):
            raise ValueError("enough of this")

    with pytest.raises(Exception, match="enough of this"):
        RnnRegressor(maxIter=1_000_000, **SMALL).addListener(Failing()).fit(sequences)


def test_interruption_stops_a_fit(sequences):
    interruption = Interruption()
    outcome = []

    class Stopping(TrainingListener):
        def epochEnded(self, epoch, loss, validationLoss, sequencesPerSecond):
            if epoch == 1:
                threading.Thread(target=lambda: outcome.append(interruption.request(60))).start()

    estimator = RnnRegressor(maxIter=1_000_000, **SMALL)
    estimator.addListener(Stopping()).setInterruption(interruption)
    with pytest.raises(Exception, match="[Ii]nterrupt"):
        estimator.fit(sequences)


def test_classifier_and_labels_come_from_other_libraries(classifier, sequences, tmp_path):
    path = str(tmp_path / "classifier.safetensors")
    classifier.exportPyTorch(path)
    imported = RnnClassifier(predictedLabelCol="told").importPyTorch(path, *classifier.labels)
    assert imported.labels == ["down", "up"]
    told = [
        [row.told for row in each.transform(sequences).orderBy("id").collect()]
        for each in (classifier, imported)
    ]
    assert told[0] == told[1]
