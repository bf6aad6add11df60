"""The stages of sparkrnn.ml, as in Java.

Written by PythonSurfaceTest from the Java classes: change those, and what is written by hand in
_ml.py.
"""

from typing import Any, Dict, List, Optional, Sequence, TypeVar, Union

from pyspark import keyword_only
from pyspark.ml.param import Param, Params, TypeConverters
from pyspark.ml.param.shared import (
    HasCheckpointInterval,
    HasFeaturesCol,
    HasHandleInvalid,
    HasLabelCol,
    HasMaxIter,
    HasOutputCol,
    HasPredictionCol,
    HasProbabilityCol,
    HasRawPredictionCol,
    HasSeed,
    HasThreshold,
    HasThresholds,
    HasValidationIndicatorCol,
    HasWeightCol,
)
from pyspark.ml.util import JavaMLReadable, JavaMLWritable
from pyspark.ml.wrapper import JavaEstimator, JavaModel

from sparkrnn import _converters, _ml
from sparkrnn._ml import (
    IntegratedGradients,
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
    Sampling,
)

S = TypeVar("S", bound=Params)
M = TypeVar("M", bound=JavaModel)

__all__ = [
    "IntegratedGradients",
    "RnnBacktest",
    "RnnClassificationModel",
    "RnnClassificationSummary",
    "RnnClassificationTrainingSummary",
    "RnnClassifier",
    "RnnEncoder",
    "RnnEstimator",
    "RnnForecastModel",
    "RnnForecaster",
    "RnnGradientFlow",
    "RnnLanguageModel",
    "RnnLanguageSummary",
    "RnnLanguageTrainingSummary",
    "RnnModel",
    "RnnRegressionModel",
    "RnnRegressionSummary",
    "RnnRegressor",
    "RnnTagger",
    "RnnTaggingModel",
    "RnnTaggingSummary",
    "RnnTaggingTrainingSummary",
    "RnnTextModel",
    "RnnTrainingSummary",
    "Sampling",
]


class _ColumnParams(
    HasFeaturesCol,
    HasLabelCol,
    HasPredictionCol,
    HasWeightCol,
    HasValidationIndicatorCol,
    HasHandleInvalid,
):
    """Params that say which columns a stage reads and writes."""

    featuresCol: Param[str] = Param(
        Params._dummy(),
        "featuresCol",
        "column of the sequences: array<number> (one feature per time step), or "
        "array<array<number>> or array<vector> (time steps by features); lengths may differ from "
        "row to row",
        typeConverter=TypeConverters.toString,
    )

    featuresCols: Param[List[str]] = Param(
        Params._dummy(),
        "featuresCols",
        "columns of the sequences in place of featuresCol, each of a type that featuresCol may be "
        "of: their features stand side by side in every time step; in a row all must have as many "
        "time steps. Empty: featuresCol alone",
        typeConverter=_converters.toListOfString,
    )

    labelCol: Param[str] = Param(
        Params._dummy(),
        "labelCol",
        "column of what to predict: a number for one output, array<number> or vector for several",
        typeConverter=TypeConverters.toString,
    )

    predictionCol: Param[str] = Param(
        Params._dummy(),
        "predictionCol",
        "column that transform adds: double where labels are numbers, array<double> where they "
        "are arrays or vectors",
        typeConverter=TypeConverters.toString,
    )

    attentionCol: Param[str] = Param(
        Params._dummy(),
        "attentionCol",
        "column that transform adds where pooling is attention: array<float>, the weight of each "
        "time step of the sequence, which sum to 1; unset or empty: none",
        typeConverter=TypeConverters.toString,
    )

    weightCol: Param[str] = Param(
        Params._dummy(),
        "weightCol",
        "column of the weight of each row in the loss, a number of at least 0; unset or empty: "
        "every row weighs 1",
        typeConverter=TypeConverters.toString,
    )

    validationIndicatorCol: Param[str] = Param(
        Params._dummy(),
        "validationIndicatorCol",
        "boolean column: true holds a row out for validation; unset or empty: see "
        "validationFraction",
        typeConverter=TypeConverters.toString,
    )

    handleInvalid: Param[str] = Param(
        Params._dummy(),
        "handleInvalid",
        "what to do with a row that can not be used (null, empty or ragged sequence, NaN, "
        "infinity; in fit also its label and weight): error stops and names the row, skip leaves "
        "it out, keep (only of a model, in transform) gives it a null prediction",
        typeConverter=TypeConverters.toString,
    )

    predictionBatchSize: Param[int] = Param(
        Params._dummy(),
        "predictionBatchSize",
        "rows that transform computes in one piece, at least 1; larger needs more memory on the "
        "executors and is hardly faster",
        typeConverter=TypeConverters.toInt,
    )

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self._setDefault(
            featuresCol="features",
            featuresCols=[],
            labelCol="label",
            predictionCol="prediction",
            handleInvalid="error",
            predictionBatchSize=256,
        )

    def getFeaturesCol(self) -> str:
        """The value of featuresCol."""
        return self.getOrDefault(self.featuresCol)

    def getFeaturesCols(self) -> List[str]:
        """The value of featuresCols."""
        return self.getOrDefault(self.featuresCols)

    def getLabelCol(self) -> str:
        """The value of labelCol."""
        return self.getOrDefault(self.labelCol)

    def getPredictionCol(self) -> str:
        """The value of predictionCol."""
        return self.getOrDefault(self.predictionCol)

    def getAttentionCol(self) -> str:
        """The value of attentionCol."""
        return self.getOrDefault(self.attentionCol)

    def getWeightCol(self) -> str:
        """The value of weightCol."""
        return self.getOrDefault(self.weightCol)

    def getValidationIndicatorCol(self) -> str:
        """The value of validationIndicatorCol."""
        return self.getOrDefault(self.validationIndicatorCol)

    def getHandleInvalid(self) -> str:
        """The value of handleInvalid."""
        return self.getOrDefault(self.handleInvalid)

    def getPredictionBatchSize(self) -> int:
        """The value of predictionBatchSize."""
        return self.getOrDefault(self.predictionBatchSize)


class _NetworkParams(Params):
    """Params that say what the network is made of, by their names in Keras."""

    embeddingSizes: Param[List[int]] = Param(
        Params._dummy(),
        "embeddingSizes",
        "for each feature of a time step the size of the vector that is learnt for each of its "
        "values, which must be whole numbers from 0, such as TokenIndexer makes; 0 for a feature "
        "that is a number. Empty: all features are numbers",
        typeConverter=_converters.toListOfInt,
    )

    vocabularySizes: Param[List[int]] = Param(
        Params._dummy(),
        "vocabularySizes",
        "for each feature of a time step how many ids there are, 0 to this less 1; 0 for a "
        "feature that is a number, or to take one more than the largest id of the data. Empty: "
        "all as with 0",
        typeConverter=_converters.toListOfInt,
    )

    cell: Param[str] = Param(
        Params._dummy(),
        "cell",
        "recurrent cell of every layer: simpleRnn, lstm or gru (with reset_after), with the "
        "equations of Keras",
        typeConverter=TypeConverters.toString,
    )

    layerNormalization: Param[bool] = Param(
        Params._dummy(),
        "layerNormalization",
        "whether the cells of lstm normalize x W, h U and the cell state by layer normalization "
        "with learnt gain and shift, as LayerNormLSTMCell of TensorFlow Addons (epsilon 1e-3); "
        "only for the cell lstm",
        typeConverter=TypeConverters.toBoolean,
    )

    units: Param[List[int]] = Param(
        Params._dummy(),
        "units",
        "width of the hidden state of each recurrent layer, the lowest first, each at least 1; as "
        "many layers as numbers",
        typeConverter=_converters.toListOfInt,
    )

    bidirectional: Param[bool] = Param(
        Params._dummy(),
        "bidirectional",
        "whether every recurrent layer has a second cell that reads the sequences backward in "
        "time, with parameters of its own; the outputs of both stand side by side (merge_mode "
        "concat of Keras), twice units wide. Not for forecasts step by step: every output has "
        "seen the whole sequence",
        typeConverter=TypeConverters.toBoolean,
    )

    residual: Param[bool] = Param(
        Params._dummy(),
        "residual",
        "whether every recurrent layer that is as wide as the one below it adds the outputs of "
        "that one to its own; needs at least two neighbouring layers of the same units",
        typeConverter=TypeConverters.toBoolean,
    )

    pooling: Param[str] = Param(
        Params._dummy(),
        "pooling",
        "what the head sees of the time steps of the last recurrent layer: last (the last output, "
        "of each direction its own last one), mean or max over all time steps of the sequence, or "
        "attention (a mean whose weights are learnt: additive scores with one query; see "
        "attentionCol)",
        typeConverter=TypeConverters.toString,
    )

    dropout: Param[float] = Param(
        Params._dummy(),
        "dropout",
        "share of the inputs of every recurrent layer that is left out in training, at least 0 "
        "and below 1; one mask per sequence, the same at every time step, the rest scaled up by 1 "
        "/ (1 - dropout). The inputs of the first layer are the features: with one feature, whole "
        "sequences. Nothing is dropped in validation and transform",
        typeConverter=TypeConverters.toFloat,
    )

    recurrentDropout: Param[float] = Param(
        Params._dummy(),
        "recurrentDropout",
        "share of the hidden state of the time step before that every gate of a recurrent cell "
        "leaves out in training, at least 0 and below 1; one mask per sequence and gate, the same "
        "at every time step (variational dropout), the rest scaled up",
        typeConverter=TypeConverters.toFloat,
    )

    zoneout: Param[float] = Param(
        Params._dummy(),
        "zoneout",
        "probability that a number of the hidden state of a recurrent cell, and of the cell state "
        "of lstm, stays as it was a time step before, at least 0 and below 1; drawn in training "
        "for every sequence, time step and unit, and replaced by its expectation in validation "
        "and transform",
        typeConverter=TypeConverters.toFloat,
    )

    recurrentWeightDrop: Param[float] = Param(
        Params._dummy(),
        "recurrentWeightDrop",
        "share of the weights from the hidden state that a recurrent cell leaves out in training "
        "(DropConnect, as in AWD-LSTM), at least 0 and below 1; one mask for all sequences and "
        "time steps of a shard (see shardSize) in each training step, the rest scaled up",
        typeConverter=TypeConverters.toFloat,
    )

    activation: Param[str] = Param(
        Params._dummy(),
        "activation",
        "activation of the recurrent cells: tanh (the default of Keras), or relu, which only "
        "simpleRnn takes",
        typeConverter=TypeConverters.toString,
    )

    kernelInitializer: Param[str] = Param(
        Params._dummy(),
        "kernelInitializer",
        "initial values of the weights from the inputs, by the name in Keras (its default is "
        "glorot_uniform); one of glorot_uniform, glorot_normal, he_uniform, he_normal, "
        "lecun_uniform, lecun_normal, orthogonal, identity, zeros, ones, random_uniform, "
        "random_normal, truncated_normal",
        typeConverter=TypeConverters.toString,
    )

    recurrentInitializer: Param[str] = Param(
        Params._dummy(),
        "recurrentInitializer",
        "initial values of the weights from the hidden state, by the name in Keras (its default "
        "is orthogonal; identity makes an IRNN of simpleRnn with relu); one of glorot_uniform, "
        "glorot_normal, he_uniform, he_normal, lecun_uniform, lecun_normal, orthogonal, identity, "
        "zeros, ones, random_uniform, random_normal, truncated_normal",
        typeConverter=TypeConverters.toString,
    )

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self._setDefault(
            vocabularySizes=[],
            cell="simpleRnn",
            layerNormalization=False,
            units=[128],
            bidirectional=False,
            residual=False,
            pooling="last",
            dropout=0.0,
            recurrentDropout=0.0,
            zoneout=0.0,
            recurrentWeightDrop=0.0,
            activation="tanh",
            kernelInitializer="glorot_uniform",
            recurrentInitializer="orthogonal",
        )

    def getEmbeddingSizes(self) -> List[int]:
        """The value of embeddingSizes."""
        return self.getOrDefault(self.embeddingSizes)

    def getVocabularySizes(self) -> List[int]:
        """The value of vocabularySizes."""
        return self.getOrDefault(self.vocabularySizes)

    def getCell(self) -> str:
        """The value of cell."""
        return self.getOrDefault(self.cell)

    def getLayerNormalization(self) -> bool:
        """The value of layerNormalization."""
        return self.getOrDefault(self.layerNormalization)

    def getUnits(self) -> List[int]:
        """The value of units."""
        return self.getOrDefault(self.units)

    def getBidirectional(self) -> bool:
        """The value of bidirectional."""
        return self.getOrDefault(self.bidirectional)

    def getResidual(self) -> bool:
        """The value of residual."""
        return self.getOrDefault(self.residual)

    def getPooling(self) -> str:
        """The value of pooling."""
        return self.getOrDefault(self.pooling)

    def getDropout(self) -> float:
        """The value of dropout."""
        return self.getOrDefault(self.dropout)

    def getRecurrentDropout(self) -> float:
        """The value of recurrentDropout."""
        return self.getOrDefault(self.recurrentDropout)

    def getZoneout(self) -> float:
        """The value of zoneout."""
        return self.getOrDefault(self.zoneout)

    def getRecurrentWeightDrop(self) -> float:
        """The value of recurrentWeightDrop."""
        return self.getOrDefault(self.recurrentWeightDrop)

    def getActivation(self) -> str:
        """The value of activation."""
        return self.getOrDefault(self.activation)

    def getKernelInitializer(self) -> str:
        """The value of kernelInitializer."""
        return self.getOrDefault(self.kernelInitializer)

    def getRecurrentInitializer(self) -> str:
        """The value of recurrentInitializer."""
        return self.getOrDefault(self.recurrentInitializer)


