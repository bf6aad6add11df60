"""PyTorch's part of jobs/bench: a plain training loop over tensors in memory."""

import json
import sys

import numpy as np
import torch
from steady_clock import SteadyClock, random_sequences


class Regressor(torch.nn.Module):
    def __init__(self, workload):
        super().__init__()
        features, units = workload["features"], workload["units"]
        self.recurrent = {
            "simpleRnn": lambda: torch.nn.RNN(
                features, units, nonlinearity=workload["activation"], batch_first=True
            ),
            "lstm": lambda: torch.nn.LSTM(features, units, batch_first=True),
            "gru": lambda: torch.nn.GRU(features, units, batch_first=True),
        }[workload["cell"]]()
        self.dense = torch.nn.Linear(units, 1)

    def forward(self, x):
        state = self.recurrent(x)[1]
        last = state[0] if isinstance(state, tuple) else state
        return self.dense(last[0])


def train_epoch(model, optimizer, x, y, batch_size):
    order = torch.randperm(len(x))
    for start in range(0, len(x), batch_size):
        batch = order[start : start + batch_size]
        optimizer.zero_grad(set_to_none=True)
        loss = torch.nn.functional.mse_loss(model(x[batch]), y[batch])
        loss.backward()
        optimizer.step()
    return loss


def main():
    workload = json.loads(sys.argv[1])
    torch.set_num_threads(workload["threads"])
    x, y = map(torch.from_numpy, random_sequences(np, workload))
    model = Regressor(workload)
    # The last state and the fused Adam are the faster of the plain ways.
    optimizer = torch.optim.Adam(model.parameters(), fused=True)
    clock = SteadyClock(workload)
    measured = False
    while not measured:
        loss = train_epoch(model, optimizer, x, y, workload["batchSize"])
        measured = clock.epoch_ended()
    clock.print_result(loss.item(), f"PyTorch {torch.__version__}")


main()
