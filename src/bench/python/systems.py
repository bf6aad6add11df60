"""How the systems are installed and run: each in a process of its own, which prints its figures."""

import contextlib
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import time
import venv

from standalone_cluster import HOST, ROOT, StandaloneCluster, stop_group
from workloads import DISTRIBUTOR, OURS, WORKLOADS

HERE = pathlib.Path(__file__).resolve().parent
VENV = ROOT / "target" / "bench-venv"
REQUIREMENTS = [HERE / "requirements.txt", ROOT / "src" / "test" / "python" / "requirements.txt"]
LAUNCH = str(ROOT / "jobs" / "launch")
FIRST_STEP_LINE = re.compile(r"epoch 1/\d+, step 1/")
# What may be set on a machine to override how a library chooses its kernels or threads. The
# override reaches some of the libraries and not others, so every system is run without it.
OVERRIDES = ["OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE", "OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"]


class BenchError(Exception):
    pass


def say(text):
    print(text, file=sys.stderr, flush=True)


def python():
    return str(VENV / "bin" / "python")


def install(peers):
    """Keras and PyTorch together; PySpark, which is big, only for its TorchDistributor."""
    if not peers:
        return
    text = "".join(path.read_text() for path in REQUIREMENTS)
    if not has_stamp("requirements", text):
        say("Installing Keras and PyTorch into target/bench-venv; this happens once ...")
        venv.EnvBuilder(clear=True, with_pip=True).create(VENV)
        pip_install("requirements", text, "-r", str(REQUIREMENTS[0]))
    pyspark = f"pyspark[sql]=={spark_version()}"
    if DISTRIBUTOR in peers and not has_stamp("pyspark", pyspark):
        say("Installing PySpark into target/bench-venv; this happens once ...")
        pip_install("pyspark", pyspark, pyspark, "-c", str(REQUIREMENTS[1]))


def has_stamp(name, text):
    """The stamp is what was installed; it is written last, so half an install is done again."""
    stamp = VENV / f"{name}.stamp"
    return stamp.is_file() and stamp.read_text() == text


def pip_install(name, text, *arguments):
    command = [python(), "-m", "pip", "install", "--quiet", *arguments]
    if subprocess.run(command).returncode != 0:
        raise BenchError("The peers could not be installed; see above.")
    (VENV / f"{name}.stamp").write_text(text)


def spark_version():
    """The one that this project is built with."""
    pom = (ROOT / "pom.xml").read_text()
    return re.search("<spark.version>(.*)</spark.version>", pom).group(1)


def sgemm_peak(threads):
    """{threads, flopsPerSecond, flopsPerSecondOfOneThread, blas}; builds the jar if need be."""
    command = [LAUNCH, "sparkrnn.jobs.SgemmPeak", str(threads)]
    return json_printed("sgemm", command, environment())


def environment(**more):
    return {name: value for name, value in os.environ.items() if name not in OVERRIDES} | more


def cluster_environment():
    """Nothing of a Spark that happens to be installed here, which may be another version."""
    values = environment(SPARK_LOCAL_IP=HOST)
    values.pop("SPARK_HOME", None)
    return values


def json_printed(system, command, env):
    """The one line of JSON that a command prints. With us ends what it has started."""
    with tempfile.TemporaryFile("w+") as output:
        process = subprocess.Popen(
            command,
            env=env,
            stdout=output,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        try:
            errors = "".join(map(passed_on, process.stderr))
            process.wait()
        finally:
            stop_group(process)
        output.seek(0)
        printed = output.read()
    lines = [line for line in printed.splitlines() if line.startswith("{")]
    if process.returncode != 0 or len(lines) != 1:
        say(printed + errors)
        raise BenchError(f"{system} gave no figure; see above.")
    return json.loads(lines[0])


def passed_on(line):
    """The launcher's word that it takes minutes to build is for the user."""
    if line.startswith(("Building ", "Sources have changed", "Preparing ")):
        say(line.rstrip())
    return line


@contextlib.contextmanager
def place(name, arguments):
    """Where one round of a workload runs: a function that runs one system there."""
    workload = WORKLOADS[name]
    shape = workload["shape"] | {
        "warmUpSeconds": arguments.warm_up_seconds,
        "measuredSeconds": arguments.seconds,
    }
    if workload.get("first_step"):
        yield lambda system: first_step(system, shape, arguments)
    elif workload.get("cluster"):
        with StandaloneCluster(arguments.threads) as cluster:
            yield lambda system: on_cluster(system, shape, cluster.url, arguments.threads)
    else:
        yield lambda system: on_this_machine(system, shape, arguments)


def on_this_machine(system, shape, arguments):
    if system == OURS:
        command = [LAUNCH, "sparkrnn.jobs.Bench", "--master", master(arguments)]
        return json_printed(system, [*command, json.dumps(shape)], environment())
    script = "keras_peer.py" if system == "keras" else "pytorch_peer.py"
    workload = shape | division(system, arguments.threads) | {"batches": batches(system, shape)}
    return json_printed(
        system, [python(), str(HERE / script), json.dumps(workload)], environment()
    )


def master(arguments):
    return arguments.master or f"local[{arguments.threads}]"


def division(system, threads):
    """Processes of a peer, and threads of each."""
    if system in ("pytorch-ddp", DISTRIBUTOR):
        return {"processes": threads, "threads": 1}
    return {"processes": 1, "threads": 1 if system == "pytorch-1" else threads}


def batches(system, shape):
    """What pytorch_peer.py does with sequences of many lengths."""
    if shape["minTimeSteps"] == shape["maxTimeSteps"]:
        return "whole"
    of_system = {"pytorch-padded": "padded", "pytorch-sorted": "sorted", "pytorch-ddp": "padded"}
    return of_system.get(system, "packed")


def distributor_command(shape, master_url, processes, only_first_step):
    workload = shape | division(DISTRIBUTOR, processes)
    workload |= {"batches": "whole", "master": master_url, "firstStep": only_first_step}
    return [python(), str(HERE / "torch_distributor_peer.py"), json.dumps(workload)]


def on_cluster(system, shape, url, workers):
    if system == OURS:
        options = ["--executor-cores", "1", "--total-executor-cores", str(workers)]
        command = [LAUNCH, "sparkrnn.jobs.Bench", "--master", url, *options, json.dumps(shape)]
    else:
        command = distributor_command(shape, url, workers, only_first_step=False)
    return json_printed(system, command, cluster_environment())


def first_step(system, shape, arguments):
    if system == OURS:
        return {"secondsToFirstStep": seconds_to_progress(arguments)}
    begin = time.time()
    command = distributor_command(shape, master(arguments), arguments.threads, only_first_step=True)
    result = json_printed(system, command, cluster_environment())
    return {"secondsToFirstStep": result["firstStepAt"] - begin, "version": result["version"]}


def seconds_to_progress(arguments):
    """Until jobs/train prints its first line of progress, which it does after the first step."""
    options = ["--master", arguments.master] if arguments.master else []
    begin = time.perf_counter()
    process = subprocess.Popen(
        [str(ROOT / "jobs" / "train"), *options, "conf/seed.conf"],
        cwd=ROOT,
        env=environment(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    lines = []
    try:
        for line in process.stderr:
            lines.append(line)
            if FIRST_STEP_LINE.match(line):
                return time.perf_counter() - begin
    finally:
        stop_group(process)
    say("".join(lines))
    raise BenchError("jobs/train ended before its first step; see above.")
