"""What an exchange costs: the model of docs/exchange.md, fitted to measurements, and its picture.

    exchange_costs.py [--cores 2] [MEASURED.jsonl]

Measurements are lines that sparkrnn.exchange.ExchangeCosts prints; of a case that is there several
times the median is taken. The constants are fitted to one and to two workers. Writes the tables of
docs/exchange.md, which show all cases beside what they predict, and docs/exchange.svg, 8 to 512
executors by the model alone. Needs nothing but Python.
"""

import argparse
import json
import pathlib
import statistics

from exchange_chart import chart

HERE = pathlib.Path(__file__).resolve().parent
DOCS = HERE.parents[2] / "docs"
BEGIN, END = "<!-- exchange_costs.py writes this -->\n", "<!-- to here -->\n"

PARCEL = 1 << 15  # numbers of a message between workers: Parcel.MOST
BLOCK = 1 << 10  # parameters of a piece that is never cut: GradientNorm.BLOCK
CACHES = {"in caches": 1e6, "megabytes": 16e6, "tens": 100e6, "hundreds": float("inf")}
REGIMES = [
    "in caches",
    *(f"{size}, {name}" for name in ("rpc", "sharded") for size in list(CACHES)[1:]),
]
WIRES = {"10 Gbit/s": 1.25e9, "25 Gbit/s": 3.125e9}
EXECUTORS = [8, 16, 32, 64, 128, 256, 512]
SIZES = {
    70_273: "70 thousand",
    1_000_000: "1 million",
    10_000_000: "10 million",
    50_000_000: "50 million",
}
DRIVER_CORES = 4


def regime(exchange, parameters):
    """
    Which of the costs of a byte holds for arrays of so many numbers.

    An array that is one message is put together from its pieces, in new memory if it is large.
    """
    size = next(name for name, most in CACHES.items() if 4 * parameters <= most)
    return size if size == "in caches" else f"{size}, {exchange}"


