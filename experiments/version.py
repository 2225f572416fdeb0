"""The version of the model: the package's number and a hash of everything that makes its numbers."""

import hashlib
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import model

FOLDER = Path(model.__file__).parent
AROUND = ("scenarios", "experiments", "calibration")


@cache
def model_version() -> str:
    """Return a text such as ``0.1.0+3f9a1c2b``: package version, then hash of source and settings.

    Line ends do not count, so that a checkout on Windows has the same version.
    """
    return f"{package_version()}+{digest_of(FOLDER)}"


@cache
def code_version() -> str:
    """Return the model version with a hash of the code that runs experiments: equal where runs are."""
    return ".".join([model_version(), *(digest_of(FOLDER.parent / name) for name in AROUND)])


def digest_of(folder: Path) -> str:
    """Return 12 hexadecimal digits that stand for all code and settings of a package."""
    digest = hashlib.blake2b(digest_size=6)
    files = [path for ending in ("*.py", "*.toml") for path in folder.rglob(ending)]
    for path in sorted(files, key=lambda p: p.relative_to(folder).as_posix()):
        digest.update(path.relative_to(folder).as_posix().encode())
        digest.update(path.read_bytes().replace(b"\r\n", b"\n"))
    return digest.hexdigest()


def package_version() -> str:
    """Return the version of the installed package, or 0 if it runs from a bare folder."""
    try:
        return version("shidian")
    except PackageNotFoundError:
        return "0"
