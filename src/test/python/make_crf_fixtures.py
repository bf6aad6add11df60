"""Writes what PyTorch makes of a linear-chain CRF, to be compared by LinearChainCrfParityTest.

    python src/test/python/make_crf_fixtures.py

Rewrites src/test/resources/fixtures/crf: one safetensors file per case, with the case in its
metadata. The forward algorithm is written here, step by step in double precision; gradients and
marginals are PyTorch's own. All tensors are float32, sequences one after the other (N time steps in
all, S sequences, K labels):

    x                         (N, K), the scores of the labels
    transitions, start, end   (K, K), label before first, and (K)
    targets                   (N), places of labels; -1 where there is none
    weights                   (S)
    loss                      (1), the weighted sum
    dx, dtransitions, ...     its gradients
    marginals                 (N, K), the gradient of the sum of log Z by x
    best                      (N), the labels of the highest score
"""

import pathlib
from dataclasses import dataclass

import numpy as np
import torch

import fixture_files

SCRIPT = pathlib.Path(__file__)


@dataclass(frozen=True)
class Case:
    name: str
    labels: int
    lengths: tuple
    missing: float = 0.0
    scale: float = 1.0


CASES = (
    Case("labels_5", 5, (9, 6, 6, 2, 1)),
    Case("labels_2", 2, (12, 3, 1)),
    Case("missing", 4, (8, 7, 5, 3, 1, 1), missing=0.4),
    Case("large_scores", 6, (10, 4, 4), scale=30.0),
)


def log_sum(x, start, transitions, end, allowed):
    """log of the sum of exp(score) over all labels that are allowed (T, K)."""
    forbidden = torch.full_like(x, -torch.inf)
    alpha = torch.where(allowed[0], start + x[0], forbidden[0])
    for t in range(1, len(x)):
        into = torch.logsumexp(alpha[:, None] + transitions, dim=0) + x[t]
        alpha = torch.where(allowed[t], into, forbidden[t])
    return torch.logsumexp(alpha + end, dim=0)


def best(x, start, transitions, end):
    score, back = start + x[0], []
    for t in range(1, len(x)):
        score, before = (score[:, None] + transitions).max(dim=0)
        score = score + x[t]
        back.append(before)
    labels = [int((score + end).argmax())]
    for before in reversed(back):
        labels.append(int(before[labels[-1]]))
    return labels[::-1]


def float32(rng, *shape):
    return rng.normal(size=shape).astype(np.float32).astype(np.float64)


def write(folder, case, seed):
    rng = np.random.default_rng(seed)
    rows, labels = sum(case.lengths), case.labels
    x = torch.tensor(case.scale * float32(rng, rows, labels), requires_grad=True)
    chain = [
        torch.tensor(case.scale * float32(rng, *shape), requires_grad=True)
        for shape in ((labels, labels), (labels,), (labels,))
    ]
    transitions, start, end = chain
    targets = rng.integers(0, labels, size=rows)
    targets[rng.random(rows) < case.missing] = -1
    weights = (0.25 + rng.random(len(case.lengths))).astype(np.float32)
    loss, total, path, at = 0, 0, [], 0
    for weight, length in zip(weights, case.lengths):
        part, known = x[at : at + length], torch.tensor(targets[at : at + length])
        all_labels = torch.ones(length, labels, dtype=torch.bool)
        allowed = all_labels.clone()
        allowed[known >= 0] = torch.nn.functional.one_hot(known[known >= 0], labels).bool()
        log_z = log_sum(part, start, transitions, end, all_labels)
        if (known >= 0).any():
            loss = loss + float(weight) * (log_z - log_sum(part, start, transitions, end, allowed))
        total = total + log_z
        path += best(part.detach(), start.detach(), transitions.detach(), end.detach())
        at += length
    (marginals,) = torch.autograd.grad(total, x, retain_graph=True)
    loss.backward()
    tensors = {
        "x": x,
        "transitions": transitions,
        "start": start,
        "end": end,
        "targets": targets,
        "weights": weights,
        "loss": [loss.item()],
        "dx": x.grad,
        "dtransitions": transitions.grad,
        "dstart": start.grad,
        "dend": end.grad,
        "marginals": marginals,
        "best": path,
    }
    metadata = {
        "labels": str(labels),
        "lengths": ",".join(map(str, case.lengths)),
        "torch": torch.__version__.split("+")[0],
        "numpy": np.__version__,
    }
    arrays = {
        name: value.detach().numpy() if isinstance(value, torch.Tensor) else np.asarray(value)
        for name, value in tensors.items()
    }
    fixture_files.write(folder / f"{case.name}.safetensors", SCRIPT, metadata, arrays)


def main():
    folder = fixture_files.empty_folder("crf")
    for seed, case in enumerate(CASES):
        write(folder, case, seed)


if __name__ == "__main__":
    main()
