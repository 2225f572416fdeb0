"""Floors: who may import whom, one door for randomness, and no file too long to read."""

import ast
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SETTINGS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
PACKAGES = SETTINGS["root_packages"]
FILES = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))
FILES.append(ROOT / "run_sim.py")
EACH_FILE = pytest.mark.parametrize("path", FILES, ids=[path.relative_to(ROOT).as_posix() for path in FILES])
DOOR = ROOT / "model" / "declare" / "draws.py"
LONGEST = 300


def lint_imports(folder):
    """Check the contracts of the tree in `folder` as it is there, not as installed."""
    command = "from importlinter.cli import lint_imports_command as c; c(['--no-logo', '--no-cache'])"
    return subprocess.run(
        [sys.executable, "-c", command], cwd=folder, capture_output=True, encoding="utf-8", check=False
    )


def imported(source):
    """Name every module that `source` imports, at any depth, and what it takes from each."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def libraries(path):
    return {name.partition(".")[0] for name in imported(path.read_text(encoding="utf-8"))}


def random_sources(source):
    """Name each way in which `source` reaches random numbers of its own."""
    for name in imported(source):
        if f"{name}.".startswith(("random.", "secrets.", "numpy.random.")):
            yield name
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Attribute) and ast.unparse(node) in ("np.random", "numpy.random"):
            yield ast.unparse(node)


def test_every_import_contract_holds():
    result = lint_imports(ROOT)
    assert result.returncode == 0, result.stdout + result.stderr


def test_every_import_contract_can_break(tmp_path):
    for package in PACKAGES:
        shutil.copytree(ROOT / package, tmp_path / package, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    large = ["SALib", "altair", "dask", "distributed", "matplotlib", "mesa", "streamlit", "zhplot"]
    forbidden = ["scenarios", "model.entities", "model.mechanisms.planted_one", *large]
    (tmp_path / "model/declare/planted.py").write_text("import model.mechanisms\n")
    (tmp_path / "model/mechanisms/planted_one.py").write_text("")
    (tmp_path / "model/mechanisms/planted_two.py").write_text(f"import {', '.join(forbidden)}\n")
    result = lint_imports(tmp_path)
    assert result.returncode == 1, result.stdout + result.stderr
    assert result.stdout.count("BROKEN") == len(SETTINGS["contracts"])
    assert [name for name in forbidden if f"model.mechanisms.planted_two -> {name} " not in result.stdout] == []


@EACH_FILE
def test_random_numbers_come_through_one_door(path):
    found = list(random_sources(path.read_text(encoding="utf-8")))
    assert path == DOOR or not found, f"{found}: only model/declare/draws.py may; ask a Draws"


@pytest.mark.parametrize(
    "source",
    [
        "import random",
        "import numpy.random as r",
        "from numpy import random",
        "from numpy.random import default_rng",
        "import numpy as np\nnp.random.default_rng()",
        "def f():\n    import numpy\n    return numpy.random.random()",
    ],
)
def test_another_door_is_noticed(source):
    assert list(random_sources(source))


@EACH_FILE
def test_nothing_imports_the_command(path):
    assert "run_sim" not in libraries(path)


def test_the_command_leaves_large_libraries_to_their_modules():
    assert not libraries(ROOT / "run_sim.py") & {"mesa", "SALib", "matplotlib", "zhplot"}


@EACH_FILE
def test_a_file_can_be_read_in_one_sitting(path):
    lines = len(path.read_text(encoding="utf-8").splitlines())
    assert lines <= LONGEST, f"{lines} lines, more than {LONGEST}: is it still one thing?"
