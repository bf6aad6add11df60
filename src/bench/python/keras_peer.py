"""Keras' part of jobs/bench: fit or predict on data in memory, compiled as Keras chooses.

Sequences of many lengths are masked, in random batches that are padded to their own longest
sequence. TensorFlow compiles anew for each new number of time steps, so this is rounded up; and
what it may be is compiled beforehand.
"""

import json
import os
import sys

os.environ["KERAS_BACKEND"] = "tensorflow"
os.environ["CUDA_VISIBLE_DEVICES"] = "-1"
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

import keras
import numpy as np
import tensorflow as tf
from steady_clock import SteadyClock, print_result, quickest, random_sequences

VERSION = f"Keras {keras.__version__}, TensorFlow {tf.__version__}"
PADDED_TO_MULTIPLE_OF = 50
PREDICTED_BATCHES = [256, 1024]


class StopWhenMeasured(keras.callbacks.Callback):
    def __init__(self, clock):
        super().__init__()
        self.clock = clock

    def on_epoch_end(self, epoch, logs=None):
        self.model.stop_training = self.clock.epoch_ended()


def is_ragged(workload):
    return workload["minTimeSteps"] < workload["maxTimeSteps"]


def network(workload):
    layer = {
        "simpleRnn": keras.layers.SimpleRNN,
        "lstm": keras.layers.LSTM,
        "gru": keras.layers.GRU,
    }[workload["cell"]]
    time_steps = None if is_ragged(workload) else workload["maxTimeSteps"]
    model = keras.Sequential([keras.Input((time_steps, workload["features"]))])
    if is_ragged(workload):
        model.add(keras.layers.Masking())
    units = workload["units"]
    for number, size in enumerate(units, start=1):
        below = number < len(units)
        model.add(layer(size, activation=workload["activation"], return_sequences=below))
    model.add(keras.layers.Dense(1))
    model.compile(optimizer="adam", loss="mse")
    return model


def fit(model, workload, x, y):
    clock = SteadyClock(workload)
    history = model.fit(
        x,
        y,
        batch_size=workload["batchSize"],
        epochs=sys.maxsize,
        verbose=0,
        callbacks=[StopWhenMeasured(clock)],
    )
    return clock.result(VERSION, loss=history.history["loss"][-1])


def padded_length(longest, workload):
    rounded = -(-longest // PADDED_TO_MULTIPLE_OF) * PADDED_TO_MULTIPLE_OF
    return min(rounded, workload["maxTimeSteps"])


def fit_masked(model, workload, x, y, lengths):
    """By train_on_batch: nothing but the step itself, where a generator would cost a thread."""
    batch_size = workload["batchSize"]
    random = np.random.default_rng(1)
    for longest in range(workload["maxTimeSteps"] // 2, workload["maxTimeSteps"] + 1):
        if longest == padded_length(longest, workload):
            model.train_on_batch(x[:batch_size, :longest], y[:batch_size])
    clock = SteadyClock(workload)
    measured = False
    while not measured:
        order = random.permutation(len(x))
        for start in range(0, len(x), batch_size):
            batch = order[start : start + batch_size]
            longest = padded_length(lengths[batch].max(), workload)
            loss = model.train_on_batch(x[batch, :longest], y[batch])
        measured = clock.epoch_ended()
    return clock.result(VERSION, loss=float(loss))


def predict(model, workload, x):
    batch_size = quickest(
        PREDICTED_BATCHES, lambda candidate: model.predict(x, batch_size=candidate, verbose=0)
    )
    clock = SteadyClock(workload)
    measured = False
    while not measured:
        model.predict(x, batch_size=batch_size, verbose=0)
        measured = clock.epoch_ended()
    return clock.result(VERSION, batchSize=batch_size)


def main():
    workload = json.loads(sys.argv[1])
    tf.config.threading.set_intra_op_parallelism_threads(workload["threads"])
    x, y, lengths = random_sequences(np, workload)
    model = network(workload)
    if workload["mode"] == "predict":
        print_result(predict(model, workload, x))
    elif is_ragged(workload):
        print_result(fit_masked(model, workload, x, y, lengths))
    else:
        print_result(fit(model, workload, x, y))


main()
