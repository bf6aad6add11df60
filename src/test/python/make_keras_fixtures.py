"""Writes what Keras computes for small networks, to be compared by KerasParityTest.

    python src/test/python/make_keras_fixtures.py

Rewrites src/test/resources/fixtures/keras: one safetensors file per case, with the case in its
metadata. The tensors, all float32:

    initial/<parameter>   before training, by our names: "lstm_0/kernel", ..., "dense/bias"
    x                     all sequences one after the other, (sum of lengths, inputs)
    targets, weights      (sequences, outputs) and (sequences); targets before label smoothing
    predictions           of the initial parameters, (sequences, outputs)
    gradient/<parameter>  of the loss of the initial parameters
    losses                before each training step, and after the last: (steps + 1)
    batch_size_loss       the first loss by Keras' default reduction, which divides by the number of
                          sequences; "losses" are divided by the sum of the weights
    final/<parameter>     after the training steps, each on all sequences

The seed network is trained on another batch in every step, so it has a leading axis of steps in x,
targets and weights, and one prediction and gradient, of the first batch.
"""

import os
import pathlib
import zlib
from dataclasses import dataclass

os.environ["KERAS_BACKEND"] = "tensorflow"
os.environ["CUDA_VISIBLE_DEVICES"] = "-1"
# Grappler reports a pass that it leaves out for every ReLU cell as an error; failures still raise.
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

import keras
import numpy as np
import tensorflow as tf

import fixture_files

SCRIPT = pathlib.Path(__file__)
STEPS = 20
SEED_STEPS = 10
# Behind the end of a sequence in a padded batch; no time step of random normals is all this.
PADDING = -77.0
LOGITS = {
    "crossEntropy": keras.losses.CategoricalCrossentropy,
    "binaryCrossEntropy": keras.losses.BinaryCrossentropy,
}


@dataclass(frozen=True)
class Case:
    name: str
    cell: str
    activation: str
    inputs: int
    units: tuple
    lengths: tuple
    outputs: int
    loss: str
    huber_delta: float = 1.0
    weighted: bool = False
    bidirectional: bool = False
    pooling: str = "last"
    learning_rate: float = 0.01
    label_smoothing: float = 0.0


def cases():
    for name, cell, activation in [
        ("simple_rnn_tanh", "simpleRnn", "tanh"),
        ("simple_rnn_relu", "simpleRnn", "relu"),
        ("lstm", "lstm", "tanh"),
        ("gru", "gru", "tanh"),
    ]:
        yield Case(f"{name}_single", cell, activation, 3, (5,), (6,) * 4, 1, "mse")
        yield Case(f"{name}_stacked", cell, activation, 2, (6, 4), (7,) * 5, 3, "mae")
        yield Case(
            f"{name}_lengths", cell, activation, 4, (3,), (3, 8, 1, 5, 8, 2), 2, "huber", 0.4
        )
        yield Case(
            f"{name}_stacked_lengths",
            cell,
            activation,
            3,
            (4, 6),
            (1, 9, 4, 2, 9, 6, 3),
            2,
            "mse",
            weighted=True,
        )
        yield Case(
            f"{name}_bidirectional",
            cell,
            activation,
            3,
            (4, 5),
            (6, 1, 4, 8, 3),
            2,
            "mse",
            bidirectional=True,
        )
        yield Case(
            f"{name}_mean", cell, activation, 2, (3, 5), (2, 7, 4, 1, 7), 2, "mse", pooling="mean"
        )
        yield Case(
            f"{name}_bidirectional_max",
            cell,
            activation,
            3,
            (5,),
            (5, 9, 1, 3),
            2,
            "mse",
            bidirectional=True,
            pooling="max",
        )
    lengths = (1, 9, 4, 2, 9, 6, 3)
    for name, loss in [("cross_entropy", "crossEntropy"), ("binary", "binaryCrossEntropy")]:
        yield Case(f"lstm_{name}", "lstm", "tanh", 3, (4,), lengths, 3, loss, weighted=True)
        yield Case(
            f"lstm_{name}_smoothed", "lstm", "tanh", 3, (4,), lengths, 3, loss, label_smoothing=0.2
        )


