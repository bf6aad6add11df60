"""The stages of sparkrnn.feature, as in Java.

Written by PythonSurfaceTest from the Java classes: change those, and what is written by hand in
_feature.py.
"""

from typing import Any, Dict, List, Optional, Sequence, TypeVar, Union

from pyspark import keyword_only
from pyspark.ml.param import Param, Params, TypeConverters
from pyspark.ml.param.shared import (
    HasFeaturesCol,
    HasHandleInvalid,
    HasInputCol,
    HasLabelCol,
    HasOutputCol,
)
from pyspark.ml.util import JavaMLReadable, JavaMLWritable
from pyspark.ml.wrapper import JavaEstimator, JavaModel, JavaTransformer

from sparkrnn import _converters, _feature

S = TypeVar("S", bound=Params)

__all__ = [
    "AudioFeatures",
    "ImageRows",
    "SequenceAssembler",
    "SequenceScaler",
    "SequenceScalerModel",
    "SlidingWindow",
    "TokenIndexer",
    "TokenIndexerModel",
]


class _TokenIndexerParams(HasInputCol, HasOutputCol, HasHandleInvalid):
    """Params that say what tokens are and which of them get ids."""

    inputCol: Param[str] = Param(
        Params._dummy(),
        "inputCol",
        "column of the text: string, or array<string> where tokens is array; required",
        typeConverter=TypeConverters.toString,
    )

    outputCol: Param[str] = Param(
        Params._dummy(),
        "outputCol",
        "column that transform adds: array<int>, one id for each token",
        typeConverter=TypeConverters.toString,
    )

    tokens: Param[str] = Param(
        Params._dummy(),
        "tokens",
        "what the tokens of a text are: characters, its Unicode code points; words, the matches "
        "of pattern; array, the elements of an array column",
        typeConverter=TypeConverters.toString,
    )

    pattern: Param[str] = Param(
        Params._dummy(),
        "pattern",
        "regular expression of one token, where tokens is words; what lies between matches is "
        "left out; the default takes runs of letters, runs of digits, and every other character "
        "that is not white space by itself",
        typeConverter=TypeConverters.toString,
    )

    lowercase: Param[bool] = Param(
        Params._dummy(),
        "lowercase",
        "whether tokens are turned to lower case, by the rules of no particular language",
        typeConverter=TypeConverters.toBoolean,
    )

    minCount: Param[int] = Param(
        Params._dummy(),
        "minCount",
        "how often a token must occur in the data of the fit to get an id of its own, at least 1",
        typeConverter=TypeConverters.toInt,
    )

    maxSize: Param[int] = Param(
        Params._dummy(),
        "maxSize",
        "most ids, those of padding and of the unknown included, at least 3: the most frequent "
        "tokens get one",
        typeConverter=TypeConverters.toInt,
    )

    handleInvalid: Param[str] = Param(
        Params._dummy(),
        "handleInvalid",
        "what to do with a row whose text is null, holds no token or, as an array, a null one: "
        "error stops and names the row, skip leaves it out, keep takes it: a null text gives "
        "null, one without tokens an empty array, a null token is unknown",
        typeConverter=TypeConverters.toString,
    )

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self._setDefault(
            outputCol="features",
            tokens="characters",
            pattern="\\p{L}+|\\p{N}+|[^\\s\\p{L}\\p{N}]",
            lowercase=False,
            minCount=1,
            maxSize=262144,
            handleInvalid="error",
        )

    def getInputCol(self) -> str:
        """The value of inputCol."""
        return self.getOrDefault(self.inputCol)

    def getOutputCol(self) -> str:
        """The value of outputCol."""
        return self.getOrDefault(self.outputCol)

    def getTokens(self) -> str:
        """The value of tokens."""
        return self.getOrDefault(self.tokens)

    def getPattern(self) -> str:
        """The value of pattern."""
        return self.getOrDefault(self.pattern)

    def getLowercase(self) -> bool:
        """The value of lowercase."""
        return self.getOrDefault(self.lowercase)

    def getMinCount(self) -> int:
        """The value of minCount."""
        return self.getOrDefault(self.minCount)

    def getMaxSize(self) -> int:
        """The value of maxSize."""
        return self.getOrDefault(self.maxSize)

    def getHandleInvalid(self) -> str:
        """The value of handleInvalid."""
        return self.getOrDefault(self.handleInvalid)


class TokenIndexer(
    JavaEstimator["TokenIndexerModel"],
    _TokenIndexerParams,
    JavaMLWritable,
    JavaMLReadable["TokenIndexer"],
):
    """Learns which tokens a text column holds, so that each gets a number: an id.

    Id 0 is padding, which no text has, and id 1 the token that the vocabulary does not hold; from 2
    on come the tokens by how often they occur, those of one frequency in the order of their code
    points, so that ids do not depend on how the data is partitioned.

    Tokens are counted in Spark SQL; only the vocabulary comes to the driver.
    """

    _input_kwargs: Dict[str, Any]

    @keyword_only
    def __init__(
        self,
        *,
        inputCol: Optional[str] = None,
        outputCol: str = "features",
        tokens: str = "characters",
        pattern: str = "\\p{L}+|\\p{N}+|[^\\s\\p{L}\\p{N}]",
        lowercase: bool = False,
        minCount: int = 1,
        maxSize: int = 262144,
        handleInvalid: str = "error",
    ) -> None:
        super().__init__()
        self._java_obj = _converters.java_stage("sparkrnn.feature.TokenIndexer", self.uid)
        self.setParams(**self._input_kwargs)

    @keyword_only
    def setParams(
        self,
        *,
        inputCol: Optional[str] = None,
        outputCol: str = "features",
        tokens: str = "characters",
        pattern: str = "\\p{L}+|\\p{N}+|[^\\s\\p{L}\\p{N}]",
        lowercase: bool = False,
        minCount: int = 1,
        maxSize: int = 262144,
        handleInvalid: str = "error",
    ) -> "TokenIndexer":
        """Sets params by keyword; None leaves a param as it is."""
        return _converters.set_given(self, self._input_kwargs)

    def _create_model(self, java_model: Any) -> "TokenIndexerModel":
        return TokenIndexerModel(java_model)

    def setInputCol(self: S, value: str) -> S:
        """Sets inputCol."""
        return self._set(inputCol=value)

    def setOutputCol(self: S, value: str) -> S:
        """Sets outputCol."""
        return self._set(outputCol=value)

    def setTokens(self: S, value: str) -> S:
        """Sets tokens."""
        return self._set(tokens=value)

    def setPattern(self: S, value: str) -> S:
        """Sets pattern."""
        return self._set(pattern=value)

    def setLowercase(self: S, value: bool) -> S:
        """Sets lowercase."""
        return self._set(lowercase=value)

    def setMinCount(self: S, value: int) -> S:
        """Sets minCount."""
        return self._set(minCount=value)

    def setMaxSize(self: S, value: int) -> S:
        """Sets maxSize."""
        return self._set(maxSize=value)

    def setHandleInvalid(self: S, value: str) -> S:
        """Sets handleInvalid."""
        return self._set(handleInvalid=value)


