"""Measures training speed side by side with Keras and PyTorch on this machine.

Every system trains the same network on data of the same shape, in a process of its own with as many
threads, and counts whole epochs after a warm-up. The systems take turns, round after round, so that
a slower spell of the machine meets all of them; a ratio is made within a round, and the median of
the rounds is shown. "pytorch-1" is PyTorch with one thread, which can be its faster way with small
networks. The peers are installed into target/bench-venv on first use.
"""

import argparse
import json
import os
import pathlib
import platform
import statistics
import subprocess
import sys
import venv

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[2]
VENV = ROOT / "target" / "bench-venv"
REQUIREMENTS = [HERE / "requirements.txt", ROOT / "src" / "test" / "python" / "requirements.txt"]
OURS = "spark-rnn"
PEERS = {"keras": "keras_peer.py", "pytorch": "pytorch_peer.py", "pytorch-1": "pytorch_peer.py"}
WORKLOADS = {
    "seed": {
        "cell": "simpleRnn",
        "activation": "relu",
        "units": 128,
        "timeSteps": 50,
        "features": 1,
        "batchSize": 32,
        "sequences": 2400,
    },
    "lstm128": {
        "cell": "lstm",
        "activation": "tanh",
        "units": 128,
        "timeSteps": 50,
        "features": 8,
        "batchSize": 64,
        "sequences": 2560,
    },
}
# What may be set on a machine to override how a library chooses its kernels or threads. The
# override reaches some of the libraries and not others, so every system is run without it.
OVERRIDES = ["OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE", "OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"]


class BenchError(Exception):
    pass