class MaskedMax(keras.layers.GlobalMaxPooling1D):
    """Keras' own layer takes no mask, so that padding could be the maximum."""

    supports_masking = True

    def call(self, inputs, mask=None):
        if mask is None:
            return super().call(inputs)
        return super().call(keras.ops.where(mask[:, :, None], inputs, -np.inf))

    def compute_mask(self, inputs, mask=None):
        return None


def network(case):
    layers = [keras.Input((None, case.inputs)), keras.layers.Masking(PADDING)]
    for i, units in enumerate(case.units):
        layer = {
            "simpleRnn": keras.layers.SimpleRNN,
            "lstm": keras.layers.LSTM,
            "gru": keras.layers.GRU,
        }[case.cell](
            units,
            activation=case.activation,
            return_sequences=i < len(case.units) - 1 or case.pooling != "last",
        )
        layers.append(keras.layers.Bidirectional(layer) if case.bidirectional else layer)
    if case.pooling == "mean":
        layers.append(keras.layers.GlobalAveragePooling1D())
    if case.pooling == "max":
        layers.append(MaskedMax())
    layers.append(keras.layers.Dense(case.outputs))
    model = keras.Sequential(layers)
    model.compile(
        optimizer=keras.optimizers.Adam(case.learning_rate),
        loss=loss_function(case, reduction(case)),
    )
    return model


def reduction(case):
    return "mean_with_sample_weight" if case.weighted else "sum_over_batch_size"


def loss_function(case, reduction):
    if case.loss == "huber":
        return keras.losses.Huber(case.huber_delta, reduction=reduction)
    if case.loss in LOGITS:
        return LOGITS[case.loss](
            from_logits=True, label_smoothing=case.label_smoothing, reduction=reduction
        )
    return {
        "mse": keras.losses.MeanSquaredError,
        "mae": keras.losses.MeanAbsoluteError,
    }[case.loss](reduction=reduction)


def parameter_names(case):
    prefix = {"simpleRnn": "simple_rnn", "lstm": "lstm", "gru": "gru"}[case.cell]
    for i in range(len(case.units)):
        layers = [f"{prefix}_{i}"]
        if case.bidirectional:
            layers = [f"bidirectional_{i}/{way}_{prefix}" for way in ("forward", "backward")]
        for layer in layers:
            for weight in ("kernel", "recurrent_kernel", "bias"):
                yield f"{layer}/{weight}"
    yield "dense/kernel"
    yield "dense/bias"


def named(kind, case, values):
    values = [np.asarray(value) for value in values]
    return {
        f"{kind}/{name}": value for name, value in zip(parameter_names(case), values, strict=True)
    }


def random_parameters(model, random):
    """Normals everywhere, biases too: a zero or a constant would hide a swapped gate."""
    return [random.normal(0, 0.4, weight.shape) for weight in model.get_weights()]


def padded(case, sequences):
    x = np.full((len(sequences), max(case.lengths), case.inputs), PADDING, np.float32)
    for row, sequence in zip(x, sequences):
        row[: len(sequence)] = sequence
    return x


def gradients(case, model, x, targets, weights, loss):
    with tf.GradientTape() as tape:
        predictions = model(x, training=True)
        value = loss(targets, predictions, sample_weight=weights)
    return (
        predictions.numpy(),
        value.numpy(),
        tape.gradient(value, [v.value for v in model.trainable_variables]),
    )


def check_padding(model, sequences, predictions):
    """Masked padding must not change a prediction: each sequence by itself gives the same."""
    alone = np.concatenate([model(sequence[None]).numpy() for sequence in sequences])
    np.testing.assert_allclose(alone, predictions, rtol=0, atol=2e-6)


def train(model, batches):
    losses = [float(model.train_on_batch(x, y, sample_weight=w)) for x, y, w in batches]
    model.reset_metrics()
    x, y, w = batches[-1]
    losses.append(float(model.test_on_batch(x, y, sample_weight=w)))
    return np.array(losses, np.float32)


def random_targets(case, random):
    shape = (len(case.lengths), case.outputs)
    if case.loss == "crossEntropy":
        return np.eye(case.outputs, dtype=np.float32)[random.integers(0, case.outputs, shape[0])]
    if case.loss == "binaryCrossEntropy":
        return random.integers(0, 2, shape).astype(np.float32)
    return random.normal(0, 1, shape).astype(np.float32)


