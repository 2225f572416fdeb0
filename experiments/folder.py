"""A folder of results: what is in it, and what may be done with it. Nothing is replaced by surprise."""

import json
import os
from collections.abc import Collection, Iterable
from pathlib import Path

from experiments.atomic import unwritable
from experiments.lock import NAME as LOCK
from experiments.lock import Lock
from experiments.parts import FOLDER as PARTS
from experiments.parts import drop_parts
from experiments.store import Store
from experiments.tables import EXPERIMENTS, OUTCOMES
from experiments.version import model_version
from model.declare.errors import SettingError

MANIFEST = "manifest.json"
FIGURES = "figures"
SUMMARY = "summary.csv"
DECISION, VARIANCE = "decision.csv", "variance.csv"
REPORT = "report-"
OURS = {MANIFEST, FIGURES, PARTS, OUTCOMES, EXPERIMENTS, SUMMARY, DECISION, VARIANCE, LOCK}
ADVICE = "add --overwrite, or take another folder"


def open_folder(folder: Path, wanted: Iterable[str], *, resume: bool, overwrite: bool) -> Store:
    """Return the store of a folder that may be written to, or raise the error that says why not.

    An empty folder may; one with the same results may (nothing is computed again); unfinished or
    other results need ``resume`` or ``overwrite`` (with both, parts of a stopped run are kept and
    older tables replaced); a folder with other files may not, nor one in which a process is at work.
    """
    where = f"--out {folder.as_posix()}"
    refuse_foreign(folder, where)
    make_writable(folder)
    lock = Lock(folder, where)
    try:
        return store_in(folder, set(wanted), lock, where, resume, overwrite)
    except BaseException:
        lock.release()
        raise


def store_in(folder: Path, wanted: set[str], lock: Lock, where: str, resume: bool, overwrite: bool) -> Store:
    """Return the store of a folder that is ours alone, or raise the error that says why it may not be written to."""
    if overwrite:
        if not resume:
            drop_parts(folder)
        return Store(folder, tables=False, lock=lock)
    finished = (folder / MANIFEST).exists()
    if finished:
        refuse_other_version(folder, where)
    store = Store(folder, lock=lock)
    for part in store.parts:
        refuse_version(part.version, where)
    extra = len(store.settled - wanted)
    if extra and resume:
        raise SettingError(
            where,
            f"must be continued with what it holds; got a command that leaves out {extra} of its "
            f"{len(store.settled)} experiments; add --overwrite, or take another folder",
        )
    if (extra or (store.settled and not finished) or (finished and wanted - store.settled)) and not resume:
        state = "finished results of other settings" if finished else "a run that was stopped"
        raise SettingError(
            where,
            f"must be a new or empty folder; got {state}; add --resume to continue, "
            "--overwrite to replace, or take another folder",
        )
    return store


def refuse_foreign(folder: Path, where: str, ours: Collection[str] = OURS) -> None:
    """Refuse a file, or a folder with files that are not ours."""
    if folder.exists() and not folder.is_dir():
        raise SettingError(where, "must be a folder; got a file")
    try:
        names = {path.name for path in folder.iterdir()} if folder.is_dir() else set()
    except OSError as error:
        raise unwritable(folder, error) from None
    other = sorted(n for n in names - set(ours) if not n.endswith(".partial") and not n.startswith(REPORT))
    if other:
        raise SettingError(where, f"must be a new folder, or one with results; got other files ('{other[0]}')")


def make_writable(folder: Path) -> None:
    """Make the folder and try to write in it."""
    probe = folder / f"probe.{os.getpid()}.partial"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe.write_bytes(b"\0" * 4096)
        probe.unlink()
    except OSError as error:
        probe.unlink(missing_ok=True) if probe.parent.is_dir() else None
        raise unwritable(folder, error) from None


def read_manifest(folder: Path, where: str) -> dict:
    """Return the manifest of finished results."""
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        return {"model_version": str(manifest["model_version"]), **manifest}
    except FileNotFoundError:
        state = "a run that was stopped" if (folder / PARTS).is_dir() else "none"
        raise SettingError(where, f"must be a folder with finished results; got {state}") from None
    except (OSError, ValueError, KeyError, TypeError):
        raise SettingError(where, f"must hold a whole {MANIFEST}; got a broken one") from None


def refuse_other_version(folder: Path, where: str, advice: str = ADVICE) -> dict:
    """Return the manifest, or raise if the results are of another model version; ``advice`` ends the sentence."""
    manifest = read_manifest(folder, where)
    refuse_version(manifest["model_version"], where, advice)
    return manifest


def refuse_version(found: str, where: str, advice: str = ADVICE) -> None:
    """Raise if results are of another model version."""
    if found != model_version():
        raise SettingError(
            where,
            f"must be results of this model version ({model_version()}); got {found}; {advice}",
        )