def parse_arguments(arguments):
    def one_of(names):
        def names_in(text):
            unknown = [name for name in text.split(",") if name not in names]
            if unknown:
                raise argparse.ArgumentTypeError(
                    f'there is no "{unknown[0]}"; there are {", ".join(names)}'
                )
            return text.split(",")

        return names_in

    def at_least_one(text):
        if int(text) < 1:
            raise argparse.ArgumentTypeError(f"{text} is too few; it must be at least 1")
        return int(text)

    systems = [OURS, *PEERS]
    parser = argparse.ArgumentParser(
        prog="jobs/bench",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--rounds", type=at_least_one, default=5, help="default 5")
    parser.add_argument(
        "--workloads",
        type=one_of(WORKLOADS),
        default=list(WORKLOADS),
        metavar="NAMES",
        help="some of " + ",".join(WORKLOADS),
    )
    parser.add_argument(
        "--systems",
        type=one_of(systems),
        default=systems,
        metavar="NAMES",
        help="some of " + ",".join(systems),
    )
    parser.add_argument(
        "--threads", type=at_least_one, default=2, help="of each system; default 2: local[2]"
    )
    parser.add_argument(
        "--seconds", type=at_least_one, default=10, help="counted in each run; default 10"
    )
    parser.add_argument(
        "--warm-up-seconds", type=at_least_one, default=10, help="before them; default 10"
    )
    parser.add_argument("--json", metavar="FILE", help="writes all figures")
    return parser.parse_args(arguments)


def say(text):
    print(text, file=sys.stderr, flush=True)


def install_peers():
    """The stamp holds what was installed; it is written last, so half an install is done again."""
    wanted = "".join(path.read_text() for path in REQUIREMENTS)
    stamp = VENV / "requirements.stamp"
    if stamp.is_file() and stamp.read_text() == wanted:
        return
    say("Installing Keras and PyTorch into target/bench-venv; this happens once ...")
    venv.EnvBuilder(clear=True, with_pip=True).create(VENV)
    command = [python(), "-m", "pip", "install", "--quiet", "-r", str(REQUIREMENTS[0])]
    if subprocess.run(command).returncode != 0:
        raise BenchError("The peers could not be installed; see above.")
    stamp.write_text(wanted)


def python():
    return str(VENV / "bin" / "python")


def command(system, workload):
    if system == OURS:
        values = {name: value for name, value in workload.items() if name != "threads"}
        master = f"local[{workload['threads']}]"
        launch = [str(ROOT / "jobs" / "launch"), "sparkrnn.jobs.Bench", "--master", master]
        return [*launch, json.dumps(values)]
    return [python(), str(HERE / PEERS[system]), json.dumps(workload)]


def run(system, workload):
    environment = {name: value for name, value in os.environ.items() if name not in OVERRIDES}
    finished = subprocess.run(
        command(system, workload), env=environment, capture_output=True, text=True
    )
    lines = [line for line in finished.stdout.splitlines() if line.startswith("{")]
    if finished.returncode != 0 or len(lines) != 1:
        say(finished.stdout + finished.stderr)
        raise BenchError(f"{system} gave no figure; see above.")
    return json.loads(lines[0])


def measure(arguments):
    """[{round, workload, system, sequencesPerSecond, ...}]"""
    results = []
    for number in range(1, arguments.rounds + 1):
        for name in arguments.workloads:
            for system in turned(arguments.systems, number):
                workload = WORKLOADS[name] | {
                    "warmUpSeconds": arguments.warm_up_seconds,
                    "measuredSeconds": arguments.seconds,
                    "threads": 1 if system == "pytorch-1" else arguments.threads,
                }
                result = {"round": number, "workload": name, "system": system}
                result |= run(system, workload)
                results.append(result)
                speed = f"{result['sequencesPerSecond']:,.0f} sequences/s"
                say(f"round {number}/{arguments.rounds}  {name:8}  {system:10} {speed}")
    return results


def turned(systems, number):
    """Another system begins each round."""
    first = number % len(systems)
    return systems[first:] + systems[:first]


def speeds(results, workload, system):
    return [
        result["sequencesPerSecond"]
        for result in results
        if (result["workload"], result["system"]) == (workload, system)
    ]


def summary(results, arguments):
    """[{workload, system, median, min, max, oursToThis}], the ratio None without our own figure."""
    rows = []
    for workload in arguments.workloads:
        ours = speeds(results, workload, OURS)
        for system in arguments.systems:
            theirs = speeds(results, workload, system)
            ratios = [our / their for our, their in zip(ours, theirs)]
            rows.append(
                {
                    "workload": workload,
                    "system": system,
                    "median": statistics.median(theirs),
                    "min": min(theirs),
                    "max": max(theirs),
                    "oursToThis": statistics.median(ratios) if ratios else None,
                }
            )
    return rows


def print_table(rows):
    print(f"{'workload':10}{'system':12}{'sequences/s':>12}   {'min .. max':19}{OURS} is")
    for row in rows:
        span = f"{row['min']:,.0f} .. {row['max']:,.0f}"
        ratio = row["oursToThis"]
        times = "" if ratio is None or row["system"] == OURS else f"{ratio:.2f} times as fast"
        line = f"{row['workload']:10}{row['system']:12}{row['median']:>12,.0f}   {span:19}{times}"
        print(line.rstrip())


def processor():
    try:
        lines = pathlib.Path("/proc/cpuinfo").read_text().splitlines()
    except FileNotFoundError:
        return platform.processor()
    return next((line.split(": ")[1] for line in lines if line.startswith("model name")), "")


def write_json(path, arguments, load, results, rows):
    document = {
        "machine": {
            "processor": processor(),
            "cores": os.cpu_count(),
            "system": platform.platform(),
            "loadBefore": load,
        },
        "threads": arguments.threads,
        "warmUpSeconds": arguments.warm_up_seconds,
        "measuredSeconds": arguments.seconds,
        "workloads": {name: WORKLOADS[name] for name in arguments.workloads},
        "summary": rows,
        "runs": results,
    }
    path = pathlib.Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(document, indent=2) + "\n")


def main(arguments):
    arguments = parse_arguments(arguments)
    load = os.getloadavg()[0]
    if load > 0.5:
        say(
            f"This machine is busy (load average {load:.1f}): the figures will be low and unsteady,"
            " most of all PyTorch's, whose threads spin while they wait for each other."
        )
    if any(system in PEERS for system in arguments.systems):
        install_peers()
    results = measure(arguments)
    rows = summary(results, arguments)
    print_table(rows)
    if arguments.json:
        write_json(arguments.json, arguments, load, results, rows)


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except BenchError as failure:
        say(f"bench: {failure}")
        sys.exit(1)
