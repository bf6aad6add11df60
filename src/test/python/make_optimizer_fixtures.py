"""Writes what Keras makes of given gradients and epochs, to be compared by OptimizerParityTest.

    python src/test/python/make_optimizer_fixtures.py

Rewrites src/test/resources/fixtures/optimizer: one safetensors file per case, with the case in its
metadata. All tensors are float32. An optimizer's:

    initial        (parameters)
    gradients      (steps, parameters), of sizes from 1e-8 to 10: what is small shows an epsilon
    learning_rates (steps)
    parameters     (steps, parameters), after each step
    average        (parameters), of the moving average at the end, where there is one

A schedule's:

    learning_rates (steps), before each step; of "reduceOnPlateau" (epochs), before each epoch
    losses         (epochs), of "reduceOnPlateau" alone
"""

import os
import pathlib
import types
from dataclasses import dataclass

os.environ["KERAS_BACKEND"] = "tensorflow"
os.environ["CUDA_VISIBLE_DEVICES"] = "-1"
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

import keras
import numpy as np
import tensorflow as tf

import fixture_files

SCRIPT = pathlib.Path(__file__)
PARAMETERS = 40
STEPS = 60


@dataclass(frozen=True)
class Case:
    name: str
    optimizer: str
    momentum: float = 0.0
    nesterov: bool = False
    weight_decay: float = 0.0
    ema_momentum: float = 0.0


def cases():
    yield Case("adam", "adam")
    yield Case("adam_w", "adamW", weight_decay=0.004)
    yield Case("adam_w_strong", "adamW", weight_decay=0.3)
    yield Case("sgd", "sgd")
    yield Case("sgd_momentum", "sgd", momentum=0.9)
    yield Case("sgd_nesterov", "sgd", momentum=0.8, nesterov=True)
    yield Case("rmsprop", "rmsprop")
    yield Case("rmsprop_momentum", "rmsprop", momentum=0.7)
    yield Case("adagrad", "adagrad")
    yield Case("nadam", "nadam")
    yield Case("adam_average", "adam", ema_momentum=0.9)


def optimizer(case):
    average = {"use_ema": True, "ema_momentum": case.ema_momentum} if case.ema_momentum else {}
    if case.optimizer == "sgd":
        return keras.optimizers.SGD(momentum=case.momentum, nesterov=case.nesterov, **average)
    if case.optimizer == "rmsprop":
        return keras.optimizers.RMSprop(momentum=case.momentum, **average)
    if case.optimizer == "adamW":
        return keras.optimizers.AdamW(weight_decay=case.weight_decay, **average)
    return {
        "adam": keras.optimizers.Adam,
        "adagrad": keras.optimizers.Adagrad,
        "nadam": keras.optimizers.Nadam,
    }[case.optimizer](**average)


def steps(case):
    random = np.random.default_rng(4711)
    sizes = 10.0 ** np.linspace(-8, 1, PARAMETERS)
    initial = random.normal(0, 1, PARAMETERS).astype(np.float32)
    gradients = (random.normal(0, 1, (STEPS, PARAMETERS)) * sizes).astype(np.float32)
    rates = np.where(np.arange(STEPS) < 30, 0.05, 0.01).astype(np.float32)
    variable, subject, after = keras.Variable(initial), optimizer(case), []
    for gradient, rate in zip(gradients, rates):
        subject.learning_rate = float(rate)
        subject.apply([tf.constant(gradient)], [variable])
        after.append(variable.numpy().copy())
    found = {
        "initial": initial,
        "gradients": gradients,
        "learning_rates": rates,
        "parameters": np.stack(after),
    }
    if case.ema_momentum:
        subject.finalize_variable_values([variable])
        found["average"] = variable.numpy()
    return found


def cosine(warmup):
    """Half a wave over 20 steps, after a rise over these."""
    schedule = keras.optimizers.schedules.CosineDecay(
        0.0 if warmup else 0.3,
        20,
        warmup_target=0.3 if warmup else None,
        warmup_steps=warmup,
    )
    return {"learning_rates": [float(schedule(step)) for step in range(40)]}


def plateau():
    random = np.random.default_rng(11)
    losses = 1 / (1 + 0.2 * np.arange(60)) + 0.05 * random.normal(0, 1, 60)
    losses[40:] = losses[39] - 0.0009 * np.arange(1, 21)
    losses = losses.astype(np.float32)
    callback = keras.callbacks.ReduceLROnPlateau(
        mode="min", factor=0.5, patience=3, min_delta=0.001, min_lr=0.02
    )
    subject = keras.optimizers.SGD(0.3)
    callback.set_model(types.SimpleNamespace(optimizer=subject))
    callback.on_train_begin()
    rates = []
    for epoch, loss in enumerate(losses):
        rates.append(float(subject.learning_rate.numpy()))
        callback.on_epoch_end(epoch, {"val_loss": float(loss)})
    return {"learning_rates": rates, "losses": losses}


def schedules():
    yield "schedule_cosine", cosine(0)
    yield "schedule_cosine_warmup", cosine(10)
    yield "schedule_plateau", plateau()


def versions():
    return {
        "keras": keras.__version__,
        "tensorflow": tf.__version__,
        "numpy": np.__version__,
    }


def main():
    folder = fixture_files.empty_folder("optimizer")
    for case in cases():
        metadata = versions() | {
            "optimizer": case.optimizer,
            "momentum": str(case.momentum),
            "nesterov": str(case.nesterov).lower(),
            "weight_decay": str(case.weight_decay),
            "ema_momentum": str(case.ema_momentum),
        }
        fixture_files.write(folder / f"{case.name}.safetensors", SCRIPT, metadata, steps(case))
        print(case.name)
    for name, found in schedules():
        fixture_files.write(folder / f"{name}.safetensors", SCRIPT, versions(), found)
        print(name, np.round(found["learning_rates"], 5))


if __name__ == "__main__":
    main()
