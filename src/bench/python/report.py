"""What is made of the runs: medians, ratios, the share of the limit; a table and JSON."""

import datetime
import json
import os
import pathlib
import platform
import statistics

from workloads import (
    OUT_OF_COMPETITION,
    OURS,
    WORKLOADS,
    flops_per_sequence,
    text,
)


def is_first_step(name):
    return bool(WORKLOADS[name].get("first_step"))


def figure_name(name):
    return "secondsToFirstStep" if is_first_step(name) else "sequencesPerSecond"


def figures(name, runs):
    """{system: [figure of each round]}"""
    by_system = {}
    for run in runs:
        if run["workload"] == name:
            by_system.setdefault(run["system"], []).append(run[figure_name(name)])
    return by_system


def times_as_fast(name, ours, theirs):
    """The median of the rounds, so that a slow spell of the machine meets both."""
    ratios = [our / their for our, their in zip(ours, theirs)]
    return statistics.median(1 / ratio if is_first_step(name) else ratio for ratio in ratios)


def workload_summary(name, runs, peak):
    """What the JSON says of a workload; the peak in operations a second."""
    by_system = figures(name, runs)
    ours = by_system.pop(OURS)
    ratios = {peer: times_as_fast(name, ours, theirs) for peer, theirs in by_system.items()}
    rivals = [ratio for peer, ratio in ratios.items() if peer not in OUT_OF_COMPETITION]
    return {
        "name": name,
        "text": text(name),
        "unit": "seconds" if is_first_step(name) else "sequences per second",
        "ours": statistics.median(ours),
        "peers": {peer: statistics.median(theirs) for peer, theirs in by_system.items()},
        "ratios": ratios,
        "ratioToBestPeer": min(rivals, default=None),
        "limitShare": limit_share(name, statistics.median(ours), peak),
        "runs": {
            system: {
                "min": min(values),
                "median": statistics.median(values),
                "max": max(values),
                "all": [run for run in runs if (run["workload"], run["system"]) == (name, system)],
            }
            for system, values in ({OURS: ours} | by_system).items()
        },
    }


def limit_share(name, ours, peak):
    """None where the figure is not a speed."""
    if is_first_step(name):
        return None
    return ours * flops_per_sequence(WORKLOADS[name]["shape"]) / peak


def shown(name, value):
    return f"{value:,.1f} s" if is_first_step(name) else f"{value:,.0f}"


def table_rows(workload):
    """The cells of the lines of a workload: ours, then each peer."""
    name, share = workload["name"], workload["limitShare"]
    for number, (system, run) in enumerate(workload["runs"].items()):
        ratio = workload["ratios"].get(system)
        yield [
            name if number == 0 else "",
            system,
            shown(name, run["median"]),
            f"{shown(name, run['min'])} .. {shown(name, run['max'])}",
            "" if ratio is None else f"{ratio:.2f} x",
            f"{share:.0%}" if number == 0 and share is not None else "",
        ]


def print_table(workloads, peak, arguments):
    head = ["workload", "system", "sequences/s", "min .. max", f"{OURS} is", "of the limit"]
    print_cells(head)
    for workload in workloads:
        print()
        for cells in table_rows(workload):
            print_cells(cells)
    print()
    print(f"Sequences/s: the median of {arguments.rounds} round(s); first-step: seconds.")
    print(f'"{OURS} is": how many times as fast as the peer, the median of the rounds\' ratios.')
    all_threads, one = peak["flopsPerSecond"] / 1e9, peak["flopsPerSecondOfOneThread"] / 1e9
    print(
        f"Limit: sgemm on large squares in the same run, {all_threads:.0f} GFLOP/s with"
        f" {peak['threads']} thread(s) at once ({one:.0f} with one alone)."
    )
    for workload in workloads:
        print(f"{workload['name']}: {workload['text']}")


def print_cells(cells):
    name, system, figure, span, ratio, share = cells
    print(f"{name:18}{system:18}{figure:>12}   {span:22}{ratio:>12}{share:>14}".rstrip())


def processor():
    try:
        lines = pathlib.Path("/proc/cpuinfo").read_text().splitlines()
    except FileNotFoundError:
        return platform.processor()
    return next((line.split(": ")[1] for line in lines if line.startswith("model name")), "")


def write_json(path, arguments, load, peak, workloads):
    document = {
        "machine": {
            "processor": processor(),
            "cores": os.cpu_count(),
            "system": platform.platform(),
            "loadBefore": load,
            "sgemmPeak": peak,
        },
        "date": datetime.date.today().isoformat(),
        "rounds": arguments.rounds,
        "threads": arguments.threads,
        "master": arguments.master or f"local[{arguments.threads}]",
        "warmUpSeconds": arguments.warm_up_seconds,
        "measuredSeconds": arguments.seconds,
        "workloads": workloads,
    }
    path.write_text(json.dumps(document, indent=2) + "\n")
