"""Runs every notebook from its first cell: run_notebooks.py DIRECTORY SPARK NOTEBOOKS WRITE.

The directory is that of build_wheel.py; SPARK is the version of PySpark; NOTEBOOKS is the folder
of the notebooks, of which copies are run, in an environment of their own. A cell that fails fails
all. With WRITE "true" the notebooks are stored with the new outputs.
"""

import json
import re
import shutil
import socket
import sys
import time
from pathlib import Path

from environment import Environment

PACKAGES = ("pandas", "matplotlib", "nbconvert", "ipykernel")

#: A cell that takes longer has failed.
CELL_SECONDS = 600


def code_cells(notebook: dict) -> list:
    return [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]


def check_stored(name: str, notebook: dict) -> None:
    """A reader on the web sees what is stored: it must come from one run, from top to bottom."""
    found = [cell["execution_count"] for cell in code_cells(notebook)]
    if found != list(range(1, len(found) + 1)):
        sys.exit(
            f"{name}: the cells were run in the order {found}; stored outputs must come from one"
            " run of all cells. Store them by ./mvnw -Pnotebooks verify -Dnotebooks.write=true."
        )


def check_private(name: str, notebook: dict) -> None:
    """What is stored is published: no path and no name of the machine that it was run on."""
    printed = json.dumps([cell["outputs"] for cell in code_cells(notebook)])
    for trace in (str(Path.cwd()), str(Path.home()), socket.gethostname()):
        if re.search(rf"(?<!\w){re.escape(trace)}\b", printed):
            sys.exit(f'{name}: an output holds "{trace}", of this machine. Print less.')


def without_run(notebook: dict) -> dict:
    """Leaves out what differs from run to run: what Spark logs on stderr, times, versions."""
    for cell in code_cells(notebook):
        cell["metadata"] = {}
        cell["outputs"] = [output for output in cell["outputs"] if output.get("name") != "stderr"]
    notebook["metadata"]["language_info"] = {"name": "python"}
    return notebook


def read(path: Path) -> dict:
    return json.loads(path.read_text("utf-8"))


def execute(environment: Environment, notebook: Path) -> dict:
    """Runs a notebook where it lies, and gives what is to be stored of it."""
    began = time.monotonic()
    nbconvert = ("nbconvert", "--to", "notebook", "--execute", "--inplace", "--log-level=WARN")
    environment.run(*nbconvert, f"--ExecutePreprocessor.timeout={CELL_SECONDS}", notebook)
    print(f"{notebook.name}: {time.monotonic() - began:.0f} s", flush=True)
    executed = without_run(read(notebook))
    check_private(notebook.name, executed)
    return executed


def main(directory: Path, spark: str, folder: Path, write: bool) -> None:
    stored = sorted(folder.glob("*.ipynb"))
    if not stored:
        sys.exit(f"{folder}: there is no notebook.")
    environment = Environment(
        directory, "notebooks-environment", f"pyspark[ml]=={spark}", *PACKAGES
    )
    copies = directory.resolve() / "notebooks"
    shutil.rmtree(copies, ignore_errors=True)
    shutil.copytree(folder, copies)
    for path in stored:
        if not write:
            check_stored(path.name, read(path))
        executed = execute(environment, copies / path.name)
        if write:
            text = json.dumps(executed, indent=1, ensure_ascii=False)
            path.write_text(text + "\n", "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3]), sys.argv[4] == "true")
