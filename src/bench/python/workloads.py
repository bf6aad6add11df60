"""What jobs/bench measures: the networks, the shapes of the data, and what they cost.

The names of the fields are those of sparkrnn.jobs.BenchWorkload, which gets them as JSON. An epoch
takes from half a second to some seconds, so large networks have few sequences.
"""

OURS = "spark-rnn"
DISTRIBUTOR = "torch-distributor"
PEERS = {
    "keras": "Keras on TensorFlow, with all threads",
    "pytorch": "PyTorch, one process with all threads",
    "pytorch-1": "PyTorch, one process with one thread: can be quicker with small networks",
    "pytorch-ddp": "PyTorch, a process of one thread for each thread: DistributedDataParallel by"
    " gloo, each with its part of every batch; predictions each of its part of the rows",
    "pytorch-padded": "varlen: padded, the output read at each sequence's last time step",
    "pytorch-sorted": "varlen: the same with batches of like lengths, sorted by hand; not the"
    " random batches of the others, so it does not count as the best peer",
    DISTRIBUTOR: "pytorch-ddp as Spark's TorchDistributor starts it",
}
# Not what the workload asks for, so not what our ratio to the best peer is made with.
OUT_OF_COMPETITION = ["pytorch-sorted"]
TRAINING_PEERS = ["keras", "pytorch", "pytorch-1", "pytorch-ddp"]
VARLEN_PEERS = ["keras", "pytorch", "pytorch-padded", "pytorch-sorted", "pytorch-ddp"]

GATES = {"simpleRnn": 1, "lstm": 4, "gru": 3}


def network(cell, units, time_steps, features, batch_size, activation="tanh"):
    shortest, longest = time_steps if isinstance(time_steps, tuple) else (time_steps, time_steps)
    return {
        "cell": cell,
        "activation": activation,
        "units": units,
        "minTimeSteps": shortest,
        "maxTimeSteps": longest,
        "features": features,
        "batchSize": batch_size,
    }


SEED = network("simpleRnn", [128], 50, 1, 32, activation="relu")
LSTM128 = network("lstm", [128], 50, 8, 64)
GRU128 = network("gru", [128], 50, 8, 64)
LSTM256X2 = network("lstm", [256, 256], 100, 32, 128)
LSTM1024 = network("lstm", [1024], 50, 128, 128)
VARLEN = network("lstm", [128], (5, 500), 8, 64)


def train(shape, sequences, peers=TRAINING_PEERS, **more):
    return {"shape": shape | {"mode": "train", "sequences": sequences}, "peers": peers} | more


def predict(shape, sequences):
    shape = shape | {"mode": "predict", "sequences": sequences}
    return {"shape": shape, "peers": TRAINING_PEERS}


WORKLOADS = {
    "seed": train(SEED, 16_000),
    "lstm128": train(LSTM128, 5_120),
    "gru128": train(GRU128, 5_120),
    "lstm256x2": train(LSTM256X2, 512),
    "lstm1024": train(LSTM1024, 256),
    "varlen": train(VARLEN, 1_280, VARLEN_PEERS),
    "predict-seed": predict(SEED, 163_840),
    "predict-lstm128": predict(LSTM128, 81_920),
    "predict-gru128": predict(GRU128, 81_920),
    "predict-lstm256x2": predict(LSTM256X2, 4_096),
    "predict-lstm1024": predict(LSTM1024, 1_024),
    # As "seed", of data that are not small: what large sets cost beside the computing.
    "seed-million": train(SEED, 1_000_000),
    "cluster-seed": train(SEED, 16_000, [DISTRIBUTOR], cluster=True),
    # The windows, the batch and the network of conf/seed.conf.
    "first-step": train(SEED, 2_400, [DISTRIBUTOR], first_step=True),
}
# These start clusters or sessions of their own, install PySpark, or take long: only when named.
ONLY_WHEN_NAMED = ["seed-million", "cluster-seed", "first-step"]


def lengths(shape):
    """The lengths of the sequences, from the shortest to the longest, evenly by their logarithm."""
    shortest, count = shape["minTimeSteps"], shape["sequences"]
    ratio = shape["maxTimeSteps"] / shortest
    return [int(shortest * ratio ** ((s + 0.5) / count) + 0.5) for s in range(count)]


def flops_per_sequence(shape):
    """Of the matrix products alone: forward, and twice as many backward if it is trained."""
    inputs, products = shape["features"], 0
    for units in shape["units"]:
        products += GATES[shape["cell"]] * units * (units + inputs)
        inputs = units
    per_time_step = (6 if shape["mode"] == "train" else 2) * products
    return per_time_step * sum(lengths(shape)) / shape["sequences"]


def text(name):
    """One line on a workload."""
    workload = WORKLOADS[name]
    if workload.get("first_step"):
        return "seconds from typing jobs/train conf/seed.conf to the end of the first step"
    shape = workload["shape"]
    layers = " + ".join(f"{shape['cell']}({units})" for units in shape["units"])
    shortest, longest = shape["minTimeSteps"], shape["maxTimeSteps"]
    time_steps = f"T={longest}" if shortest == longest else f"T={shortest} to {longest}"
    act = f"transform of {layers}" if shape["mode"] == "predict" else f"fit of {layers}"
    where = ", on a standalone cluster, a core for each thread" if workload.get("cluster") else ""
    batch = "" if shape["mode"] == "predict" else f", B={shape['batchSize']}"
    return f"{act}, {time_steps}, F={shape['features']}{batch}{where}"