class _RegularizationParams(Params):
    """Params that keep the weights of recurrent layers small, as the regularizers and constraints
    of Keras do. Penalties are part of every loss of a fit, that of the validation too, and not of
    what a model's evaluate gives.
    """

    kernelL1: Param[float] = Param(
        Params._dummy(),
        "kernelL1",
        "factor of the sum of the absolute values of the weights from the inputs of every "
        "recurrent layer in the loss, at least 0; 0 for none",
        typeConverter=TypeConverters.toFloat,
    )

    kernelL2: Param[float] = Param(
        Params._dummy(),
        "kernelL2",
        "factor of the sum of the squares of the weights from the inputs of every recurrent layer "
        "in the loss, at least 0; 0 for none",
        typeConverter=TypeConverters.toFloat,
    )

    kernelMaxNorm: Param[float] = Param(
        Params._dummy(),
        "kernelMaxNorm",
        "largest norm of a column of the weights from the inputs of every recurrent layer, which "
        "longer ones are scaled to after every step of the optimizer (MaxNorm of Keras with axis "
        "0), at least 0; 0 for any",
        typeConverter=TypeConverters.toFloat,
    )

    recurrentL1: Param[float] = Param(
        Params._dummy(),
        "recurrentL1",
        "factor of the sum of the absolute values of the weights from the hidden state of every "
        "recurrent layer in the loss, at least 0; 0 for none",
        typeConverter=TypeConverters.toFloat,
    )

    recurrentL2: Param[float] = Param(
        Params._dummy(),
        "recurrentL2",
        "factor of the sum of the squares of the weights from the hidden state of every recurrent "
        "layer in the loss, at least 0; 0 for none",
        typeConverter=TypeConverters.toFloat,
    )

    recurrentMaxNorm: Param[float] = Param(
        Params._dummy(),
        "recurrentMaxNorm",
        "largest norm of a column of the weights from the hidden state of every recurrent layer, "
        "which longer ones are scaled to after every step of the optimizer (MaxNorm of Keras with "
        "axis 0), at least 0; 0 for any",
        typeConverter=TypeConverters.toFloat,
    )

    biasL1: Param[float] = Param(
        Params._dummy(),
        "biasL1",
        "factor of the sum of the absolute values of the biases of every recurrent layer in the "
        "loss, at least 0; 0 for none",
        typeConverter=TypeConverters.toFloat,
    )

    biasL2: Param[float] = Param(
        Params._dummy(),
        "biasL2",
        "factor of the sum of the squares of the biases of every recurrent layer in the loss, at "
        "least 0; 0 for none",
        typeConverter=TypeConverters.toFloat,
    )

    biasMaxNorm: Param[float] = Param(
        Params._dummy(),
        "biasMaxNorm",
        "largest norm of the biases of a layer (of a gru, of each column of its two rows), which "
        "longer ones are scaled to after every step of the optimizer (MaxNorm of Keras with axis "
        "0), at least 0; 0 for any",
        typeConverter=TypeConverters.toFloat,
    )

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self._setDefault(
            kernelL1=0.0,
            kernelL2=0.0,
            kernelMaxNorm=0.0,
            recurrentL1=0.0,
            recurrentL2=0.0,
            recurrentMaxNorm=0.0,
            biasL1=0.0,
            biasL2=0.0,
            biasMaxNorm=0.0,
        )

    def getKernelL1(self) -> float:
        """The value of kernelL1."""
        return self.getOrDefault(self.kernelL1)

    def getKernelL2(self) -> float:
        """The value of kernelL2."""
        return self.getOrDefault(self.kernelL2)

    def getKernelMaxNorm(self) -> float:
        """The value of kernelMaxNorm."""
        return self.getOrDefault(self.kernelMaxNorm)

    def getRecurrentL1(self) -> float:
        """The value of recurrentL1."""
        return self.getOrDefault(self.recurrentL1)

    def getRecurrentL2(self) -> float:
        """The value of recurrentL2."""
        return self.getOrDefault(self.recurrentL2)

    def getRecurrentMaxNorm(self) -> float:
        """The value of recurrentMaxNorm."""
        return self.getOrDefault(self.recurrentMaxNorm)

    def getBiasL1(self) -> float:
        """The value of biasL1."""
        return self.getOrDefault(self.biasL1)

    def getBiasL2(self) -> float:
        """The value of biasL2."""
        return self.getOrDefault(self.biasL2)

    def getBiasMaxNorm(self) -> float:
        """The value of biasMaxNorm."""
        return self.getOrDefault(self.biasMaxNorm)


class _TrainingParams(HasMaxIter, HasSeed, HasCheckpointInterval):
    """Params that say how the network is trained."""

    maxIter: Param[int] = Param(
        Params._dummy(),
        "maxIter",
        "passes over the training data (epochs), at least 0; 0 returns the initial weights",
        typeConverter=TypeConverters.toInt,
    )

    batchSize: Param[int] = Param(
        Params._dummy(),
        "batchSize",
        "sequences of one training step, over all workers, at least 1; the default is that of "
        "Keras",
        typeConverter=TypeConverters.toInt,
    )

    shardSize: Param[int] = Param(
        Params._dummy(),
        "shardSize",
        "(expert) sequences that a worker computes in one piece, at least 1; 0 chooses it from "
        "batchSize; changes results by rounding",
        typeConverter=TypeConverters.toInt,
    )

    seed: Param[int] = Param(
        Params._dummy(),
        "seed",
        "random seed of the initial weights, of the order of the sequences and of a random "
        "validation split",
        typeConverter=TypeConverters.toInt,
    )

    optimizer: Param[str] = Param(
        Params._dummy(),
        "optimizer",
        "optimizer: adam (beta 0.9 and 0.999, epsilon 1e-7), adamW (see weightDecay), sgd (see "
        "momentum and nesterov), rmsprop (rho 0.9; see momentum), adagrad (accumulator from 0.1) "
        "or nadam, all as in Keras, or lbfgs (whole data in each step; finds its step sizes "
        "itself, so without schedule and clipping, and without checkpoints)",
        typeConverter=TypeConverters.toString,
    )

    learningRate: Param[float] = Param(
        Params._dummy(),
        "learningRate",
        "step size of the optimizer at the start, above 0; of oneCycle the highest; the default "
        "is that of Adam in Keras",
        typeConverter=TypeConverters.toFloat,
    )

    momentum: Param[float] = Param(
        Params._dummy(),
        "momentum",
        "share of the last update that is added to the next, in [0, 1); read only by sgd and "
        "rmsprop",
        typeConverter=TypeConverters.toFloat,
    )

    nesterov: Param[bool] = Param(
        Params._dummy(),
        "nesterov",
        "whether sgd looks ahead along its momentum; needs optimizer sgd and momentum above 0",
        typeConverter=TypeConverters.toBoolean,
    )

    weightDecay: Param[float] = Param(
        Params._dummy(),
        "weightDecay",
        "share of the weights, times the learning rate, that adamW takes off in every training "
        "step, at least 0; the default is that of Keras; read only by adamW",
        typeConverter=TypeConverters.toFloat,
    )

    gradientAccumulationSteps: Param[int] = Param(
        Params._dummy(),
        "gradientAccumulationSteps",
        "batches whose mean gradient makes one step of the optimizer, at least 1; as in Keras the "
        "batches are counted through all epochs, and what is left at the end of the fit makes no "
        "step. Counts of training steps are those of batches",
        typeConverter=TypeConverters.toInt,
    )

    emaMomentum: Param[float] = Param(
        Params._dummy(),
        "emaMomentum",
        "share of the old average in the new one, in [0, 1), of a moving average of the weights, "
        "which the model gets at the end of training (use_ema of Keras); 0 keeps none",
        typeConverter=TypeConverters.toFloat,
    )

    learningRateSchedule: Param[str] = Param(
        Params._dummy(),
        "learningRateSchedule",
        "how the learning rate changes: constant, step (times decayRate every scheduleEpochs), "
        "exponential (smoothly by decayRate over scheduleEpochs), cosine (to 0 over "
        "scheduleEpochs), oneCycle (up from a 25th to learningRate and down to almost 0, over "
        "scheduleEpochs) or reduceOnPlateau (times decayRate when the loss has not fallen for "
        "plateauPatience epochs)",
        typeConverter=TypeConverters.toString,
    )

    scheduleEpochs: Param[int] = Param(
        Params._dummy(),
        "scheduleEpochs",
        "epochs of one drop, decay, half wave or cycle of learningRateSchedule, at least 1; 0 "
        "takes maxIter less warmupEpochs",
        typeConverter=TypeConverters.toInt,
    )

    warmupEpochs: Param[int] = Param(
        Params._dummy(),
        "warmupEpochs",
        "epochs in which the learning rate rises in a straight line from 0, before the schedule "
        "begins; 0 for none; not with oneCycle, which has its own",
        typeConverter=TypeConverters.toInt,
    )

    decayRate: Param[float] = Param(
        Params._dummy(),
        "decayRate",
        "factor of the step, exponential and reduceOnPlateau schedules, in (0, 1], below 1 for "
        "reduceOnPlateau",
        typeConverter=TypeConverters.toFloat,
    )

    plateauPatience: Param[int] = Param(
        Params._dummy(),
        "plateauPatience",
        "epochs without a better validation loss (training loss if no rows are held out) before "
        "reduceOnPlateau lowers the learning rate, at least 1; the default is that of Keras",
        typeConverter=TypeConverters.toInt,
    )

    plateauMinDelta: Param[float] = Param(
        Params._dummy(),
        "plateauMinDelta",
        "how much lower a loss must be for reduceOnPlateau to count as better, at least 0, in "
        "units of the loss; the default is that of Keras",
        typeConverter=TypeConverters.toFloat,
    )

    minLearningRate: Param[float] = Param(
        Params._dummy(),
        "minLearningRate",
        "what reduceOnPlateau does not lower the learning rate below, at least 0 and below "
        "learningRate",
        typeConverter=TypeConverters.toFloat,
    )

    clipNorm: Param[float] = Param(
        Params._dummy(),
        "clipNorm",
        "largest norm of the gradient of each weight tensor alone (clipnorm of Keras); 0 does not "
        "clip",
        typeConverter=TypeConverters.toFloat,
    )

    globalClipNorm: Param[float] = Param(
        Params._dummy(),
        "globalClipNorm",
        "largest norm of the whole gradient (global_clipnorm of Keras); 0 does not clip",
        typeConverter=TypeConverters.toFloat,
    )

    clipValue: Param[float] = Param(
        Params._dummy(),
        "clipValue",
        "largest absolute value of an element of the gradient (clipvalue of Keras); 0 does not "
        "clip",
        typeConverter=TypeConverters.toFloat,
    )

    validationFraction: Param[float] = Param(
        Params._dummy(),
        "validationFraction",
        "share of the rows to hold out for validation, in [0, 1); 0 holds out none",
        typeConverter=TypeConverters.toFloat,
    )

    validationSplit: Param[str] = Param(
        Params._dummy(),
        "validationSplit",
        "which rows validationFraction holds out: random ones, those with the largest values of "
        "validationSplitCol (time), or all rows of some values of validationSplitCol (key)",
        typeConverter=TypeConverters.toString,
    )

    validationSplitCol: Param[str] = Param(
        Params._dummy(),
        "validationSplitCol",
        "column that validationSplit time orders by and validationSplit key groups by",
        typeConverter=TypeConverters.toString,
    )

    patience: Param[int] = Param(
        Params._dummy(),
        "patience",
        "epochs without a better validation loss after which training stops; 0 never stops early",
        typeConverter=TypeConverters.toInt,
    )

    minDelta: Param[float] = Param(
        Params._dummy(),
        "minDelta",
        "how much lower a validation loss must be to count as better, at least 0, in units of the "
        "loss",
        typeConverter=TypeConverters.toFloat,
    )

    restoreBestWeights: Param[bool] = Param(
        Params._dummy(),
        "restoreBestWeights",
        "whether a fit with validation returns the weights of its best epoch (true) or of its "
        "last one (false)",
        typeConverter=TypeConverters.toBoolean,
    )

    exchange: Param[str] = Param(
        Params._dummy(),
        "exchange",
        "(expert) how gradients reach the driver: inProcess (local mode), rpc (barrier stage), "
        "sharded (as rpc, but every worker owns a slice of the weights and makes its steps; for "
        "large networks on many workers), job (one Spark job per training step); auto takes "
        "inProcess, rpc or job, whichever works; no effect on results",
        typeConverter=TypeConverters.toString,
    )

    numWorkers: Param[int] = Param(
        Params._dummy(),
        "numWorkers",
        "task slots to train on, at least 1; 0 takes as many as are useful; no effect on results",
        typeConverter=TypeConverters.toInt,
    )

    gradientCompression: Param[str] = Param(
        Params._dummy(),
        "gradientCompression",
        "(expert) how sums of gradients cross the network with exchange sharded: none (float32), "
        "bfloat16 (half the bytes, rounded to 8 bits of precision; results then depend on "
        "numWorkers). Weights always cross as float32",
        typeConverter=TypeConverters.toString,
    )

    localSteps: Param[int] = Param(
        Params._dummy(),
        "localSteps",
        "(expert) training steps that replicas of the network, one for each shard of a batch "
        "(batchSize / shardSize), make by themselves before their weights and the state of their "
        "optimizers are averaged (local SGD), at least 1; 1 averages the gradients of every step. "
        "For slow networks; results depend on it and on shardSize, not on numWorkers",
        typeConverter=TypeConverters.toInt,
    )

    checkpointDir: Param[str] = Param(
        Params._dummy(),
        "checkpointDir",
        "directory on any Hadoop file system for checkpoints, from which a fit with the same "
        "params and data goes on; empty writes none",
        typeConverter=TypeConverters.toString,
    )

    checkpointInterval: Param[int] = Param(
        Params._dummy(),
        "checkpointInterval",
        "epochs between two checkpoints, at least 1; -1 writes none at the ends of epochs; an "
        "interrupted fit writes one in any case; read only with checkpointDir",
        typeConverter=TypeConverters.toInt,
    )

    checkpointSteps: Param[int] = Param(
        Params._dummy(),
        "checkpointSteps",
        "training steps between two checkpoints, besides those of checkpointInterval, at least 1; "
        "0 writes none; read only with checkpointDir",
        typeConverter=TypeConverters.toInt,
    )

    checkpointMinutes: Param[float] = Param(
        Params._dummy(),
        "checkpointMinutes",
        "minutes after the last checkpoint at which the next is written, between two training "
        "steps, above 0; 0 writes none; read only with checkpointDir",
        typeConverter=TypeConverters.toFloat,
    )

    maxCheckpoints: Param[int] = Param(
        Params._dummy(),
        "maxCheckpoints",
        "how many of the newest checkpoints are kept while the fit runs, at least 1; none is left "
        "of a fit that came to its end; read only with checkpointDir",
        typeConverter=TypeConverters.toInt,
    )

    tensorBoardDir: Param[str] = Param(
        Params._dummy(),
        "tensorBoardDir",
        "directory on any Hadoop file system in which each fit makes one for TensorBoard, with "
        "the loss, validation loss, learning rate, gradient norm and speed of each epoch; empty "
        "writes none; no effect on results",
        typeConverter=TypeConverters.toString,
    )

    reportPath: Param[str] = Param(
        Params._dummy(),
        "reportPath",
        "path of a page of HTML on any Hadoop file system that each fit writes when it begins, "
        "after its epochs, at most once a second, and when it is over, replacing what is there; "
        "empty writes none; no effect on results",
        typeConverter=TypeConverters.toString,
    )

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self._setDefault(
            maxIter=100,
            batchSize=32,
            shardSize=0,
            optimizer="adam",
            learningRate=0.001,
            momentum=0.0,
            nesterov=False,
            weightDecay=0.004,
            gradientAccumulationSteps=1,
            emaMomentum=0.0,
            learningRateSchedule="constant",
            scheduleEpochs=0,
            warmupEpochs=0,
            decayRate=0.5,
            plateauPatience=10,
            plateauMinDelta=1.0e-4,
            minLearningRate=0.0,
            clipNorm=0.0,
            globalClipNorm=0.0,
            clipValue=0.0,
            validationFraction=0.0,
            validationSplit="random",
            patience=0,
            minDelta=0.0,
            restoreBestWeights=True,
            exchange="auto",
            numWorkers=0,
            gradientCompression="none",
            localSteps=1,
            checkpointDir="",
            checkpointInterval=10,
            checkpointSteps=0,
            checkpointMinutes=0.0,
            maxCheckpoints=2,
            tensorBoardDir="",
            reportPath="",
        )

    def getMaxIter(self) -> int:
        """The value of maxIter."""
        return self.getOrDefault(self.maxIter)

    def getBatchSize(self) -> int:
        """The value of batchSize."""
        return self.getOrDefault(self.batchSize)

    def getShardSize(self) -> int:
        """The value of shardSize."""
        return self.getOrDefault(self.shardSize)

    def getSeed(self) -> int:
        """The value of seed."""
        return self.getOrDefault(self.seed)

    def getOptimizer(self) -> str:
        """The value of optimizer."""
        return self.getOrDefault(self.optimizer)

    def getLearningRate(self) -> float:
        """The value of learningRate."""
        return self.getOrDefault(self.learningRate)

    def getMomentum(self) -> float:
        """The value of momentum."""
        return self.getOrDefault(self.momentum)

    def getNesterov(self) -> bool:
        """The value of nesterov."""
        return self.getOrDefault(self.nesterov)

    def getWeightDecay(self) -> float:
        """The value of weightDecay."""
        return self.getOrDefault(self.weightDecay)

    def getGradientAccumulationSteps(self) -> int:
        """The value of gradientAccumulationSteps."""
        return self.getOrDefault(self.gradientAccumulationSteps)

    def getEmaMomentum(self) -> float:
        """The value of emaMomentum."""
        return self.getOrDefault(self.emaMomentum)

    def getLearningRateSchedule(self) -> str:
        """The value of learningRateSchedule."""
        return self.getOrDefault(self.learningRateSchedule)

    def getScheduleEpochs(self) -> int:
        """The value of scheduleEpochs."""
        return self.getOrDefault(self.scheduleEpochs)

    def getWarmupEpochs(self) -> int:
        """The value of warmupEpochs."""
        return self.getOrDefault(self.warmupEpochs)

    def getDecayRate(self) -> float:
        """The value of decayRate."""
        return self.getOrDefault(self.decayRate)

    def getPlateauPatience(self) -> int:
        """The value of plateauPatience."""
        return self.getOrDefault(self.plateauPatience)

    def getPlateauMinDelta(self) -> float:
        """The value of plateauMinDelta."""
        return self.getOrDefault(self.plateauMinDelta)

    def getMinLearningRate(self) -> float:
        """The value of minLearningRate."""
        return self.getOrDefault(self.minLearningRate)

    def getClipNorm(self) -> float:
        """The value of clipNorm."""
        return self.getOrDefault(self.clipNorm)

    def getGlobalClipNorm(self) -> float:
        """The value of globalClipNorm."""
        return self.getOrDefault(self.globalClipNorm)

    def getClipValue(self) -> float:
        """The value of clipValue."""
        return self.getOrDefault(self.clipValue)

    def getValidationFraction(self) -> float:
        """The value of validationFraction."""
        return self.getOrDefault(self.validationFraction)

    def getValidationSplit(self) -> str:
        """The value of validationSplit."""
        return self.getOrDefault(self.validationSplit)

    def getValidationSplitCol(self) -> str:
        """The value of validationSplitCol."""
        return self.getOrDefault(self.validationSplitCol)

    def getPatience(self) -> int:
        """The value of patience."""
        return self.getOrDefault(self.patience)

    def getMinDelta(self) -> float:
        """The value of minDelta."""
        return self.getOrDefault(self.minDelta)

    def getRestoreBestWeights(self) -> bool:
        """The value of restoreBestWeights."""
        return self.getOrDefault(self.restoreBestWeights)

    def getExchange(self) -> str:
        """The value of exchange."""
        return self.getOrDefault(self.exchange)

    def getNumWorkers(self) -> int:
        """The value of numWorkers."""
        return self.getOrDefault(self.numWorkers)

    def getGradientCompression(self) -> str:
        """The value of gradientCompression."""
        return self.getOrDefault(self.gradientCompression)

    def getLocalSteps(self) -> int:
        """The value of localSteps."""
        return self.getOrDefault(self.localSteps)

    def getCheckpointDir(self) -> str:
        """The value of checkpointDir."""
        return self.getOrDefault(self.checkpointDir)

    def getCheckpointInterval(self) -> int:
        """The value of checkpointInterval."""
        return self.getOrDefault(self.checkpointInterval)

    def getCheckpointSteps(self) -> int:
        """The value of checkpointSteps."""
        return self.getOrDefault(self.checkpointSteps)

    def getCheckpointMinutes(self) -> float:
        """The value of checkpointMinutes."""
        return self.getOrDefault(self.checkpointMinutes)

    def getMaxCheckpoints(self) -> int:
        """The value of maxCheckpoints."""
        return self.getOrDefault(self.maxCheckpoints)

    def getTensorBoardDir(self) -> str:
        """The value of tensorBoardDir."""
        return self.getOrDefault(self.tensorBoardDir)

    def getReportPath(self) -> str:
        """The value of reportPath."""
        return self.getOrDefault(self.reportPath)


