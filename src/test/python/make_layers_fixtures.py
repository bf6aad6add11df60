"""Writes what Keras computes for networks of further layers, to be compared by LayersParityTest.

    python src/test/python/make_layers_fixtures.py

Rewrites src/test/resources/fixtures/layers: one safetensors file per case, with the case in its
metadata. The tensors are those of make_keras_fixtures.py; where gradients are accumulated, the
targets of training step t, from 0, are (1 + t % 4) times the ones in the file. Every sequence is run by itself, as long
as it is, so that nothing depends on masks; the loss is the mean over the sequences.
"""

import os
import pathlib
import zlib
from dataclasses import dataclass

os.environ["KERAS_BACKEND"] = "tensorflow"
os.environ["CUDA_VISIBLE_DEVICES"] = "-1"
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

import keras
import numpy as np
import tensorflow as tf

import fixture_files

SCRIPT = pathlib.Path(__file__)
STEPS = 12
LENGTHS = (3, 8, 1, 5, 8, 2)


@dataclass(frozen=True)
class Case:
    name: str
    cell: str
    units: tuple
    bidirectional: bool = False
    pooling: str = "last"
    residual: bool = False
    # Of kernel, recurrent kernel and bias: L1, L2 and the largest norm of a column; 0 for none.
    penalties: tuple = ((0, 0, 0),) * 3
    # Batches of one optimizer step, and the largest norm of its gradient.
    accumulation_steps: int = 1
    global_clipnorm: float = 1e9
    inputs: int = 3
    outputs: int = 2
    learning_rate: float = 0.01


def cases():
    yield Case("residual_lstm", "lstm", (5, 5), residual=True)
    yield Case("residual_gru_mean", "gru", (4, 4, 4), residual=True, pooling="mean")
    yield Case("residual_bidirectional", "lstm", (3, 3), residual=True, bidirectional=True)
    yield Case("residual_of_equal_widths", "simpleRnn", (4, 6, 6), residual=True, pooling="max")
    yield Case("attention", "lstm", (5,), pooling="attention")
    yield Case("attention_bidirectional", "gru", (4,), pooling="attention", bidirectional=True)
    penalties = ((0.03, 0.02, 0.5), (0, 0.1, 0.7), (0.05, 0, 0.4))
    for cell in ("simpleRnn", "lstm", "gru"):
        yield Case(f"penalties_{cell}", cell, (4, 3), penalties=penalties)
    yield Case("penalties_bidirectional", "gru", (3,), penalties=penalties, bidirectional=True)
    yield Case("accumulation", "gru", (4,), accumulation_steps=5, global_clipnorm=0.8)
    yield Case("layer_norm_lstm", "layerNormLstm", (4, 3))
    yield Case("layer_norm_lstm_bidirectional", "layerNormLstm", (4,), bidirectional=True)


@keras.saving.register_keras_serializable()
class LayerNormLSTMCell(keras.layers.LSTMCell):
    """The equations of TensorFlow Addons' cell of this name, which Keras 3 has not."""

    def __init__(self, units, **settings):
        super().__init__(units, **settings)
        self.norms = [keras.layers.LayerNormalization(epsilon=1e-3) for _ in range(3)]

    def build(self, shape):
        super().build(shape)
        for norm, width in zip(self.norms, (4, 4, 1)):
            norm.build((None, width * self.units))

    def call(self, x, states, training=False):
        h, c = states
        kernel_norm, recurrent_norm, state_norm = self.norms
        z = kernel_norm(x @ self.kernel) + recurrent_norm(h @ self.recurrent_kernel) + self.bias
        i, f, g, o = tf.split(z, 4, axis=-1)
        c = state_norm(tf.sigmoid(f) * c + tf.sigmoid(i) * tf.tanh(g))
        h = tf.sigmoid(o) * tf.tanh(c)
        return h, [h, c]


def layer_norm_lstm(units, return_sequences, **settings):
    return keras.layers.RNN(LayerNormLSTMCell(units, **settings), return_sequences=return_sequences)


