"""The methods of the stages of sparkrnn.ml that are no params."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Dict, List, Optional, Sequence, Tuple, Union

from pyspark.ml.linalg import DenseVector
from pyspark.ml.param import TypeConverters
from pyspark.ml.util import _jvm
from pyspark.sql import DataFrame, SparkSession

from sparkrnn import _converters
from sparkrnn._methods import JavaMethods, P, require_java
from sparkrnn._summaries import (
    RnnBacktest,
    RnnClassificationSummary,
    RnnClassificationTrainingSummary,
    RnnGradientFlow,
    RnnLanguageSummary,
    RnnLanguageTrainingSummary,
    RnnRegressionSummary,
    RnnTaggingSummary,
    RnnTaggingTrainingSummary,
    RnnTrainingSummary,
)
from sparkrnn.training import Interruption, TrainingListener

if TYPE_CHECKING:
    import numpy

    from sparkrnn.ml import (
        RnnClassificationModel,
        RnnEncoder,
        RnnForecastModel,
        RnnModel,
        RnnRegressionModel,
        RnnTaggingModel,
    )


@dataclass(frozen=True)
class Sampling:
    """How the next token is drawn from the probabilities of a language model.

    temperature divides the outputs before the softmax, finite and above 0: a small one makes the
    likeliest token the only one. topK draws from so many of the likeliest tokens, 0 from all. topP,
    in (0, 1], draws from the fewest of the likeliest tokens whose probabilities reach this sum,
    after topK. The same seed draws the same tokens.
    """

    temperature: float = 1.0
    topK: int = 0
    topP: float = 1.0
    seed: int = 0

    def _to_java(self) -> Any:
        return _jvm().sparkrnn.ml.Sampling(
            float(self.temperature), self.topK, float(self.topP), self.seed
        )


@dataclass(frozen=True)
class IntegratedGradients:
    """How explain asks a model what moved its prediction: integrated gradients (Sundararajan, Taly
    and Yan 2017) of one output of the network, before softmax, sigmoid or CRF.

    steps is the nodes of the quadrature, each of which costs two thirds of a training step on the
    sequence; rows whose attributions miss their sum by more than tolerance (a share of their
    magnitudes) are computed again with twice as many, up to maxSteps. target is the label, or the
    token of a language model, whose output is explained, empty for the predicted one; output is its
    place, from 0, in place of a label. timeStep is whose output it is where every time step has
    one, below 0 from the end on. baseline has a number for each feature, zeros if empty: see
    featureMeans of the model. attributionsCol and gapCol name the columns that are added; an empty
    gapCol adds none.
    """

    steps: int = 50
    maxSteps: int = 800
    tolerance: float = 0.01
    target: str = ""
    output: Optional[int] = None
    timeStep: Optional[int] = None
    baseline: Sequence[float] = ()
    attributionsCol: str = "attributions"
    gapCol: str = "attributionGap"

    def _to_java(self) -> Any:
        how = (
            _jvm()
            .sparkrnn.ml.IntegratedGradients()
            .withSteps(self.steps)
            .withMaxSteps(self.maxSteps)
            .withTolerance(float(self.tolerance))
            .withBaseline(_converters.java_doubles(self.baseline))
            .withAttributionsCol(self.attributionsCol)
            .withGapCol(self.gapCol)
        )
        if self.target:
            how = how.withTarget(self.target)
        if self.output is not None:
            how = how.withOutput(self.output)
        return how if self.timeStep is None else how.withTimeStep(self.timeStep)


class RnnEstimatorMethods(JavaMethods):
    def setEpochs(self: P, value: int) -> P:
        """Sets maxIter, by the name in Keras."""
        return self._set(maxIter=value)

    def setInitialModel(self: P, value: Optional["RnnModel"]) -> P:
        """Lets the fits of this estimator and of its copies begin with the weights of a model,
        whose network must have the same tensors; None for none. Not a param: it is neither saved
        nor known to the fitted model; initialModelPath is."""
        self._require_java("setInitialModel")
        self._java_obj.setInitialModel(None if value is None else value._java_obj)
        return self

    def setEmbeddingVectors(self: P, feature: int, vectors: DataFrame) -> P:
        """Lets the embedding of a feature begin with vectors that were learnt elsewhere; ids
        without one begin as usual. Not a param: they are not saved with the estimator. Add
        "embedding_0" to frozenLayers to keep them as they are.

        feature is its place among the features of a time step, from 0; vectors has the columns id,
        a whole number, and vector, array<number> or vector, and is read at once by a Spark job.
        """
        self._require_java("setEmbeddingVectors")
        self._java_obj.setEmbeddingVectors(feature, vectors._jdf)
        return self

    def addListener(self: P, listener: TrainingListener) -> P:
        """Lets a listener hear of the fits of this estimator and of its copies. Listeners are not
        params: they are not saved."""
        self._require_java("addListener")
        if not isinstance(listener, TrainingListener):
            raise TypeError(
                f"addListener: the listener is {listener!r}; it must be an instance of a subclass of"
                " TrainingListener."
            )
        self._java_obj.addListener(listener._to_java())
        return self

    def setInterruption(self: P, value: Interruption) -> P:
        """Lets another thread stop the next fit of this estimator or of one of its copies. Not a
        param: it is not saved, and serves one fit."""
        self._require_java("setInterruption")
        self._java_obj.setInterruption(value._to_java())
        return self


class RnnRegressorMethods(JavaMethods):
    def importKeras(self, path: str) -> "RnnRegressionModel":
        """A model of a .keras file, which is not trained here: the file says what the network is,
        the params of this stage say the rest, such as the columns."""
        return JavaMethods._from_java(self._act("importKeras", path))

    def importPyTorch(self, path: str) -> "RnnRegressionModel":
        """A model of a PyTorch state dict in safetensors, which is not trained here: the file says
        what the network is but for activation and pooling, the params of this stage the rest."""
        return JavaMethods._from_java(self._act("importPyTorch", path))


class _LabelledImport(JavaMethods):
    def _import(self, name: str, path: str, labels: Sequence[str]) -> Any:
        self._require_java(name)
        return JavaMethods._from_java(self._act(name, path, _converters.java_strings(labels)))


class RnnClassifierMethods(_LabelledImport):
    def importKeras(self, path: str, *labels: str) -> "RnnClassificationModel":
        """A model of a .keras file, which is not trained here: the file says what the network is,
        the params of this stage say the rest, such as the columns. labels are those of the outputs
        in their order; none: the numbers from 0."""
        return self._import("importKeras", path, labels)

    def importPyTorch(self, path: str, *labels: str) -> "RnnClassificationModel":
        """A model of a PyTorch state dict in safetensors, whose head gives the logits of classes:
        the file says what the network is but for activation and pooling, the params of this stage
        the rest. labels are those of the outputs in their order; none: the numbers from 0."""
        return self._import("importPyTorch", path, labels)


class RnnTaggerMethods(_LabelledImport):
    def importKeras(self, path: str, *labels: str) -> "RnnTaggingModel":
        """A model of a .keras file that has an output for every time step, as of RnnClassifier."""
        return self._import("importKeras", path, labels)

    def importPyTorch(self, path: str, *labels: str) -> "RnnTaggingModel":
        """A model of a PyTorch state dict in safetensors, as of RnnClassifier."""
        return self._import("importPyTorch", path, labels)


class RnnModelMethods(JavaMethods):
    _summary_type = RnnTrainingSummary

    @staticmethod
    def loadAny(path: str) -> "RnnModel":
        """The model that was saved at a path, of whatever kind it is."""
        require_java("RnnModel: loadAny")
        return JavaMethods._from_java(_jvm().sparkrnn.ml.RnnModel.loadAny(path))

    @property
    def hasSummary(self) -> bool:
        """Whether the model knows how it was trained."""
        return self._value("hasSummary")

    @property
    def summary(self) -> Any:
        """What happened in the fit; kept when the model is saved. An error without one."""
        return self._summary_type(self._value("summary"))

    def describe(self) -> str:
        """A table of the layers, their output shapes and parameter counts, as Keras prints it."""
        return self._value("describe")

    @property
    def numFeatures(self) -> int:
        """Features of one time step."""
        return self._value("numFeatures")

    @property
    def numOutputs(self) -> int:
        """Outputs of the network for a sequence."""
        return self._value("numOutputs")

    @property
    def numParameters(self) -> int:
        """How many numbers were learnt."""
        return self._value("numParameters")

    @property
    def weightShapes(self) -> Dict[str, Tuple[int, ...]]:
        """The shapes of weights by name, rows first."""
        shapes = self._value("weightShapes")
        return {name: tuple(shapes[name]) for name in shapes}

    @property
    def weights(self) -> Dict[str, "numpy.ndarray"]:
        """Copies of the learnt tensors by name, in their shapes, in the order of the network."""
        import numpy

        flat = self._value("weights")
        return {
            name: numpy.frombuffer(_converters.float_bytes(flat[name]), "float32").reshape(shape)
            for name, shape in self.weightShapes.items()
        }

    def weightsDataFrame(self, spark: SparkSession) -> DataFrame:
        """The learnt tensors as a table of Spark, a row each in the order of the network: name,
        shape (array<int>, rows first) and values (array<float>, row-major)."""
        self._require_java("weightsDataFrame")
        return DataFrame(self._java_obj.weightsDataFrame(spark._jsparkSession), spark)

    def gradientFlow(self, dataset: DataFrame) -> RnnGradientFlow:
        """How much of the gradient of the loss reaches each time step of the rows in each recurrent
        cell, and whether it vanishes or explodes on its way, in one Spark job. Reads the columns
        that transform reads, and labelCol; of a language model the tokens are the labels. Nothing
        is dropped, rows weigh the same, and classes don't weigh."""
        return RnnGradientFlow(self._act("gradientFlow", dataset))

    def explain(
        self, dataset: DataFrame, how: IntegratedGradients = IntegratedGradients()
    ) -> DataFrame:
        """The rows with what each feature of each time step did to an output of the network,
        lazily: attributions, array<array<double>> of (time steps, features), and attributionGap, by
        how much their sum misses what the output moved by from the baseline. Reads the columns that
        transform reads; of a forecaster those that sequences makes."""
        self._require_java("explain")
        return self._act("explain", dataset, how._to_java())

    def featureMeans(self, dataset: DataFrame) -> List[float]:
        """The mean of each feature over all time steps of all rows, in one Spark job: a baseline
        for IntegratedGradients. Means of ids mean nothing."""
        return self._act("featureMeans", dataset)

    def encoder(self) -> "RnnEncoder":
        """A transformer that adds what this network makes of a sequence before its head, as a
        vector. It shares the weights, has the params of this model and can be saved by itself."""
        return JavaMethods._from_java(self._act("encoder"))

    def writeReport(self, path: str) -> None:
        """Writes a page of HTML on the fit: losses, gradient norms and speed by epoch, the layers,
        timing and params. `reportPath` of an estimator writes it while the fit runs."""
        self._act("writeReport", path)

    def exportOnnx(self, path: str) -> None:
        """Writes the network as an ONNX file, for ONNX Runtime and others, on any file system that
        Spark knows; docs/formats.md tells its inputs and outputs."""
        self._act("exportOnnx", path)

    def exportKeras(self, path: str) -> None:
        """Writes the network as a .keras file, which keras.saving.load_model opens. An error where
        Keras has no layer for a part of it: layer normalization, zoneout, a CRF."""
        self._act("exportKeras", path)

    def exportPyTorch(self, path: str) -> None:
        """Writes the weights as a PyTorch state dict in safetensors; docs/formats.md has the module
        that they are of. An error where PyTorch has none: layer normalization, zoneout."""
        self._act("exportPyTorch", path)