class _LongSequenceParams(Params):
    """Params that say what training holds of long sequences."""

    gradientCheckpointing: Param[bool] = Param(
        Params._dummy(),
        "gradientCheckpointing",
        "whether training keeps of the time steps of a sequence only the states at about as many "
        "places as the square root of their number, and computes the rest again where the "
        "gradient needs it: the same gradient but for rounding, in about the square root of the "
        "memory and for about a third more time. Where layers are bidirectional, their outputs "
        "are held all the same",
        typeConverter=TypeConverters.toBoolean,
    )

    bpttLength: Param[int] = Param(
        Params._dummy(),
        "bpttLength",
        "time steps that a gradient flows back at most (truncated back-propagation through time); "
        "the state goes on through the whole sequence. Counted from the last time step of each "
        "sequence, it ends after every so many; a layer that reads backward counts in its own "
        "order. Memory is that of so many time steps. 0: all",
        typeConverter=TypeConverters.toInt,
    )

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self._setDefault(
            gradientCheckpointing=False,
        )

    def getGradientCheckpointing(self) -> bool:
        """The value of gradientCheckpointing."""
        return self.getOrDefault(self.gradientCheckpointing)

    def getBpttLength(self) -> int:
        """The value of bpttLength."""
        return self.getOrDefault(self.bpttLength)


class _TransferParams(Params):
    """Params that say what a training begins with and what of it stays."""

    initialModelPath: Param[str] = Param(
        Params._dummy(),
        "initialModelPath",
        "path of a saved model, or of a .keras or .safetensors file of Keras or PyTorch, whose "
        "weights the training begins with; its network must have the same tensors; empty: initial "
        "values by initializers and seed. The state of the optimizer begins anew",
        typeConverter=TypeConverters.toString,
    )

    frozenLayers: Param[List[str]] = Param(
        Params._dummy(),
        "frozenLayers",
        "layers, as describe of a model names them, or tensors, as weights does, that keep what "
        "they begin with to the last bit: lstm_0, bidirectional_1/forward_lstm, dense/bias; none "
        "by default",
        typeConverter=_converters.toListOfString,
    )

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self._setDefault(
            initialModelPath="",
            frozenLayers=[],
        )

    def getInitialModelPath(self) -> str:
        """The value of initialModelPath."""
        return self.getOrDefault(self.initialModelPath)

    def getFrozenLayers(self) -> List[str]:
        """The value of frozenLayers."""
        return self.getOrDefault(self.frozenLayers)


class _RnnParams(
    _ColumnParams,
    _NetworkParams,
    _RegularizationParams,
    _TrainingParams,
    _LongSequenceParams,
    _TransferParams,
):
    """All params of an RNN estimator; its model keeps them, to say how it came about."""


class RnnEstimator(_ml.RnnEstimatorMethods, JavaEstimator[M], _RnnParams):
    """What all RNN estimators share: the params with their setters, and the listeners of a fit."""

    def setFeaturesCol(self: S, value: str) -> S:
        """Sets featuresCol."""
        return self._set(featuresCol=value)

    def setFeaturesCols(self: S, value: Union[str, Sequence[str]]) -> S:
        """Sets featuresCols."""
        return self._set(featuresCols=value)

    def setLabelCol(self: S, value: str) -> S:
        """Sets labelCol."""
        return self._set(labelCol=value)

    def setPredictionCol(self: S, value: str) -> S:
        """Sets predictionCol."""
        return self._set(predictionCol=value)

    def setAttentionCol(self: S, value: str) -> S:
        """Sets attentionCol."""
        return self._set(attentionCol=value)

    def setWeightCol(self: S, value: str) -> S:
        """Sets weightCol."""
        return self._set(weightCol=value)

    def setValidationIndicatorCol(self: S, value: str) -> S:
        """Sets validationIndicatorCol."""
        return self._set(validationIndicatorCol=value)

    def setHandleInvalid(self: S, value: str) -> S:
        """Sets handleInvalid."""
        return self._set(handleInvalid=value)

    def setPredictionBatchSize(self: S, value: int) -> S:
        """Sets predictionBatchSize."""
        return self._set(predictionBatchSize=value)

    def setEmbeddingSizes(self: S, value: Union[int, Sequence[int]]) -> S:
        """Sets embeddingSizes."""
        return self._set(embeddingSizes=value)

    def setVocabularySizes(self: S, value: Union[int, Sequence[int]]) -> S:
        """Sets vocabularySizes."""
        return self._set(vocabularySizes=value)

    def setCell(self: S, value: str) -> S:
        """Sets cell."""
        return self._set(cell=value)

    def setLayerNormalization(self: S, value: bool) -> S:
        """Sets layerNormalization."""
        return self._set(layerNormalization=value)

    def setUnits(self: S, value: Union[int, Sequence[int]]) -> S:
        """Sets units."""
        return self._set(units=value)

    def setBidirectional(self: S, value: bool) -> S:
        """Sets bidirectional."""
        return self._set(bidirectional=value)

    def setResidual(self: S, value: bool) -> S:
        """Sets residual."""
        return self._set(residual=value)

    def setPooling(self: S, value: str) -> S:
        """Sets pooling."""
        return self._set(pooling=value)

    def setDropout(self: S, value: float) -> S:
        """Sets dropout."""
        return self._set(dropout=value)

    def setRecurrentDropout(self: S, value: float) -> S:
        """Sets recurrentDropout."""
        return self._set(recurrentDropout=value)

    def setZoneout(self: S, value: float) -> S:
        """Sets zoneout."""
        return self._set(zoneout=value)

    def setRecurrentWeightDrop(self: S, value: float) -> S:
        """Sets recurrentWeightDrop."""
        return self._set(recurrentWeightDrop=value)

    def setActivation(self: S, value: str) -> S:
        """Sets activation."""
        return self._set(activation=value)

    def setKernelInitializer(self: S, value: str) -> S:
        """Sets kernelInitializer."""
        return self._set(kernelInitializer=value)

    def setRecurrentInitializer(self: S, value: str) -> S:
        """Sets recurrentInitializer."""
        return self._set(recurrentInitializer=value)

    def setKernelL1(self: S, value: float) -> S:
        """Sets kernelL1."""
        return self._set(kernelL1=value)

    def setKernelL2(self: S, value: float) -> S:
        """Sets kernelL2."""
        return self._set(kernelL2=value)

    def setKernelMaxNorm(self: S, value: float) -> S:
        """Sets kernelMaxNorm."""
        return self._set(kernelMaxNorm=value)

    def setRecurrentL1(self: S, value: float) -> S:
        """Sets recurrentL1."""
        return self._set(recurrentL1=value)

    def setRecurrentL2(self: S, value: float) -> S:
        """Sets recurrentL2."""
        return self._set(recurrentL2=value)

    def setRecurrentMaxNorm(self: S, value: float) -> S:
        """Sets recurrentMaxNorm."""
        return self._set(recurrentMaxNorm=value)

    def setBiasL1(self: S, value: float) -> S:
        """Sets biasL1."""
        return self._set(biasL1=value)

    def setBiasL2(self: S, value: float) -> S:
        """Sets biasL2."""
        return self._set(biasL2=value)

    def setBiasMaxNorm(self: S, value: float) -> S:
        """Sets biasMaxNorm."""
        return self._set(biasMaxNorm=value)

    def setMaxIter(self: S, value: int) -> S:
        """Sets maxIter."""
        return self._set(maxIter=value)

    def setBatchSize(self: S, value: int) -> S:
        """Sets batchSize."""
        return self._set(batchSize=value)

    def setShardSize(self: S, value: int) -> S:
        """Sets shardSize."""
        return self._set(shardSize=value)

    def setSeed(self: S, value: int) -> S:
        """Sets seed."""
        return self._set(seed=value)

    def setOptimizer(self: S, value: str) -> S:
        """Sets optimizer."""
        return self._set(optimizer=value)

    def setLearningRate(self: S, value: float) -> S:
        """Sets learningRate."""
        return self._set(learningRate=value)

    def setMomentum(self: S, value: float) -> S:
        """Sets momentum."""
        return self._set(momentum=value)

    def setNesterov(self: S, value: bool) -> S:
        """Sets nesterov."""
        return self._set(nesterov=value)

    def setWeightDecay(self: S, value: float) -> S:
        """Sets weightDecay."""
        return self._set(weightDecay=value)

    def setGradientAccumulationSteps(self: S, value: int) -> S:
        """Sets gradientAccumulationSteps."""
        return self._set(gradientAccumulationSteps=value)

    def setEmaMomentum(self: S, value: float) -> S:
        """Sets emaMomentum."""
        return self._set(emaMomentum=value)

    def setLearningRateSchedule(self: S, value: str) -> S:
        """Sets learningRateSchedule."""
        return self._set(learningRateSchedule=value)

    def setScheduleEpochs(self: S, value: int) -> S:
        """Sets scheduleEpochs."""
        return self._set(scheduleEpochs=value)

    def setWarmupEpochs(self: S, value: int) -> S:
        """Sets warmupEpochs."""
        return self._set(warmupEpochs=value)

    def setDecayRate(self: S, value: float) -> S:
        """Sets decayRate."""
        return self._set(decayRate=value)

    def setPlateauPatience(self: S, value: int) -> S:
        """Sets plateauPatience."""
        return self._set(plateauPatience=value)

    def setPlateauMinDelta(self: S, value: float) -> S:
        """Sets plateauMinDelta."""
        return self._set(plateauMinDelta=value)

    def setMinLearningRate(self: S, value: float) -> S:
        """Sets minLearningRate."""
        return self._set(minLearningRate=value)

    def setClipNorm(self: S, value: float) -> S:
        """Sets clipNorm."""
        return self._set(clipNorm=value)

    def setGlobalClipNorm(self: S, value: float) -> S:
        """Sets globalClipNorm."""
        return self._set(globalClipNorm=value)

    def setClipValue(self: S, value: float) -> S:
        """Sets clipValue."""
        return self._set(clipValue=value)

    def setValidationFraction(self: S, value: float) -> S:
        """Sets validationFraction."""
        return self._set(validationFraction=value)

    def setValidationSplit(self: S, value: str) -> S:
        """Sets validationSplit."""
        return self._set(validationSplit=value)

    def setValidationSplitCol(self: S, value: str) -> S:
        """Sets validationSplitCol."""
        return self._set(validationSplitCol=value)

    def setPatience(self: S, value: int) -> S:
        """Sets patience."""
        return self._set(patience=value)

    def setMinDelta(self: S, value: float) -> S:
        """Sets minDelta."""
        return self._set(minDelta=value)

    def setRestoreBestWeights(self: S, value: bool) -> S:
        """Sets restoreBestWeights."""
        return self._set(restoreBestWeights=value)

    def setGradientCheckpointing(self: S, value: bool) -> S:
        """Sets gradientCheckpointing."""
        return self._set(gradientCheckpointing=value)

    def setBpttLength(self: S, value: int) -> S:
        """Sets bpttLength."""
        return self._set(bpttLength=value)

    def setInitialModelPath(self: S, value: str) -> S:
        """Sets initialModelPath."""
        return self._set(initialModelPath=value)

    def setFrozenLayers(self: S, value: Union[str, Sequence[str]]) -> S:
        """Sets frozenLayers."""
        return self._set(frozenLayers=value)

    def setExchange(self: S, value: str) -> S:
        """Sets exchange."""
        return self._set(exchange=value)

    def setNumWorkers(self: S, value: int) -> S:
        """Sets numWorkers."""
        return self._set(numWorkers=value)

    def setGradientCompression(self: S, value: str) -> S:
        """Sets gradientCompression."""
        return self._set(gradientCompression=value)

    def setLocalSteps(self: S, value: int) -> S:
        """Sets localSteps."""
        return self._set(localSteps=value)

    def setCheckpointDir(self: S, value: str) -> S:
        """Sets checkpointDir."""
        return self._set(checkpointDir=value)

    def setCheckpointInterval(self: S, value: int) -> S:
        """Sets checkpointInterval."""
        return self._set(checkpointInterval=value)

    def setCheckpointSteps(self: S, value: int) -> S:
        """Sets checkpointSteps."""
        return self._set(checkpointSteps=value)

    def setCheckpointMinutes(self: S, value: float) -> S:
        """Sets checkpointMinutes."""
        return self._set(checkpointMinutes=value)

    def setMaxCheckpoints(self: S, value: int) -> S:
        """Sets maxCheckpoints."""
        return self._set(maxCheckpoints=value)

    def setTensorBoardDir(self: S, value: str) -> S:
        """Sets tensorBoardDir."""
        return self._set(tensorBoardDir=value)

    def setReportPath(self: S, value: str) -> S:
        """Sets reportPath."""
        return self._set(reportPath=value)