class _SequenceScalerParams(HasInputCol, HasOutputCol, HasHandleInvalid):
    """Params that say what is scaled and how."""

    inputCol: Param[str] = Param(
        Params._dummy(),
        "inputCol",
        "column to scale: array<number> (one feature per time step), or array<array<number>> or "
        "array<vector> (time steps by features); in transform also a number or a vector, see "
        "featureIndices of the model; required",
        typeConverter=TypeConverters.toString,
    )

    outputCol: Param[str] = Param(
        Params._dummy(),
        "outputCol",
        "column that transform adds: the numbers of inputCol, scaled, as doubles in the same "
        "shape, vectors as arrays",
        typeConverter=TypeConverters.toString,
    )

    scaler: Param[str] = Param(
        Params._dummy(),
        "scaler",
        "how a feature is scaled: standard, to mean 0 and standard deviation 1 (of a sample, over "
        "n - 1, as Spark's StandardScaler); minMax, to 0 up to 1; robust, to median 0 and "
        "interquartile range 1; a constant feature is only shifted",
        typeConverter=TypeConverters.toString,
    )

    keyCols: Param[List[str]] = Param(
        Params._dummy(),
        "keyCols",
        "columns that together say by which statistics a row is scaled: each key has its own; "
        "empty: all rows share one",
        typeConverter=_converters.toListOfString,
    )

    handleInvalid: Param[str] = Param(
        Params._dummy(),
        "handleInvalid",
        "what to do with a row that can not be used (null, ragged, or holds null, NaN or "
        "infinity; a key that is null or, in transform, was not in the data of the fit): error "
        "stops and names the row, skip leaves it out, keep also leaves it out of the fit but "
        "takes it in transform: an unseen key is scaled by the statistics of all rows, a null "
        "number becomes NaN, and what has no such shape null",
        typeConverter=TypeConverters.toString,
    )

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self._setDefault(
            outputCol="scaledFeatures",
            scaler="standard",
            keyCols=[],
            handleInvalid="error",
        )

    def getInputCol(self) -> str:
        """The value of inputCol."""
        return self.getOrDefault(self.inputCol)

    def getOutputCol(self) -> str:
        """The value of outputCol."""
        return self.getOrDefault(self.outputCol)

    def getScaler(self) -> str:
        """The value of scaler."""
        return self.getOrDefault(self.scaler)

    def getKeyCols(self) -> List[str]:
        """The value of keyCols."""
        return self.getOrDefault(self.keyCols)

    def getHandleInvalid(self) -> str:
        """The value of handleInvalid."""
        return self.getOrDefault(self.handleInvalid)


class SequenceScaler(
    JavaEstimator["SequenceScalerModel"],
    _SequenceScalerParams,
    JavaMLWritable,
    JavaMLReadable["SequenceScaler"],
):
    """Learns how to scale each feature of a sequence column, over all time steps of all rows, or of
    all rows of a key.

      standard  (x - mean) / standard deviation      the deviation of a sample, over n - 1
      minMax    (x - min) / (max - min)
      robust    (x - median) / (third - first quartile)

    A constant feature is only shifted: its divisor is 1. The statistics are computed in Spark SQL
    over all numbers, are the same to the bit however the data is partitioned, and come to the
    driver key by key. Robust holds the distinct values of a feature (of a key) in the memory of one
    task.
    """

    _input_kwargs: Dict[str, Any]

    @keyword_only
    def __init__(
        self,
        *,
        inputCol: Optional[str] = None,
        outputCol: str = "scaledFeatures",
        scaler: str = "standard",
        keyCols: Union[str, Sequence[str]] = (),
        handleInvalid: str = "error",
    ) -> None:
        super().__init__()
        self._java_obj = _converters.java_stage("sparkrnn.feature.SequenceScaler", self.uid)
        self.setParams(**self._input_kwargs)

    @keyword_only
    def setParams(
        self,
        *,
        inputCol: Optional[str] = None,
        outputCol: str = "scaledFeatures",
        scaler: str = "standard",
        keyCols: Union[str, Sequence[str]] = (),
        handleInvalid: str = "error",
    ) -> "SequenceScaler":
        """Sets params by keyword; None leaves a param as it is."""
        return _converters.set_given(self, self._input_kwargs)

    def _create_model(self, java_model: Any) -> "SequenceScalerModel":
        return SequenceScalerModel(java_model)

    def setInputCol(self: S, value: str) -> S:
        """Sets inputCol."""
        return self._set(inputCol=value)

    def setOutputCol(self: S, value: str) -> S:
        """Sets outputCol."""
        return self._set(outputCol=value)

    def setScaler(self: S, value: str) -> S:
        """Sets scaler."""
        return self._set(scaler=value)

    def setKeyCols(self: S, value: Union[str, Sequence[str]]) -> S:
        """Sets keyCols."""
        return self._set(keyCols=value)

    def setHandleInvalid(self: S, value: str) -> S:
        """Sets handleInvalid."""
        return self._set(handleInvalid=value)


