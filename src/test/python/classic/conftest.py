"""One Spark session for all tests, with the jar of the installed wheel."""

import math

import pytest
from pyspark.sql import DataFrame, SparkSession

import sparkrnn


@pytest.fixture(scope="session")
def spark():
    session = (
        SparkSession.builder.master("local[2]")
        .config("spark.jars", sparkrnn.jar())
        .config("spark.ui.enabled", "false")
        .config("spark.sql.shuffle.partitions", "2")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.sql.session.timeZone", "UTC")
        .getOrCreate()
    )
    session.sparkContext.setLogLevel("ERROR")
    yield session
    session.stop()


@pytest.fixture(scope="session")
def sequences(spark) -> DataFrame:
    """Waves of 4 to 9 time steps; the label is the value that follows."""
    rows = []
    for i in range(64):
        wave = [math.sin(0.7 * i + 0.5 * t) for t in range(5 + i % 6)]
        label = "up" if wave[-1] > wave[-2] else "down"
        rows.append((i, [[value] for value in wave[:-1]], wave[-1], label))
    return spark.createDataFrame(
        rows, "id int, features array<array<double>>, label double, direction string"
    ).cache()