class RnnRegressionModelMethods(JavaMethods):
    def predict(self, sequence: Any) -> List[float]:
        """The outputs for one sequence, (time steps, features), or for that of a Row."""
        return self._of_sequence("predict", sequence)

    def evaluate(self, dataset: DataFrame) -> RnnRegressionSummary:
        """How well the model predicts the labels of a data set, in one Spark job; reads labelCol
        and, if set, weightCol."""
        return RnnRegressionSummary(self._act("evaluate", dataset))


class RnnClassificationModelMethods(JavaMethods):
    _summary_type = RnnClassificationTrainingSummary

    @property
    def labels(self) -> List[str]:
        """The labels in the order of the probabilities: numbers ascending, texts alphabetical; of
        labels in arrays their places, from 0."""
        return self._value("labels")

    @property
    def numClasses(self) -> int:
        """How many labels there are."""
        return self._value("numClasses")

    def predictProbability(self, sequence: Any) -> List[float]:
        """The probabilities of the labels, in their order, for one sequence, (time steps,
        features), or for that of a Row."""
        return self._of_sequence("predictProbability", sequence)

    def evaluate(self, dataset: DataFrame) -> RnnClassificationSummary:
        """How well the model predicts the labels of a data set, in one Spark job; reads labelCol
        and, if set, weightCol. Classes do not weigh here. A label that the model does not know is
        an error, or its row is left out, as handleInvalid says."""
        return RnnClassificationSummary(self._act("evaluate", dataset))


