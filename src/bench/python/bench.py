"""Measures training and prediction side by side with Keras and PyTorch on this machine.

Every system trains the same network on data of the same shape, or predicts with it, in a process
of its own with as many threads, and counts whole epochs after a warm-up. The systems take turns,
round after round, so that a slower spell of the machine meets all of them; a ratio is made within a
round, and the median of the rounds is shown. spark-rnn always runs; its epochs are
those of fit on data in a DataFrame, its predictions those of transform into a sink that drops the
rows.

The limit is what the matrix products alone would take at the speed of our sgemm on large squares,
measured in the same run with all threads at once. A step of training costs 6 x gates x
units x (units + inputs) floating-point operations for each sequence, time step and layer, a
prediction a third of it.

The peers are installed into target/bench-venv on first use, and the jar is built if a source is newer.
All workloads with all peers take some two hours; --rounds 1 --workloads seed some minutes.
"""

import argparse
import os
import pathlib
import re
import signal
import sys

from report import figure_name, print_table, shown, workload_summary, write_json
from standalone_cluster import ClusterError
from systems import BenchError, install, place, say, sgemm_peak
from workloads import ONLY_WHEN_NAMED, OURS, PEERS, WORKLOADS, text

QUIET_LOAD = 0.5
EXIT_CODES = {
    0: "done",
    1: "failed",
    2: "a wrong command",
    130: "stopped by Ctrl-C (SIGINT)",
    143: "stopped by SIGTERM",
}


def names_in(known, nothing=None):
    """Turns "a,b" into a list; the word for nothing into an empty one."""

    def parsed(names):
        listed = [] if names == nothing else [name.strip() for name in names.split(",")]
        unknown = [name for name in listed if name not in known]
        if unknown:
            raise argparse.ArgumentTypeError(
                f'there is no "{unknown[0]}"; there are {", ".join(known)}'
            )
        return list(dict.fromkeys(listed))

    return parsed


def at_least_one(number):
    try:
        value = int(number)
    except ValueError:
        value = 0
    if value < 1:
        raise argparse.ArgumentTypeError(
            f'it is "{number}"; it must be a whole number, at least 1'
        )
    return value


def writable(file):
    """Asks before the measuring what would only fail after it."""
    path = pathlib.Path(file)
    try:
        if not file:
            raise OSError("it is empty")
        path.parent.mkdir(parents=True, exist_ok=True)
        new = not path.exists()
        path.open("a").close()
        if new:
            path.unlink()
    except OSError as failure:
        raise argparse.ArgumentTypeError(
            f'"{file}" can\'t be written to ({failure.strerror or failure}); name another file'
        ) from failure
    return path


def listing():
    """What can be named."""
    lines = ["workloads:", *(f"  {name:19}{text(name)}" for name in WORKLOADS), ""]
    lines += ["peers, each in the workloads that it can run:"]
    lines += [f"  {name:19}{what}" for name, what in PEERS.items()]
    lines += ["", "exit codes:"]
    lines += [f"  {code:<5}{meaning}" for code, meaning in EXIT_CODES.items()]
    lines += ["", "examples:", "  jobs/bench --workloads seed,lstm128 --peers pytorch,pytorch-ddp"]
    lines += ["  jobs/bench --workloads cluster-seed,first-step --metrics target/cluster.json"]
    return "\n".join(lines)


class Parser(argparse.ArgumentParser):
    """Says an error in one line, as the other jobs do."""

    def error(self, message):
        self.exit(2, f"bench: {message}. See --help.\n")


