"""How the peers are timed, and on what data.

Whole epochs are counted after a warm-up, until enough time has passed, and so many at least, unless
they take far longer than that. An epoch of a prediction is one pass over all sequences.
"""

import json
import time

from workloads import lengths

FIRST_EPOCHS = 2
LEAST_COUNTED_EPOCHS = 3
FAR_LONGER = 3


class SteadyClock:
    def __init__(self, workload):
        self.workload = workload
        self.created = time.perf_counter()
        self.epochs = 0
        self.begin = None

    def epoch_ended(self):
        """True when enough epochs were counted."""
        now = time.perf_counter()
        self.epochs += 1
        if self.begin is None:
            if self.enough(now - self.created, self.workload["warmUpSeconds"], FIRST_EPOCHS):
                self.begin, self.epochs = now, 0
            return False
        self.seconds = now - self.begin
        return self.enough(self.seconds, self.workload["measuredSeconds"], LEAST_COUNTED_EPOCHS)

    def enough(self, seconds, wanted, least_epochs):
        return seconds >= FAR_LONGER * wanted or (
            seconds >= wanted and self.epochs >= least_epochs
        )

    def result(self, version, **more):
        sequences = self.epochs * self.workload["sequences"]
        return {
            "sequencesPerSecond": sequences / self.seconds,
            "epochs": self.epochs,
            "seconds": self.seconds,
            "version": version,
        } | more


def print_result(result):
    print(json.dumps(result), flush=True)


def quickest(candidates, run):
    """The candidate that a second run of it finds the quickest; the first run warms it up."""

    def seconds(candidate):
        run(candidate)
        begin = time.perf_counter()
        run(candidate)
        return time.perf_counter() - begin

    return min(candidates, key=seconds)


def random_sequences(numpy, workload):
    """Random normals, padded with zeros; labels; lengths.

    The label is the mean of all values of a sequence, so that there is something to learn.
    """
    random = numpy.random.default_rng(20_260)
    shape = (workload["sequences"], workload["maxTimeSteps"], workload["features"])
    x = random.standard_normal(size=shape, dtype=numpy.float32)
    steps = random.permutation(numpy.array(lengths(workload)))
    x[numpy.arange(shape[1]) >= steps[:, None]] = 0
    y = x.sum(axis=(1, 2)) / (steps * shape[2])
    return x, y[:, None].astype(numpy.float32), steps