class RnnTaggingModelMethods(JavaMethods):
    _summary_type = RnnTaggingTrainingSummary

    @property
    def labels(self) -> List[str]:
        """The labels in the order of the probabilities: numbers ascending, texts alphabetical."""
        return self._value("labels")

    @property
    def numClasses(self) -> int:
        """How many labels there are."""
        return self._value("numClasses")

    def predictLabels(self, sequence: Any) -> List[str]:
        """The label of each time step of one sequence, (time steps, features), or of that of a
        Row."""
        return self._of_sequence("predictLabels", sequence)

    def predictProbabilities(self, sequence: Any) -> List[List[float]]:
        """The probabilities of the labels, in their order, in each time step of one sequence, (time
        steps, features), or of that of a Row."""
        return self._of_sequence("predictProbabilities", sequence)

    def evaluate(self, dataset: DataFrame) -> RnnTaggingSummary:
        """How well the model predicts the labels of a data set, in one Spark job; reads labelCol
        and, if set, weightCol. Time steps whose label is null do not count. A label that the model
        does not know is an error, or its row is left out, as handleInvalid says."""
        return RnnTaggingSummary(self._act("evaluate", dataset))


class RnnForecastModelMethods(JavaMethods):
    @property
    def seriesTimeStep(self) -> str:
        """The distance of the rows of a series, as it was given or found in the data of the fit."""
        return self._value("seriesTimeStep")

    @property
    def historyLength(self) -> int:
        """Rows that a forecast reads, the origin among them: contextLength with the longest lag, or
        a season, if that is longer and seasonalWeight is above 0."""
        return self._act("historyLength")

    @property
    def isCalibrated(self) -> bool:
        """Whether intervals were learnt by calibrate."""
        return self._value("isCalibrated")

    def forecast(self, dataset: DataFrame) -> DataFrame:
        """The rows that follow each series, lazily; as transform."""
        return self._act("forecast", dataset)

    def sequences(self, dataset: DataFrame) -> DataFrame:
        """What the network reads of each series before its future, lazily: rows of key, time of the
        origin and featuresCol, array<array<float>> of (contextLength, features), for encoder."""
        return self._act("sequences", dataset)

    def backtest(
        self, dataset: DataFrame, stride: Optional[int] = None, start: str = ""
    ) -> RnnBacktest:
        """Forecasts from origins all over the data, one after the other, and compares with what
        came: the errors of this model, of the last value and of the season before, on the same
        rows. One Spark job.

        stride is the rows from one origin to the next, at least 1, horizon by default; start is the
        first time that is forecast, as a text that Spark casts to the type of timeCol, empty for
        the first that has a context.
        """
        return RnnBacktest(self._act("backtest", dataset, self._stride(stride), start))

    def calibrate(
        self, dataset: DataFrame, stride: Optional[int] = None, start: str = ""
    ) -> "RnnForecastModel":
        """A copy of this model whose intervals hold intervalCoverage of the values in the data,
        which should be none of those that it was trained on: they are widened or narrowed by what
        they missed in a backtest. One Spark job. stride and start are as of backtest."""
        return JavaMethods._from_java(self._act("calibrate", dataset, self._stride(stride), start))

    def _stride(self, stride: Optional[int]) -> int:
        return self.getOrDefault("horizon") if stride is None else stride


