"""Builds the wheel with the jar inside: build_wheel.py VERSION JAR LICENSE DIRECTORY.

Everything is written below the directory; the wheel is in its folder dist. Needs python3 with venv.
"""

import shutil
import subprocess
import sys
import venv
from pathlib import Path


def build(version: str, jar: Path, license: Path, directory: Path) -> Path:
    sources = directory / "sources"
    shutil.rmtree(directory, ignore_errors=True)
    shutil.copytree(
        Path(__file__).parent, sources, ignore=shutil.ignore_patterns("__pycache__", "build_*")
    )
    (sources / "VERSION").write_text(version + "\n")
    shutil.copy(license, sources / "LICENSE")
    (sources / "sparkrnn" / "jars").mkdir()
    shutil.copy(jar, sources / "sparkrnn" / "jars" / "spark-rnn.jar")
    venv.create(directory / "venv", with_pip=True)
    dist = directory / "dist"
    pip = [directory / "venv" / "bin" / "python", "-m", "pip", "--disable-pip-version-check"]
    subprocess.run([*pip, "wheel", "-q", "--no-deps", "-w", dist, sources], check=True)
    (wheel,) = dist.glob("*.whl")
    return wheel


if __name__ == "__main__":
    version, jar, license, directory = sys.argv[1:]
    print(build(version, Path(jar), Path(license), Path(directory)))