def tensors(case):
    random = np.random.default_rng(zlib.crc32(case.name.encode()))
    model = network(case)
    model.set_weights(random_parameters(model, random))
    sequences = [random.normal(0, 1, (n, case.inputs)).astype(np.float32) for n in case.lengths]
    targets = random_targets(case, random)
    weights = random.uniform(0.2, 3, len(sequences)) if case.weighted else np.ones(len(sequences))
    weights = weights.astype(np.float32)
    x = padded(case, sequences)

    found = named("initial", case, model.get_weights())
    found |= {"x": np.concatenate(sequences), "targets": targets, "weights": weights}
    by_batch_size = loss_function(case, "sum_over_batch_size")(
        targets, model(x), sample_weight=weights
    )
    predictions, _, gradient = gradients(
        case, model, x, targets, weights, loss_function(case, reduction(case))
    )
    check_padding(model, sequences, predictions)
    found |= {"predictions": predictions, "batch_size_loss": by_batch_size.numpy()}
    found |= named("gradient", case, gradient)
    found["losses"] = train(model, [(x, targets, weights)] * STEPS)
    found |= named("final", case, model.get_weights())
    return found


def seed_case():
    """The network that everyone knows first, with Keras' own initial parameters."""
    return Case("seed", "simpleRnn", "relu", 1, (128,), (12,) * 32, 1, "mse", learning_rate=0.001)


def seed_tensors(case):
    keras.utils.set_random_seed(20_260)
    model = keras.Sequential(
        [
            keras.Input((None, 1)),
            keras.layers.SimpleRNN(128, activation="relu"),
            keras.layers.Dense(1),
        ]
    )
    model.compile(optimizer=keras.optimizers.Adam(case.learning_rate), loss="mean_squared_error")
    random = np.random.default_rng(zlib.crc32(case.name.encode()))
    sequences, time_steps = len(case.lengths), case.lengths[0]
    x = waves(random, SEED_STEPS * sequences, time_steps + 1)
    targets = x[:, -1:].reshape(SEED_STEPS, sequences, 1)
    x = x[:, :-1].reshape(SEED_STEPS, sequences, time_steps, 1)
    weights = np.ones((SEED_STEPS, sequences), np.float32)

    found = named("initial", case, model.get_weights())
    found |= {"x": x.reshape(SEED_STEPS, -1, 1), "targets": targets, "weights": weights}
    predictions, value, gradient = gradients(
        case, model, x[0], targets[0], weights[0], keras.losses.MeanSquaredError()
    )
    found |= {"predictions": predictions, "batch_size_loss": value}
    found |= named("gradient", case, gradient)
    found["losses"] = train(model, list(zip(x, targets, weights)))
    found |= named("final", case, model.get_weights())
    return found


def waves(random, count, length):
    """Pieces of sines of random phase, frequency and height."""
    phase, frequency = random.uniform(0, 6.28, (count, 1)), random.uniform(0.2, 0.9, (count, 1))
    height = random.uniform(0.3, 1.2, (count, 1))
    return (height * np.sin(phase + frequency * np.arange(length))).astype(np.float32)


def write(case, steps, found):
    metadata = {
        "keras": keras.__version__,
        "tensorflow": tf.__version__,
        "numpy": np.__version__,
        "cell": case.cell,
        "activation": case.activation,
        "bidirectional": str(case.bidirectional).lower(),
        "pooling": case.pooling,
        "inputs": str(case.inputs),
        "units": ",".join(map(str, case.units)),
        "lengths": ",".join(map(str, case.lengths)),
        "outputs": str(case.outputs),
        "loss": case.loss,
        "huber_delta": str(case.huber_delta),
        "label_smoothing": str(case.label_smoothing),
        "learning_rate": str(case.learning_rate),
        "steps": str(steps),
    }
    path = fixture_files.FIXTURES / "keras" / f"{case.name}.safetensors"
    fixture_files.write(path, SCRIPT, metadata, found)
    print(f"{case.name}: loss {found['losses'][0]:.6f} to {found['losses'][-1]:.6f}")


def main():
    tf.config.threading.set_intra_op_parallelism_threads(1)
    tf.config.threading.set_inter_op_parallelism_threads(1)
    fixture_files.empty_folder("keras")
    for case in cases():
        write(case, STEPS, tensors(case))
    case = seed_case()
    write(case, SEED_STEPS, seed_tensors(case))


if __name__ == "__main__":
    main()