class Network:
    def __init__(self, case):
        self.case = case
        self.recurrent = [self.layer(units) for units in case.units]
        width = case.units[-1] * (2 if case.bidirectional else 1)
        self.hidden = keras.layers.Dense(width, "tanh")
        self.query = keras.layers.Dense(1, use_bias=False)
        self.dense = keras.layers.Dense(case.outputs)
        self.names = {}
        self.outputs(np.zeros((1, 2, case.inputs), np.float32))
        self.name_parameters()

    def layer(self, units):
        cell = {
            "simpleRnn": keras.layers.SimpleRNN,
            "lstm": keras.layers.LSTM,
            "gru": keras.layers.GRU,
            "layerNormLstm": layer_norm_lstm,
        }[self.case.cell]
        settings = {}
        for kind, (l1, l2, norm) in zip(("kernel", "recurrent", "bias"), self.case.penalties):
            settings[f"{kind}_regularizer"] = keras.regularizers.L1L2(l1, l2)
            settings[f"{kind}_constraint"] = keras.constraints.MaxNorm(norm) if norm else None
        layer = cell(units, return_sequences=True, **settings)
        return keras.layers.Bidirectional(layer) if self.case.bidirectional else layer

    def outputs(self, x):
        y = tf.convert_to_tensor(x)
        for i, layer in enumerate(self.recurrent):
            equal = i > 0 and self.case.units[i] == self.case.units[i - 1]
            y = layer(y) + y if self.case.residual and equal else layer(y)
        return self.dense(self.pooled(y))

    def pooled(self, y):
        if self.case.pooling == "mean":
            return keras.layers.GlobalAveragePooling1D()(y)
        if self.case.pooling == "max":
            return keras.layers.GlobalMaxPooling1D()(y)
        if self.case.pooling == "attention":
            weights = keras.layers.Softmax(axis=1)(self.query(self.hidden(y)))
            return tf.reduce_sum(weights * y, axis=1)
        if self.case.bidirectional:
            units = self.case.units[-1]
            return tf.concat([y[:, -1, :units], y[:, 0, units:]], axis=-1)
        return y[:, -1]

    def name_parameters(self):
        """Variables by our names, in our order."""
        prefix = {
            "simpleRnn": "simple_rnn",
            "lstm": "lstm",
            "gru": "gru",
            "layerNormLstm": "layer_norm_lstm",
        }[self.case.cell]
        weights = ["kernel", "recurrent_kernel", "bias"]
        if self.case.cell == "layerNormLstm":
            for norm in ("kernel_norm", "recurrent_norm", "state_norm"):
                weights += [f"{norm}/gamma", f"{norm}/beta"]
        for i, layer in enumerate(self.recurrent):
            names = [f"{prefix}_{i}"]
            if self.case.bidirectional:
                names = [f"bidirectional_{i}/{way}_{prefix}" for way in ("forward", "backward")]
            paths = [f"{name}/{weight}" for name in names for weight in weights]
            self.names |= dict(zip(paths, layer.trainable_variables, strict=True))
        if self.case.pooling == "attention":
            names = [f"attention_pooling/{name}" for name in ("kernel", "bias", "query")]
            weights = self.hidden.trainable_variables + self.query.trainable_variables
            self.names |= dict(zip(names, weights, strict=True))
        self.names |= zip(("dense/kernel", "dense/bias"), self.dense.trainable_variables)

    def loss(self, sequences, targets):
        """The mean squared error of each sequence, over outputs and then over sequences, with penalties."""
        errors = [self.outputs(x[None]) - y[None] for x, y in zip(sequences, targets)]
        penalties = [loss for layer in self.recurrent for loss in layer.losses]
        return tf.reduce_mean(tf.square(tf.concat(errors, axis=0))) + sum(penalties)

    def gradients(self, sequences, targets):
        variables = [variable.value for variable in self.names.values()]
        with tf.GradientTape() as tape:
            loss = self.loss(sequences, targets)
        return float(loss), tape.gradient(loss, variables)

    def values(self):
        return [variable.numpy() for variable in self.names.values()]

    def named(self, kind, values):
        return {f"{kind}/{name}": np.asarray(value) for name, value in zip(self.names, values)}


def tensors(case):
    random = np.random.default_rng(zlib.crc32(case.name.encode()))
    network = Network(case)
    for variable in network.names.values():
        # Small scores, or time steps that are alike, would make attention a plain mean.
        deviation = 1.2 if case.pooling == "attention" else 0.4
        variable.assign(random.normal(0, deviation, variable.shape))
    sequences = [random.normal(0, 1, (n, case.inputs)).astype(np.float32) for n in LENGTHS]
    targets = random.normal(0, 1, (len(LENGTHS), case.outputs)).astype(np.float32)

    found = network.named("initial", network.values())
    found |= {"x": np.concatenate(sequences), "targets": targets, "weights": np.ones(len(LENGTHS))}
    found["predictions"] = np.concatenate([network.outputs(x[None]) for x in sequences])
    found |= network.named("gradient", network.gradients(sequences, targets)[1])
    accumulates = case.accumulation_steps > 1
    optimizer = keras.optimizers.Adam(
        case.learning_rate,
        gradient_accumulation_steps=case.accumulation_steps if accumulates else None,
        global_clipnorm=case.global_clipnorm,
    )
    losses = []
    for step in range(STEPS):
        # Equal batches would not tell their mean from the last of them.
        factor = 1 + step % 4 if accumulates else 1
        loss, gradients = network.gradients(sequences, factor * targets)
        losses.append(loss)
        optimizer.apply(gradients, list(network.names.values()))
    losses.append(network.gradients(sequences, targets)[0])
    found["losses"] = np.array(losses, np.float32)
    return found | network.named("final", network.values())


def metadata(case):
    return {
        "keras": keras.__version__,
        "tensorflow": tf.__version__,
        "numpy": np.__version__,
        "cell": case.cell,
        "activation": "tanh",
        "bidirectional": str(case.bidirectional).lower(),
        "pooling": case.pooling,
        "residual": str(case.residual).lower(),
        "penalties": ",".join(str(number) for kind in case.penalties for number in kind),
        "accumulation_steps": str(case.accumulation_steps),
        "global_clipnorm": str(case.global_clipnorm),
        "inputs": str(case.inputs),
        "units": ",".join(map(str, case.units)),
        "lengths": ",".join(map(str, LENGTHS)),
        "outputs": str(case.outputs),
        "loss": "mse",
        "huber_delta": "1.0",
        "label_smoothing": "0.0",
        "learning_rate": str(case.learning_rate),
        "steps": str(STEPS),
    }


def main():
    tf.config.threading.set_intra_op_parallelism_threads(1)
    tf.config.threading.set_inter_op_parallelism_threads(1)
    folder = fixture_files.empty_folder("layers")
    for case in cases():
        found = tensors(case)
        fixture_files.write(folder / f"{case.name}.safetensors", SCRIPT, metadata(case), found)
        print(f"{case.name}: loss {found['losses'][0]:.6f} to {found['losses'][-1]:.6f}")


if __name__ == "__main__":
    main()