class _RegressionParams(Params):
    """Params of the loss of a regression."""

    loss: Param[str] = Param(
        Params._dummy(),
        "loss",
        "loss to minimise: mse (mean squared error), mae (mean absolute error) or huber; the mean "
        "over the outputs of a row, then over the rows by weight",
        typeConverter=TypeConverters.toString,
    )

    huberDelta: Param[float] = Param(
        Params._dummy(),
        "huberDelta",
        "absolute error at which the huber loss turns from quadratic to linear, above 0, in units "
        "of the label; read only by huber",
        typeConverter=TypeConverters.toFloat,
    )

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self._setDefault(
            loss="mse",
            huberDelta=1.0,
        )

    def getLoss(self) -> str:
        """The value of loss."""
        return self.getOrDefault(self.loss)

    def getHuberDelta(self) -> float:
        """The value of huberDelta."""
        return self.getOrDefault(self.huberDelta)


class RnnRegressor(
    _ml.RnnRegressorMethods,
    RnnEstimator["RnnRegressionModel"],
    _RegressionParams,
    JavaMLWritable,
    JavaMLReadable["RnnRegressor"],
):
    """Predicts one or several numbers from a sequence: recurrent layers, then a dense layer on the
    last time step, trained by back-propagation through time where the data lies.

    The features column holds one sequence a row, of any length: array<number> with one feature per
    time step, or array<array<number>> or array<vector> of (time steps, features). The label column
    holds a number, or an array or vector of as many numbers in each row.
    """

    _input_kwargs: Dict[str, Any]

    @keyword_only
    def __init__(
        self,
        *,
        loss: str = "mse",
        huberDelta: float = 1.0,
        featuresCol: str = "features",
        featuresCols: Union[str, Sequence[str]] = (),
        labelCol: str = "label",
        predictionCol: str = "prediction",
        attentionCol: Optional[str] = None,
        weightCol: Optional[str] = None,
        validationIndicatorCol: Optional[str] = None,
        handleInvalid: str = "error",
        predictionBatchSize: int = 256,
        embeddingSizes: Union[int, Sequence[int]] = (),
        vocabularySizes: Union[int, Sequence[int]] = (),
        cell: str = "simpleRnn",
        layerNormalization: bool = False,
        units: Union[int, Sequence[int]] = (128,),
        bidirectional: bool = False,
        residual: bool = False,
        pooling: str = "last",
        dropout: float = 0.0,
        recurrentDropout: float = 0.0,
        zoneout: float = 0.0,
        recurrentWeightDrop: float = 0.0,
        activation: str = "tanh",
        kernelInitializer: str = "glorot_uniform",
        recurrentInitializer: str = "orthogonal",
        kernelL1: float = 0.0,
        kernelL2: float = 0.0,
        kernelMaxNorm: float = 0.0,
        recurrentL1: float = 0.0,
        recurrentL2: float = 0.0,
        recurrentMaxNorm: float = 0.0,
        biasL1: float = 0.0,
        biasL2: float = 0.0,
        biasMaxNorm: float = 0.0,
        maxIter: int = 100,
        batchSize: int = 32,
        shardSize: int = 0,
        seed: int = -1467316530,
        optimizer: str = "adam",
        learningRate: float = 0.001,
        momentum: float = 0.0,
        nesterov: bool = False,
        weightDecay: float = 0.004,
        gradientAccumulationSteps: int = 1,
        emaMomentum: float = 0.0,
        learningRateSchedule: str = "constant",
        scheduleEpochs: int = 0,
        warmupEpochs: int = 0,
        decayRate: float = 0.5,
        plateauPatience: int = 10,
        plateauMinDelta: float = 1.0e-4,
        minLearningRate: float = 0.0,
        clipNorm: float = 0.0,
        globalClipNorm: float = 0.0,
        clipValue: float = 0.0,
        validationFraction: float = 0.0,
        validationSplit: str = "random",
        validationSplitCol: Optional[str] = None,
        patience: int = 0,
        minDelta: float = 0.0,
        restoreBestWeights: bool = True,
        exchange: str = "auto",
        numWorkers: int = 0,
        gradientCompression: str = "none",
        localSteps: int = 1,
        checkpointDir: str = "",
        checkpointInterval: int = 10,
        checkpointSteps: int = 0,
        checkpointMinutes: float = 0.0,
        maxCheckpoints: int = 2,
        tensorBoardDir: str = "",
        reportPath: str = "",
        gradientCheckpointing: bool = False,
        bpttLength: int = 0,
        initialModelPath: str = "",
        frozenLayers: Union[str, Sequence[str]] = (),
    ) -> None:
        super().__init__()
        self._java_obj = _converters.java_stage("sparkrnn.ml.RnnRegressor", self.uid)
        self._setDefault(
            embeddingSizes=[],
            seed=-1467316530,
            bpttLength=0,
        )
        self.setParams(**self._input_kwargs)

    @keyword_only
    def setParams(
        self,
        *,
        loss: str = "mse",
        huberDelta: float = 1.0,
        featuresCol: str = "features",
        featuresCols: Union[str, Sequence[str]] = (),
        labelCol: str = "label",
        predictionCol: str = "prediction",
        attentionCol: Optional[str] = None,
        weightCol: Optional[str] = None,
        validationIndicatorCol: Optional[str] = None,
        handleInvalid: str = "error",
        predictionBatchSize: int = 256,
        embeddingSizes: Union[int, Sequence[int]] = (),
        vocabularySizes: Union[int, Sequence[int]] = (),
        cell: str = "simpleRnn",
        layerNormalization: bool = False,
        units: Union[int, Sequence[int]] = (128,),
        bidirectional: bool = False,
        residual: bool = False,
        pooling: str = "last",
        dropout: float = 0.0,
        recurrentDropout: float = 0.0,
        zoneout: float = 0.0,
        recurrentWeightDrop: float = 0.0,
        activation: str = "tanh",
        kernelInitializer: str = "glorot_uniform",
        recurrentInitializer: str = "orthogonal",
        kernelL1: float = 0.0,
        kernelL2: float = 0.0,
        kernelMaxNorm: float = 0.0,
        recurrentL1: float = 0.0,
        recurrentL2: float = 0.0,
        recurrentMaxNorm: float = 0.0,
        biasL1: float = 0.0,
        biasL2: float = 0.0,
        biasMaxNorm: float = 0.0,
        maxIter: int = 100,
        batchSize: int = 32,
        shardSize: int = 0,
        seed: int = -1467316530,
        optimizer: str = "adam",
        learningRate: float = 0.001,
        momentum: float = 0.0,
        nesterov: bool = False,
        weightDecay: float = 0.004,
        gradientAccumulationSteps: int = 1,
        emaMomentum: float = 0.0,
        learningRateSchedule: str = "constant",
        scheduleEpochs: int = 0,
        warmupEpochs: int = 0,
        decayRate: float = 0.5,
        plateauPatience: int = 10,
        plateauMinDelta: float = 1.0e-4,
        minLearningRate: float = 0.0,
        clipNorm: float = 0.0,
        globalClipNorm: float = 0.0,
        clipValue: float = 0.0,
        validationFraction: float = 0.0,
        validationSplit: str = "random",
        validationSplitCol: Optional[str] = None,
        patience: int = 0,
        minDelta: float = 0.0,
        restoreBestWeights: bool = True,
        exchange: str = "auto",
        numWorkers: int = 0,
        gradientCompression: str = "none",
        localSteps: int = 1,
        checkpointDir: str = "",
        checkpointInterval: int = 10,
        checkpointSteps: int = 0,
        checkpointMinutes: float = 0.0,
        maxCheckpoints: int = 2,
        tensorBoardDir: str = "",
        reportPath: str = "",
        gradientCheckpointing: bool = False,
        bpttLength: int = 0,
        initialModelPath: str = "",
        frozenLayers: Union[str, Sequence[str]] = (),
    ) -> "RnnRegressor":
        """Sets params by keyword; None leaves a param as it is."""
        return _converters.set_given(self, self._input_kwargs)

    def _create_model(self, java_model: Any) -> "RnnRegressionModel":
        return RnnRegressionModel(java_model)

    def setLoss(self: S, value: str) -> S:
        """Sets loss."""
        return self._set(loss=value)

    def setHuberDelta(self: S, value: float) -> S:
        """Sets huberDelta."""
        return self._set(huberDelta=value)


class _ClassParams(HasRawPredictionCol, HasProbabilityCol, HasThresholds, HasThreshold):
    """Params of classes, by their names in Spark ML."""

    rawPredictionCol: Param[str] = Param(
        Params._dummy(),
        "rawPredictionCol",
        "column of the outputs before softmax or sigmoid, a vector; empty: none is added",
        typeConverter=TypeConverters.toString,
    )

    probabilityCol: Param[str] = Param(
        Params._dummy(),
        "probabilityCol",
        "column of the probability of each label, a vector in the order of labels; empty: none is "
        "added",
        typeConverter=TypeConverters.toString,
    )

    predictedLabelCol: Param[str] = Param(
        Params._dummy(),
        "predictedLabelCol",
        "column of the predicted label as a text; empty: none is added; not where labels are "
        "arrays, which have no names",
        typeConverter=TypeConverters.toString,
    )

    thresholds: Param[List[float]] = Param(
        Params._dummy(),
        "thresholds",
        "one number for each label, all at least 0 and at most one of them 0: the predicted label "
        "is that with the largest probability divided by its number, as in Spark's classifiers; "
        "unset: that with the largest probability",
        typeConverter=_converters.toListOfFloat,
    )

    threshold: Param[float] = Param(
        Params._dummy(),
        "threshold",
        "probability above which a label holds, in [0, 1); read only where labels are arrays of 0 "
        "and 1",
        typeConverter=TypeConverters.toFloat,
    )

    classWeighting: Param[str] = Param(
        Params._dummy(),
        "classWeighting",
        "how rows weigh in training by their class: none, or balanced (rows over classes times "
        "rows of the class, counted over all rows with a label, so that all classes weigh the "
        "same in sum); times weightCol; not where labels are arrays",
        typeConverter=TypeConverters.toString,
    )

    classWeights: Param[List[float]] = Param(
        Params._dummy(),
        "classWeights",
        "weight in training of the rows of each class, in the order of labels (numbers ascending, "
        "texts alphabetical), each above 0; times weightCol; unset: see classWeighting",
        typeConverter=_converters.toListOfFloat,
    )

    labelSmoothing: Param[float] = Param(
        Params._dummy(),
        "labelSmoothing",
        "share of the target that is spread evenly over all labels, in [0, 1), as in Keras; of "
        "labels in arrays each target moves by it towards one half",
        typeConverter=TypeConverters.toFloat,
    )

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self._setDefault(
            rawPredictionCol="rawPrediction",
            probabilityCol="probability",
            predictedLabelCol="",
            threshold=0.5,
            classWeighting="none",
            labelSmoothing=0.0,
        )

    def getRawPredictionCol(self) -> str:
        """The value of rawPredictionCol."""
        return self.getOrDefault(self.rawPredictionCol)

    def getProbabilityCol(self) -> str:
        """The value of probabilityCol."""
        return self.getOrDefault(self.probabilityCol)

    def getPredictedLabelCol(self) -> str:
        """The value of predictedLabelCol."""
        return self.getOrDefault(self.predictedLabelCol)

    def getThresholds(self) -> List[float]:
        """The value of thresholds."""
        return self.getOrDefault(self.thresholds)

    def getThreshold(self) -> float:
        """The value of threshold."""
        return self.getOrDefault(self.threshold)

    def getClassWeighting(self) -> str:
        """The value of classWeighting."""
        return self.getOrDefault(self.classWeighting)

    def getClassWeights(self) -> List[float]:
        """The value of classWeights."""
        return self.getOrDefault(self.classWeights)

    def getLabelSmoothing(self) -> float:
        """The value of labelSmoothing."""
        return self.getOrDefault(self.labelSmoothing)


