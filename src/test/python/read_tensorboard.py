"""Reads what a fit wrote for TensorBoard with TensorBoard's own reader, and prints the scalars.

    python3 -m venv target/tensorboard-venv
    target/tensorboard-venv/bin/pip install tensorboard==2.21.0 'setuptools<80'
    jobs/train conf/seed.conf --set model.maxIter=5 --set model.validationFraction=0.1 \
        --set model.tensorBoardDir=target/tensorboard
    target/tensorboard-venv/bin/python src/test/python/read_tensorboard.py target/tensorboard

Fails where a run has no scalars, or its steps are not 1, 2, 3, ...
"""

import pathlib
import sys

from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

runs = sorted({file.parent for file in pathlib.Path(sys.argv[1]).rglob("*tfevents*")})
assert runs, f"there are no event files under {sys.argv[1]}"
for run in runs:
    events = EventAccumulator(str(run)).Reload()
    tags = events.Tags()["scalars"]
    assert tags, f"{run} has no scalars"
    for tag in tags:
        scalars = events.Scalars(tag)
        steps = [scalar.step for scalar in scalars]
        assert steps == list(range(1, len(steps) + 1)), f"{run}, {tag}: steps are {steps}"
        print(run.name, tag, *(f"{scalar.value:.4g}" for scalar in scalars))
