"""PyTorch's part of jobs/bench: a plain training loop, or predictions, over tensors in memory.

The argument is a workload with two fields of its own: "processes", and for sequences of many
lengths "batches": "packed", "padded" (to the longest of the batch, the output read at each
sequence's last time step) or "sorted" (padded, batches of like lengths in random order).
"""

import contextlib
import json
import os
import socket
import sys
import time

import numpy as np
import torch
import torch.distributed
from steady_clock import SteadyClock, print_result, quickest, random_sequences

VERSION = f"PyTorch {torch.__version__}"
PREDICTED_BATCHES = [32, 128, 512, 2048]


class Regressor(torch.nn.Module):
    def __init__(self, workload):
        super().__init__()
        features, units = workload["features"], workload["units"]
        options = {"num_layers": len(units), "batch_first": True}
        if workload["cell"] == "simpleRnn":
            options["nonlinearity"] = workload["activation"]
        layer = {"simpleRnn": torch.nn.RNN, "lstm": torch.nn.LSTM, "gru": torch.nn.GRU}
        self.recurrent = layer[workload["cell"]](features, units[0], **options)
        self.dense = torch.nn.Linear(units[-1], 1)
        self.batches = workload["batches"]

    def forward(self, x, lengths):
        if self.batches in ("padded", "sorted"):
            x = x[:, : int(lengths.max())]
            outputs = self.recurrent(x)[0]
            return self.dense(outputs[torch.arange(len(x)), lengths - 1])
        if self.batches == "packed":
            x = torch.nn.utils.rnn.pack_padded_sequence(
                x, lengths, batch_first=True, enforce_sorted=False
            )
        state = self.recurrent(x)[1]
        last = state[0] if isinstance(state, tuple) else state
        return self.dense(last[-1])


class Share:
    """What one process works on: every so manieth sequence of a batch, or of all."""

    def __init__(self, workload):
        x, y, lengths = random_sequences(np, workload)
        self.x, self.y, self.lengths = map(torch.from_numpy, (x, y, lengths))
        self.workload = workload
        self.random = torch.Generator().manual_seed(1)  # The same in every process.

    def batches(self):
        """Of one epoch, in a new order: (x, y, lengths)"""
        size = self.workload["batchSize"]
        if self.workload["batches"] == "sorted":
            ordered = torch.argsort(self.lengths).split(size)
            batches = [ordered[b] for b in torch.randperm(len(ordered), generator=self.random)]
        else:
            batches = torch.randperm(len(self.x), generator=self.random).split(size)
        for batch in batches:
            yield self.rows(self.own(batch))

    def chunks(self, size):
        """All that this process predicts, in order."""
        for chunk in self.own(torch.arange(len(self.x))).split(size):
            yield self.rows(chunk)

    def own(self, rows):
        return rows[rank() :: processes()]

    def rows(self, rows):
        return self.x[rows], self.y[rows], self.lengths[rows]


def rank():
    return torch.distributed.get_rank() if torch.distributed.is_initialized() else 0


def processes():
    return torch.distributed.get_world_size() if torch.distributed.is_initialized() else 1


def agreed(value):
    """What the first process says, so that all stop after the same epoch."""
    if processes() == 1:
        return value
    said = torch.tensor([int(value)])
    torch.distributed.broadcast(said, src=0)
    return int(said)


def wait_for_all():
    if processes() > 1:
        torch.distributed.barrier()


def make_trainable(workload):
    model = Regressor(workload)
    if processes() > 1:
        model = torch.nn.parallel.DistributedDataParallel(model)
    # The last state and the fused Adam are the faster of the plain ways.
    return model, torch.optim.Adam(model.parameters(), fused=True)


def step(model, optimizer, x, y, lengths):
    optimizer.zero_grad(set_to_none=True)
    loss = torch.nn.functional.mse_loss(model(x, lengths), y)
    loss.backward()
    optimizer.step()
    return loss


def train(workload):
    share = Share(workload)
    model, optimizer = make_trainable(workload)
    clock = SteadyClock(workload)
    measured = False
    while not measured:
        for batch in share.batches():
            loss = step(model, optimizer, *batch)
        measured = agreed(clock.epoch_ended())
    return clock.result(VERSION, loss=loss.item(), processes=processes())


def predict(workload):
    share = Share(workload)
    model = Regressor(workload).eval()

    def all_rows(size):
        for x, _, lengths in share.chunks(size):
            model(x, lengths)
        wait_for_all()

    with torch.inference_mode():
        batch_size = agreed(quickest(PREDICTED_BATCHES, all_rows))
        clock = SteadyClock(workload)
        measured = False
        while not measured:
            all_rows(batch_size)
            measured = agreed(clock.epoch_ended())
    return clock.result(VERSION, batchSize=batch_size, processes=processes())


def first_step(workload):
    """When the first training step was done, by the clock on the wall."""
    share = Share(workload)
    model, optimizer = make_trainable(workload)
    step(model, optimizer, *next(iter(share.batches())))
    return {"firstStepAt": time.time(), "version": VERSION, "processes": processes()}


def measure(workload):
    torch.set_num_threads(workload["threads"])
    return train(workload) if workload["mode"] == "train" else predict(workload)


@contextlib.contextmanager
def process_group():
    """By the environment: MASTER_ADDR, MASTER_PORT, WORLD_SIZE, RANK."""
    torch.distributed.init_process_group("gloo")
    try:
        yield
        wait_for_all()
    finally:
        torch.distributed.destroy_process_group()


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def run_process(number, port, workload):
    os.environ["MASTER_ADDR"], os.environ["MASTER_PORT"] = "127.0.0.1", str(port)
    os.environ["WORLD_SIZE"], os.environ["RANK"] = str(workload["processes"]), str(number)
    torch.distributed.init_process_group("gloo")
    result = measure(workload)
    if number == 0:
        print_result(result)
    wait_for_all()
    # At once: a process whose neighbour has gone can abort while it takes its group down.
    os._exit(0)


def main():
    workload = json.loads(sys.argv[1])
    if workload["processes"] == 1:
        print_result(measure(workload))
        return
    arguments = (free_port(), workload)
    torch.multiprocessing.spawn(run_process, arguments, nprocs=workload["processes"])


if __name__ == "__main__":
    main()
