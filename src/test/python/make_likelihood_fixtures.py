"""Writes the losses of quantiles and likelihoods by PyTorch, to be compared by LikelihoodParityTest.

    python src/test/python/make_likelihood_fixtures.py

Rewrites src/test/resources/fixtures/likelihood: one safetensors file per loss. By itself, because
PyTorch and TensorFlow can't be loaded into one process. Computed in float64 from the float32 numbers
that the file holds:

    predictions (sequences, outputs)
    targets     (sequences, targets), of counts with an offset after each
    losses      (sequences), the mean over the targets
    gradient    (sequences, outputs), of the sum of the losses
    activated   (sequences, outputs), what the outputs stand for where the offsets are 0
"""

import pathlib

import numpy as np
import torch
from torch.nn.functional import softplus

import fixture_files

SCRIPT = pathlib.Path(__file__)
SEQUENCES = 40
TARGETS = 3
QUANTILES = (0.05, 0.3, 0.5, 0.8, 0.9, 0.99)
FLOOR = 1e-4


def quantiles(x):
    """(S, N, Q), the middle one an output and the others steps away from it."""
    middle = (len(QUANTILES) - 1) // 2
    steps = softplus(x)
    above = x[..., middle : middle + 1] + torch.cumsum(steps[..., middle + 1 :], -1)
    below = x[..., middle : middle + 1] - torch.cumsum(steps[..., :middle].flip(-1), -1).flip(-1)
    return torch.cat([below, x[..., middle : middle + 1], above], -1)


def pinball(x, y, offset):
    error = y[..., None] - quantiles(x)
    levels = torch.tensor(QUANTILES, dtype=torch.float64)
    return torch.maximum(levels * error, (levels - 1) * error).mean(-1)


def gaussian(x, y, offset):
    return -torch.distributions.Normal(x[..., 0], FLOOR + softplus(x[..., 1])).log_prob(y)


def student_t(x, y, offset):
    return -torch.distributions.StudentT(
        2 + softplus(x[..., 2]), x[..., 0], FLOOR + softplus(x[..., 1])
    ).log_prob(y)


def poisson(x, y, offset):
    return -torch.distributions.Poisson((x[..., 0] + offset).exp()).log_prob(y)


def negative_binomial(x, y, offset):
    shape = FLOOR + softplus(x[..., 1])
    logits = x[..., 0] + offset - shape.log()
    return -torch.distributions.NegativeBinomial(shape, logits=logits).log_prob(y)


def activated_gaussian(x):
    return torch.stack([x[..., 0], FLOOR + softplus(x[..., 1])], -1)


def activated_student_t(x):
    return torch.stack([x[..., 0], FLOOR + softplus(x[..., 1]), 2 + softplus(x[..., 2])], -1)


def activated_negative_binomial(x):
    return torch.stack([x[..., 0].exp(), FLOOR + softplus(x[..., 1])], -1)


CASES = {
    "pinball": (len(QUANTILES), False, pinball, quantiles),
    "gaussian": (2, False, gaussian, activated_gaussian),
    "studentT": (3, False, student_t, activated_student_t),
    "poisson": (1, True, poisson, torch.exp),
    "negativeBinomial": (2, True, negative_binomial, activated_negative_binomial),
}


def case(each, counts, loss, activated):
    random = np.random.default_rng(20)
    size = np.repeat([0.3, 1, 4], [15, 15, 10])[:, None]
    x = (size * random.normal(0, 1, (SEQUENCES, TARGETS * each))).astype(np.float32)
    if counts:
        y = random.poisson(np.exp(random.normal(1, 1.5, (SEQUENCES, TARGETS)))).astype(np.float32)
        offset = random.normal(0, 1, (SEQUENCES, TARGETS)).astype(np.float32)
        targets = np.stack([y, offset], -1).reshape(SEQUENCES, 2 * TARGETS)
    else:
        y = random.normal(0, 2, (SEQUENCES, TARGETS)).astype(np.float32)
        offset = np.zeros_like(y)
        targets = y
    wide = torch.tensor(x, dtype=torch.float64, requires_grad=True)
    outputs = wide.view(SEQUENCES, TARGETS, each)
    losses = loss(
        outputs, torch.tensor(y, dtype=torch.float64), torch.tensor(offset, dtype=torch.float64)
    ).mean(-1)
    losses.sum().backward()
    return {
        "predictions": x,
        "targets": targets,
        "losses": losses.detach().numpy(),
        "gradient": wide.grad.numpy(),
        "activated": activated(outputs).detach().numpy().reshape(SEQUENCES, -1),
    }


def main():
    folder = fixture_files.empty_folder("likelihood")
    versions = {"torch": torch.__version__.split("+")[0], "numpy": np.__version__}
    for name, (each, counts, loss, activated) in CASES.items():
        metadata = versions | {
            "loss": name,
            "outputs": str(TARGETS * each),
            "quantiles": ",".join(map(str, QUANTILES)) if name == "pinball" else "",
        }
        found = case(each, counts, loss, activated)
        fixture_files.write(folder / f"{name}.safetensors", SCRIPT, metadata, found)
        print(name, found["losses"].mean())


if __name__ == "__main__":
    main()
