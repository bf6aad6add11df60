"""Writes what TensorFlow's tf.signal makes of sounds, to be compared by AudioParityTest.

    python src/test/python/make_audio_fixtures.py

Rewrites src/test/resources/fixtures/audio: one safetensors file per case, with its params in the
metadata. tf.signal gives spectra, mel bands and the cosine transform, in double precision; deltas
are the regression of The HTK Book, section 5.9, and pre-emphasis and normalisation are one line
each, in numpy. All tensors are float32:

    samples  (samples), whole multiples of 1/32768
    features (frames, features)
"""

import os
import pathlib
from dataclasses import asdict, dataclass

os.environ["CUDA_VISIBLE_DEVICES"] = "-1"
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

import numpy as np
import tensorflow as tf

import fixture_files

SCRIPT = pathlib.Path(__file__)


@dataclass(frozen=True)
class Case:
    name: str
    sound: str
    samples: int
    features: str = "mfcc"
    sampleRate: int = 8000
    windowMillis: float = 25.0
    hopMillis: float = 10.0
    numMels: int = 40
    numCoefficients: int = 13
    minFrequency: float = 0.0
    maxFrequency: float = 0.0
    preemphasis: float = 0.97
    deltas: int = 0
    normalize: str = "none"


def cases():
    yield Case("mfcc_sines", "sines", 960)
    yield Case(
        "log_mel_chirp",
        "chirp",
        1600,
        features="logMel",
        sampleRate=16000,
        windowMillis=20.0,
        hopMillis=7.5,
        numMels=26,
        minFrequency=20.0,
        maxFrequency=7600.0,
        preemphasis=0.0,
    )
    yield Case("log_mel_power_of_two", "noise", 900, features="logMel", windowMillis=32.0)
    yield Case(
        "mfcc_deltas",
        "noise",
        2205,
        sampleRate=22050,
        windowMillis=30.0,
        hopMillis=12.0,
        deltas=2,
    )
    yield Case("mfcc_normalized", "chirp", 1200, deltas=1, normalize="perFile")
    yield Case("mfcc_all_coefficients", "sines", 700, numMels=20, numCoefficients=20)
    yield Case("log_mel_silence", "click", 1000, features="logMel", numMels=10, deltas=1)
    yield Case("mfcc_one_frame", "noise", 279, deltas=2)


def samples(case):
    t = np.arange(case.samples) / case.sampleRate
    sound = {
        "sines": 0.5 * np.sin(2 * np.pi * 440 * t) + 0.2 * np.cos(2 * np.pi * 1330 * t + 0.3),
        "chirp": 0.7 * np.sin(2 * np.pi * (200 * t + 12000 * t**2)),
        "noise": np.random.default_rng(17).normal(0, 0.1, case.samples),
        "click": np.where(np.arange(case.samples) == 700, -1.0, 0.0),
    }[case.sound]
    return np.round(sound * 32768).clip(-32768, 32767) / 32768


def deltas(values):
    padded = np.pad(values, ((2, 2), (0, 0)), mode="edge")
    weights = np.array([2, 1, 0, -1, -2]) / 10  # turned round by the convolution
    return np.stack([np.convolve(column, weights, "valid") for column in padded.T], axis=1)


def features(case, x):
    y = np.concatenate([x[:1], x[1:] - case.preemphasis * x[:-1]])
    spectra = tf.signal.stft(
        tf.constant(y, tf.float64),
        frame_length=round(case.windowMillis * case.sampleRate / 1000),
        frame_step=round(case.hopMillis * case.sampleRate / 1000),
    )
    mels = tf.signal.linear_to_mel_weight_matrix(
        case.numMels,
        spectra.shape[-1],
        case.sampleRate,
        case.minFrequency,
        case.maxFrequency or case.sampleRate / 2,
        tf.float64,
    )
    found = tf.math.log(tf.maximum(tf.abs(spectra) ** 2 @ mels, 1e-10))
    if case.features == "mfcc":
        found = tf.signal.dct(found, type=2, norm="ortho")[..., : case.numCoefficients]
    orders = [found.numpy()]
    for _ in range(case.deltas):
        orders.append(deltas(orders[-1]))
    found = np.concatenate(orders, axis=1)
    if case.normalize == "perFile":
        found = (found - found.mean(axis=0)) / found.std(axis=0)
    return found


def main():
    folder = fixture_files.empty_folder("audio")
    versions = {"tensorflow": tf.__version__, "numpy": np.__version__}
    for case in cases():
        x = samples(case)
        found = {"samples": x, "features": features(case, x)}
        metadata = versions | {name: str(value) for name, value in asdict(case).items()}
        fixture_files.write(folder / f"{case.name}.safetensors", SCRIPT, metadata, found)
        print(case.name, found["features"].shape, np.round(found["features"][0, :3], 4))


if __name__ == "__main__":
    main()
