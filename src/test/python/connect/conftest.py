"""A session of Spark Connect, whose server has the jar of the installed wheel."""

import pytest
from pyspark.sql import SparkSession

import sparkrnn


@pytest.fixture(scope="session")
def spark():
    session = (
        SparkSession.builder.remote("local[2]")
        .config("spark.jars", sparkrnn.jar())
        .config("spark.ui.enabled", "false")
        .config("spark.sql.shuffle.partitions", "2")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .getOrCreate()
    )
    yield session
    session.stop()