def slice_of(worker, workers, parameters):
    blocks = -(-parameters // BLOCK)
    bounds = [min(blocks * w // workers * BLOCK, parameters) for w in (worker, worker + 1)]
    return bounds[1] - bounds[0]


def messages(exchange, workers, parameters):
    """Of a step, with one partial sum a worker and without clipping by norms."""
    with_driver = 2 * workers
    if exchange == "rpc":
        return with_driver
    parcels = sum(-(-slice_of(w, workers, parameters) // PARCEL) for w in range(workers))
    return with_driver + 2 * (workers - 1) * parcels


def sent_bytes(exchange, workers, parameters):
    return 8 * parameters * (workers if exchange == "rpc" else workers - 1)


class Costs:
    """Milliseconds of processor time: of a message, and of a byte by regime."""

    def __init__(self, message, byte):
        self.message, self.byte = message, byte

    def of(self, exchange, workers, parameters):
        """All processes together."""
        return self.message * messages(exchange, workers, parameters) + self.byte[
            regime(exchange, parameters)
        ] * sent_bytes(exchange, workers, parameters)

    @staticmethod
    def fitted(cases):
        regimes = sorted({regime(case[0], case[2]) for case in cases})
        rows = []
        for case, found in cases.items():
            here = [sent_bytes(*case) * (regime(case[0], case[2]) == name) for name in regimes]
            rows.append(([messages(*case), *here], found["processorMillis"]))
        message, *byte = least_squares(rows)
        return Costs(message, dict(zip(regimes, byte)))

    def row(self, name):
        """Of the table of constants."""
        byte = [
            f"{1e6 * self.byte[kind]:.2f} ns" if kind in self.byte else "" for kind in REGIMES
        ]
        return "| " + " | ".join([name, f"{1000 * self.message:.0f} us", *byte]) + " |"


class Model:
    """
    Two processes have a core each on a machine of two, three or more share them: that costs more a
    message and a byte. And a step has a moment in which all cores wait for threads to wake. A single
    worker and the driver are busy at the same time in part.
    """

    def __init__(self, cases, cores):
        self.cores = cores
        self.alone = Costs.fitted({case: cases[case] for case in cases if case[1] == 1})
        self.crowded = Costs.fitted({case: cases[case] for case in cases if case[1] == 2})
        self.latency = 0
        self.overlap = statistics.median(
            found["processorMillis"] / found["medianMillis"]
            for case, found in cases.items()
            if case[1] == 1
        )
        waits = [
            found["medianMillis"] - self.here(*case)
            for case, found in cases.items()
            if case[1] == 2 and 4 * case[2] <= CACHES["in caches"]
        ]
        self.latency = max(0, statistics.median(waits))

    def processor(self, exchange, workers, parameters):
        costs = self.alone if workers + 1 <= self.cores else self.crowded
        return costs.of(exchange, workers, parameters)

    def here(self, exchange, workers, parameters):
        """The clock, where all processes share the cores."""
        busy = self.processor(exchange, workers, parameters)
        if workers == 1:
            return busy / self.overlap
        return self.latency + busy / min(workers, self.cores)

    def cluster(self, exchange, workers, parameters, wire):
        """The clock, where each worker has a core and a wire of so many bytes a second."""
        byte = self.crowded.byte[regime(exchange, parameters)]
        message = self.crowded.message
        if exchange == "rpc":
            per_byte = max(1000 / wire, byte / 2 / DRIVER_CORES)
            at_driver = message / 2 / DRIVER_CORES
            return self.latency + workers * (2 * at_driver + 8 * parameters * per_byte)
        # What the owner of the largest slice does; small networks have fewer owners than workers.
        largest = max(slice_of(w, workers, parameters) for w in range(workers))
        owners = sum(slice_of(w, workers, parameters) > 0 for w in range(workers))
        own_messages = message * (workers + owners - 2) * -(-largest // PARCEL)
        with_driver = message * workers / DRIVER_CORES
        own_bytes = 4 * ((workers - 1) * largest + parameters - largest)
        return 2 * self.latency + with_driver + own_messages + own_bytes * max(1000 / wire, byte)


def least_squares(rows):
    """Solves for the unknowns that make the relative errors of (factors, measured) smallest."""
    size = len(rows[0][0])
    scaled = [[factor / measured for factor in factors] for factors, measured in rows]
    matrix = [
        [sum(row[i] * row[j] for row in scaled) for j in range(size)]
        + [sum(row[i] for row in scaled)]
        for i in range(size)
    ]
    for i in range(size):
        pivot = max(range(i, size), key=lambda k: abs(matrix[k][i]))
        matrix[i], matrix[pivot] = matrix[pivot], matrix[i]
        for k in range(size):
            if k != i:
                factor = matrix[k][i] / matrix[i][i]
                matrix[k] = [x - factor * y for x, y in zip(matrix[k], matrix[i])]
    return [matrix[i][size] / matrix[i][i] for i in range(size)]


def read(path):
    """
    {(exchange, workers, parameters): {measure: median}} of exchanges, and the same of steps.

    A single owner of all slices has nobody to exchange with.
    """
    exchanges, steps = {}, {}
    for line in pathlib.Path(path).read_text().splitlines():
        if line.startswith("{"):
            measured = json.loads(line)
            case = (measured["exchange"], measured["workers"], measured["parameters"])
            if case[:2] == ("sharded", 1):
                continue
            kind = steps if "stepMillis" in measured else exchanges
            kind.setdefault(case, []).append(measured)
    return medians(exchanges), medians(steps)


def medians(cases):
    return {
        case: {
            name: statistics.median(run[name] for run in runs)
            for name in runs[0]
            if name.endswith("Millis")
        }
        for case, runs in cases.items()
    }


def shown(value):
    return f"{value:,.0f}" if value >= 99.5 else f"{value:.2g}"


def table(cases, measure, predicted):
    """Markdown of all cases, and in a sentence where the model is off."""
    found = {case: measures[measure] for case, measures in cases.items()}
    workers = sorted({case[1] for case in found})
    lines = [
        "| P | | " + " | ".join(f"W = {count}" for count in workers) + " |",
        "|---" * (len(workers) + 2) + "|",
    ]
    for parameters, exchange in sorted({(case[2], case[0]) for case in found}):
        cells = []
        for case in ((exchange, count, parameters) for count in workers):
            known = case in found
            cells.append(f"{shown(found[case])} ({shown(predicted(*case))})" if known else "")
        lines.append(f"| {parameters:,} | `{exchange}` | " + " | ".join(cells) + " |")
    errors = {case: predicted(*case) / value - 1 for case, value in found.items()}
    return [*lines, "", within(errors), ""]


def within(errors):
    fitted = sum(case[1] <= 2 for case in errors)
    few = f"{fitted} fitted, {len(errors) - fitted} predicted"
    off = {case: error for case, error in sorted(errors.items()) if abs(error) > 0.2}
    sentence = f"Of {len(errors)} cases ({few}) {len(errors) - len(off)} are within 20 %"
    names = [f"`{c[0]}` {c[1]} x {c[2]:,} {error:+.0%}" for c, error in off.items()]
    return sentence + (", all but " + ", ".join(names) if names else "") + "."


def whole_steps(model, steps):
    """Computing is what a thread alone takes, shared by the cores, and longer in a crowd."""

    def computing(case):
        alone = steps[("inProcess", 0, case[2])]["stepMillis"]
        return alone / min(case[1], model.cores)

    crowding = statistics.median(
        (found["stepMillis"] - model.here(*case)) / computing(case)
        for case, found in steps.items()
        if case[1] == 2
    )

    def predicted(*case):
        share = 1 if case[1] + 1 <= model.cores else crowding
        return share * computing(case) + model.here(*case)

    distributed = {case: found for case, found in steps.items() if case[1] > 0}
    return [f"f = {crowding:.2g}:", "", *table(distributed, "stepMillis", predicted)]


def shares(model):
    """How much of the time of rpc sharded takes, of a million parameters and more."""
    sentences = []
    for workers in (8, 128):
        ratios = [
            model.cluster("sharded", workers, size, wire) / model.cluster("rpc", workers, size, wire)
            for size in SIZES
            if size >= 1_000_000
            for wire in WIRES.values()
        ]
        low, high = min(ratios), max(ratios)
        sentences.append(f"{low:.0%} to {high:.0%} at {workers} executors")
    return (
        "From a million parameters on `sharded` takes "
        + " and ".join(sentences)
        + " of the time of `rpc`."
    )


def text(model, exchanges, steps):
    lines = [
        "| processes | a | b, arrays up to 1 MB | `rpc`, to 16 MB | to 100 MB | more"
        " | `sharded`, to 16 MB | to 100 MB | more |",
        "|---|---|---|---|---|---|---|---|---|",
        model.alone.row("two, each with a core (one worker)"),
        model.crowded.row("more (fitted to two workers)"),
        "",
        "Milliseconds of processor time of all processes in a step, in brackets the model:",
        "",
        *table(exchanges, "processorMillis", model.processor),
        f"Milliseconds by the clock, medians; c = {1000 * model.latency:.0f} us, d ="
        f" {model.overlap:.2g}:",
        "",
        *table(exchanges, "medianMillis", model.here),
    ]
    if steps:
        lines += [
            "Whole training steps of LSTM(128), 256 sequences, and LSTM(512), 64, of 10 time steps;",
            *whole_steps(model, steps),
        ]
    return "\n".join([*lines, shares(model), ""])


def picture(model):
    panels = {
        wire: [
            (
                name,
                exchange == "rpc",
                [(count, model.cluster(exchange, count, size, speed)) for count in EXECUTORS],
            )
            for size, name in SIZES.items()
            for exchange in ("sharded", "rpc")
        ]
        for wire, speed in WIRES.items()
    }
    names = list(SIZES.values())
    return chart(panels, names, EXECUTORS, [1, 10, 100, 1000, 10_000, 100_000, 1_000_000])


def main():
    arguments = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    arguments.add_argument("--cores", type=int, default=2, help="of the machine that measured")
    arguments.add_argument("measured", nargs="?", default=HERE / "exchange_costs.jsonl")
    given = arguments.parse_args()
    exchanges, steps = read(given.measured)
    model = Model(exchanges, given.cores)
    page = DOCS / "exchange.md"
    before, rest = page.read_text().split(BEGIN)
    after = rest.split(END)[1]
    page.write_text(before + BEGIN + "\n" + text(model, exchanges, steps) + "\n" + END + after)
    (DOCS / "exchange.svg").write_text(picture(model))


if __name__ == "__main__":
    main()