class RnnTextModelMethods(JavaMethods):
    _summary_type = RnnLanguageTrainingSummary

    @property
    def tokens(self) -> List[str]:
        """The tokens by their ids, the commonest first; the first one, "", is the unknown token.
        Empty where the tokens are ids."""
        return self._value("tokens")

    @property
    def tokenKind(self) -> str:
        """What a token is: "characters", "words" or "ids", by the column that the model was trained
        on."""
        return self._value("tokenKind")

    @property
    def vocabularySize(self) -> int:
        """How many tokens there are, the unknown one among them."""
        return self._value("vocabularySize")

    def evaluate(self, dataset: DataFrame) -> RnnLanguageSummary:
        """How well the model predicts the tokens of a data set, each row from a state of zeros, in
        one Spark job."""
        return RnnLanguageSummary(self._act("evaluate", dataset))

    def generate(
        self,
        prompt: Union[str, List[str], List[int]],
        length: int,
        sampling: Sampling = Sampling(),
    ) -> Union[str, List[str], List[int]]:
        """Draws the tokens that follow a prompt, on the driver, without a Spark job.

        The prompt is what the model was trained on: a text for characters, a list of texts for
        words, a list of numbers for ids; at least one, all in the vocabulary. The result is of the
        same kind, without the prompt.
        """
        self._require_java("generate")
        length = TypeConverters.toInt(length)
        ids = not isinstance(prompt, str) and all(isinstance(token, int) for token in prompt)
        given = _converters.java_ints(prompt) if ids else prompt
        return self._act("generate", given, length, sampling._to_java())


class RnnEncoderMethods(JavaMethods):
    @property
    def encodingSize(self) -> int:
        """Numbers of an encoding."""
        return self._value("encodingSize")

    def encode(self, sequence: Any) -> DenseVector:
        """The encoding of one sequence, (time steps, features), or of that of a Row."""
        return self._of_sequence("encode", sequence)