def parse_arguments(arguments):
    usual = [name for name in WORKLOADS if name not in ONLY_WHEN_NAMED]
    parser = Parser(
        prog="jobs/bench",
        description=__doc__,
        epilog=listing(),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "--workloads",
        type=names_in(WORKLOADS),
        default=usual,
        metavar="NAMES",
        help=f"some of those below; default all but {', '.join(ONLY_WHEN_NAMED)}",
    )
    parser.add_argument(
        "--peers",
        type=names_in(PEERS, nothing="none"),
        default=list(PEERS),
        metavar="NAMES",
        help="some of those below, or none; default all",
    )
    parser.add_argument("--rounds", type=at_least_one, default=3, help="default 3")
    parser.add_argument(
        "--seconds", type=at_least_one, default=10, help="counted in each run; default 10"
    )
    parser.add_argument(
        "--warm-up-seconds", type=at_least_one, default=10, help="before them; default 10"
    )
    parser.add_argument(
        "--threads",
        type=at_least_one,
        help="of each system; default those of a --master local[N], or else 2",
    )
    parser.add_argument(
        "--master",
        metavar="URL",
        help="where spark-rnn runs instead of local[THREADS]; else --threads should be its cores",
    )
    parser.add_argument(
        "--metrics",
        "--json",
        type=writable,
        metavar="FILE",
        help="writes all figures as JSON",
    )
    parser.add_argument(
        "--verbose", action="store_true", help="shows with an error where it was raised"
    )
    parsed = parser.parse_args(arguments)
    if parsed.threads is None:
        local = re.fullmatch(r"local\[(\d+)\]", parsed.master or "")
        parsed.threads = int(local.group(1)) if local else 2
    return parsed


def systems_of(name, arguments):
    return [OURS, *(peer for peer in arguments.peers if peer in WORKLOADS[name]["peers"])]


def turned(systems, number):
    """Each round begins with the next system."""
    first = (number - 1) % len(systems)
    return systems[first:] + systems[:first]


def measure(arguments, runs, peaks):
    """Adds {round, workload, system, a figure, ...} of each run, and a peak of each round."""
    for number in range(1, arguments.rounds + 1):
        peaks.append(sgemm_peak(arguments.threads))
        for name in arguments.workloads:
            with place(name, arguments) as run:
                for system in turned(systems_of(name, arguments), number):
                    say(f"round {number}/{arguments.rounds}  {name:18}{system:18}runs ...")
                    result = {"round": number, "workload": name, "system": system} | run(system)
                    runs.append(result)
                    say_figure(result, arguments)


def say_figure(run, arguments):
    name = run["workload"]
    figure = shown(name, run[figure_name(name)])
    say(f"round {run['round']}/{arguments.rounds}  {name:18}{run['system']:18}{figure:>12}")


def main(arguments):
    arguments = parse_arguments(arguments)
    load = os.getloadavg()[0]
    if load > QUIET_LOAD:
        say(
            f"This machine is busy (load average {load:.1f}): the figures will be low and unsteady,"
            " most of all PyTorch's, whose threads spin while they wait for each other."
        )
    for name in arguments.workloads:
        say_left_out(name, arguments)
    install({peer for name in arguments.workloads for peer in systems_of(name, arguments)[1:]})
    runs, peaks = [], []
    try:
        measure(arguments, runs, peaks)
    finally:
        # Also of what was measured before a failure or Ctrl-C: it has taken hours.
        if runs:
            publish(runs, peaks, load, arguments)


def say_left_out(name, arguments):
    """Only of peers that were asked for by name."""
    without = [peer for peer in arguments.peers if peer not in WORKLOADS[name]["peers"]]
    if without and arguments.peers != list(PEERS):
        say(f"{name} can't be run by {', '.join(without)}: left out.")


def publish(runs, peaks, load, arguments):
    peak = max(peaks, key=lambda of_round: of_round["flopsPerSecond"])
    measured = {run["workload"] for run in runs if run["system"] == OURS}
    workloads = [
        workload_summary(name, runs, peak["flopsPerSecond"])
        for name in arguments.workloads
        if name in measured
    ]
    print_table(workloads, peak, arguments)
    if arguments.metrics:
        write_json(arguments.metrics, arguments, load, peak, workloads)


class Terminated(KeyboardInterrupt):
    """SIGTERM, which stops what was started as Ctrl-C does."""


def end_as_if_by_ctrl_c(*signal_and_frame):
    raise Terminated


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, end_as_if_by_ctrl_c)
    try:
        main(sys.argv[1:])
    except (BenchError, ClusterError) as failure:
        say(f"bench: {failure}")
        if "--verbose" in sys.argv:
            raise
        sys.exit(1)
    except Terminated:
        sys.exit(143)
    except KeyboardInterrupt:
        sys.exit(130)