class _SeriesParams(HasFeaturesCol):
    """Params that say how rows make series, for all stages that make sequences of rows."""

    keyCols: Param[List[str]] = Param(
        Params._dummy(),
        "keyCols",
        "columns that together say to which series a row belongs; empty: the data is one series, "
        "which passes through one task",
        typeConverter=_converters.toListOfString,
    )

    timeCol: Param[str] = Param(
        Params._dummy(),
        "timeCol",
        "column that orders the rows of a series; required",
        typeConverter=TypeConverters.toString,
    )

    valueCols: Param[List[str]] = Param(
        Params._dummy(),
        "valueCols",
        "columns that become the features of each time step, in this order: numbers or booleans; "
        "required",
        typeConverter=_converters.toListOfString,
    )

    featuresCol: Param[str] = Param(
        Params._dummy(),
        "featuresCol",
        "column of sequences that transform makes: array<double> where there is one feature per "
        "time step, else array<array<double>> of (time steps, features)",
        typeConverter=TypeConverters.toString,
    )

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self._setDefault(
            featuresCol="features",
        )

    def getKeyCols(self) -> List[str]:
        """The value of keyCols."""
        return self.getOrDefault(self.keyCols)

    def getTimeCol(self) -> str:
        """The value of timeCol."""
        return self.getOrDefault(self.timeCol)

    def getValueCols(self) -> List[str]:
        """The value of valueCols."""
        return self.getOrDefault(self.valueCols)

    def getFeaturesCol(self) -> str:
        """The value of featuresCol."""
        return self.getOrDefault(self.featuresCol)


class _SlidingWindowParams(HasLabelCol, _SeriesParams):
    """The params of SlidingWindow."""

    targetCols: Param[List[str]] = Param(
        Params._dummy(),
        "targetCols",
        "columns of what is to be predicted, numbers or booleans; empty: the same as valueCols",
        typeConverter=_converters.toListOfString,
    )

    windowSize: Param[int] = Param(
        Params._dummy(),
        "windowSize",
        "rows in a window, at least 1; required",
        typeConverter=TypeConverters.toInt,
    )

    horizon: Param[int] = Param(
        Params._dummy(),
        "horizon",
        "how many rows after the last row of the window the target lies (with target sequence: "
        "its last row), at least 1, which is the next row",
        typeConverter=TypeConverters.toInt,
    )

    stride: Param[int] = Param(
        Params._dummy(),
        "stride",
        "rows from the beginning of one window to that of the next, at least 1",
        typeConverter=TypeConverters.toInt,
    )

    target: Param[str] = Param(
        Params._dummy(),
        "target",
        "what the label is: value, the targets of the row that lies horizon rows after the "
        "window; sequence, the targets of all rows from the next one to that one, row by row in "
        "one array; none, no label, and windows up to the last row: for new data",
        typeConverter=TypeConverters.toString,
    )

    timeStep: Param[str] = Param(
        Params._dummy(),
        "timeStep",
        "how far apart the rows of a series lie: a number in the unit of timeCol where times are "
        "numbers, one amount of time such as 15 minutes, 1 day or 1 month where they are "
        "timestamps or dates; unset or empty: times only order the rows, and no row counts as "
        "missing",
        typeConverter=TypeConverters.toString,
    )

    gapPolicy: Param[str] = Param(
        Params._dummy(),
        "gapPolicy",
        "what to do where a row is missing by timeStep, or a value is null, NaN or infinite: "
        "error stops and names the place, split lets no window cross it, fill carries the last "
        "value forward, interpolate draws a line in time to the next value",
        typeConverter=TypeConverters.toString,
    )

    maxGap: Param[int] = Param(
        Params._dummy(),
        "maxGap",
        "the most rows of a gap that fill and interpolate mend; no window crosses a longer one, "
        "as with split; a gap is a run of rows that are missing or miss a value; 0: any",
        typeConverter=TypeConverters.toInt,
    )

    shortSeries: Param[str] = Param(
        Params._dummy(),
        "shortSeries",
        "what to do with a series too short for one window and its target: error stops and names "
        "it, skip leaves it out, pad makes one window by repeating its first row in front",
        typeConverter=TypeConverters.toString,
    )

    windowStartCol: Param[str] = Param(
        Params._dummy(),
        "windowStartCol",
        "column of the time of a window's first row, of the type of timeCol",
        typeConverter=TypeConverters.toString,
    )

    windowEndCol: Param[str] = Param(
        Params._dummy(),
        "windowEndCol",
        "column of the time of a window's last row, of the type of timeCol",
        typeConverter=TypeConverters.toString,
    )

    targetTimeCol: Param[str] = Param(
        Params._dummy(),
        "targetTimeCol",
        "column of the time of the row where a window's target ends, of the type of timeCol; not "
        "made where target is none",
        typeConverter=TypeConverters.toString,
    )

    labelCol: Param[str] = Param(
        Params._dummy(),
        "labelCol",
        "column of the target: double where it is one number, else array<double>; not made where "
        "target is none",
        typeConverter=TypeConverters.toString,
    )

    def getTargetCols(self) -> List[str]:
        """The value of targetCols."""
        return self.getOrDefault(self.targetCols)

    def getWindowSize(self) -> int:
        """The value of windowSize."""
        return self.getOrDefault(self.windowSize)

    def getHorizon(self) -> int:
        """The value of horizon."""
        return self.getOrDefault(self.horizon)

    def getStride(self) -> int:
        """The value of stride."""
        return self.getOrDefault(self.stride)

    def getTarget(self) -> str:
        """The value of target."""
        return self.getOrDefault(self.target)

    def getTimeStep(self) -> str:
        """The value of timeStep."""
        return self.getOrDefault(self.timeStep)

    def getGapPolicy(self) -> str:
        """The value of gapPolicy."""
        return self.getOrDefault(self.gapPolicy)

    def getMaxGap(self) -> int:
        """The value of maxGap."""
        return self.getOrDefault(self.maxGap)

    def getShortSeries(self) -> str:
        """The value of shortSeries."""
        return self.getOrDefault(self.shortSeries)

    def getWindowStartCol(self) -> str:
        """The value of windowStartCol."""
        return self.getOrDefault(self.windowStartCol)

    def getWindowEndCol(self) -> str:
        """The value of windowEndCol."""
        return self.getOrDefault(self.windowEndCol)

    def getTargetTimeCol(self) -> str:
        """The value of targetTimeCol."""
        return self.getOrDefault(self.targetTimeCol)

    def getLabelCol(self) -> str:
        """The value of labelCol."""
        return self.getOrDefault(self.labelCol)


