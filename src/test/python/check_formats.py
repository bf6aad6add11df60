"""Runs files that RealLibrariesTest exported in the real libraries, and saves them there again.

    python src/test/python/check_formats.py FOLDER

For each NAME.json (the sequences, the network's raw outputs and what they stand for):
NAME.onnx      is checked by ONNX and run by ONNX Runtime
NAME.keras     is loaded and run by Keras, and saved as NAME.back.keras
NAME.pt        (safetensors) is loaded and run by the module of docs/formats.md, and its state dict
               saved as NAME.back.safetensors
Ends with an error where outputs differ by more than 1e-5, relative above 1.
"""

import json
import os
import pathlib
import re
import sys

os.environ["KERAS_BACKEND"] = "tensorflow"
os.environ["CUDA_VISIBLE_DEVICES"] = ""

import keras
import numpy as np
import onnx
import onnxruntime
import safetensors.torch
import torch

DOCUMENT = pathlib.Path(__file__).parents[3] / "docs" / "formats.md"


def documented_module():
    blocks = re.findall(r"```python\n(.*?)```", DOCUMENT.read_text(), re.DOTALL)
    names = {}
    exec(next(block for block in blocks if "class SparkRnn" in block), names)
    return names


def compare(what, found, expected):
    found, expected = np.asarray(found), np.asarray(expected)
    if found.shape != expected.shape:
        raise SystemExit(f"{what}: shape {found.shape} for {expected.shape}")
    difference = np.abs(found - expected) / np.maximum(1, np.abs(expected))
    if not difference.max() <= 1e-5:
        raise SystemExit(f"{what}: differs by {difference.max()}")


def padded(sequences):
    lengths = np.array([len(each) for each in sequences], "int32")
    x = np.zeros((len(sequences), lengths.max(), len(sequences[0][0])), "float32")
    for place, each in enumerate(sequences):
        x[place, : len(each)] = each
    return x, lengths


def check_onnx(path, case):
    onnx.checker.check_model(onnx.load(path), full_check=True)
    x, lengths = padded(case["sequences"])
    session = onnxruntime.InferenceSession(path)
    outputs = session.run(["outputs"], {"features": x, "lengths": lengths})[0]
    for place, expected in enumerate(case["outputs"]):
        own = outputs[place, : lengths[place]] if case["everyTimeStep"] else outputs[place][None]
        compare(f"{path} sequence {place}", own, expected)


def check_keras(path, case):
    model = keras.saving.load_model(path)
    for place, sequence in enumerate(case["sequences"]):
        x = np.array(sequence, "float32")[None]
        inputs = []
        for each in model.inputs:
            at = int(each.name.split("_")[1]) if "_" in each.name else 0
            width = each.shape[2] if len(each.shape) == 3 else 0
            inputs.append(x[:, :, at : at + width] if width else x[:, :, at].astype("int32"))
        found = model(inputs if len(inputs) > 1 else inputs[0]).numpy()
        found = found[0] if case["everyTimeStep"] else found
        compare(f"{path} sequence {place}", found, case[case["kerasGives"]][place])
    model.save(path.with_suffix(".back.keras"))


def check_pytorch(path, case, documented):
    module = documented["load"](path)
    x, lengths = padded(case["sequences"])
    with torch.no_grad():
        outputs = module(torch.tensor(x), torch.tensor(lengths).long()).numpy()
    for place, expected in enumerate(case["outputs"]):
        own = outputs[place, : lengths[place]] if case["everyTimeStep"] else outputs[place][None]
        compare(f"{path} sequence {place}", own, expected)
    if not case["crf"]:
        safetensors.torch.save_file(module.state_dict(), path.with_suffix(".back.safetensors"))


def main():
    folder = pathlib.Path(sys.argv[1])
    documented = documented_module()
    files = 0
    for description in sorted(folder.glob("*.json")):
        case = json.loads(description.read_text())
        for suffix, check in (
            (".onnx", check_onnx),
            (".keras", check_keras),
            (".pt", lambda path, case: check_pytorch(path, case, documented)),
        ):
            path = description.with_suffix(suffix)
            if path.exists():
                check(path, case)
                files += 1
    print(f"{files} files agree")


if __name__ == "__main__":
    main()
