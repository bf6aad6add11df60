"""Writes PyTorch's one-cycle learning rates, to be compared by OptimizerParityTest.

    python src/test/python/make_one_cycle_fixtures.py

Rewrites src/test/resources/fixtures/one_cycle: one safetensors file per number of steps. By itself,
because PyTorch and TensorFlow can't be loaded into one process. The only tensor, float32:

    learning_rates (steps), before each step
"""

import pathlib

import numpy as np
import torch

import fixture_files

SCRIPT = pathlib.Path(__file__)
HIGHEST = 0.3


def one_cycle(steps):
    optimizer = torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], lr=1.0)
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimizer, max_lr=HIGHEST, total_steps=steps, cycle_momentum=False
    )
    rates = []
    for step in range(steps):
        rates.append(schedule.get_last_lr()[0])
        optimizer.step()
        if step < steps - 1:
            schedule.step()
    return rates


def main():
    folder = fixture_files.empty_folder("one_cycle")
    metadata = {"torch": torch.__version__.split("+")[0], "numpy": np.__version__}
    for steps in (1, 2, 3, 4, 7, 40):
        path = folder / f"steps_{steps}.safetensors"
        fixture_files.write(path, SCRIPT, metadata, {"learning_rates": one_cycle(steps)})
        print(path.stem, one_cycle(steps))


if __name__ == "__main__":
    main()