class SlidingWindow(
    _feature.SlidingWindowMethods,
    JavaTransformer,
    _SlidingWindowParams,
    JavaMLWritable,
    JavaMLReadable["SlidingWindow"],
):
    """Cuts long series into windows, one row each, with what is to be predicted from it.

    The rows of a series, in the order of time, are v(0), v(1), ... Window k holds the rows from s =
    k * stride to e = s + windowSize - 1, and

      features  valueCols of v(s), ..., v(e)
      label     target value:     targetCols of v(e + horizon)
                target sequence:  targetCols of v(e + 1), ..., v(e + horizon), row by row in one array

    With horizon 1 the label is that of the row right after the window. Every window that has its
    whole target is made, none else; with target none all windows are made. describe shows the first
    and the last one of a data set, and counts what is left out.

    The result has the columns of the key, windowStartCol, windowEndCol, targetTimeCol, featuresCol
    and labelCol; other columns of the data are dropped, because a window has many rows. Features
    are array<double> if there is one value column, else array<array<double>> of (time steps,
    features).

    A gap is a row that is missing by timeStep, or a value that is null, NaN or infinite in a value
    or target column; gapPolicy says what becomes of it. Without timeStep no row counts as missing:
    times then only order the rows, and must differ. Days and months of timeStep are those of the
    calendar in the session's time zone. Fill leaves out the rows of a series before the first value
    of each column, and interpolate also those after the last one: there is nothing to mend them
    from. Both mend gaps of any length unless maxGap is set. Split leaves a stretch between gaps out
    if it is too short for a window. A series is short if it makes no window; pad then repeats its
    first row, or that of its last stretch, in front, but leaves out a series that is too short for
    the target itself.

    Rows are shuffled by key and sorted by time; a task holds one window and its target span at a
    time (with interpolate, also the rows of one gap), so a series may be of any length. A data set
    without keyCols is one series and passes through one task.
    """

    _input_kwargs: Dict[str, Any]

    @keyword_only
    def __init__(
        self,
        *,
        targetCols: Union[str, Sequence[str]] = (),
        windowSize: Optional[int] = None,
        horizon: int = 1,
        stride: int = 1,
        target: str = "value",
        timeStep: Optional[str] = None,
        gapPolicy: str = "error",
        maxGap: int = 0,
        shortSeries: str = "error",
        windowStartCol: str = "windowStart",
        windowEndCol: str = "windowEnd",
        targetTimeCol: str = "targetTime",
        labelCol: str = "label",
        keyCols: Union[str, Sequence[str]] = (),
        timeCol: Optional[str] = None,
        valueCols: Optional[Union[str, Sequence[str]]] = None,
        featuresCol: str = "features",
    ) -> None:
        super().__init__()
        self._java_obj = _converters.java_stage("sparkrnn.feature.SlidingWindow", self.uid)
        self._setDefault(
            targetCols=[],
            horizon=1,
            stride=1,
            target="value",
            gapPolicy="error",
            maxGap=0,
            shortSeries="error",
            windowStartCol="windowStart",
            windowEndCol="windowEnd",
            targetTimeCol="targetTime",
            labelCol="label",
            keyCols=[],
        )
        self.setParams(**self._input_kwargs)

    @keyword_only
    def setParams(
        self,
        *,
        targetCols: Union[str, Sequence[str]] = (),
        windowSize: Optional[int] = None,
        horizon: int = 1,
        stride: int = 1,
        target: str = "value",
        timeStep: Optional[str] = None,
        gapPolicy: str = "error",
        maxGap: int = 0,
        shortSeries: str = "error",
        windowStartCol: str = "windowStart",
        windowEndCol: str = "windowEnd",
        targetTimeCol: str = "targetTime",
        labelCol: str = "label",
        keyCols: Union[str, Sequence[str]] = (),
        timeCol: Optional[str] = None,
        valueCols: Optional[Union[str, Sequence[str]]] = None,
        featuresCol: str = "features",
    ) -> "SlidingWindow":
        """Sets params by keyword; None leaves a param as it is."""
        return _converters.set_given(self, self._input_kwargs)

    def setKeyCols(self: S, value: Union[str, Sequence[str]]) -> S:
        """Sets keyCols."""
        return self._set(keyCols=value)

    def setTimeCol(self: S, value: str) -> S:
        """Sets timeCol."""
        return self._set(timeCol=value)

    def setValueCols(self: S, value: Union[str, Sequence[str]]) -> S:
        """Sets valueCols."""
        return self._set(valueCols=value)

    def setFeaturesCol(self: S, value: str) -> S:
        """Sets featuresCol."""
        return self._set(featuresCol=value)

    def setTargetCols(self: S, value: Union[str, Sequence[str]]) -> S:
        """Sets targetCols."""
        return self._set(targetCols=value)

    def setWindowSize(self: S, value: int) -> S:
        """Sets windowSize."""
        return self._set(windowSize=value)

    def setHorizon(self: S, value: int) -> S:
        """Sets horizon."""
        return self._set(horizon=value)

    def setStride(self: S, value: int) -> S:
        """Sets stride."""
        return self._set(stride=value)

    def setTarget(self: S, value: str) -> S:
        """Sets target."""
        return self._set(target=value)

    def setTimeStep(self: S, value: str) -> S:
        """Sets timeStep."""
        return self._set(timeStep=value)

    def setGapPolicy(self: S, value: str) -> S:
        """Sets gapPolicy."""
        return self._set(gapPolicy=value)

    def setMaxGap(self: S, value: int) -> S:
        """Sets maxGap."""
        return self._set(maxGap=value)

    def setShortSeries(self: S, value: str) -> S:
        """Sets shortSeries."""
        return self._set(shortSeries=value)

    def setWindowStartCol(self: S, value: str) -> S:
        """Sets windowStartCol."""
        return self._set(windowStartCol=value)

    def setWindowEndCol(self: S, value: str) -> S:
        """Sets windowEndCol."""
        return self._set(windowEndCol=value)

    def setTargetTimeCol(self: S, value: str) -> S:
        """Sets targetTimeCol."""
        return self._set(targetTimeCol=value)

    def setLabelCol(self: S, value: str) -> S:
        """Sets labelCol."""
        return self._set(labelCol=value)


