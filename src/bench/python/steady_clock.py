"""How the peers are timed: whole epochs after a warm-up, until enough time has passed."""

import json
import time

FIRST_EPOCHS = 2
LEAST_COUNTED_EPOCHS = 3


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
            warm = now - self.created >= self.workload["warmUpSeconds"]
            if warm and self.epochs >= FIRST_EPOCHS:
                self.begin, self.epochs = now, 0
            return False
        self.seconds = now - self.begin
        return (
            self.seconds >= self.workload["measuredSeconds"] and self.epochs >= LEAST_COUNTED_EPOCHS
        )

    def print_result(self, loss, version):
        sequences = self.epochs * self.workload["sequences"]
        result = {
            "sequencesPerSecond": sequences / self.seconds,
            "epochs": self.epochs,
            "seconds": self.seconds,
            "loss": float(loss),
            "version": version,
        }
        print(json.dumps(result))


def random_sequences(numpy, workload):
    """Random normals; the label is the mean of all, so that there is something to learn."""
    random = numpy.random.default_rng(20_260)
    shape = (workload["sequences"], workload["timeSteps"], workload["features"])
    x = random.normal(size=shape).astype(numpy.float32)
    return x, x.mean(axis=(1, 2))[:, None]
