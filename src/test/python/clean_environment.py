"""Runs the tests with the wheel in a new virtual environment: clean_environment.py DIRECTORY SPARK.

The directory is that of build_wheel.py; SPARK is the version of PySpark.
"""

import sys
from pathlib import Path

from environment import Environment

TESTS = Path(__file__).resolve().parent

#: Without server and web pages, which the tests don't need: 40 MB.
MLFLOW = "mlflow-skinny==3.17.2"


def main(directory: Path, spark: str) -> None:
    pyspark = f"pyspark[connect,ml]=={spark}"
    environment = Environment(directory, "environment", pyspark, "pandas", "pytest")
    pytest = ("pytest", "-q", "-p", "no:cacheprovider", "--durations=5")
    environment.run(*pytest, TESTS / "classic")
    # A process has either a session of its own or one of Spark Connect.
    environment.run(*pytest, TESTS / "connect")
    # Last, so that nothing else can need what MLflow brings.
    environment.run("pip", "--disable-pip-version-check", "install", "-q", MLFLOW)
    environment.run(*pytest, TESTS / "tracking")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
