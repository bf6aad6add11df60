"""Writes what PyTorch makes of images of other sizes, to be compared by ResamplingTest.

    python src/test/python/make_image_fixtures.py

Rewrites src/test/resources/fixtures/image: one safetensors file per case, with the sizes in its
metadata. Computed in double precision, written as float32:

    pixels  (height, width, channels), whole numbers from 0 to 255
    resized (new_height, new_width, channels)
"""

import pathlib

import numpy as np
import torch

import fixture_files

SCRIPT = pathlib.Path(__file__)


def cases():
    yield "smaller", (13, 17, 3), (5, 4)
    yield "larger", (4, 3, 3), (9, 8)
    yield "wider_and_flatter", (11, 6, 1), (3, 10)
    yield "same", (5, 7, 3), (5, 7)
    yield "to_one_pixel", (6, 9, 1), (1, 1)
    yield "from_one_pixel", (1, 1, 3), (2, 3)


def main():
    folder = fixture_files.empty_folder("image")
    random = np.random.default_rng(23)
    for name, shape, size in cases():
        pixels = random.integers(0, 256, shape).astype(np.float64)
        planes = torch.from_numpy(pixels).permute(2, 0, 1)[None]
        resized = torch.nn.functional.interpolate(
            planes, size=size, mode="bilinear", align_corners=False, antialias=True
        )
        metadata = {
            "torch": torch.__version__.split("+")[0],
            "numpy": np.__version__,
            "size": ",".join(map(str, shape + size)),
        }
        found = {"pixels": pixels, "resized": resized[0].permute(1, 2, 0).numpy()}
        fixture_files.write(folder / f"{name}.safetensors", SCRIPT, metadata, found)
        print(name, shape, size)


if __name__ == "__main__":
    main()
