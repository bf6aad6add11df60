"""Recurrent neural networks as Spark ML stages, trained in Spark.

The session loads the jar of the package::

    import sparkrnn
    from pyspark.sql import SparkSession
    from sparkrnn.ml import RnnRegressor

    spark = SparkSession.builder.config("spark.jars", sparkrnn.jar()).getOrCreate()
    model = RnnRegressor(cell="lstm", units=64, maxIter=20).fit(sequences)
"""

from importlib.metadata import version
from pathlib import Path

__version__ = version("sparkrnn")

__all__ = ["jar"]


def jar() -> str:
    """The path of the jar with the stages, for ``spark.jars`` and ``--jars``."""
    path = Path(__file__).with_name("jars") / "spark-rnn.jar"
    if not path.exists():
        raise FileNotFoundError(
            f"sparkrnn: there is no {path}; it is part of the wheel. Build and install that:"
            " ./mvnw -Ppython package."
        )
    return str(path)
