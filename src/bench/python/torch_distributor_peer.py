"""PyTorch as Spark's TorchDistributor starts it: pytorch_peer.py in tasks of a barrier stage.

The argument is a workload with two fields more: "master", and "firstStep", true if only the time of
the first training step is wanted.
"""

import json
import os
import pathlib
import sys

os.environ["PYSPARK_PYTHON"] = sys.executable

from pyspark.ml.torch.distributor import TorchDistributor
from pyspark.sql import SparkSession
from steady_clock import print_result

HERE = str(pathlib.Path(__file__).resolve().parent)
HOST = "127.0.0.1"


def train(workload):
    import pytorch_peer

    with pytorch_peer.process_group():
        if workload["firstStep"]:
            return pytorch_peer.first_step(workload)
        return pytorch_peer.measure(workload)


def session(workload):
    return (
        SparkSession.builder.appName("TorchDistributor bench")
        .master(workload["master"])
        .config("spark.driver.host", HOST)
        .config("spark.driver.bindAddress", HOST)
        .config("spark.executor.cores", "1")
        .config("spark.executorEnv.PYTHONPATH", HERE)
        .config("spark.ui.enabled", "false")
        .getOrCreate()
    )


def main():
    workload = json.loads(sys.argv[1])
    spark = session(workload)
    distributor = TorchDistributor(
        num_processes=workload["processes"], local_mode=False, use_gpu=False
    )
    result = distributor.run(train, workload)
    print_result(result | {"version": f"{result['version']}, Spark {spark.version}"})
    spark.stop()


main()
