"""Finished experiments on disk, one file each, so that a stopped run can be continued."""

import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from experiments.atomic import ENDING, whole_file
from experiments.keep import Record

FOLDER = "parts"


def save_part(folder: Path, experiment: str, record: Record) -> None:
    """Keep the record of one experiment."""
    keys = np.frombuffer(json.dumps(record.keys).encode(), dtype=np.uint8)
    with whole_file(part_file(folder, experiment), folder) as beside, beside.open("wb") as file:
        np.savez(file, keys=keys, first_month=record.first_month, values=record.values)


def load_part(folder: Path, experiment: str) -> Record | None:
    """Return a kept record, or None if there is none or it is torn (each member has a checksum)."""
    try:
        with np.load(part_file(folder, experiment), allow_pickle=False) as part:
            keys = tuple(map(tuple, json.loads(part["keys"].tobytes())))
            record = Record(keys, int(part["first_month"]), part["values"])
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
        return None
    whole = record.values.ndim == 2 and record.values.shape[1] == len(keys)
    return record if whole else None


def part_file(folder: Path, experiment: str) -> Path:
    """Return where an experiment's record is kept."""
    return folder / FOLDER / f"{experiment}.npz"


def kept_parts(folder: Path) -> Iterator[str]:
    """Yield the ids of the experiments that have a whole part."""
    for path in sorted((folder / FOLDER).glob("*.npz")):
        if load_part(folder, path.stem) is not None:
            yield path.stem


def drop_parts(folder: Path) -> None:
    """Remove the parts, and nothing else, once the tables hold them."""
    parts = folder / FOLDER
    if not parts.is_dir():
        return
    for pattern in ("*.npz", f"*{ENDING}"):
        for path in parts.glob(pattern):
            path.unlink(missing_ok=True)
    if not any(parts.iterdir()):
        parts.rmdir()
