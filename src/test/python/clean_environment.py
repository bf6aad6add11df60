"""Runs the tests with the wheel in a new virtual environment: clean_environment.py DIRECTORY SPARK.

The directory is that of build_wheel.py; SPARK is the version of PySpark.
"""

import os
import subprocess
import sys
import venv
from pathlib import Path

TESTS = Path(__file__).resolve().parent

#: What would lead PySpark or Python elsewhere than to the environment.
FOREIGN = ("PYTHONPATH", "PYTHONHOME", "SPARK_HOME", "SPARK_REMOTE", "PYSPARK_PYTHON")


def main(directory: Path, spark: str) -> None:
    environment = (directory / "environment").resolve()
    (wheel,) = (directory / "dist").glob("*.whl")
    venv.create(environment, with_pip=True, clear=True)
    python = environment / "bin" / "python"
    variables = {name: value for name, value in os.environ.items() if name not in FOREIGN}
    variables["PATH"] = f"{environment / 'bin'}{os.pathsep}{variables['PATH']}"

    def run(*command: object) -> None:
        subprocess.run([python, "-m", *command], check=True, env=variables, cwd=environment)

    pip = ("pip", "--disable-pip-version-check", "install", "-q")
    run(*pip, f"pyspark[connect,ml]=={spark}", "pandas", "pytest", wheel.resolve())
    pytest = ("pytest", "-q", "-p", "no:cacheprovider", "--durations=5")
    run(*pytest, TESTS / "classic")
    # A process has either a session of its own or one of Spark Connect.
    run(*pytest, TESTS / "connect")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