class SequenceAssembler(
    JavaTransformer,
    HasHandleInvalid,
    _SeriesParams,
    JavaMLWritable,
    JavaMLReadable["SequenceAssembler"],
):
    """Gathers rows of events into one sequence of any length for each key.

    The result has one row for each key: keyCols, carryCols, featuresCol; other columns of the data
    are dropped, because a sequence has many rows. Events come in the order of time, those of one
    time in the order of their values, so that the result does not depend on how the data is
    partitioned. Features are array<double> if the only value column holds numbers or booleans, else
    array<array<double>> of (time steps, features), in which vectors and arrays of valueCols are
    laid out in place.

    All events of a key are gathered in memory on one executor, before maxLength cuts them.
    """

    carryCols: Param[List[str]] = Param(
        Params._dummy(),
        "carryCols",
        "columns to keep beside the sequence, such as its label or weight; their value must be "
        "the same in all rows of a key",
        typeConverter=_converters.toListOfString,
    )

    maxLength: Param[int] = Param(
        Params._dummy(),
        "maxLength",
        "most events of a sequence: of a longer one the last maxLength are kept; 0 keeps all",
        typeConverter=TypeConverters.toInt,
    )

    handleInvalid: Param[str] = Param(
        Params._dummy(),
        "handleInvalid",
        "what to do with a row whose key or time is null or whose values are null, NaN or "
        "infinite: error stops and names the place, skip leaves the row out, keep takes it: a "
        "null key is a key of its own, a null time comes first, a null number becomes NaN, a time "
        "step with a null vector or array becomes null",
        typeConverter=TypeConverters.toString,
    )

    keyCols: Param[List[str]] = Param(
        Params._dummy(),
        "keyCols",
        "columns that together say to which sequence a row belongs; required",
        typeConverter=_converters.toListOfString,
    )

    valueCols: Param[List[str]] = Param(
        Params._dummy(),
        "valueCols",
        "columns that become the features of each time step, in this order: numbers, booleans, "
        "vectors or arrays of numbers; required",
        typeConverter=_converters.toListOfString,
    )

    _input_kwargs: Dict[str, Any]

    @keyword_only
    def __init__(
        self,
        *,
        carryCols: Union[str, Sequence[str]] = (),
        maxLength: int = 0,
        handleInvalid: str = "error",
        keyCols: Optional[Union[str, Sequence[str]]] = None,
        timeCol: Optional[str] = None,
        valueCols: Optional[Union[str, Sequence[str]]] = None,
        featuresCol: str = "features",
    ) -> None:
        super().__init__()
        self._java_obj = _converters.java_stage("sparkrnn.feature.SequenceAssembler", self.uid)
        self._setDefault(
            carryCols=[],
            maxLength=0,
            handleInvalid="error",
        )
        self.setParams(**self._input_kwargs)

    @keyword_only
    def setParams(
        self,
        *,
        carryCols: Union[str, Sequence[str]] = (),
        maxLength: int = 0,
        handleInvalid: str = "error",
        keyCols: Optional[Union[str, Sequence[str]]] = None,
        timeCol: Optional[str] = None,
        valueCols: Optional[Union[str, Sequence[str]]] = None,
        featuresCol: str = "features",
    ) -> "SequenceAssembler":
        """Sets params by keyword; None leaves a param as it is."""
        return _converters.set_given(self, self._input_kwargs)

    def getCarryCols(self) -> List[str]:
        """The value of carryCols."""
        return self.getOrDefault(self.carryCols)

    def getMaxLength(self) -> int:
        """The value of maxLength."""
        return self.getOrDefault(self.maxLength)

    def getHandleInvalid(self) -> str:
        """The value of handleInvalid."""
        return self.getOrDefault(self.handleInvalid)

    def setKeyCols(self: S, value: Union[str, Sequence[str]]) -> S:
        """Sets keyCols."""
        return self._set(keyCols=value)

    def setTimeCol(self: S, value: str) -> S:
        """Sets timeCol."""
        return self._set(timeCol=value)

    def setValueCols(self: S, value: Union[str, Sequence[str]]) -> S:
        """Sets valueCols."""
        return self._set(valueCols=value)

    def setFeaturesCol(self: S, value: str) -> S:
        """Sets featuresCol."""
        return self._set(featuresCol=value)

    def setCarryCols(self: S, value: Union[str, Sequence[str]]) -> S:
        """Sets carryCols."""
        return self._set(carryCols=value)

    def setMaxLength(self: S, value: int) -> S:
        """Sets maxLength."""
        return self._set(maxLength=value)

    def setHandleInvalid(self: S, value: str) -> S:
        """Sets handleInvalid."""
        return self._set(handleInvalid=value)


