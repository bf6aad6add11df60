"""What a fit tells while it runs, and how it is stopped; not with Spark Connect."""

import math
from dataclasses import dataclass, field
from typing import Any, Dict, Optional

from pyspark.java_gateway import ensure_callback_server_started
from pyspark.ml.util import _jvm
from pyspark.sql import SparkSession

from sparkrnn._methods import require_java


@dataclass(frozen=True)
class EpochMeasures:
    """What is known of an epoch when it is done: its number from 1, training steps of the fit so
    far, the mean loss over the batches of the epoch, the validation loss or None, the learning rate
    of the last training step (None of lbfgs, which has none), the global norm of the gradient
    before clipping and that of each layer by itself (both means over the training steps of the
    epoch), and training sequences per second, time steps where they are read piece by piece."""

    epoch: int
    steps: int
    loss: float
    validationLoss: Optional[float]
    learningRate: Optional[float]
    gradientNorm: float
    sequencesPerSecond: float
    layerGradientNorms: Dict[str, float] = field(default_factory=dict)


class TrainingListener:
    """Hears of a fit while it runs, on the driver: override what you need, and be quick, for the
    fit waits. An exception here ends the fit."""

    def started(self, maxIter: int, stepsPerEpoch: int, sequences: int) -> None:
        """The data is packed and the first training step is next. Sequences are those of one
        epoch; time steps where they are read piece by piece."""

    def stepEnded(self, epoch: int, step: int, loss: float) -> None:
        """A training step is done: the epoch from 1, the step within it from 1, the mean loss over
        the batches of this epoch so far."""

    def epochEnded(
        self, epoch: int, loss: float, validationLoss: Optional[float], sequencesPerSecond: float
    ) -> None:
        """An epoch is done, validation included: its number from 1, the mean over its batches, the
        validation loss or None."""

    def epochMeasured(self, measures: EpochMeasures) -> None:
        """The same with all that is known of the epoch; by itself it calls epochEnded."""
        self.epochEnded(
            measures.epoch, measures.loss, measures.validationLoss, measures.sequencesPerSecond
        )

    def ended(self) -> None:
        """The fit is over and succeeded; the model's summary has its history."""

    def notice(self, sentence: str) -> None:
        """A sentence that the user should read, such as a fallback that was taken."""

    def _to_java(self) -> Any:
        ensure_callback_server_started(SparkSession.active().sparkContext._gateway)
        return _JavaListener(self)


def _known(value: float) -> Optional[float]:
    """The number; None for NaN, as which Java says that there is none."""
    return None if math.isnan(value) else value


class _JavaListener:
    """What Java calls."""

    def __init__(self, listener: TrainingListener) -> None:
        self._listener = listener

    def started(self, maxIter: int, stepsPerEpoch: int, sequences: int) -> None:
        self._listener.started(maxIter, stepsPerEpoch, sequences)

    def stepEnded(self, epoch: int, step: int, loss: float) -> None:
        self._listener.stepEnded(epoch, step, loss)

    def epochMeasured(self, measures: Any) -> None:
        norms = measures.layerGradientNorms()
        self._listener.epochMeasured(
            EpochMeasures(
                epoch=measures.epoch(),
                steps=measures.steps(),
                loss=measures.loss(),
                validationLoss=_known(measures.validationLoss()),
                learningRate=_known(measures.learningRate()),
                gradientNorm=measures.gradientNorm(),
                sequencesPerSecond=measures.sequencesPerSecond(),
                layerGradientNorms={layer: norms[layer] for layer in norms},
            )
        )

    def ended(self, history: Any) -> None:
        self._listener.ended()

    def notice(self, sentence: str) -> None:
        self._listener.notice(sentence)

    class Java:
        implements = ["sparkrnn.training.TrainingListener"]


class Interruption:
    """Asks a running fit to stop after its training step, from another thread, and hears what it
    leaves behind. Used for one fit."""

    def __init__(self) -> None:
        require_java("Interruption")
        self._java_obj = _jvm().sparkrnn.training.Interruption()

    def request(self, timeout: float) -> str:
        """Asks the fit to stop and waits until it has, or so many seconds. One sentence about the
        checkpoint that is left; empty if no fit is running."""
        return self._java_obj.request(_jvm().java.time.Duration.ofMillis(int(timeout * 1000)))

    def _to_java(self) -> Any:
        return self._java_obj