class RnnClassifier(
    _ml.RnnClassifierMethods,
    RnnEstimator["RnnClassificationModel"],
    _ClassParams,
    JavaMLWritable,
    JavaMLReadable["RnnClassifier"],
):
    """Predicts the class of a sequence: recurrent layers, then a dense layer on the last time step,
    one output for each class, trained with cross entropy where the data lies.

    The features column is that of RnnRegressor. The label column holds one of:

    - a whole number, of any size and with gaps; predictions are such numbers.

    - a text; the prediction is its place in RnnClassificationModel.labels, which are in
      alphabetical order: a StringIndexer with stringOrderType "alphabetAsc" makes a column that
      Spark's evaluators can compare with it.

    - an array or a vector of 0 and 1, one for each label that may hold, several at once; each label
      has a probability of its own.

    All labels of the data are found before the fit, in a Spark job of its own. Works with Spark's
    evaluators and CrossValidator; not inside OneVsRest, which takes no sequences, and is not
    needed.
    """

    labelCol: Param[str] = Param(
        Params._dummy(),
        "labelCol",
        "column of the class: a text or a whole number; or array<number> or vector of 0 and 1, "
        "one for each label that may hold",
        typeConverter=TypeConverters.toString,
    )

    predictionCol: Param[str] = Param(
        Params._dummy(),
        "predictionCol",
        "column that transform adds: double, the number that is the label, or where labels are "
        "texts the place of the label in labels from 0; array<double> of 0 and 1 where they are "
        "arrays or vectors",
        typeConverter=TypeConverters.toString,
    )

    _input_kwargs: Dict[str, Any]

    @keyword_only
    def __init__(
        self,
        *,
        rawPredictionCol: str = "rawPrediction",
        probabilityCol: str = "probability",
        predictedLabelCol: str = "",
        thresholds: Optional[Union[float, Sequence[float]]] = None,
        threshold: float = 0.5,
        classWeighting: str = "none",
        classWeights: Optional[Union[float, Sequence[float]]] = None,
        labelSmoothing: float = 0.0,
        featuresCol: str = "features",
        featuresCols: Union[str, Sequence[str]] = (),
        labelCol: str = "label",
        predictionCol: str = "prediction",
        attentionCol: Optional[str] = None,
        weightCol: Optional[str] = None,
        validationIndicatorCol: Optional[str] = None,
        handleInvalid: str = "error",
        predictionBatchSize: int = 256,
        embeddingSizes: Union[int, Sequence[int]] = (),
        vocabularySizes: Union[int, Sequence[int]] = (),
        cell: str = "simpleRnn",
        layerNormalization: bool = False,
        units: Union[int, Sequence[int]] = (128,),
        bidirectional: bool = False,
        residual: bool = False,
        pooling: str = "last",
        dropout: float = 0.0,
        recurrentDropout: float = 0.0,
        zoneout: float = 0.0,
        recurrentWeightDrop: float = 0.0,
        activation: str = "tanh",
        kernelInitializer: str = "glorot_uniform",
        recurrentInitializer: str = "orthogonal",
        kernelL1: float = 0.0,
        kernelL2: float = 0.0,
        kernelMaxNorm: float = 0.0,
        recurrentL1: float = 0.0,
        recurrentL2: float = 0.0,
        recurrentMaxNorm: float = 0.0,
        biasL1: float = 0.0,
        biasL2: float = 0.0,
        biasMaxNorm: float = 0.0,
        maxIter: int = 100,
        batchSize: int = 32,
        shardSize: int = 0,
        seed: int = 55039581,
        optimizer: str = "adam",
        learningRate: float = 0.001,
        momentum: float = 0.0,
        nesterov: bool = False,
        weightDecay: float = 0.004,
        gradientAccumulationSteps: int = 1,
        emaMomentum: float = 0.0,
        learningRateSchedule: str = "constant",
        scheduleEpochs: int = 0,
        warmupEpochs: int = 0,
        decayRate: float = 0.5,
        plateauPatience: int = 10,
        plateauMinDelta: float = 1.0e-4,
        minLearningRate: float = 0.0,
        clipNorm: float = 0.0,
        globalClipNorm: float = 0.0,
        clipValue: float = 0.0,
        validationFraction: float = 0.0,
        validationSplit: str = "random",
        validationSplitCol: Optional[str] = None,
        patience: int = 0,
        minDelta: float = 0.0,
        restoreBestWeights: bool = True,
        exchange: str = "auto",
        numWorkers: int = 0,
        gradientCompression: str = "none",
        localSteps: int = 1,
        checkpointDir: str = "",
        checkpointInterval: int = 10,
        checkpointSteps: int = 0,
        checkpointMinutes: float = 0.0,
        maxCheckpoints: int = 2,
        tensorBoardDir: str = "",
        reportPath: str = "",
        gradientCheckpointing: bool = False,
        bpttLength: int = 0,
        initialModelPath: str = "",
        frozenLayers: Union[str, Sequence[str]] = (),
    ) -> None:
        super().__init__()
        self._java_obj = _converters.java_stage("sparkrnn.ml.RnnClassifier", self.uid)
        self._setDefault(
            embeddingSizes=[],
            seed=55039581,
            bpttLength=0,
        )
        self.setParams(**self._input_kwargs)

    @keyword_only
    def setParams(
        self,
        *,
        rawPredictionCol: str = "rawPrediction",
        probabilityCol: str = "probability",
        predictedLabelCol: str = "",
        thresholds: Optional[Union[float, Sequence[float]]] = None,
        threshold: float = 0.5,
        classWeighting: str = "none",
        classWeights: Optional[Union[float, Sequence[float]]] = None,
        labelSmoothing: float = 0.0,
        featuresCol: str = "features",
        featuresCols: Union[str, Sequence[str]] = (),
        labelCol: str = "label",
        predictionCol: str = "prediction",
        attentionCol: Optional[str] = None,
        weightCol: Optional[str] = None,
        validationIndicatorCol: Optional[str] = None,
        handleInvalid: str = "error",
        predictionBatchSize: int = 256,
        embeddingSizes: Union[int, Sequence[int]] = (),
        vocabularySizes: Union[int, Sequence[int]] = (),
        cell: str = "simpleRnn",
        layerNormalization: bool = False,
        units: Union[int, Sequence[int]] = (128,),
        bidirectional: bool = False,
        residual: bool = False,
        pooling: str = "last",
        dropout: float = 0.0,
        recurrentDropout: float = 0.0,
        zoneout: float = 0.0,
        recurrentWeightDrop: float = 0.0,
        activation: str = "tanh",
        kernelInitializer: str = "glorot_uniform",
        recurrentInitializer: str = "orthogonal",
        kernelL1: float = 0.0,
        kernelL2: float = 0.0,
        kernelMaxNorm: float = 0.0,
        recurrentL1: float = 0.0,
        recurrentL2: float = 0.0,
        recurrentMaxNorm: float = 0.0,
        biasL1: float = 0.0,
        biasL2: float = 0.0,
        biasMaxNorm: float = 0.0,
        maxIter: int = 100,
        batchSize: int = 32,
        shardSize: int = 0,
        seed: int = 55039581,
        optimizer: str = "adam",
        learningRate: float = 0.001,
        momentum: float = 0.0,
        nesterov: bool = False,
        weightDecay: float = 0.004,
        gradientAccumulationSteps: int = 1,
        emaMomentum: float = 0.0,
        learningRateSchedule: str = "constant",
        scheduleEpochs: int = 0,
        warmupEpochs: int = 0,
        decayRate: float = 0.5,
        plateauPatience: int = 10,
        plateauMinDelta: float = 1.0e-4,
        minLearningRate: float = 0.0,
        clipNorm: float = 0.0,
        globalClipNorm: float = 0.0,
        clipValue: float = 0.0,
        validationFraction: float = 0.0,
        validationSplit: str = "random",
        validationSplitCol: Optional[str] = None,
        patience: int = 0,
        minDelta: float = 0.0,
        restoreBestWeights: bool = True,
        exchange: str = "auto",
        numWorkers: int = 0,
        gradientCompression: str = "none",
        localSteps: int = 1,
        checkpointDir: str = "",
        checkpointInterval: int = 10,
        checkpointSteps: int = 0,
        checkpointMinutes: float = 0.0,
        maxCheckpoints: int = 2,
        tensorBoardDir: str = "",
        reportPath: str = "",
        gradientCheckpointing: bool = False,
        bpttLength: int = 0,
        initialModelPath: str = "",
        frozenLayers: Union[str, Sequence[str]] = (),
    ) -> "RnnClassifier":
        """Sets params by keyword; None leaves a param as it is."""
        return _converters.set_given(self, self._input_kwargs)

    def _create_model(self, java_model: Any) -> "RnnClassificationModel":
        return RnnClassificationModel(java_model)

    def setRawPredictionCol(self: S, value: str) -> S:
        """Sets rawPredictionCol."""
        return self._set(rawPredictionCol=value)

    def setProbabilityCol(self: S, value: str) -> S:
        """Sets probabilityCol."""
        return self._set(probabilityCol=value)

    def setPredictedLabelCol(self: S, value: str) -> S:
        """Sets predictedLabelCol."""
        return self._set(predictedLabelCol=value)

    def setThresholds(self: S, value: Union[float, Sequence[float]]) -> S:
        """Sets thresholds."""
        return self._set(thresholds=value)

    def setThreshold(self: S, value: float) -> S:
        """Sets threshold."""
        return self._set(threshold=value)

    def setClassWeighting(self: S, value: str) -> S:
        """Sets classWeighting."""
        return self._set(classWeighting=value)

    def setClassWeights(self: S, value: Union[float, Sequence[float]]) -> S:
        """Sets classWeights."""
        return self._set(classWeights=value)

    def setLabelSmoothing(self: S, value: float) -> S:
        """Sets labelSmoothing."""
        return self._set(labelSmoothing=value)


class _ForecastParams(_RnnParams, _RegressionParams):
    """Params of series, their windows and their forecasts."""

    keyCols: Param[List[str]] = Param(
        Params._dummy(),
        "keyCols",
        "columns whose values tell the series apart; empty where all rows are one series",
        typeConverter=_converters.toListOfString,
    )

    timeCol: Param[str] = Param(
        Params._dummy(),
        "timeCol",
        "column of the times that order the rows of a series: timestamp, date or a number; "
        "required",
        typeConverter=TypeConverters.toString,
    )

    targetCols: Param[List[str]] = Param(
        Params._dummy(),
        "targetCols",
        "columns of the numbers to forecast, all by one network; required",
        typeConverter=_converters.toListOfString,
    )

    pastCovariateCols: Param[List[str]] = Param(
        Params._dummy(),
        "pastCovariateCols",
        "columns of numbers that are known up to the origin of a forecast, scaled like targets",
        typeConverter=_converters.toListOfString,
    )

    futureCovariateCols: Param[List[str]] = Param(
        Params._dummy(),
        "futureCovariateCols",
        "columns of numbers that are known for the horizon too, standardized over the training "
        "rows; forecast reads them from rows after the last target",
        typeConverter=_converters.toListOfString,
    )

    staticCovariateCols: Param[List[str]] = Param(
        Params._dummy(),
        "staticCovariateCols",
        "columns with one value for each series: numbers, standardized over the series, or texts, "
        "booleans and dates, of which values that the fit has not seen count as unknown",
        typeConverter=_converters.toListOfString,
    )

    timeStep: Param[str] = Param(
        Params._dummy(),
        "timeStep",
        "distance of the rows of a series: an amount of time, such as 1 hour, 1 day or 1 month, "
        "or a number; empty takes the distance that is met most often in the data of the fit",
        typeConverter=TypeConverters.toString,
    )

    contextLength: Param[int] = Param(
        Params._dummy(),
        "contextLength",
        "rows up to the origin of a forecast that the network reads, at least 1",
        typeConverter=TypeConverters.toInt,
    )

    horizon: Param[int] = Param(
        Params._dummy(),
        "horizon",
        "rows that are forecast after the origin, at least 1, all at once",
        typeConverter=TypeConverters.toInt,
    )

    stride: Param[int] = Param(
        Params._dummy(),
        "stride",
        "rows from the origin of one training window to that of the next, at least 1",
        typeConverter=TypeConverters.toInt,
    )

    scaling: Param[str] = Param(
        Params._dummy(),
        "scaling",
        "what inputs and targets are counted from and in, undone in forecasts: window (level and "
        "deviation of the context), series (mean and deviation of the series up to the origin) or "
        "none; counts are only divided by their mean, and only as inputs",
        typeConverter=TypeConverters.toString,
    )

    windowLevel: Param[str] = Param(
        Params._dummy(),
        "windowLevel",
        "level of scaling window: last (the value at the origin) or mean (of the context)",
        typeConverter=TypeConverters.toString,
    )

    seasonalWeight: Param[float] = Param(
        Params._dummy(),
        "seasonalWeight",
        "share of the value one season before in what targets are counted from, in [0, 1]; the "
        "rest is the level",
        typeConverter=TypeConverters.toFloat,
    )

    seasonLength: Param[int] = Param(
        Params._dummy(),
        "seasonLength",
        "rows of a season, for seasonalWeight and the naive forecasts of a backtest; 0 takes that "
        "of the time step: a day of hours, a week of days, a year of weeks or months",
        typeConverter=TypeConverters.toInt,
    )

    lags: Param[List[int]] = Param(
        Params._dummy(),
        "lags",
        "how many rows back targets are read beside each time step of the context; 0 alone takes "
        "those of the time step (a day and a week of hours, a week of days, a year of weeks or "
        "months); empty for none",
        typeConverter=_converters.toListOfInt,
    )

    calendarFeatures: Param[List[str]] = Param(
        Params._dummy(),
        "calendarFeatures",
        "cycles of the calendar that time steps are placed in, as sine and cosine: any of "
        "minuteOfHour, hourOfDay, dayOfWeek, dayOfMonth, weekOfYear, monthOfYear; auto alone "
        "takes those of the time step; empty for none",
        typeConverter=_converters.toListOfString,
    )

    distribution: Param[str] = Param(
        Params._dummy(),
        "distribution",
        "what is forecast of a target: point (a number, by loss), quantile (quantiles, which "
        "never cross), or the parameters of gaussian, studentT, or, of counts, poisson or "
        "negativeBinomial",
        typeConverter=TypeConverters.toString,
    )

    quantiles: Param[List[float]] = Param(
        Params._dummy(),
        "quantiles",
        "levels of the quantiles that are forecast, each above 0 and below 1, in increasing "
        "order; not of a point",
        typeConverter=_converters.toListOfFloat,
    )

    intervalCoverage: Param[float] = Param(
        Params._dummy(),
        "intervalCoverage",
        "share of the values that intervals shall hold, above 0 and below 1; of distribution "
        "quantile without calibrate, intervals go from the lowest to the highest quantile instead",
        typeConverter=TypeConverters.toFloat,
    )

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self._setDefault(
            keyCols=[],
            pastCovariateCols=[],
            futureCovariateCols=[],
            staticCovariateCols=[],
            timeStep="",
            contextLength=48,
            horizon=1,
            stride=1,
            scaling="window",
            windowLevel="last",
            seasonalWeight=0.0,
            seasonLength=0,
            lags=[],
            calendarFeatures=["auto"],
            distribution="point",
            quantiles=[0.1, 0.5, 0.9],
            intervalCoverage=0.8,
        )

    def getKeyCols(self) -> List[str]:
        """The value of keyCols."""
        return self.getOrDefault(self.keyCols)

    def getTimeCol(self) -> str:
        """The value of timeCol."""
        return self.getOrDefault(self.timeCol)

    def getTargetCols(self) -> List[str]:
        """The value of targetCols."""
        return self.getOrDefault(self.targetCols)

    def getPastCovariateCols(self) -> List[str]:
        """The value of pastCovariateCols."""
        return self.getOrDefault(self.pastCovariateCols)

    def getFutureCovariateCols(self) -> List[str]:
        """The value of futureCovariateCols."""
        return self.getOrDefault(self.futureCovariateCols)

    def getStaticCovariateCols(self) -> List[str]:
        """The value of staticCovariateCols."""
        return self.getOrDefault(self.staticCovariateCols)

    def getTimeStep(self) -> str:
        """The value of timeStep."""
        return self.getOrDefault(self.timeStep)

    def getContextLength(self) -> int:
        """The value of contextLength."""
        return self.getOrDefault(self.contextLength)

    def getHorizon(self) -> int:
        """The value of horizon."""
        return self.getOrDefault(self.horizon)

    def getStride(self) -> int:
        """The value of stride."""
        return self.getOrDefault(self.stride)

    def getScaling(self) -> str:
        """The value of scaling."""
        return self.getOrDefault(self.scaling)

    def getWindowLevel(self) -> str:
        """The value of windowLevel."""
        return self.getOrDefault(self.windowLevel)

    def getSeasonalWeight(self) -> float:
        """The value of seasonalWeight."""
        return self.getOrDefault(self.seasonalWeight)

    def getSeasonLength(self) -> int:
        """The value of seasonLength."""
        return self.getOrDefault(self.seasonLength)

    def getLags(self) -> List[int]:
        """The value of lags."""
        return self.getOrDefault(self.lags)

    def getCalendarFeatures(self) -> List[str]:
        """The value of calendarFeatures."""
        return self.getOrDefault(self.calendarFeatures)

    def getDistribution(self) -> str:
        """The value of distribution."""
        return self.getOrDefault(self.distribution)

    def getQuantiles(self) -> List[float]:
        """The value of quantiles."""
        return self.getOrDefault(self.quantiles)

    def getIntervalCoverage(self) -> float:
        """The value of intervalCoverage."""
        return self.getOrDefault(self.intervalCoverage)