class TokenIndexerModel(
    _feature.TokenIndexerModelMethods,
    JavaModel,
    _TokenIndexerParams,
    JavaMLWritable,
    JavaMLReadable["TokenIndexerModel"],
):
    """The tokens of a text column as ids, by the vocabulary of a TokenIndexer.

    transform adds one column, array<int>; a streaming DataFrame works too. Every token that the
    vocabulary does not hold has id 1.
    """

    def __init__(self, java_model: Optional[Any] = None) -> None:
        super().__init__(java_model)

    def setInputCol(self: S, value: str) -> S:
        """Sets inputCol."""
        return self._set(inputCol=value)

    def setOutputCol(self: S, value: str) -> S:
        """Sets outputCol."""
        return self._set(outputCol=value)

    def setHandleInvalid(self: S, value: str) -> S:
        """Sets handleInvalid."""
        return self._set(handleInvalid=value)


class SequenceScalerModel(
    _feature.SequenceScalerModelMethods,
    JavaModel,
    _SequenceScalerParams,
    JavaMLWritable,
    JavaMLReadable["SequenceScalerModel"],
):
    """Scales sequences by the statistics of a SequenceScaler, and back.

    transform adds one column in the shape of inputCol, of doubles; a streaming DataFrame works too.
    Labels and predictions are scaled and scaled back by the same statistics: scale and inverse make
    stages for them. Their columns may hold one number or a row of them, which belong to
    featureIndices in turn, as SlidingWindow lays out its targets: with featureIndices 2, 0 the
    numbers are those of features 2, 0, 2, 0, ...
    """

    inverse: Param[bool] = Param(
        Params._dummy(),
        "inverse",
        "whether transform undoes the scaling, x * divisor + offset, instead",
        typeConverter=TypeConverters.toBoolean,
    )

    featureIndices: Param[List[int]] = Param(
        Params._dummy(),
        "featureIndices",
        "which features inputCol holds, counted from 0 in the column of the fit, in this order; "
        "where it holds numbers in a row, they belong to these in turn; empty: all",
        typeConverter=_converters.toListOfInt,
    )

    def __init__(self, java_model: Optional[Any] = None) -> None:
        super().__init__(java_model)
        self._setDefault(
            inverse=False,
            featureIndices=[],
        )

    def getInverse(self) -> bool:
        """The value of inverse."""
        return self.getOrDefault(self.inverse)

    def getFeatureIndices(self) -> List[int]:
        """The value of featureIndices."""
        return self.getOrDefault(self.featureIndices)

    def setInputCol(self: S, value: str) -> S:
        """Sets inputCol."""
        return self._set(inputCol=value)

    def setOutputCol(self: S, value: str) -> S:
        """Sets outputCol."""
        return self._set(outputCol=value)

    def setHandleInvalid(self: S, value: str) -> S:
        """Sets handleInvalid."""
        return self._set(handleInvalid=value)

    def setInverse(self: S, value: bool) -> S:
        """Sets inverse."""
        return self._set(inverse=value)

    def setFeatureIndices(self: S, value: Union[int, Sequence[int]]) -> S:
        """Sets featureIndices."""
        return self._set(featureIndices=value)


class _ContentParams(HasInputCol, HasOutputCol, HasHandleInvalid):
    """Params of stages that turn the content of files into sequences."""

    inputCol: Param[str] = Param(
        Params._dummy(),
        "inputCol",
        "column of the bytes of sound files: binary, such as content of Spark's binaryFile "
        "source; required",
        typeConverter=TypeConverters.toString,
    )

    outputCol: Param[str] = Param(
        Params._dummy(),
        "outputCol",
        "column that transform adds: array<array<float>> of (time steps, features)",
        typeConverter=TypeConverters.toString,
    )

    handleInvalid: Param[str] = Param(
        Params._dummy(),
        "handleInvalid",
        "what to do with a row whose bytes are null, no sound file, cut short, of another sample "
        "rate or shorter than a frame: error stops and names the row, skip leaves it out, keep "
        "takes it, with null in outputCol",
        typeConverter=TypeConverters.toString,
    )

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self._setDefault(
            outputCol="features",
            handleInvalid="error",
        )

    def getInputCol(self) -> str:
        """The value of inputCol."""
        return self.getOrDefault(self.inputCol)

    def getOutputCol(self) -> str:
        """The value of outputCol."""
        return self.getOrDefault(self.outputCol)

    def getHandleInvalid(self) -> str:
        """The value of handleInvalid."""
        return self.getOrDefault(self.handleInvalid)


