"""The methods of the stages of sparkrnn.feature that are no params."""

from typing import TYPE_CHECKING, List

from pyspark.sql import DataFrame

from sparkrnn import _converters
from sparkrnn._methods import JavaMethods

if TYPE_CHECKING:
    from sparkrnn.feature import SequenceScalerModel


class SlidingWindowMethods(JavaMethods):
    def describe(self, dataset: DataFrame) -> str:
        """Makes the windows and says how many there are, what the first and the last one and their
        targets are, and what was mended and left out; for people. Runs one Spark job."""
        return self._act("describe", dataset)


class TokenIndexerModelMethods(JavaMethods):
    #: What decode gives for id 1: Unicode's replacement character.
    UNKNOWN_TOKEN = "\ufffd"

    @property
    def vocabulary(self) -> List[str]:
        """The tokens in the order of their ids; the first has id 2."""
        return self._value("vocabulary")

    @property
    def vocabularySize(self) -> int:
        """How many ids there are, those of padding and of the unknown included."""
        return self._value("vocabularySize")

    def decode(self, *ids: int) -> List[str]:
        """The tokens of these ids: padding is left out, the unknown is UNKNOWN_TOKEN."""
        self._require_java("decode")
        return self._act("decode", _converters.java_ints(ids))


class SequenceScalerModelMethods(JavaMethods):
    @property
    def numFeatures(self) -> int:
        """Features of a time step of the column that was fitted."""
        return self._value("numFeatures")

    @property
    def numKeys(self) -> int:
        """Keys that have statistics of their own."""
        return self._value("numKeys")

    @property
    def offsets(self) -> List[float]:
        """What is subtracted from each feature, by the statistics of all rows."""
        return self._value("offsets")

    @property
    def divisors(self) -> List[float]:
        """What each feature is divided by then, by the statistics of all rows."""
        return self._value("divisors")

    def scale(self, inputCol: str, outputCol: str, *features: int) -> "SequenceScalerModel":
        """A stage of its own that scales another column by the same statistics, such as a label.
        features are the value of featureIndices."""
        return self._sibling("scale", inputCol, outputCol, *features)

    def unscale(self, inputCol: str, outputCol: str, *features: int) -> "SequenceScalerModel":
        """A stage of its own that undoes the scaling in another column, such as a prediction. In
        Java it is called inverse, which in Python is the param."""
        return self._sibling("inverse", inputCol, outputCol, *features)

    def _sibling(
        self, method: str, inputCol: str, outputCol: str, *features: int
    ) -> "SequenceScalerModel":
        self._require_java(method)
        indices = _converters.java_ints(features)
        return JavaMethods._from_java(self._act(method, inputCol, outputCol, indices))