class RnnForecaster(
    RnnEstimator["RnnForecastModel"],
    _ForecastParams,
    JavaMLWritable,
    JavaMLReadable["RnnForecaster"],
):
    """Forecasts series: one network reads the last rows of a series and predicts the next rows of
    all its targets at once, trained on the windows of all series.

    One DataFrame holds all series in rows of key, time, targets and covariates, in any order. The
    rows of a series follow each other by one time step; rows that are missing, irregular times, and
    targets or covariates that are null or not finite are an error that names them, or, with
    handleInvalid "skip", cost the windows that they would be in, which the summary counts. Two rows
    of one time, and static covariates that change, are always an error. Rows after the last target
    of a series, which hold covariates to come, are not trained on.

    Targets are counted from a level, or from the season before, and in the spread of their own
    window (see scaling): so one network serves series of all sizes, also such as the fit has not
    seen, and what it need not learn is that tomorrow is like today. Windows whose targets are all
    held out, by validationIndicatorCol (of rows) or as the last share validationFraction of each
    series, validate; those that mix are left out.

    A whole series is read at a time, so that the longest must fit into an executor's memory.
    """

    labelCol: Param[str] = Param(
        Params._dummy(),
        "labelCol",
        "not of a forecaster, which takes targetCols",
        typeConverter=TypeConverters.toString,
    )

    predictionCol: Param[str] = Param(
        Params._dummy(),
        "predictionCol",
        "ending of the columns that transform adds for each target: double, after the name of the "
        "target and an underscore",
        typeConverter=TypeConverters.toString,
    )

    _input_kwargs: Dict[str, Any]

    @keyword_only
    def __init__(
        self,
        *,
        keyCols: Union[str, Sequence[str]] = (),
        timeCol: Optional[str] = None,
        targetCols: Optional[Union[str, Sequence[str]]] = None,
        pastCovariateCols: Union[str, Sequence[str]] = (),
        futureCovariateCols: Union[str, Sequence[str]] = (),
        staticCovariateCols: Union[str, Sequence[str]] = (),
        timeStep: str = "",
        contextLength: int = 48,
        horizon: int = 1,
        stride: int = 1,
        scaling: str = "window",
        windowLevel: str = "last",
        seasonalWeight: float = 0.0,
        seasonLength: int = 0,
        lags: Union[int, Sequence[int]] = (),
        calendarFeatures: Union[str, Sequence[str]] = ("auto",),
        distribution: str = "point",
        quantiles: Union[float, Sequence[float]] = (0.1, 0.5, 0.9),
        intervalCoverage: float = 0.8,
        featuresCol: str = "features",
        featuresCols: Union[str, Sequence[str]] = (),
        labelCol: str = "label",
        predictionCol: str = "prediction",
        attentionCol: Optional[str] = None,
        weightCol: Optional[str] = None,
        validationIndicatorCol: Optional[str] = None,
        handleInvalid: str = "error",
        predictionBatchSize: int = 256,
        embeddingSizes: Union[int, Sequence[int]] = (),
        vocabularySizes: Union[int, Sequence[int]] = (),
        cell: str = "simpleRnn",
        layerNormalization: bool = False,
        units: Union[int, Sequence[int]] = (128,),
        bidirectional: bool = False,
        residual: bool = False,
        pooling: str = "last",
        dropout: float = 0.0,
        recurrentDropout: float = 0.0,
        zoneout: float = 0.0,
        recurrentWeightDrop: float = 0.0,
        activation: str = "tanh",
        kernelInitializer: str = "glorot_uniform",
        recurrentInitializer: str = "orthogonal",
        kernelL1: float = 0.0,
        kernelL2: float = 0.0,
        kernelMaxNorm: float = 0.0,
        recurrentL1: float = 0.0,
        recurrentL2: float = 0.0,
        recurrentMaxNorm: float = 0.0,
        biasL1: float = 0.0,
        biasL2: float = 0.0,
        biasMaxNorm: float = 0.0,
        maxIter: int = 100,
        batchSize: int = 32,
        shardSize: int = 0,
        seed: int = -2104098780,
        optimizer: str = "adam",
        learningRate: float = 0.001,
        momentum: float = 0.0,
        nesterov: bool = False,
        weightDecay: float = 0.004,
        gradientAccumulationSteps: int = 1,
        emaMomentum: float = 0.0,
        learningRateSchedule: str = "constant",
        scheduleEpochs: int = 0,
        warmupEpochs: int = 0,
        decayRate: float = 0.5,
        plateauPatience: int = 10,
        plateauMinDelta: float = 1.0e-4,
        minLearningRate: float = 0.0,
        clipNorm: float = 0.0,
        globalClipNorm: float = 0.0,
        clipValue: float = 0.0,
        validationFraction: float = 0.0,
        validationSplit: str = "random",
        validationSplitCol: Optional[str] = None,
        patience: int = 0,
        minDelta: float = 0.0,
        restoreBestWeights: bool = True,
        exchange: str = "auto",
        numWorkers: int = 0,
        gradientCompression: str = "none",
        localSteps: int = 1,
        checkpointDir: str = "",
        checkpointInterval: int = 10,
        checkpointSteps: int = 0,
        checkpointMinutes: float = 0.0,
        maxCheckpoints: int = 2,
        tensorBoardDir: str = "",
        reportPath: str = "",
        gradientCheckpointing: bool = False,
        bpttLength: int = 0,
        initialModelPath: str = "",
        frozenLayers: Union[str, Sequence[str]] = (),
        loss: str = "mse",
        huberDelta: float = 1.0,
    ) -> None:
        super().__init__()
        self._java_obj = _converters.java_stage("sparkrnn.ml.RnnForecaster", self.uid)
        self._setDefault(
            embeddingSizes=[],
            seed=-2104098780,
            bpttLength=0,
        )
        self.setParams(**self._input_kwargs)

    @keyword_only
    def setParams(
        self,
        *,
        keyCols: Union[str, Sequence[str]] = (),
        timeCol: Optional[str] = None,
        targetCols: Optional[Union[str, Sequence[str]]] = None,
        pastCovariateCols: Union[str, Sequence[str]] = (),
        futureCovariateCols: Union[str, Sequence[str]] = (),
        staticCovariateCols: Union[str, Sequence[str]] = (),
        timeStep: str = "",
        contextLength: int = 48,
        horizon: int = 1,
        stride: int = 1,
        scaling: str = "window",
        windowLevel: str = "last",
        seasonalWeight: float = 0.0,
        seasonLength: int = 0,
        lags: Union[int, Sequence[int]] = (),
        calendarFeatures: Union[str, Sequence[str]] = ("auto",),
        distribution: str = "point",
        quantiles: Union[float, Sequence[float]] = (0.1, 0.5, 0.9),
        intervalCoverage: float = 0.8,
        featuresCol: str = "features",
        featuresCols: Union[str, Sequence[str]] = (),
        labelCol: str = "label",
        predictionCol: str = "prediction",
        attentionCol: Optional[str] = None,
        weightCol: Optional[str] = None,
        validationIndicatorCol: Optional[str] = None,
        handleInvalid: str = "error",
        predictionBatchSize: int = 256,
        embeddingSizes: Union[int, Sequence[int]] = (),
        vocabularySizes: Union[int, Sequence[int]] = (),
        cell: str = "simpleRnn",
        layerNormalization: bool = False,
        units: Union[int, Sequence[int]] = (128,),
        bidirectional: bool = False,
        residual: bool = False,
        pooling: str = "last",
        dropout: float = 0.0,
        recurrentDropout: float = 0.0,
        zoneout: float = 0.0,
        recurrentWeightDrop: float = 0.0,
        activation: str = "tanh",
        kernelInitializer: str = "glorot_uniform",
        recurrentInitializer: str = "orthogonal",
        kernelL1: float = 0.0,
        kernelL2: float = 0.0,
        kernelMaxNorm: float = 0.0,
        recurrentL1: float = 0.0,
        recurrentL2: float = 0.0,
        recurrentMaxNorm: float = 0.0,
        biasL1: float = 0.0,
        biasL2: float = 0.0,
        biasMaxNorm: float = 0.0,
        maxIter: int = 100,
        batchSize: int = 32,
        shardSize: int = 0,
        seed: int = -2104098780,
        optimizer: str = "adam",
        learningRate: float = 0.001,
        momentum: float = 0.0,
        nesterov: bool = False,
        weightDecay: float = 0.004,
        gradientAccumulationSteps: int = 1,
        emaMomentum: float = 0.0,
        learningRateSchedule: str = "constant",
        scheduleEpochs: int = 0,
        warmupEpochs: int = 0,
        decayRate: float = 0.5,
        plateauPatience: int = 10,
        plateauMinDelta: float = 1.0e-4,
        minLearningRate: float = 0.0,
        clipNorm: float = 0.0,
        globalClipNorm: float = 0.0,
        clipValue: float = 0.0,
        validationFraction: float = 0.0,
        validationSplit: str = "random",
        validationSplitCol: Optional[str] = None,
        patience: int = 0,
        minDelta: float = 0.0,
        restoreBestWeights: bool = True,
        exchange: str = "auto",
        numWorkers: int = 0,
        gradientCompression: str = "none",
        localSteps: int = 1,
        checkpointDir: str = "",
        checkpointInterval: int = 10,
        checkpointSteps: int = 0,
        checkpointMinutes: float = 0.0,
        maxCheckpoints: int = 2,
        tensorBoardDir: str = "",
        reportPath: str = "",
        gradientCheckpointing: bool = False,
        bpttLength: int = 0,
        initialModelPath: str = "",
        frozenLayers: Union[str, Sequence[str]] = (),
        loss: str = "mse",
        huberDelta: float = 1.0,
    ) -> "RnnForecaster":
        """Sets params by keyword; None leaves a param as it is."""
        return _converters.set_given(self, self._input_kwargs)

    def _create_model(self, java_model: Any) -> "RnnForecastModel":
        return RnnForecastModel(java_model)

    def setLoss(self: S, value: str) -> S:
        """Sets loss."""
        return self._set(loss=value)

    def setHuberDelta(self: S, value: float) -> S:
        """Sets huberDelta."""
        return self._set(huberDelta=value)

    def setKeyCols(self: S, value: Union[str, Sequence[str]]) -> S:
        """Sets keyCols."""
        return self._set(keyCols=value)

    def setTimeCol(self: S, value: str) -> S:
        """Sets timeCol."""
        return self._set(timeCol=value)

    def setTargetCols(self: S, value: Union[str, Sequence[str]]) -> S:
        """Sets targetCols."""
        return self._set(targetCols=value)

    def setPastCovariateCols(self: S, value: Union[str, Sequence[str]]) -> S:
        """Sets pastCovariateCols."""
        return self._set(pastCovariateCols=value)

    def setFutureCovariateCols(self: S, value: Union[str, Sequence[str]]) -> S:
        """Sets futureCovariateCols."""
        return self._set(futureCovariateCols=value)

    def setStaticCovariateCols(self: S, value: Union[str, Sequence[str]]) -> S:
        """Sets staticCovariateCols."""
        return self._set(staticCovariateCols=value)

    def setTimeStep(self: S, value: str) -> S:
        """Sets timeStep."""
        return self._set(timeStep=value)

    def setContextLength(self: S, value: int) -> S:
        """Sets contextLength."""
        return self._set(contextLength=value)

    def setHorizon(self: S, value: int) -> S:
        """Sets horizon."""
        return self._set(horizon=value)

    def setStride(self: S, value: int) -> S:
        """Sets stride."""
        return self._set(stride=value)

    def setScaling(self: S, value: str) -> S:
        """Sets scaling."""
        return self._set(scaling=value)

    def setWindowLevel(self: S, value: str) -> S:
        """Sets windowLevel."""
        return self._set(windowLevel=value)

    def setSeasonalWeight(self: S, value: float) -> S:
        """Sets seasonalWeight."""
        return self._set(seasonalWeight=value)

    def setSeasonLength(self: S, value: int) -> S:
        """Sets seasonLength."""
        return self._set(seasonLength=value)

    def setLags(self: S, value: Union[int, Sequence[int]]) -> S:
        """Sets lags."""
        return self._set(lags=value)

    def setCalendarFeatures(self: S, value: Union[str, Sequence[str]]) -> S:
        """Sets calendarFeatures."""
        return self._set(calendarFeatures=value)

    def setDistribution(self: S, value: str) -> S:
        """Sets distribution."""
        return self._set(distribution=value)

    def setQuantiles(self: S, value: Union[float, Sequence[float]]) -> S:
        """Sets quantiles."""
        return self._set(quantiles=value)

    def setIntervalCoverage(self: S, value: float) -> S:
        """Sets intervalCoverage."""
        return self._set(intervalCoverage=value)


class _LanguageParams(_LongSequenceParams):
    """Params of language models."""

    bpttLength: Param[int] = Param(
        Params._dummy(),
        "bpttLength",
        "tokens of a stream that are read in one piece, at least 1: gradients flow back through "
        "no more (truncated back-propagation through time); the hidden state goes on from piece "
        "to piece",
        typeConverter=TypeConverters.toInt,
    )

    orderCol: Param[str] = Param(
        Params._dummy(),
        "orderCol",
        "column in whose order the streams of a fit follow one another, equal ones in the order "
        "of their tokens; unset or empty: all in the order of their tokens",
        typeConverter=TypeConverters.toString,
    )

    minCount: Param[int] = Param(
        Params._dummy(),
        "minCount",
        "how often a text must be found in the data of a fit to be a token of its own, at least "
        "1; the rarer ones become the unknown token. Not read where the tokens are ids",
        typeConverter=TypeConverters.toInt,
    )

    maxVocabularySize: Param[int] = Param(
        Params._dummy(),
        "maxVocabularySize",
        "how many texts are tokens of their own at most, the commonest; the others become the "
        "unknown token; 0 for all. Not read where the tokens are ids",
        typeConverter=TypeConverters.toInt,
    )

    tieWeights: Param[bool] = Param(
        Params._dummy(),
        "tieWeights",
        "whether the kernel of the outputs is the transposed table of the embedding, which must "
        "then be as wide as the last recurrent layer: fewer weights, and often a better model",
        typeConverter=TypeConverters.toBoolean,
    )

    outputDropout: Param[float] = Param(
        Params._dummy(),
        "outputDropout",
        "share of what the last recurrent layer hands to the outputs that is left out in "
        "training, at least 0 and below 1; one mask per lane and piece, the same at every time "
        "step, the rest scaled up",
        typeConverter=TypeConverters.toFloat,
    )

    natsCol: Param[str] = Param(
        Params._dummy(),
        "natsCol",
        "column that transform adds: double, the mean over a row's tokens but the first of minus "
        "the natural logarithm of the probability that the model gave them; null where a row has "
        "one token",
        typeConverter=TypeConverters.toString,
    )

    perplexityCol: Param[str] = Param(
        Params._dummy(),
        "perplexityCol",
        "column of the perplexity, e to the power of the nats; empty: none is added",
        typeConverter=TypeConverters.toString,
    )

    stateCol: Param[str] = Param(
        Params._dummy(),
        "stateCol",
        "column of the state of all recurrent layers after the last token of a row, a vector: of "
        "each layer, the lowest first, h and, of an LSTM, c; empty: none is added",
        typeConverter=TypeConverters.toString,
    )

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self._setDefault(
            bpttLength=100,
            minCount=1,
            maxVocabularySize=0,
            tieWeights=False,
            outputDropout=0.0,
            natsCol="nats",
            perplexityCol="",
            stateCol="",
        )

    def getOrderCol(self) -> str:
        """The value of orderCol."""
        return self.getOrDefault(self.orderCol)

    def getMinCount(self) -> int:
        """The value of minCount."""
        return self.getOrDefault(self.minCount)

    def getMaxVocabularySize(self) -> int:
        """The value of maxVocabularySize."""
        return self.getOrDefault(self.maxVocabularySize)

    def getTieWeights(self) -> bool:
        """The value of tieWeights."""
        return self.getOrDefault(self.tieWeights)

    def getOutputDropout(self) -> float:
        """The value of outputDropout."""
        return self.getOrDefault(self.outputDropout)

    def getNatsCol(self) -> str:
        """The value of natsCol."""
        return self.getOrDefault(self.natsCol)

    def getPerplexityCol(self) -> str:
        """The value of perplexityCol."""
        return self.getOrDefault(self.perplexityCol)

    def getStateCol(self) -> str:
        """The value of stateCol."""
        return self.getOrDefault(self.stateCol)