class _AudioFeaturesParams(_ContentParams):
    """Params that say how sound becomes frames of features."""

    features: Param[str] = Param(
        Params._dummy(),
        "features",
        "what a frame holds: logMel, the natural logarithms of the energies of numMels bands; "
        "mfcc, the first numCoefficients cosine coefficients of these",
        typeConverter=TypeConverters.toString,
    )

    sampleRate: Param[int] = Param(
        Params._dummy(),
        "sampleRate",
        "samples a second, in hertz, that every recording must have; nothing is resampled",
        typeConverter=TypeConverters.toInt,
    )

    windowMillis: Param[float] = Param(
        Params._dummy(),
        "windowMillis",
        "length of a frame in milliseconds, of 2 to 4096 samples; what is left behind the last "
        "whole frame is not used",
        typeConverter=TypeConverters.toFloat,
    )

    hopMillis: Param[float] = Param(
        Params._dummy(),
        "hopMillis",
        "time from the begin of a frame to that of the next, in milliseconds, at least a sample",
        typeConverter=TypeConverters.toFloat,
    )

    numMels: Param[int] = Param(
        Params._dummy(),
        "numMels",
        "bands of equal width on the mel scale, at least 1; each must hold a frequency of the "
        "Fourier transform",
        typeConverter=TypeConverters.toInt,
    )

    numCoefficients: Param[int] = Param(
        Params._dummy(),
        "numCoefficients",
        "cepstral coefficients of a frame, from the 0th on, at most numMels, where features is "
        "mfcc",
        typeConverter=TypeConverters.toInt,
    )

    minFrequency: Param[float] = Param(
        Params._dummy(),
        "minFrequency",
        "where the lowest band begins, in hertz, at least 0",
        typeConverter=TypeConverters.toFloat,
    )

    maxFrequency: Param[float] = Param(
        Params._dummy(),
        "maxFrequency",
        "where the highest band ends, in hertz, at most half of sampleRate; 0 stands for that half",
        typeConverter=TypeConverters.toFloat,
    )

    preemphasis: Param[float] = Param(
        Params._dummy(),
        "preemphasis",
        "p in y(t) = x(t) - p x(t-1), which lifts high frequencies before the frames are cut; at "
        "least 0 and below 1; 0 leaves the samples as they are",
        typeConverter=TypeConverters.toFloat,
    )

    deltas: Param[int] = Param(
        Params._dummy(),
        "deltas",
        "how many orders of deltas, slopes over five frames, follow the features of a frame: 0, 1 "
        "or 2",
        typeConverter=TypeConverters.toInt,
    )

    normalize: Param[str] = Param(
        Params._dummy(),
        "normalize",
        "none, or perFile: each feature less its mean over the recording, divided by its standard "
        "deviation there; SequenceScaler does so over all recordings",
        typeConverter=TypeConverters.toString,
    )

    def getFeatures(self) -> str:
        """The value of features."""
        return self.getOrDefault(self.features)

    def getSampleRate(self) -> int:
        """The value of sampleRate."""
        return self.getOrDefault(self.sampleRate)

    def getWindowMillis(self) -> float:
        """The value of windowMillis."""
        return self.getOrDefault(self.windowMillis)

    def getHopMillis(self) -> float:
        """The value of hopMillis."""
        return self.getOrDefault(self.hopMillis)

    def getNumMels(self) -> int:
        """The value of numMels."""
        return self.getOrDefault(self.numMels)

    def getNumCoefficients(self) -> int:
        """The value of numCoefficients."""
        return self.getOrDefault(self.numCoefficients)

    def getMinFrequency(self) -> float:
        """The value of minFrequency."""
        return self.getOrDefault(self.minFrequency)

    def getMaxFrequency(self) -> float:
        """The value of maxFrequency."""
        return self.getOrDefault(self.maxFrequency)

    def getPreemphasis(self) -> float:
        """The value of preemphasis."""
        return self.getOrDefault(self.preemphasis)

    def getDeltas(self) -> int:
        """The value of deltas."""
        return self.getOrDefault(self.deltas)

    def getNormalize(self) -> str:
        """The value of normalize."""
        return self.getOrDefault(self.normalize)


class AudioFeatures(
    JavaTransformer,
    _AudioFeaturesParams,
    JavaMLWritable,
    JavaMLReadable["AudioFeatures"],
):
    """Sound files as sequences of frames: log-mel energies, or mel-frequency cepstral coefficients.

    Each row holds the bytes of one file: wav, or what else javax.sound reads, with PCM samples of
    8, 16, 24 or 32 bits, floats, A-law or mu-law; the channels are averaged. With samples x in [-1,
    1), a frame of W samples that begins at sample s, and N the power of two from W on:

      y(t)   = x(t) - preemphasis x(t-1)                                    y(0) = x(0)
      X(k)   = sum over n of y(s + n) w(n) exp(-2 pi i k n / N)             w(n) = (1 - cos(2 pi n / W)) / 2
      m(f)   = 1127 ln(1 + f / 700)                                         HTK's mel scale
      E(b)   = sum over k of |X(k)|^2 T(b, k)                               T: triangles, linear in m
      logMel = ln(max(E(b), 1e-10))
      mfcc   = orthonormal cosine transform II of logMel
      d(t)   = (c(t+1) - c(t-1) + 2 (c(t+2) - c(t-2))) / 10                 deltas, ends repeated

    The edges of the triangles lie at equal distances in m from minFrequency to maxFrequency: band b
    rises from edge b to 1 at edge b + 1 and falls to 0 at edge b + 2. That is what TensorFlow's
    tf.signal does; librosa's defaults differ (Slaney's scale, triangles of equal area, centred
    frames, decibels).

    transform adds one column, array<array<float>>; a streaming DataFrame works too.
    """

    _input_kwargs: Dict[str, Any]

    @keyword_only
    def __init__(
        self,
        *,
        features: str = "mfcc",
        sampleRate: int = 16000,
        windowMillis: float = 25.0,
        hopMillis: float = 10.0,
        numMels: int = 40,
        numCoefficients: int = 13,
        minFrequency: float = 0.0,
        maxFrequency: float = 0.0,
        preemphasis: float = 0.97,
        deltas: int = 0,
        normalize: str = "none",
        inputCol: Optional[str] = None,
        outputCol: str = "features",
        handleInvalid: str = "error",
    ) -> None:
        super().__init__()
        self._java_obj = _converters.java_stage("sparkrnn.feature.AudioFeatures", self.uid)
        self._setDefault(
            features="mfcc",
            sampleRate=16000,
            windowMillis=25.0,
            hopMillis=10.0,
            numMels=40,
            numCoefficients=13,
            minFrequency=0.0,
            maxFrequency=0.0,
            preemphasis=0.97,
            deltas=0,
            normalize="none",
        )
        self.setParams(**self._input_kwargs)

    @keyword_only
    def setParams(
        self,
        *,
        features: str = "mfcc",
        sampleRate: int = 16000,
        windowMillis: float = 25.0,
        hopMillis: float = 10.0,
        numMels: int = 40,
        numCoefficients: int = 13,
        minFrequency: float = 0.0,
        maxFrequency: float = 0.0,
        preemphasis: float = 0.97,
        deltas: int = 0,
        normalize: str = "none",
        inputCol: Optional[str] = None,
        outputCol: str = "features",
        handleInvalid: str = "error",
    ) -> "AudioFeatures":
        """Sets params by keyword; None leaves a param as it is."""
        return _converters.set_given(self, self._input_kwargs)

    def setInputCol(self: S, value: str) -> S:
        """Sets inputCol."""
        return self._set(inputCol=value)

    def setOutputCol(self: S, value: str) -> S:
        """Sets outputCol."""
        return self._set(outputCol=value)

    def setHandleInvalid(self: S, value: str) -> S:
        """Sets handleInvalid."""
        return self._set(handleInvalid=value)

    def setFeatures(self: S, value: str) -> S:
        """Sets features."""
        return self._set(features=value)

    def setSampleRate(self: S, value: int) -> S:
        """Sets sampleRate."""
        return self._set(sampleRate=value)

    def setWindowMillis(self: S, value: float) -> S:
        """Sets windowMillis."""
        return self._set(windowMillis=value)

    def setHopMillis(self: S, value: float) -> S:
        """Sets hopMillis."""
        return self._set(hopMillis=value)

    def setNumMels(self: S, value: int) -> S:
        """Sets numMels."""
        return self._set(numMels=value)

    def setNumCoefficients(self: S, value: int) -> S:
        """Sets numCoefficients."""
        return self._set(numCoefficients=value)

    def setMinFrequency(self: S, value: float) -> S:
        """Sets minFrequency."""
        return self._set(minFrequency=value)

    def setMaxFrequency(self: S, value: float) -> S:
        """Sets maxFrequency."""
        return self._set(maxFrequency=value)

    def setPreemphasis(self: S, value: float) -> S:
        """Sets preemphasis."""
        return self._set(preemphasis=value)

    def setDeltas(self: S, value: int) -> S:
        """Sets deltas."""
        return self._set(deltas=value)

    def setNormalize(self: S, value: str) -> S:
        """Sets normalize."""
        return self._set(normalize=value)


