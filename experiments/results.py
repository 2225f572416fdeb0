"""Write and read the results of a set of experiments: tables, summary and manifest.

The manifest is written last, so a folder with a manifest is complete.
"""

import hashlib
import json
import platform
import shutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq

from experiments.atomic import ENDING, unwritable, write_text
from experiments.decision import write_decision
from experiments.experiment import Experiment
from experiments.folder import DECISION, FIGURES, MANIFEST, SUMMARY, VARIANCE, refuse_other_version
from experiments.keep import Record
from experiments.parts import FOLDER as PARTS
from experiments.parts import drop_parts
from experiments.store import Store
from experiments.summary import Row, as_csv, ending_of, summarise
from experiments.tables import EXPERIMENTS, OUTCOMES, write_experiments, write_outcomes
from experiments.version import model_version
from model.declare.errors import SettingError
from model.declare.setting import levers, parameters
from model.profile import Profile
from scenarios.scenario import FIRST_FUTURE

PACKAGES = ("shidian", "numpy", "scipy", "mesa", "pyarrow", "matplotlib")


def write_tables(
    store: Store, experiments: Sequence[Experiment], about: dict, better: Mapping[str, str]
) -> tuple[list[Row], int]:
    """Write both tables, the summary and what may be decided; return the summary and the number of rows of outcomes.

    The manifest of earlier results goes first: from then on until the end the folder is not complete.
    """
    folder, endings = store.folder, {}

    def load(key: str) -> object:
        record = store.load(key)
        endings[key] = ending_of(record, FIRST_FUTURE)
        return record

    rows = replace_outcomes(store, [e.id for e in experiments], load)
    write_experiments(folder / EXPERIMENTS, experiments, about)
    summary = summarise(experiments, endings, better)
    write_text(folder / SUMMARY, as_csv(summary))
    write_decision(folder, experiments, endings, better)
    return summary, rows


def replace_outcomes(store: Store, ids: Iterable[str], load: Callable[[str], Record | None]) -> int:
    """Write the table of outcomes anew and return its rows; from then on the folder is not complete."""
    new = store.folder / OUTCOMES
    held = new.with_name(f"new-{OUTCOMES}{ENDING}")
    rows = write_outcomes(held, ids, load)
    store.saved.forget()
    remove(store.folder / MANIFEST)
    replace(held, new)
    return rows


def remove(path: Path) -> None:
    """Remove a file if it is there."""
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise unwritable(path.parent, error) from None


def replace(held: Path, path: Path) -> None:
    """Give a finished file its final name."""
    try:
        held.replace(path)
    except OSError as error:
        raise unwritable(path.parent, error) from None


def write_figures(folder: Path, draw: Callable[[Path], object], *, keep: bool) -> None:
    """Let ``draw`` write figures below the folder; those of other results go first, unless ``keep``."""
    try:
        if not keep:
            shutil.rmtree(folder / FIGURES, ignore_errors=True)
        draw(folder)
    except OSError as error:
        raise unwritable(folder, error) from error


def finish(folder: Path, manifest: dict) -> None:
    """Write the manifest, which makes the results complete, and drop the parts."""
    tables = (EXPERIMENTS, OUTCOMES, SUMMARY, DECISION, VARIANCE)
    files = {name: file_facts(folder / name) for name in tables if (folder / name).exists()}
    text = json.dumps({**manifest, "files": files}, ensure_ascii=False, indent=1)
    write_text(folder / MANIFEST, text + "\n")
    drop_parts(folder)
    for path in folder.glob(f"*{ENDING}"):
        remove(path)