class RnnLanguageModel(
    RnnEstimator["RnnTextModel"],
    _LanguageParams,
    JavaMLWritable,
    JavaMLReadable["RnnLanguageModel"],
):
    """Predicts the next token of a text from all before it: an embedding, recurrent layers of one
    direction, and a softmax over the vocabulary at every time step.

    The features column holds one stream of tokens a row, of any length: a text, whose characters
    (code points) are the tokens, array<string>, or array<int> of ids from 0, such as TokenIndexer
    makes. The vocabulary of texts is found in the data of the fit, in a Spark job of its own, and
    kept in the model; id 0 is that of tokens that are not in it. With an initial model its
    vocabulary is taken instead.

    Training is truncated back-propagation through time. The streams are laid end to end, in the
    order of orderCol and then of their content, and cut into batchSize lanes of equal length (the
    tokens left over at the end, fewer than lanes, are not trained on). Training step k of an epoch
    takes tokens k bpttLength to (k + 1) bpttLength of every lane. The state of every layer goes on
    from step to step of an epoch, also where a new stream begins in a lane; it is zero at the begin
    of an epoch, and no gradient flows back through it. The order is the same in every epoch.

    Held out are the streams that validationIndicatorCol marks, or the last tokens by
    validationFraction; they are cut and read in the same way, from a state of zeros. Losses are
    nats per token.
    """

    bpttLength: Param[int] = Param(
        Params._dummy(),
        "bpttLength",
        "tokens of a stream that are read in one piece, at least 1: gradients flow back through "
        "no more (truncated back-propagation through time); the hidden state goes on from piece "
        "to piece",
        typeConverter=TypeConverters.toInt,
    )

    featuresCol: Param[str] = Param(
        Params._dummy(),
        "featuresCol",
        "column of the streams of tokens: string (its characters), array<string> (words) or "
        "array<int> (ids from 0); lengths may differ from row to row",
        typeConverter=TypeConverters.toString,
    )

    labelCol: Param[str] = Param(
        Params._dummy(),
        "labelCol",
        "not read by a language model, whose labels are the tokens that follow",
        typeConverter=TypeConverters.toString,
    )

    predictionCol: Param[str] = Param(
        Params._dummy(),
        "predictionCol",
        "not added by a language model, which adds natsCol",
        typeConverter=TypeConverters.toString,
    )

    weightCol: Param[str] = Param(
        Params._dummy(),
        "weightCol",
        "not read by a language model, whose tokens all weigh the same",
        typeConverter=TypeConverters.toString,
    )

    _input_kwargs: Dict[str, Any]

    @keyword_only
    def __init__(
        self,
        *,
        bpttLength: int = 100,
        orderCol: Optional[str] = None,
        minCount: int = 1,
        maxVocabularySize: int = 0,
        tieWeights: bool = False,
        outputDropout: float = 0.0,
        natsCol: str = "nats",
        perplexityCol: str = "",
        stateCol: str = "",
        gradientCheckpointing: bool = False,
        featuresCol: str = "features",
        featuresCols: Union[str, Sequence[str]] = (),
        labelCol: str = "label",
        predictionCol: str = "prediction",
        attentionCol: Optional[str] = None,
        weightCol: Optional[str] = None,
        validationIndicatorCol: Optional[str] = None,
        handleInvalid: str = "error",
        predictionBatchSize: int = 256,
        embeddingSizes: Union[int, Sequence[int]] = (64,),
        vocabularySizes: Union[int, Sequence[int]] = (),
        cell: str = "simpleRnn",
        layerNormalization: bool = False,
        units: Union[int, Sequence[int]] = (128,),
        bidirectional: bool = False,
        residual: bool = False,
        pooling: str = "last",
        dropout: float = 0.0,
        recurrentDropout: float = 0.0,
        zoneout: float = 0.0,
        recurrentWeightDrop: float = 0.0,
        activation: str = "tanh",
        kernelInitializer: str = "glorot_uniform",
        recurrentInitializer: str = "orthogonal",
        kernelL1: float = 0.0,
        kernelL2: float = 0.0,
        kernelMaxNorm: float = 0.0,
        recurrentL1: float = 0.0,
        recurrentL2: float = 0.0,
        recurrentMaxNorm: float = 0.0,
        biasL1: float = 0.0,
        biasL2: float = 0.0,
        biasMaxNorm: float = 0.0,
        maxIter: int = 100,
        batchSize: int = 32,
        shardSize: int = 0,
        seed: int = 87021813,
        optimizer: str = "adam",
        learningRate: float = 0.001,
        momentum: float = 0.0,
        nesterov: bool = False,
        weightDecay: float = 0.004,
        gradientAccumulationSteps: int = 1,
        emaMomentum: float = 0.0,
        learningRateSchedule: str = "constant",
        scheduleEpochs: int = 0,
        warmupEpochs: int = 0,
        decayRate: float = 0.5,
        plateauPatience: int = 10,
        plateauMinDelta: float = 1.0e-4,
        minLearningRate: float = 0.0,
        clipNorm: float = 0.0,
        globalClipNorm: float = 0.0,
        clipValue: float = 0.0,
        validationFraction: float = 0.0,
        validationSplit: str = "random",
        validationSplitCol: Optional[str] = None,
        patience: int = 0,
        minDelta: float = 0.0,
        restoreBestWeights: bool = True,
        exchange: str = "auto",
        numWorkers: int = 0,
        gradientCompression: str = "none",
        localSteps: int = 1,
        checkpointDir: str = "",
        checkpointInterval: int = 10,
        checkpointSteps: int = 0,
        checkpointMinutes: float = 0.0,
        maxCheckpoints: int = 2,
        tensorBoardDir: str = "",
        reportPath: str = "",
        initialModelPath: str = "",
        frozenLayers: Union[str, Sequence[str]] = (),
    ) -> None:
        super().__init__()
        self._java_obj = _converters.java_stage("sparkrnn.ml.RnnLanguageModel", self.uid)
        self._setDefault(
            bpttLength=100,
            embeddingSizes=[64],
            seed=87021813,
        )
        self.setParams(**self._input_kwargs)

    @keyword_only
    def setParams(
        self,
        *,
        bpttLength: int = 100,
        orderCol: Optional[str] = None,
        minCount: int = 1,
        maxVocabularySize: int = 0,
        tieWeights: bool = False,
        outputDropout: float = 0.0,
        natsCol: str = "nats",
        perplexityCol: str = "",
        stateCol: str = "",
        gradientCheckpointing: bool = False,
        featuresCol: str = "features",
        featuresCols: Union[str, Sequence[str]] = (),
        labelCol: str = "label",
        predictionCol: str = "prediction",
        attentionCol: Optional[str] = None,
        weightCol: Optional[str] = None,
        validationIndicatorCol: Optional[str] = None,
        handleInvalid: str = "error",
        predictionBatchSize: int = 256,
        embeddingSizes: Union[int, Sequence[int]] = (64,),
        vocabularySizes: Union[int, Sequence[int]] = (),
        cell: str = "simpleRnn",
        layerNormalization: bool = False,
        units: Union[int, Sequence[int]] = (128,),
        bidirectional: bool = False,
        residual: bool = False,
        pooling: str = "last",
        dropout: float = 0.0,
        recurrentDropout: float = 0.0,
        zoneout: float = 0.0,
        recurrentWeightDrop: float = 0.0,
        activation: str = "tanh",
        kernelInitializer: str = "glorot_uniform",
        recurrentInitializer: str = "orthogonal",
        kernelL1: float = 0.0,
        kernelL2: float = 0.0,
        kernelMaxNorm: float = 0.0,
        recurrentL1: float = 0.0,
        recurrentL2: float = 0.0,
        recurrentMaxNorm: float = 0.0,
        biasL1: float = 0.0,
        biasL2: float = 0.0,
        biasMaxNorm: float = 0.0,
        maxIter: int = 100,
        batchSize: int = 32,
        shardSize: int = 0,
        seed: int = 87021813,
        optimizer: str = "adam",
        learningRate: float = 0.001,
        momentum: float = 0.0,
        nesterov: bool = False,
        weightDecay: float = 0.004,
        gradientAccumulationSteps: int = 1,
        emaMomentum: float = 0.0,
        learningRateSchedule: str = "constant",
        scheduleEpochs: int = 0,
        warmupEpochs: int = 0,
        decayRate: float = 0.5,
        plateauPatience: int = 10,
        plateauMinDelta: float = 1.0e-4,
        minLearningRate: float = 0.0,
        clipNorm: float = 0.0,
        globalClipNorm: float = 0.0,
        clipValue: float = 0.0,
        validationFraction: float = 0.0,
        validationSplit: str = "random",
        validationSplitCol: Optional[str] = None,
        patience: int = 0,
        minDelta: float = 0.0,
        restoreBestWeights: bool = True,
        exchange: str = "auto",
        numWorkers: int = 0,
        gradientCompression: str = "none",
        localSteps: int = 1,
        checkpointDir: str = "",
        checkpointInterval: int = 10,
        checkpointSteps: int = 0,
        checkpointMinutes: float = 0.0,
        maxCheckpoints: int = 2,
        tensorBoardDir: str = "",
        reportPath: str = "",
        initialModelPath: str = "",
        frozenLayers: Union[str, Sequence[str]] = (),
    ) -> "RnnLanguageModel":
        """Sets params by keyword; None leaves a param as it is."""
        return _converters.set_given(self, self._input_kwargs)

    def _create_model(self, java_model: Any) -> "RnnTextModel":
        return RnnTextModel(java_model)

    def setOrderCol(self: S, value: str) -> S:
        """Sets orderCol."""
        return self._set(orderCol=value)

    def setMinCount(self: S, value: int) -> S:
        """Sets minCount."""
        return self._set(minCount=value)

    def setMaxVocabularySize(self: S, value: int) -> S:
        """Sets maxVocabularySize."""
        return self._set(maxVocabularySize=value)

    def setTieWeights(self: S, value: bool) -> S:
        """Sets tieWeights."""
        return self._set(tieWeights=value)

    def setOutputDropout(self: S, value: float) -> S:
        """Sets outputDropout."""
        return self._set(outputDropout=value)

    def setNatsCol(self: S, value: str) -> S:
        """Sets natsCol."""
        return self._set(natsCol=value)

    def setPerplexityCol(self: S, value: str) -> S:
        """Sets perplexityCol."""
        return self._set(perplexityCol=value)

    def setStateCol(self: S, value: str) -> S:
        """Sets stateCol."""
        return self._set(stateCol=value)


class _TaggingParams(HasRawPredictionCol, HasProbabilityCol):
    """Params of labels of time steps."""

    rawPredictionCol: Param[str] = Param(
        Params._dummy(),
        "rawPredictionCol",
        "column of the outputs of each time step before softmax or CRF, array<vector>; empty: "
        "none is added",
        typeConverter=TypeConverters.toString,
    )

    probabilityCol: Param[str] = Param(
        Params._dummy(),
        "probabilityCol",
        "column of the probability of each label in each time step, array<vector> in the order of "
        "labels, with crf whatever the other labels are; empty: none is added",
        typeConverter=TypeConverters.toString,
    )

    predictedLabelCol: Param[str] = Param(
        Params._dummy(),
        "predictedLabelCol",
        "column of the predicted labels as texts, array<string>; empty: none is added",
        typeConverter=TypeConverters.toString,
    )

    crf: Param[bool] = Param(
        Params._dummy(),
        "crf",
        "whether a linear-chain conditional random field stands on the outputs: labels of a "
        "sequence are then trained and predicted together, with scores of neighbouring labels "
        "that are learnt",
        typeConverter=TypeConverters.toBoolean,
    )

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self._setDefault(
            rawPredictionCol="",
            probabilityCol="",
            predictedLabelCol="",
            crf=False,
        )

    def getRawPredictionCol(self) -> str:
        """The value of rawPredictionCol."""
        return self.getOrDefault(self.rawPredictionCol)

    def getProbabilityCol(self) -> str:
        """The value of probabilityCol."""
        return self.getOrDefault(self.probabilityCol)

    def getPredictedLabelCol(self) -> str:
        """The value of predictedLabelCol."""
        return self.getOrDefault(self.predictedLabelCol)

    def getCrf(self) -> bool:
        """The value of crf."""
        return self.getOrDefault(self.crf)


class RnnTagger(
    _ml.RnnTaggerMethods,
    RnnEstimator["RnnTaggingModel"],
    _TaggingParams,
    JavaMLWritable,
    JavaMLReadable["RnnTagger"],
):
    """Predicts a label for every time step of a sequence: recurrent layers, then a dense layer on
    each time step, one output for each label, trained with cross entropy where the data lies.

    The features columns are those of RnnRegressor. The label column is an array with an element for
    every time step:

    - a whole number, of any size and with gaps; predictions are such numbers.

    - a text; the prediction is its place in RnnTaggingModel.labels, which are in alphabetical
      order.

    - null where the time step has no label: it is read, and neither trained on nor counted.

    The weight column is a number for the row, or an array with one for each time step. The loss is
    the mean over time steps, not over sequences, as in Keras with sample weights of time steps.

    With crf true, a linear-chain conditional random field stands on the outputs: labels of a
    sequence are predicted together (Viterbi), so that one can forbid its neighbour, as "O" does
    "I-TYPE". The loss is then the negative log likelihood of all labels of a sequence, still
    divided by time steps, so that a learning rate suits both; time steps without a label may have
    any.

    Most taggers want bidirectional true (its default is false): without it a label is predicted
    from its time step and those before, which suits streams that are tagged as they come.

    All labels of the data are found before the fit, in a Spark job of its own. Where they are "O",
    "B-TYPE" and "I-TYPE", summaries also count entities.
    """

    labelCol: Param[str] = Param(
        Params._dummy(),
        "labelCol",
        "column of the labels of the time steps: array<string> or array<number>, an element for "
        "each time step; null where one has no label, which is then not trained on",
        typeConverter=TypeConverters.toString,
    )

    predictionCol: Param[str] = Param(
        Params._dummy(),
        "predictionCol",
        "column that transform adds: array<double> with an element for each time step, the number "
        "that is the label, or where labels are texts the place of the label in labels from 0",
        typeConverter=TypeConverters.toString,
    )

    weightCol: Param[str] = Param(
        Params._dummy(),
        "weightCol",
        "column of the weights in the loss: a number of at least 0, which every time step of the "
        "row weighs, or array<number> with one for each time step (not with crf); unset or empty: "
        "every time step weighs 1",
        typeConverter=TypeConverters.toString,
    )

    _input_kwargs: Dict[str, Any]

    @keyword_only
    def __init__(
        self,
        *,
        rawPredictionCol: str = "",
        probabilityCol: str = "",
        predictedLabelCol: str = "",
        crf: bool = False,
        featuresCol: str = "features",
        featuresCols: Union[str, Sequence[str]] = (),
        labelCol: str = "label",
        predictionCol: str = "prediction",
        attentionCol: Optional[str] = None,
        weightCol: Optional[str] = None,
        validationIndicatorCol: Optional[str] = None,
        handleInvalid: str = "error",
        predictionBatchSize: int = 256,
        embeddingSizes: Union[int, Sequence[int]] = (),
        vocabularySizes: Union[int, Sequence[int]] = (),
        cell: str = "simpleRnn",
        layerNormalization: bool = False,
        units: Union[int, Sequence[int]] = (128,),
        bidirectional: bool = False,
        residual: bool = False,
        pooling: str = "last",
        dropout: float = 0.0,
        recurrentDropout: float = 0.0,
        zoneout: float = 0.0,
        recurrentWeightDrop: float = 0.0,
        activation: str = "tanh",
        kernelInitializer: str = "glorot_uniform",
        recurrentInitializer: str = "orthogonal",
        kernelL1: float = 0.0,
        kernelL2: float = 0.0,
        kernelMaxNorm: float = 0.0,
        recurrentL1: float = 0.0,
        recurrentL2: float = 0.0,
        recurrentMaxNorm: float = 0.0,
        biasL1: float = 0.0,
        biasL2: float = 0.0,
        biasMaxNorm: float = 0.0,
        maxIter: int = 100,
        batchSize: int = 32,
        shardSize: int = 0,
        seed: int = -1847088202,
        optimizer: str = "adam",
        learningRate: float = 0.001,
        momentum: float = 0.0,
        nesterov: bool = False,
        weightDecay: float = 0.004,
        gradientAccumulationSteps: int = 1,
        emaMomentum: float = 0.0,
        learningRateSchedule: str = "constant",
        scheduleEpochs: int = 0,
        warmupEpochs: int = 0,
        decayRate: float = 0.5,
        plateauPatience: int = 10,
        plateauMinDelta: float = 1.0e-4,
        minLearningRate: float = 0.0,
        clipNorm: float = 0.0,
        globalClipNorm: float = 0.0,
        clipValue: float = 0.0,
        validationFraction: float = 0.0,
        validationSplit: str = "random",
        validationSplitCol: Optional[str] = None,
        patience: int = 0,
        minDelta: float = 0.0,
        restoreBestWeights: bool = True,
        exchange: str = "auto",
        numWorkers: int = 0,
        gradientCompression: str = "none",
        localSteps: int = 1,
        checkpointDir: str = "",
        checkpointInterval: int = 10,
        checkpointSteps: int = 0,
        checkpointMinutes: float = 0.0,
        maxCheckpoints: int = 2,
        tensorBoardDir: str = "",
        reportPath: str = "",
        gradientCheckpointing: bool = False,
        bpttLength: int = 0,
        initialModelPath: str = "",
        frozenLayers: Union[str, Sequence[str]] = (),
    ) -> None:
        super().__init__()
        self._java_obj = _converters.java_stage("sparkrnn.ml.RnnTagger", self.uid)
        self._setDefault(
            embeddingSizes=[],
            seed=-1847088202,
            bpttLength=0,
        )
        self.setParams(**self._input_kwargs)

    @keyword_only
    def setParams(
        self,
        *,
        rawPredictionCol: str = "",
        probabilityCol: str = "",
        predictedLabelCol: str = "",
        crf: bool = False,
        featuresCol: str = "features",
        featuresCols: Union[str, Sequence[str]] = (),
        labelCol: str = "label",
        predictionCol: str = "prediction",
        attentionCol: Optional[str] = None,
        weightCol: Optional[str] = None,
        validationIndicatorCol: Optional[str] = None,
        handleInvalid: str = "error",
        predictionBatchSize: int = 256,
        embeddingSizes: Union[int, Sequence[int]] = (),
        vocabularySizes: Union[int, Sequence[int]] = (),
        cell: str = "simpleRnn",
        layerNormalization: bool = False,
        units: Union[int, Sequence[int]] = (128,),
        bidirectional: bool = False,
        residual: bool = False,
        pooling: str = "last",
        dropout: float = 0.0,
        recurrentDropout: float = 0.0,
        zoneout: float = 0.0,
        recurrentWeightDrop: float = 0.0,
        activation: str = "tanh",
        kernelInitializer: str = "glorot_uniform",
        recurrentInitializer: str = "orthogonal",
        kernelL1: float = 0.0,
        kernelL2: float = 0.0,
        kernelMaxNorm: float = 0.0,
        recurrentL1: float = 0.0,
        recurrentL2: float = 0.0,
        recurrentMaxNorm: float = 0.0,
        biasL1: float = 0.0,
        biasL2: float = 0.0,
        biasMaxNorm: float = 0.0,
        maxIter: int = 100,
        batchSize: int = 32,
        shardSize: int = 0,
        seed: int = -1847088202,
        optimizer: str = "adam",
        learningRate: float = 0.001,
        momentum: float = 0.0,
        nesterov: bool = False,
        weightDecay: float = 0.004,
        gradientAccumulationSteps: int = 1,
        emaMomentum: float = 0.0,
        learningRateSchedule: str = "constant",
        scheduleEpochs: int = 0,
        warmupEpochs: int = 0,
        decayRate: float = 0.5,
        plateauPatience: int = 10,
        plateauMinDelta: float = 1.0e-4,
        minLearningRate: float = 0.0,
        clipNorm: float = 0.0,
        globalClipNorm: float = 0.0,
        clipValue: float = 0.0,
        validationFraction: float = 0.0,
        validationSplit: str = "random",
        validationSplitCol: Optional[str] = None,
        patience: int = 0,
        minDelta: float = 0.0,
        restoreBestWeights: bool = True,
        exchange: str = "auto",
        numWorkers: int = 0,
        gradientCompression: str = "none",
        localSteps: int = 1,
        checkpointDir: str = "",
        checkpointInterval: int = 10,
        checkpointSteps: int = 0,
        checkpointMinutes: float = 0.0,
        maxCheckpoints: int = 2,
        tensorBoardDir: str = "",
        reportPath: str = "",
        gradientCheckpointing: bool = False,
        bpttLength: int = 0,
        initialModelPath: str = "",
        frozenLayers: Union[str, Sequence[str]] = (),
    ) -> "RnnTagger":
        """Sets params by keyword; None leaves a param as it is."""
        return _converters.set_given(self, self._input_kwargs)

    def _create_model(self, java_model: Any) -> "RnnTaggingModel":
        return RnnTaggingModel(java_model)

    def setRawPredictionCol(self: S, value: str) -> S:
        """Sets rawPredictionCol."""
        return self._set(rawPredictionCol=value)

    def setProbabilityCol(self: S, value: str) -> S:
        """Sets probabilityCol."""
        return self._set(probabilityCol=value)

    def setPredictedLabelCol(self: S, value: str) -> S:
        """Sets predictedLabelCol."""
        return self._set(predictedLabelCol=value)

    def setCrf(self: S, value: bool) -> S:
        """Sets crf."""
        return self._set(crf=value)