class ImageRows(JavaTransformer, _ContentParams, JavaMLWritable, JavaMLReadable["ImageRows"]):
    """Images as sequences: each row of pixels is a time step, from top to bottom.

    The features of a time step are the pixels of the row from left to right, each as one number
    with grayscale, else as red, green and blue: always three, so that gray images and coloured ones
    fit each other. Images of several widths need the param width, because all time steps must have
    the same number of features.

    transform adds one column, array<array<float>>; a streaming DataFrame works too.
    """

    grayscale: Param[bool] = Param(
        Params._dummy(),
        "grayscale",
        "whether a pixel is one number, 0.299 red + 0.587 green + 0.114 blue, instead of the three",
        typeConverter=TypeConverters.toBoolean,
    )

    scaling: Param[str] = Param(
        Params._dummy(),
        "scaling",
        "unit: pixels from 0 to 1; none: from 0 to 255, as they are stored",
        typeConverter=TypeConverters.toString,
    )

    height: Param[int] = Param(
        Params._dummy(),
        "height",
        "pixels from top to bottom to resize each image to, bilinear and smoothed where it "
        "shrinks; 0 keeps what each has",
        typeConverter=TypeConverters.toInt,
    )

    width: Param[int] = Param(
        Params._dummy(),
        "width",
        "pixels from left to right to resize each image to, as height; 0 keeps what each has",
        typeConverter=TypeConverters.toInt,
    )

    direction: Param[str] = Param(
        Params._dummy(),
        "direction",
        "rows: a time step is a row of pixels, from top to bottom; columns: a column, from left "
        "to right",
        typeConverter=TypeConverters.toString,
    )

    inputCol: Param[str] = Param(
        Params._dummy(),
        "inputCol",
        "column of images: the struct of Spark's image source, or the binary content of image "
        "files; required",
        typeConverter=TypeConverters.toString,
    )

    handleInvalid: Param[str] = Param(
        Params._dummy(),
        "handleInvalid",
        "what to do with a row whose image is null or can't be decoded: error stops and names the "
        "row, skip leaves it out, keep takes it, with null in outputCol",
        typeConverter=TypeConverters.toString,
    )

    _input_kwargs: Dict[str, Any]

    @keyword_only
    def __init__(
        self,
        *,
        grayscale: bool = False,
        scaling: str = "unit",
        height: int = 0,
        width: int = 0,
        direction: str = "rows",
        inputCol: Optional[str] = None,
        outputCol: str = "features",
        handleInvalid: str = "error",
    ) -> None:
        super().__init__()
        self._java_obj = _converters.java_stage("sparkrnn.feature.ImageRows", self.uid)
        self._setDefault(
            grayscale=False,
            scaling="unit",
            height=0,
            width=0,
            direction="rows",
        )
        self.setParams(**self._input_kwargs)

    @keyword_only
    def setParams(
        self,
        *,
        grayscale: bool = False,
        scaling: str = "unit",
        height: int = 0,
        width: int = 0,
        direction: str = "rows",
        inputCol: Optional[str] = None,
        outputCol: str = "features",
        handleInvalid: str = "error",
    ) -> "ImageRows":
        """Sets params by keyword; None leaves a param as it is."""
        return _converters.set_given(self, self._input_kwargs)

    def getGrayscale(self) -> bool:
        """The value of grayscale."""
        return self.getOrDefault(self.grayscale)

    def getScaling(self) -> str:
        """The value of scaling."""
        return self.getOrDefault(self.scaling)

    def getHeight(self) -> int:
        """The value of height."""
        return self.getOrDefault(self.height)

    def getWidth(self) -> int:
        """The value of width."""
        return self.getOrDefault(self.width)

    def getDirection(self) -> str:
        """The value of direction."""
        return self.getOrDefault(self.direction)

    def setInputCol(self: S, value: str) -> S:
        """Sets inputCol."""
        return self._set(inputCol=value)

    def setOutputCol(self: S, value: str) -> S:
        """Sets outputCol."""
        return self._set(outputCol=value)

    def setHandleInvalid(self: S, value: str) -> S:
        """Sets handleInvalid."""
        return self._set(handleInvalid=value)

    def setGrayscale(self: S, value: bool) -> S:
        """Sets grayscale."""
        return self._set(grayscale=value)

    def setScaling(self: S, value: str) -> S:
        """Sets scaling."""
        return self._set(scaling=value)

    def setHeight(self: S, value: int) -> S:
        """Sets height."""
        return self._set(height=value)

    def setWidth(self: S, value: int) -> S:
        """Sets width."""
        return self._set(width=value)

    def setDirection(self: S, value: str) -> S:
        """Sets direction."""
        return self._set(direction=value)