def file_facts(path: Path) -> dict:
    """Return the size and the digest of a file."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, lambda: hashlib.blake2b(digest_size=16))
    return {"bytes": path.stat().st_size, "blake2b": digest.hexdigest()}


def versions() -> dict[str, str]:
    """Return the versions of Python and of the packages that make numbers."""
    found = {"python": platform.python_version(), "system": platform.system()}
    for name in PACKAGES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = "not installed"
    return found


def evidence_used(profile: Profile) -> dict[str, int]:
    """Return how many numbers a run rests on, by the kind of their source."""
    statuses = [status for _, status in profile.provenance.values()]
    statuses += [lever.status for lever in levers().values()]
    statuses += [p.status for p in parameters().values()]
    return {kind: statuses.count(kind) for kind in sorted(set(statuses))}


def read_results(folder: Path) -> tuple[dict, pa.Table, pa.Table]:
    """Return (manifest, experiments, outcomes) of finished results of this model version."""
    where = folder.as_posix()
    if not folder.is_dir():
        raise SettingError(where, f"must be a folder with results; got {'a file' if folder.exists() else 'none'}")
    manifest = refuse_other_version(folder, where)
    tables = [read_table(folder / name, manifest) for name in (EXPERIMENTS, OUTCOMES)]
    return manifest, *tables


class Frames(NamedTuple):
    """Results as pandas frames: a row an experiment, and a tidy row a value."""

    manifest: dict
    experiments: object
    outcomes: object

    def wide(self, group: str = "city", month: str = "") -> object:
        """Return a row an experiment: its settings, and a column an outcome, of the newest month or the one named."""
        rows = self.outcomes[self.outcomes["group"] == group]
        wanted = month or str(rows["month"].iloc[-1])
        values = rows[rows["month"] == wanted].pivot(index="experiment", columns="outcome", values="value")
        return self.experiments.merge(values, left_on="experiment", right_index=True, how="left")


def read_frames(folder: Path) -> Frames:
    """Return finished results as pandas frames."""
    manifest, experiments, outcomes = read_results(folder)
    return Frames(manifest, experiments.to_pandas(), outcomes.to_pandas())


def query(folder: Path, sql: str, *, memory: str = "1GB") -> object:
    """Return the pandas frame that a query in DuckDB's SQL gives; tables may be larger than memory.

    The views are ``experiments`` and ``outcomes``. Of a run under way, ``outcomes`` holds what is on disk
    so far and ``experiments`` is not there yet. Nothing is written into the folder.
    """
    import duckdb

    parts = [path.as_posix() for path in sorted((folder / PARTS).glob("*.parquet"))]
    finished = [path.as_posix() for path in [folder / OUTCOMES] if path.exists()]
    if not parts and not finished:
        raise SettingError(folder.as_posix(), "must be a folder with results; got none")
    settings = {"memory_limit": memory, "autoinstall_known_extensions": "false", "autoload_known_extensions": "false"}
    with duckdb.connect(config=settings) as held:
        held.from_parquet(finished or parts).create_view("outcomes")
        if (folder / EXPERIMENTS).exists():
            held.from_parquet((folder / EXPERIMENTS).as_posix()).create_view("experiments")
        return held.execute(sql).df()


def load_tables(folder: Path, outcomes: Sequence[str]) -> tuple[pa.Table, pa.Table]:
    """Return (experiments, the rows of some outcomes) as they were just written."""
    wanted = [("outcome", "in", list(outcomes))]
    return pq.read_table(folder / EXPERIMENTS), pq.read_table(folder / OUTCOMES, filters=wanted)


def read_table(path: Path, manifest: dict, filters: list | None = None) -> pa.Table:
    """Return one table, or the rows that pass ``filters``; raise if it is not the file that the manifest describes."""
    where = path.as_posix()
    try:
        expected = manifest["files"][path.name]["bytes"]
        if path.stat().st_size != expected:
            raise SettingError(where, f"must be the file that was written ({expected} bytes); got another one")
        return pq.read_table(path, filters=filters)
    except (OSError, KeyError, TypeError, pa.ArrowException) as error:
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise SettingError(where, f"must be readable results; got: {reason}") from None


def manifest_of(profile: Profile, experiments: Sequence[Experiment], **more: object) -> dict:
    """Return what is to be known about a run; ``more`` is added as it is."""
    used = evidence_used(profile)
    return {
        "model_version": model_version(),
        "versions": versions(),
        "city": {"name": profile.name, "title": profile.title, "districts": [d["name"] for d in profile.districts]},
        "experiments": len(experiments),
        "evidence_used": used,
        "assumptions_used": used.get("assumption", 0),
        **more,
    }
