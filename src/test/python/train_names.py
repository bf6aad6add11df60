"""The model of conf/names.conf in PyTorch, to be compared with it.

    python src/test/python/train_names.py FOLDER [SEED ...]

FOLDER holds a text file of surnames for each language. The same rows (each name once, of several
languages the first), layers, sizes, schedule and split.
Prints the test accuracy of each seed and their median.
"""

import pathlib
import random
import statistics
import sys
import zlib

import torch
from torch import nn
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence, pad_sequence

EPOCHS, BATCH, RATE, DROPOUT = 15, 64, 0.003, 0.3


def rows(folder):
    languages = {}
    for path in sorted(pathlib.Path(folder).glob("*.txt")):
        for line in path.read_text(encoding="utf-8").splitlines():
            name = line.strip(" ")
            if name:
                languages.setdefault(name, path.stem)
    return sorted(languages.items())


def in_test(name):
    return zlib.crc32(name.encode("utf-8")) % 5 == 0


class Names(nn.Module):
    def __init__(self, characters, languages):
        super().__init__()
        self.embedding = nn.Embedding(characters, 64)
        nn.init.uniform_(self.embedding.weight, -0.05, 0.05)
        self.lstm = nn.LSTM(64, 128, bidirectional=True, batch_first=True)
        self.dense = nn.Linear(256, languages)

    def forward(self, x, lengths):
        e = self.embedding(x)
        if self.training:
            # One mask for all time steps of a sequence.
            mask = torch.bernoulli(torch.full((len(x), 1, 64), 1 - DROPOUT)) / (1 - DROPOUT)
            e = e * mask
        packed = pack_padded_sequence(e, lengths, batch_first=True, enforce_sorted=False)
        y, _ = pad_packed_sequence(
            self.lstm(packed)[0], batch_first=True, padding_value=float("-inf")
        )
        return self.dense(y.max(dim=1).values)


def batch(chosen, characters, languages):
    x = [torch.tensor([characters.get(c, 1) for c in name]) for name, _ in chosen]
    y = torch.tensor([languages[language] for _, language in chosen])
    return pad_sequence(x, batch_first=True), torch.tensor([len(each) for each in x]), y


def accuracy(seed, data):
    torch.manual_seed(seed)
    order = random.Random(seed)
    train = [row for row in data if not in_test(row[0])]
    test = [row for row in data if in_test(row[0])]
    seen = sorted({c for name, _ in train for c in name})
    characters = {c: i + 2 for i, c in enumerate(seen)}
    languages = {name: i for i, name in enumerate(sorted({language for _, language in data}))}
    model = Names(len(characters) + 2, len(languages))
    optimizer = torch.optim.Adam(model.parameters(), RATE, eps=1e-7)
    steps = EPOCHS * -(-len(train) // BATCH)
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimizer, RATE, total_steps=steps, cycle_momentum=False
    )
    for _ in range(EPOCHS):
        order.shuffle(train)
        for first in range(0, len(train), BATCH):
            x, lengths, y = batch(train[first : first + BATCH], characters, languages)
            optimizer.zero_grad()
            nn.functional.cross_entropy(model(x, lengths), y).backward()
            optimizer.step()
            schedule.step()
    model.eval()
    right = 0
    with torch.no_grad():
        for first in range(0, len(test), 512):
            x, lengths, y = batch(test[first : first + 512], characters, languages)
            right += int((model(x, lengths).argmax(1) == y).sum())
    return right / len(test)


def main():
    found = []
    for seed in [int(seed) for seed in sys.argv[2:]] or [1, 2, 3]:
        found.append(accuracy(seed, rows(sys.argv[1])))
        print(f"seed {seed}: test accuracy {found[-1]:.4f}", flush=True)
    print(f"median: {statistics.median(found):.4f}")


if __name__ == "__main__":
    main()