class RnnModel(_ml.RnnModelMethods, JavaModel, _RnnParams):
    """What all fitted RNN models share: the network, its params, transform and persistence.

    transform adds the columns of its kind. Rows keep their order; a partition is read a batch at a
    time, so that memory does not grow with it, and a streaming DataFrame works too.
    """

    def setFeaturesCol(self: S, value: str) -> S:
        """Sets featuresCol."""
        return self._set(featuresCol=value)

    def setFeaturesCols(self: S, value: Union[str, Sequence[str]]) -> S:
        """Sets featuresCols."""
        return self._set(featuresCols=value)

    def setPredictionCol(self: S, value: str) -> S:
        """Sets predictionCol."""
        return self._set(predictionCol=value)

    def setLabelCol(self: S, value: str) -> S:
        """Sets labelCol."""
        return self._set(labelCol=value)

    def setAttentionCol(self: S, value: str) -> S:
        """Sets attentionCol."""
        return self._set(attentionCol=value)

    def setWeightCol(self: S, value: str) -> S:
        """Sets weightCol."""
        return self._set(weightCol=value)

    def setHandleInvalid(self: S, value: str) -> S:
        """Sets handleInvalid."""
        return self._set(handleInvalid=value)

    def setPredictionBatchSize(self: S, value: int) -> S:
        """Sets predictionBatchSize."""
        return self._set(predictionBatchSize=value)


class RnnRegressionModel(
    _ml.RnnRegressionModelMethods,
    RnnModel,
    _RegressionParams,
    JavaMLWritable,
    JavaMLReadable["RnnRegressionModel"],
):
    """A recurrent network trained by RnnRegressor.

    transform adds one column: double where the labels were numbers, array<double> where they were
    arrays or vectors.
    """

    def __init__(self, java_model: Optional[Any] = None) -> None:
        super().__init__(java_model)
        self._setDefault(
            embeddingSizes=[],
            seed=1602098348,
            bpttLength=0,
        )


class RnnClassificationModel(
    _ml.RnnClassificationModelMethods,
    RnnModel,
    _ClassParams,
    JavaMLWritable,
    JavaMLReadable["RnnClassificationModel"],
):
    """A recurrent network trained by RnnClassifier.

    transform adds the columns of Spark's classifiers: rawPrediction and probability as vectors in
    the order of labels, prediction as a double, and, where predictedLabelCol names it, the label as
    a text. Labels in arrays give an array of 0 and 1 as prediction. Labels are not read, so that
    one which the model does not know is only seen by evaluate.
    """

    labelCol: Param[str] = Param(
        Params._dummy(),
        "labelCol",
        "column of the class: a text or a whole number; or array<number> or vector of 0 and 1, "
        "one for each label that may hold",
        typeConverter=TypeConverters.toString,
    )

    predictionCol: Param[str] = Param(
        Params._dummy(),
        "predictionCol",
        "column that transform adds: double, the number that is the label, or where labels are "
        "texts the place of the label in labels from 0; array<double> of 0 and 1 where they are "
        "arrays or vectors",
        typeConverter=TypeConverters.toString,
    )

    def __init__(self, java_model: Optional[Any] = None) -> None:
        super().__init__(java_model)
        self._setDefault(
            embeddingSizes=[],
            seed=-142303705,
            bpttLength=0,
        )

    def setRawPredictionCol(self: S, value: str) -> S:
        """Sets rawPredictionCol."""
        return self._set(rawPredictionCol=value)

    def setProbabilityCol(self: S, value: str) -> S:
        """Sets probabilityCol."""
        return self._set(probabilityCol=value)

    def setPredictedLabelCol(self: S, value: str) -> S:
        """Sets predictedLabelCol."""
        return self._set(predictedLabelCol=value)

    def setThresholds(self: S, value: Union[float, Sequence[float]]) -> S:
        """Sets thresholds."""
        return self._set(thresholds=value)

    def setThreshold(self: S, value: float) -> S:
        """Sets threshold."""
        return self._set(threshold=value)


class RnnForecastModel(
    _ml.RnnForecastModelMethods,
    RnnModel,
    _ForecastParams,
    JavaMLWritable,
    JavaMLReadable["RnnForecastModel"],
):
    """A recurrent network trained by RnnForecaster.

    transform, which is forecast, gives other rows than it takes: for each series as many as its
    horizon, with the key, the time, "step" (1, 2, ... the horizon) and for each target

    - target_prediction (see predictionCol): the number, the mean of a Gaussian, Poisson or negative
      binomial, the location of Student's t, or the quantile nearest to one half

    - target_quantiles, array<double> in the order of the param, ascending; not of distribution
      point

    - target_lower and target_upper, where there are intervals: of a distribution those of
      intervalCoverage, of quantiles from the lowest to the highest; after calibrate those that hold
      intervalCoverage of the values of the calibration

    The origin of a series is its last row with a target; rows after it give the future covariates.
    A series that is too short, has a gap or lacks future covariates is an error, left out
    (handleInvalid "skip") or has rows of nulls ("keep"). A series that the fit has not seen is
    forecast like any other, and values of static texts that it has not seen count as unknown.
    Streams are not taken: a series must be whole.
    """

    labelCol: Param[str] = Param(
        Params._dummy(),
        "labelCol",
        "not of a forecaster, which takes targetCols",
        typeConverter=TypeConverters.toString,
    )

    predictionCol: Param[str] = Param(
        Params._dummy(),
        "predictionCol",
        "ending of the columns that transform adds for each target: double, after the name of the "
        "target and an underscore",
        typeConverter=TypeConverters.toString,
    )

    def __init__(self, java_model: Optional[Any] = None) -> None:
        super().__init__(java_model)
        self._setDefault(
            embeddingSizes=[],
            seed=1818775602,
            bpttLength=0,
        )

    def setIntervalCoverage(self: S, value: float) -> S:
        """Sets intervalCoverage."""
        return self._set(intervalCoverage=value)


class RnnTextModel(
    _ml.RnnTextModelMethods,
    RnnModel,
    _LanguageParams,
    JavaMLWritable,
    JavaMLReadable["RnnTextModel"],
):
    """A language model trained by RnnLanguageModel.

    transform reads each row from a state of zeros and adds what its tokens cost, evaluate adds that
    up over a data set, generate draws new tokens. A token that the vocabulary lacks is an error, or
    its row is left out; where handleInvalid is keep it is read as the unknown token.
    """

    bpttLength: Param[int] = Param(
        Params._dummy(),
        "bpttLength",
        "tokens of a stream that are read in one piece, at least 1: gradients flow back through "
        "no more (truncated back-propagation through time); the hidden state goes on from piece "
        "to piece",
        typeConverter=TypeConverters.toInt,
    )

    featuresCol: Param[str] = Param(
        Params._dummy(),
        "featuresCol",
        "column of the streams of tokens: string (its characters), array<string> (words) or "
        "array<int> (ids from 0); lengths may differ from row to row",
        typeConverter=TypeConverters.toString,
    )

    labelCol: Param[str] = Param(
        Params._dummy(),
        "labelCol",
        "not read by a language model, whose labels are the tokens that follow",
        typeConverter=TypeConverters.toString,
    )

    predictionCol: Param[str] = Param(
        Params._dummy(),
        "predictionCol",
        "not added by a language model, which adds natsCol",
        typeConverter=TypeConverters.toString,
    )

    weightCol: Param[str] = Param(
        Params._dummy(),
        "weightCol",
        "not read by a language model, whose tokens all weigh the same",
        typeConverter=TypeConverters.toString,
    )

    def __init__(self, java_model: Optional[Any] = None) -> None:
        super().__init__(java_model)
        self._setDefault(
            bpttLength=100,
            embeddingSizes=[64],
            seed=1450362432,
        )

    def setNatsCol(self: S, value: str) -> S:
        """Sets natsCol."""
        return self._set(natsCol=value)

    def setPerplexityCol(self: S, value: str) -> S:
        """Sets perplexityCol."""
        return self._set(perplexityCol=value)

    def setStateCol(self: S, value: str) -> S:
        """Sets stateCol."""
        return self._set(stateCol=value)


class RnnEncoder(
    _ml.RnnEncoderMethods,
    RnnModel,
    HasOutputCol,
    JavaMLWritable,
    JavaMLReadable["RnnEncoder"],
):
    """What a trained network makes of a sequence before its head: a vector for any stage of Spark
    ML that follows, such as clustering, similarity or a linear model.

    transform adds the column outputCol, a vector: the hidden state of the last recurrent layer,
    pooled as the model pools it; of a model with an output for every time step its last one (of a
    bidirectional layer the last one of each direction). It has as many numbers as the last layer
    has units, twice as many if that is bidirectional.

    That of a language model reads texts or tokens as the model does; that of a forecaster reads
    what RnnForecastModel.sequences makes of the rows of series.

    Made by RnnModel.encoder; shares the weights of the model. Keeps the model's params, of which
    transform reads featuresCol, featuresCols, handleInvalid and predictionBatchSize.
    """

    outputCol: Param[str] = Param(
        Params._dummy(),
        "outputCol",
        "column that transform adds, a vector: what the network makes of the sequence before its "
        "head",
        typeConverter=TypeConverters.toString,
    )

    def __init__(self, java_model: Optional[Any] = None) -> None:
        super().__init__(java_model)
        self._setDefault(
            outputCol="encoding",
            embeddingSizes=[],
            seed=-1484090784,
            bpttLength=0,
        )

    def getOutputCol(self) -> str:
        """The value of outputCol."""
        return self.getOrDefault(self.outputCol)

    def setOutputCol(self: S, value: str) -> S:
        """Sets outputCol."""
        return self._set(outputCol=value)


class RnnTaggingModel(
    _ml.RnnTaggingModelMethods,
    RnnModel,
    _TaggingParams,
    JavaMLWritable,
    JavaMLReadable["RnnTaggingModel"],
):
    """A recurrent network trained by RnnTagger.

    transform adds arrays with an element for each time step: the prediction, and where their params
    name columns, the label as a text, the probabilities of the labels and the outputs that they
    come from (with a CRF those before it, whose largest need not be the prediction). Labels are not
    read, so that one which the model does not know is only seen by evaluate.
    """

    labelCol: Param[str] = Param(
        Params._dummy(),
        "labelCol",
        "column of the labels of the time steps: array<string> or array<number>, an element for "
        "each time step; null where one has no label, which is then not trained on",
        typeConverter=TypeConverters.toString,
    )

    predictionCol: Param[str] = Param(
        Params._dummy(),
        "predictionCol",
        "column that transform adds: array<double> with an element for each time step, the number "
        "that is the label, or where labels are texts the place of the label in labels from 0",
        typeConverter=TypeConverters.toString,
    )

    weightCol: Param[str] = Param(
        Params._dummy(),
        "weightCol",
        "column of the weights in the loss: a number of at least 0, which every time step of the "
        "row weighs, or array<number> with one for each time step (not with crf); unset or empty: "
        "every time step weighs 1",
        typeConverter=TypeConverters.toString,
    )

    def __init__(self, java_model: Optional[Any] = None) -> None:
        super().__init__(java_model)
        self._setDefault(
            embeddingSizes=[],
            seed=772375728,
            bpttLength=0,
        )

    def setRawPredictionCol(self: S, value: str) -> S:
        """Sets rawPredictionCol."""
        return self._set(rawPredictionCol=value)

    def setProbabilityCol(self: S, value: str) -> S:
        """Sets probabilityCol."""
        return self._set(probabilityCol=value)

    def setPredictedLabelCol(self: S, value: str) -> S:
        """Sets predictedLabelCol."""
        return self._set(predictedLabelCol=value)
