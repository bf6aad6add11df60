"""Keras' part of jobs/bench: model.fit on data in memory, compiled as Keras chooses."""

import json
import os
import sys

os.environ["KERAS_BACKEND"] = "tensorflow"
os.environ["CUDA_VISIBLE_DEVICES"] = "-1"
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

import keras
import numpy as np
import tensorflow as tf
from steady_clock import SteadyClock, random_sequences


class StopWhenMeasured(keras.callbacks.Callback):
    def __init__(self, clock):
        super().__init__()
        self.clock = clock

    def on_epoch_end(self, epoch, logs=None):
        self.model.stop_training = self.clock.epoch_ended()


def network(workload):
    layer = {
        "simpleRnn": keras.layers.SimpleRNN,
        "lstm": keras.layers.LSTM,
        "gru": keras.layers.GRU,
    }[workload["cell"]]
    model = keras.Sequential(
        [
            keras.Input((workload["timeSteps"], workload["features"])),
            layer(workload["units"], activation=workload["activation"]),
            keras.layers.Dense(1),
        ]
    )
    model.compile(optimizer="adam", loss="mse")
    return model


def main():
    workload = json.loads(sys.argv[1])
    tf.config.threading.set_intra_op_parallelism_threads(workload["threads"])
    x, y = random_sequences(np, workload)
    clock = SteadyClock(workload)
    history = network(workload).fit(
        x,
        y,
        batch_size=workload["batchSize"],
        epochs=sys.maxsize,
        verbose=0,
        callbacks=[StopWhenMeasured(clock)],
    )
    version = f"Keras {keras.__version__}, TensorFlow {tf.__version__}"
    clock.print_result(history.history["loss"][-1], version)


main()
