"""Fits in MLflow: metrics of every epoch, and what its autologging must know of this package.

::

    spark = (
        SparkSession.builder.config("spark.jars", sparkrnn.jar())
        .config("spark.mlflow.pysparkml.autolog.logModelAllowlistFile", sparkrnn.mlflow.allowlist())
        .getOrCreate()
    )
    mlflow.pyspark.ml.autolog()
    with mlflow.start_run():
        model = RnnRegressor().addListener(MlflowListener()).fit(sequences)

Needs mlflow or mlflow-skinny, which this package does not install.
"""

import time
import warnings
from pathlib import Path
from typing import Dict, Optional

from sparkrnn.training import EpochMeasures, TrainingListener

__all__ = ["MlflowListener", "allowlist"]


def allowlist() -> str:
    """The path of the list of models that MLflow's autologging may log, those of Spark and of this
    package, for ``spark.mlflow.pysparkml.autolog.logModelAllowlistFile``. The setting is read when
    ``mlflow.pyspark.ml.autolog`` is called."""
    return str(Path(__file__).with_name("mlflow_allowlist.txt"))


class MlflowListener(TrainingListener):
    """Logs each epoch of a fit to a run of MLflow, as step the epoch from 1: loss,
    validation_loss, learning_rate, gradient_norm, layer_gradient_norm/ and the name of each layer,
    and sequences_per_second.

    Without run_id it is the run that is active where the listener is made. A store that can't be
    written to does not end the fit: a warning says why no more is logged.
    """

    def __init__(self, run_id: Optional[str] = None) -> None:
        import mlflow

        active = mlflow.active_run()
        if run_id is None and active is None:
            raise RuntimeError(
                "MlflowListener: no run of MLflow is active in this thread; make the listener in"
                " one, with mlflow.start_run(), or give it a run_id."
            )
        # The fit calls from another thread, where no run is active.
        self._run_id = active.info.run_id if run_id is None else run_id
        self._client = mlflow.MlflowClient()
        self._failed = False

    def epochMeasured(self, measures: EpochMeasures) -> None:
        from mlflow.entities import Metric
        from mlflow.exceptions import MlflowException

        super().epochMeasured(measures)
        if self._failed:
            return
        now = int(time.time() * 1000)
        metrics = [
            Metric(key, value, now, measures.epoch) for key, value in _metrics(measures).items()
        ]
        try:
            self._client.log_batch(self._run_id, metrics=metrics)
        except (MlflowException, OSError) as failure:
            self._failed = True
            warnings.warn(
                f"Nothing more is logged to the run {self._run_id} of MLflow: {failure}."
                " The fit goes on.",
                stacklevel=2,
            )


def _metrics(measures: EpochMeasures) -> Dict[str, float]:
    metrics = {
        "loss": measures.loss,
        "validation_loss": measures.validationLoss,
        "learning_rate": measures.learningRate,
        "gradient_norm": measures.gradientNorm,
        "sequences_per_second": measures.sequencesPerSecond,
    }
    for layer, norm in measures.layerGradientNorms.items():
        # In a store of files gradient_norm is a file, and could be no folder.
        metrics[f"layer_gradient_norm/{layer}"] = norm
    return {key: value for key, value in metrics.items() if value is not None}
