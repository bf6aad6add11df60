"""How the scripts beside this one write their files: the same numbers give the same bytes."""

import hashlib
import json
import pathlib

import numpy as np
import safetensors.numpy

FIXTURES = pathlib.Path(__file__).parents[1] / "resources" / "fixtures"


def sha256(*paths):
    digest = hashlib.sha256()
    for path in paths:
        digest.update(path.read_bytes())
    return digest.hexdigest()


def empty_folder(library):
    folder = FIXTURES / library
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.iterdir():
        old.unlink()
    return folder


def write(path, script, metadata, tensors):
    """As float32, with a note of the script; its hash is over the script and this file."""
    tensors = {name: np.ascontiguousarray(value, np.float32) for name, value in tensors.items()}
    for name, value in tensors.items():
        if not np.isfinite(value).all():
            raise ValueError(f"{path.stem}: {name} is not finite.")
    note = {"script": script.name, "script_sha256": sha256(script, pathlib.Path(__file__))}
    path.write_bytes(with_sorted_header(safetensors.numpy.save(tensors, metadata | note)))


def with_sorted_header(blob):
    """The library writes the metadata in an order that changes from run to run."""
    end = 8 + int.from_bytes(blob[:8], "little")
    header = json.dumps(json.loads(blob[8:end]), sort_keys=True, separators=(",", ":")).encode()
    header += b" " * (-len(header) % 8)
    return len(header).to_bytes(8, "little") + header + blob[end:]
