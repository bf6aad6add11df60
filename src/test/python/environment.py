"""A new virtual environment with the wheel, in which nothing of the machine's own Python counts."""

import os
import subprocess
import venv
from pathlib import Path

#: What would lead PySpark or Python elsewhere than to the environment.
FOREIGN = ("PYTHONPATH", "PYTHONHOME", "SPARK_HOME", "SPARK_REMOTE", "PYSPARK_PYTHON")


class Environment:
    """Made anew below the directory of build_wheel.py, with its wheel and the packages given."""

    def __init__(self, directory: Path, name: str, *packages: str) -> None:
        self.directory = (directory / name).resolve()
        (wheel,) = (directory / "dist").glob("*.whl")
        venv.create(self.directory, with_pip=True, clear=True)
        programs = self.directory / "bin"
        self._python = programs / "python"
        self._variables = {key: value for key, value in os.environ.items() if key not in FOREIGN}
        self._variables["PATH"] = f"{programs}{os.pathsep}{self._variables['PATH']}"
        pip = ("pip", "--disable-pip-version-check", "install", "-q")
        self.run(*pip, *packages, wheel.resolve())

    def run(self, *command: object) -> None:
        """Runs a module of Python by its name and arguments; an error if it fails."""
        subprocess.run(
            [self._python, "-m", *command], check=True, env=self._variables, cwd=self.directory
        )
