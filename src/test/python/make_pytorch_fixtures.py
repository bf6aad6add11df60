"""Writes what PyTorch computes for the cases of the Keras fixtures, to be compared by PyTorchWitnessTest.

    python src/test/python/make_pytorch_fixtures.py        (after make_keras_fixtures.py)

Takes parameters and sequences from src/test/resources/fixtures/keras, turns the parameters into
PyTorch's layout, runs nn.RNN, nn.LSTM or nn.GRU on packed sequences, of both directions where the
case has them, and turns the gradients back.
Rewrites src/test/resources/fixtures/pytorch: predictions, loss and gradient/<parameter> by our names
and in our layout. No training: PyTorch's Adam has its epsilon at another place.

PyTorch's layout against Keras': matrices transposed; gates of the GRU r z n, not z r h; two biases
in every cell, of which Keras has the sum in SimpleRNN and LSTM and both in GRU.
"""

import pathlib

import numpy as np
import safetensors
import safetensors.numpy
import torch
from torch.nn.utils.rnn import pack_sequence, pad_packed_sequence

import fixture_files

SCRIPT = pathlib.Path(__file__)


class RecurrentLayer:
    """One nn module with the parameters of one of our layers, of one or two directions."""

    def __init__(self, metadata, index, inputs, units, parameters):
        prefix = {"simpleRnn": "simple_rnn", "lstm": "lstm", "gru": "gru"}[metadata["cell"]]
        # By our name, the ending of PyTorch's names.
        self.directions = {f"{prefix}_{index}": ""}
        if metadata["bidirectional"] == "true":
            name = f"bidirectional_{index}"
            self.directions = {
                f"{name}/forward_{prefix}": "",
                f"{name}/backward_{prefix}": "_reverse",
            }
        bidirectional = len(self.directions) > 1
        self.outputs = units * len(self.directions)
        self.gates = {"simpleRnn": [0], "lstm": [0, 1, 2, 3], "gru": [1, 0, 2]}[metadata["cell"]]
        if metadata["cell"] == "simpleRnn":
            self.module = torch.nn.RNN(
                inputs, units, nonlinearity=metadata["activation"], bidirectional=bidirectional
            )
        else:
            self.module = {"lstm": torch.nn.LSTM, "gru": torch.nn.GRU}[metadata["cell"]](
                inputs, units, bidirectional=bidirectional
            )
        for name, ending in self.directions.items():
            kernel = parameters[f"initial/{name}/kernel"]
            recurrent_kernel = parameters[f"initial/{name}/recurrent_kernel"]
            bias = parameters[f"initial/{name}/bias"]
            self.two_biases = bias.ndim == 2
            if not self.two_biases:
                bias = np.stack([bias, np.zeros_like(bias)])
            with torch.no_grad():
                self.parameter("weight_ih", ending).copy_(self.to_pytorch(kernel))
                self.parameter("weight_hh", ending).copy_(self.to_pytorch(recurrent_kernel))
                self.parameter("bias_ih", ending).copy_(self.to_pytorch(bias[0]))
                self.parameter("bias_hh", ending).copy_(self.to_pytorch(bias[1]))

    def parameter(self, kind, ending):
        return getattr(self.module, f"{kind}_l0{ending}")

    def to_pytorch(self, values):
        """(..., gates * units) to (gates * units, ...), gates in PyTorch's order."""
        blocks = np.split(values, len(self.gates), axis=-1)
        return torch.tensor(np.concatenate([blocks[gate] for gate in self.gates], axis=-1).T)

    def from_pytorch(self, values):
        """The way back; swapping two gates is its own inverse."""
        blocks = np.split(values.numpy().T, len(self.gates), axis=-1)
        return np.concatenate([blocks[gate] for gate in self.gates], axis=-1)

    def forward(self, packed):
        """All outputs, packed, and the last of each sequence in the order of the caller."""
        outputs, last = self.module(packed)
        last = last[0] if isinstance(last, tuple) else last
        return outputs, torch.cat(list(last), dim=-1)

    def gradient(self):
        found = {}
        for name, ending in self.directions.items():
            bias = self.from_pytorch(self.parameter("bias_ih", ending).grad)
            if self.two_biases:
                bias = np.stack([bias, self.from_pytorch(self.parameter("bias_hh", ending).grad)])
            found |= {
                f"gradient/{name}/kernel": self.from_pytorch(
                    self.parameter("weight_ih", ending).grad
                ),
                f"gradient/{name}/recurrent_kernel": self.from_pytorch(
                    self.parameter("weight_hh", ending).grad
                ),
                f"gradient/{name}/bias": bias,
            }
        return found


