"""Writes what PyTorch makes of streams of tokens that are read piece by piece.

    python src/test/python/make_language_fixtures.py

Rewrites src/test/resources/fixtures/language: for each case the training of a small language model
by truncated back-propagation through time. Lanes of tokens are cut into pieces; the hidden state
goes on from piece to piece, without its gradient, and is zero where an epoch begins; after each
piece one step of plain gradient descent. In the files, by our names and in our layout:

    initial/<parameter>, final/<parameter>   before and after all steps
    x, targets    (lanes, steps), ids
    losses        of each training step, before it: nats per token of the piece
    gradient/<parameter>   of the second step: the first one that begins with a state
    state         (lanes, state) after the last piece: of each layer h and, of an LSTM, c
    outputs       (lanes, last piece, vocabulary) of the last piece, before its step

PyTorch's layout against Keras': matrices transposed; gates of the GRU r z n, not z r h; two biases
in every cell, of which Keras has the sum in SimpleRNN and LSTM and both in GRU.
"""

import pathlib
import zlib
from dataclasses import dataclass

import numpy as np
import torch

import fixture_files

SCRIPT = pathlib.Path(__file__)
LANES = 3
STEPS = 11
LENGTH = 4
EPOCHS = 2
LEARNING_RATE = 0.5
PREFIX = {"simpleRnn": "simple_rnn", "lstm": "lstm", "gru": "gru"}


@dataclass(frozen=True)
class Case:
    name: str
    cell: str
    units: tuple
    embedding: int
    tied: bool
    vocabulary: int = 7


def cases():
    yield Case("simple_rnn", "simpleRnn", (5,), 3, False)
    yield Case("lstm", "lstm", (6,), 4, False)
    yield Case("gru", "gru", (5,), 3, False)
    yield Case("lstm_stacked_tied", "lstm", (4, 5), 5, True)
    yield Case("gru_stacked", "gru", (5, 4), 2, False)


class Model(torch.nn.Module):
    def __init__(self, case):
        super().__init__()
        self.case = case
        self.embedding = torch.nn.Embedding(case.vocabulary, case.embedding)
        kind = {"simpleRnn": torch.nn.RNN, "lstm": torch.nn.LSTM, "gru": torch.nn.GRU}[case.cell]
        widths = (case.embedding, *case.units)
        self.layers = torch.nn.ModuleList(
            kind(width, units, batch_first=True) for width, units in zip(widths, case.units)
        )
        self.head = torch.nn.Linear(case.units[-1], case.vocabulary)
        if case.tied:
            self.head.weight = self.embedding.weight
        if case.cell != "gru":
            for layer in self.layers:
                # Keras has one bias: the other one stays zero.
                layer.bias_hh_l0.requires_grad_(False)

    def forward(self, ids, states):
        y = self.embedding(ids)
        new = []
        for layer, state in zip(self.layers, states):
            y, state = layer(y, state)
            new.append(state)
        return self.head(y), new

    def to_keras(self, values):
        """(gates * units, ...) to (..., gates * units), gates in Keras' order."""
        gates = [1, 0, 2] if self.case.cell == "gru" else range({"simpleRnn": 1, "lstm": 4}[self.case.cell])
        blocks = np.split(values.detach().numpy(), len(gates), axis=0)
        return np.concatenate([blocks[gate] for gate in gates], axis=0).T

    def named(self, kind, of):
        """By our names: the parameters, or what `of` makes of each."""
        found = {"embedding_0/embeddings": of(self.embedding.weight).detach().numpy()}
        for i, layer in enumerate(self.layers):
            name = f"{PREFIX[self.case.cell]}_{i}"
            found[f"{name}/kernel"] = self.to_keras(of(layer.weight_ih_l0))
            found[f"{name}/recurrent_kernel"] = self.to_keras(of(layer.weight_hh_l0))
            bias = self.to_keras(of(layer.bias_ih_l0))
            if self.case.cell == "gru":
                bias = np.stack([bias, self.to_keras(of(layer.bias_hh_l0))])
            found[f"{name}/bias"] = bias
        if not self.case.tied:
            found["dense/kernel"] = of(self.head.weight).detach().numpy().T
        found["dense/bias"] = of(self.head.bias).detach().numpy()
        return {f"{kind}/{name}": np.array(value) for name, value in found.items()}


def detached(state):
    return tuple(part.detach() for part in state) if isinstance(state, tuple) else state.detach()


def flat(states):
    """(lanes, state): of each layer h and, of an LSTM, c."""
    parts = [part for state in states for part in (state if isinstance(state, tuple) else (state,))]
    return torch.cat([part[0] for part in parts], dim=1).detach().numpy()


def tensors(case):
    random = np.random.default_rng(zlib.crc32(case.name.encode()))
    model = Model(case)
    with torch.no_grad():
        for parameter in model.parameters():
            value = random.normal(0, 0.5, tuple(parameter.shape))
            parameter.copy_(torch.tensor(value) if parameter.requires_grad else 0 * parameter)
    ids = torch.tensor(random.integers(0, case.vocabulary, (LANES, STEPS + 1)))
    x, targets = ids[:, :-1], ids[:, 1:]
    optimizer = torch.optim.SGD([p for p in model.parameters() if p.requires_grad], LEARNING_RATE)
    found = model.named("initial", lambda parameter: parameter)
    losses = []
    for _ in range(EPOCHS):
        states = [None] * len(case.units)
        for start in range(0, STEPS, LENGTH):
            piece = slice(start, start + LENGTH)
            outputs, states = model(x[:, piece], states)
            states = [detached(state) for state in states]
            loss = torch.nn.functional.cross_entropy(outputs.flatten(0, 1), targets[:, piece].flatten())
            optimizer.zero_grad()
            loss.backward()
            losses.append(loss.item())
            if len(losses) == 2:
                found |= model.named("gradient", lambda parameter: parameter.grad)
            optimizer.step()
    found |= {"x": x.numpy(), "targets": targets.numpy(), "losses": np.array(losses)}
    found |= {"state": flat(states), "outputs": outputs.detach().numpy()}
    return found | model.named("final", lambda parameter: parameter)


def metadata(case):
    return {
        "torch": torch.__version__.split("+")[0],
        "numpy": np.__version__,
        "cell": case.cell,
        "units": ",".join(map(str, case.units)),
        "embedding": str(case.embedding),
        "vocabulary": str(case.vocabulary),
        "tied": str(case.tied).lower(),
        "lanes": str(LANES),
        "steps": str(STEPS),
        "bptt_length": str(LENGTH),
        "epochs": str(EPOCHS),
        "learning_rate": str(LEARNING_RATE),
    }


def main():
    torch.set_num_threads(1)
    torch.set_default_dtype(torch.float64)
    folder = fixture_files.empty_folder("language")
    for case in cases():
        found = tensors(case)
        fixture_files.write(folder / f"{case.name}.safetensors", SCRIPT, metadata(case), found)
        print(f"{case.name}: loss {found['losses'][0]:.6f} to {found['losses'][-1]:.6f}")


if __name__ == "__main__":
    main()
