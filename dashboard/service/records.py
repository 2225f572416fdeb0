"""Records of runs in the cache, a file each, so that a run is made once for whoever asks for it."""

import json
import zipfile
from pathlib import Path

import numpy as np

from experiments.atomic import whole_file
from experiments.keep import Record


def save_record(path: Path, record: Record) -> None:
    """Keep the record of one run, whole or not at all."""
    keys = np.frombuffer(json.dumps(record.keys).encode(), dtype=np.uint8)
    with whole_file(path) as beside, beside.open("wb") as file:
        np.savez(file, keys=keys, first_month=record.first_month, values=record.values)


def load_record(path: Path) -> Record | None:
    """Return a kept record, or None if it is gone or torn (each member has a checksum)."""
    try:
        with np.load(path, allow_pickle=False) as part:
            keys = tuple(map(tuple, json.loads(part["keys"].tobytes())))
            return Record(keys, int(part["first_month"]), part["values"])
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
        return None