def layers(metadata, parameters):
    inputs = int(metadata["inputs"])
    for i, units in enumerate(map(int, metadata["units"].split(","))):
        layer = RecurrentLayer(metadata, i, inputs, units, parameters)
        yield layer
        inputs = layer.outputs


def pooled(metadata, hidden, last):
    """One row for each sequence, in the order of the caller."""
    if metadata["pooling"] == "last":
        return last
    padded, lengths = pad_packed_sequence(hidden, batch_first=True)
    rows = [sequence[:length] for sequence, length in zip(padded, lengths)]
    if metadata["pooling"] == "mean":
        return torch.stack([row.mean(dim=0) for row in rows])
    return torch.stack([row.amax(dim=0) for row in rows])


def loss(metadata, predictions, targets, weights):
    functional = torch.nn.functional
    if metadata["loss"] == "crossEntropy":
        losses = functional.cross_entropy(
            predictions,
            targets.argmax(dim=1),
            label_smoothing=float(metadata["label_smoothing"]),
            reduction="none",
        )
        return (losses * weights).sum() / weights.sum()
    losses = {
        "mse": lambda: functional.mse_loss(predictions, targets, reduction="none"),
        "mae": lambda: functional.l1_loss(predictions, targets, reduction="none"),
        "huber": lambda: functional.huber_loss(
            predictions, targets, reduction="none", delta=float(metadata["huber_delta"])
        ),
        "binaryCrossEntropy": lambda: functional.binary_cross_entropy_with_logits(
            predictions,
            targets + float(metadata["label_smoothing"]) * (0.5 - targets),
            reduction="none",
        ),
    }[metadata["loss"]]()
    return (losses.mean(dim=1) * weights).sum() / weights.sum()


def computed(metadata, given):
    sequences = torch.split(
        torch.tensor(given["x"]), list(map(int, metadata["lengths"].split(",")))
    )
    hidden = pack_sequence(sequences, enforce_sorted=False)
    recurrent = list(layers(metadata, given))
    for layer in recurrent:
        hidden, last = layer.forward(hidden)
    kernel = torch.tensor(given["initial/dense/kernel"], requires_grad=True)
    bias = torch.tensor(given["initial/dense/bias"], requires_grad=True)
    predictions = pooled(metadata, hidden, last) @ kernel + bias
    value = loss(
        metadata, predictions, torch.tensor(given["targets"]), torch.tensor(given["weights"])
    )
    value.backward()
    found = {"predictions": predictions.detach().numpy(), "loss": value.detach().numpy()}
    for layer in recurrent:
        found |= layer.gradient()
    return found | {
        "gradient/dense/kernel": kernel.grad.numpy(),
        "gradient/dense/bias": bias.grad.numpy(),
    }


def first_batch(given):
    """Of the seed network, whose batches lie one behind the other."""
    if given["targets"].ndim == 3:
        return given | {name: given[name][0] for name in ("x", "targets", "weights")}
    return given


def main():
    torch.set_num_threads(1)
    folder = fixture_files.empty_folder("pytorch")
    for path in sorted((fixture_files.FIXTURES / "keras").iterdir()):
        with safetensors.safe_open(path, "numpy") as file:
            metadata = file.metadata()
        found = computed(metadata, first_batch(safetensors.numpy.load_file(path)))
        note = {
            "torch": torch.__version__.split("+")[0],
            "numpy": np.__version__,
            "keras_fixture_sha256": fixture_files.sha256(path),
        }
        fixture_files.write(folder / path.name, SCRIPT, note, found)
        print(f"{path.stem}: loss {found['loss']:.6f}")


if __name__ == "__main__":
    main()
