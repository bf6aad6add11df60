"""Writes files of Keras and PyTorch as their users save them, to be imported by ImportedFilesTest.

    python src/test/python/make_formats_fixtures.py

Rewrites src/test/resources/fixtures/formats: NAME.keras or NAME.pt.safetensors, and NAME.safetensors
with lengths, x (time steps of all sequences, features) and the outputs that the library computes,
(sequences, outputs) or (time steps of all sequences, outputs). Ids are the first features. Weights
are seeded normals, so that no two gates are alike.
"""

import os
import pathlib

os.environ["KERAS_BACKEND"] = "tensorflow"
os.environ["CUDA_VISIBLE_DEVICES"] = ""

import keras
import numpy as np
import safetensors.torch
import torch
from keras import layers

import fixture_files

SCRIPT = pathlib.Path(__file__)
LENGTHS = [5, 1, 7, 3]


def features(random, ids, numbers):
    """One array of (time steps, features) for each sequence, ids of 0 to 5 first."""
    return [
        np.concatenate(
            [random.integers(0, 6, (length, ids)), random.normal(size=(length, numbers))], axis=1
        ).astype(np.float32)
        for length in LENGTHS
    ]


def write(folder, name, sequences, outputs):
    fixture_files.write(
        folder / f"{name}.safetensors",
        SCRIPT,
        {},
        {
            "lengths": np.array(LENGTHS),
            "x": np.concatenate(sequences),
            "outputs": np.concatenate([np.atleast_2d(each) for each in outputs]),
        },
    )


def keras_case(folder, random, name, model, ids, numbers):
    model.set_weights([random.normal(0, 0.5, w.shape) for w in model.get_weights()])
    sequences = features(random, ids, numbers)
    outputs = []
    for each in sequences:
        columns = [each[None, :, i].astype(np.int32) for i in range(ids)]
        inputs = columns + ([each[None, :, ids:]] if numbers else [])
        outputs.append(model(inputs if len(inputs) > 1 else inputs[0]).numpy()[0])
    model.save(folder / f"{name}.keras")
    write(folder, name, sequences, outputs)


def keras_cases(folder, random):
    seed = keras.Sequential(
        [keras.Input((None, 1)), layers.SimpleRNN(5, activation="relu"), layers.Dense(1)]
    )
    seed.compile("adam", "mse")  # its optimizer is saved too
    keras_case(folder, random, "keras_seed", seed, 0, 1)
    stacked = keras.Sequential(
        [
            keras.Input((None, 3)),
            layers.LSTM(4, return_sequences=True, dropout=0.2),
            layers.Dropout(0.1),
            layers.LSTM(6),
            layers.Dense(3, activation="softmax"),
        ]
    )
    keras_case(folder, random, "keras_stacked_softmax", stacked, 0, 3)
    ids, numbers = keras.Input((None,)), keras.Input((None, 2))
    x = layers.Concatenate()([layers.Embedding(6, 3)(ids), numbers])
    x = layers.Bidirectional(layers.GRU(4, return_sequences=True))(x)
    x = layers.GlobalMaxPooling1D()(x)
    functional = keras.Model([ids, numbers], layers.Dense(2, activation="sigmoid")(x))
    keras_case(folder, random, "keras_embedding_sigmoid", functional, 1, 2)
    tagger = keras.Sequential(
        [
            keras.Input((None, 2)),
            layers.Bidirectional(layers.LSTM(3, return_sequences=True, use_bias=False)),
            layers.TimeDistributed(layers.Dense(3, activation="softmax")),
        ]
    )
    keras_case(folder, random, "keras_tagger", tagger, 0, 2)


class Regression(torch.nn.Module):
    def __init__(self, rnn, outputs, vocabulary=0):
        super().__init__()
        self.words = torch.nn.Embedding(vocabulary, 3) if vocabulary else None
        self.encoder = rnn
        self.fc = torch.nn.Linear(rnn.hidden_size * (2 if rnn.bidirectional else 1), outputs)

    def forward(self, x):
        if self.words is not None:
            x = torch.cat([self.words(x[:, :, 0].long()), x[:, :, 1:]], dim=2)
        y, _ = self.encoder(x)
        half = self.encoder.hidden_size
        return self.fc(torch.cat([y[:, -1, :half], y[:, 0, half:]], dim=1))


def pytorch_case(folder, random, name, model, ids, numbers):
    with torch.no_grad():
        for parameter in model.parameters():
            parameter.copy_(torch.tensor(random.normal(0, 0.5, parameter.shape)))
        sequences = features(random, ids, numbers)
        outputs = [model(torch.tensor(each)[None])[0].numpy() for each in sequences]
    safetensors.torch.save_file(model.state_dict(), folder / f"{name}.pt.safetensors")
    write(folder, name, sequences, outputs)


def pytorch_cases(folder, random):
    lstm = torch.nn.LSTM(5, 4, num_layers=2, bidirectional=True, batch_first=True)
    pytorch_case(folder, random, "pytorch_lstm", Regression(lstm, 2, vocabulary=6), 1, 2)
    gru = torch.nn.GRU(3, 5, batch_first=True)
    pytorch_case(folder, random, "pytorch_gru", Regression(gru, 1), 0, 3)
    rnn = torch.nn.RNN(2, 4, nonlinearity="relu", bias=False, batch_first=True)
    pytorch_case(folder, random, "pytorch_rnn_relu", Regression(rnn, 1), 0, 2)


def main():
    folder = fixture_files.empty_folder("formats")
    random = np.random.default_rng(20)
    keras_cases(folder, random)
    pytorch_cases(folder, random)


if __name__ == "__main__":
    main()
