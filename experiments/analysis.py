"""A folder with the results of an analysis: numbers of finished points, tidy tables, and the manifest last."""

import csv
import io
import json
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from experiments.atomic import whole_file, write_text
from experiments.evaluate import FILE, Kept
from experiments.experiment import digest
from experiments.folder import FIGURES, MANIFEST, make_writable, read_manifest, refuse_foreign
from experiments.lock import NAME as LOCK
from experiments.lock import Lock
from experiments.results import remove
from experiments.tables import COMPRESSION
from experiments.version import model_version
from model.declare.errors import SettingError

MIXES = "mixes"
MOST_RUNS = 5_000
TABLES = (
    "indices", "design", "emulator", "shares", "pairs", "coalitions", "search", "front", "shipped", "boxes", "cases",
)  # fmt: skip
OURS = {MANIFEST, FIGURES, FILE, LOCK, MIXES, *(f"{t}.{kind}" for t in TABLES for kind in ("csv", "parquet"))}


def refuse_many(runs: int, yes: bool, where: str) -> None:
    """Refuse more runs than anybody starts by mistake, unless that was said to be meant."""
    if runs > MOST_RUNS and not yes:
        raise SettingError(where, f"must be at most {MOST_RUNS:,} runs without --yes; got {runs:,}; add --yes")


def open_analysis(folder: Path, asked: object, *, resume: bool, overwrite: bool) -> Kept:
    """Return the kept numbers of a folder that may be written to, or raise the error that says why not.

    ``asked`` stands for the question. An empty folder may be used, and one that answers the same question; another
    question or a stopped run needs ``resume``, which keeps the numbers, or ``overwrite``, which does not.
    """
    where = f"--out {folder.as_posix()}"
    refuse_foreign(folder, where, OURS)
    make_writable(folder)
    lock = Lock(folder, where)
    try:
        return kept_in(folder, digest(asked), lock, where, resume=resume, overwrite=overwrite)
    except BaseException:
        lock.release()
        raise


def kept_in(folder: Path, asked: str, lock: Lock, where: str, *, resume: bool, overwrite: bool) -> Kept:
    """Return the kept numbers of a folder that is ours alone, or raise the error that says why it may not be used."""
    if overwrite:
        clear(folder)
    kept = Kept(folder, lock)
    finished = (folder / MANIFEST).exists()
    same = finished and read_manifest(folder, where).get("asked") == asked
    if (kept.known or finished) and not same and not resume:
        state = "finished results of other settings" if finished else "a run that was stopped"
        raise SettingError(
            where,
            f"must be a new or empty folder; got {state}; add --resume to continue, "
            "--overwrite to replace, or take another folder",
        )
    return kept


def clear(folder: Path) -> None:
    """Remove what an earlier analysis wrote, and nothing else."""
    for name in (FIGURES, MIXES):
        shutil.rmtree(folder / name, ignore_errors=True)
    for name in OURS - {FIGURES, MIXES, LOCK}:
        remove(folder / name)


def write_table(folder: Path, name: str, rows: Sequence[Mapping]) -> None:
    """Write rows as CSV, for people, and as Parquet, for programs."""
    text = io.StringIO()
    names = list(dict.fromkeys(key for row in rows for key in row))
    out = csv.DictWriter(text, names, lineterminator="\n")
    out.writeheader()
    out.writerows({key: shown(value) for key, value in row.items()} for row in rows)
    write_text(folder / f"{name}.csv", text.getvalue())
    with whole_file(folder / f"{name}.parquet", folder) as beside:
        pq.write_table(pa.Table.from_pylist([dict(row) for row in rows]), beside, compression=COMPRESSION)


def shown(value: object) -> object:
    """Return a value as CSV text holds it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"{value:.10g}" if isinstance(value, float) else value


def asked_facts(asked: object) -> dict:
    """Return what the manifest says about the question."""
    return {"asked": digest(asked), "model_version": model_version()}


def write_manifest(folder: Path, manifest: dict) -> None:
    """Write the manifest, which makes the results complete."""
    write_text(folder / MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=1) + "\n")
