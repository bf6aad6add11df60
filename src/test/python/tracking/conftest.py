"""A Spark session that lets MLflow log models of this package, and a store of MLflow in a folder."""

import os

import pytest
from pyspark.sql import SparkSession

import sparkrnn
import sparkrnn.mlflow

# MLflow asks for a database, which its small package can't use, unless it is told so.
os.environ["MLFLOW_ALLOW_FILE_STORE"] = "true"

ALLOWLIST = "spark.mlflow.pysparkml.autolog.logModelAllowlistFile"


@pytest.fixture(scope="session")
def spark():
    session = (
        SparkSession.builder.master("local[2]")
        .config("spark.jars", sparkrnn.jar())
        .config(ALLOWLIST, sparkrnn.mlflow.allowlist())
        .config("spark.ui.enabled", "false")
        .config("spark.sql.shuffle.partitions", "2")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .getOrCreate()
    )
    session.sparkContext.setLogLevel("ERROR")
    yield session
    session.stop()


@pytest.fixture
def store(tmp_path, monkeypatch):
    import mlflow

    monkeypatch.setenv("MLFLOW_DFS_TMP", str(tmp_path / "dfs"))
    mlflow.set_tracking_uri((tmp_path / "store").as_uri())
    mlflow.set_experiment("fits")
    return mlflow
