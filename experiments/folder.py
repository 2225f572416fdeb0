"""A folder of results: what is in it, and what may be done with it. Nothing is replaced by surprise."""

import json
import os
from collections.abc import Iterable
from pathlib import Path

from experiments.atomic import unwritable
from experiments.keep import Record
from experiments.parts import FOLDER as PARTS
from experiments.parts import drop_parts, kept_parts, load_part, part_file
from experiments.tables import OUTCOMES, SavedOutcomes
from experiments.version import model_version
from model.declare.errors import SettingError

MANIFEST = "manifest.json"
FIGURES = "figures"
OURS = {MANIFEST, FIGURES, PARTS, OUTCOMES, "experiments.parquet", "summary.csv"}


class Store:
    """Finished experiments in a folder, from parts or from tables of an earlier run."""

    def __init__(self, folder: Path, *, tables: bool = True) -> None:
        """Look at what is there; without ``tables``, at parts only."""
        self.folder = folder
        self.saved = SavedOutcomes(folder / OUTCOMES if tables else None)
        self.known = set(self.saved.places) | set(kept_parts(folder))

    def has(self, experiment: str) -> bool:
        """Tell whether an experiment is on disk now."""
        return experiment in self.saved.places or part_file(self.folder, experiment).exists()

    def load(self, experiment: str) -> Record:
        """Return one experiment's record."""
        record = load_part(self.folder, experiment)
        return self.saved.load(experiment) if record is None else record


def open_folder(folder: Path, wanted: Iterable[str], *, resume: bool, overwrite: bool) -> Store:
    """Return the store of a folder that may be written to, or raise the error that says why not.

    An empty folder may; one with the same results may (nothing is computed again); unfinished or
    other results need ``resume`` or ``overwrite`` (with both, parts of a stopped run are kept and
    older tables replaced); a folder with other files may not.
    """
    where = f"--out {folder.as_posix()}"
    wanted = set(wanted)
    refuse_foreign(folder, where)
    make_writable(folder)
    if overwrite:
        if not resume:
            drop_parts(folder)
        return Store(folder, tables=False)
    finished = (folder / MANIFEST).exists()
    if finished:
        refuse_other_version(folder, where)
    store = Store(folder)
    extra = len(store.known - wanted)
    if extra and resume:
        raise SettingError(
            where,
            f"must be continued with what it holds; got a command that leaves out {extra} of its "
            f"{len(store.known)} experiments; add --overwrite, or take another folder",
        )
    if (extra or (store.known and not finished) or (finished and wanted - store.known)) and not resume:
        state = "finished results of other settings" if finished else "a run that was stopped"
        raise SettingError(
            where,
            f"must be a new or empty folder; got {state}; add --resume to continue, "
            "--overwrite to replace, or take another folder",
        )
    return store


def refuse_foreign(folder: Path, where: str) -> None:
    """Refuse a file, or a folder with files that are not ours."""
    if folder.exists() and not folder.is_dir():
        raise SettingError(where, "must be a folder; got a file")
    try:
        names = {path.name for path in folder.iterdir()} if folder.is_dir() else set()
    except OSError as error:
        raise unwritable(folder, error) from None
    other = sorted(n for n in names - OURS if not n.endswith(".partial"))
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


def refuse_other_version(folder: Path, where: str) -> dict:
    """Return the manifest, or raise if the results are of another model version."""
    manifest = read_manifest(folder, where)
    found = manifest["model_version"]
    if found != model_version():
        raise SettingError(
            where,
            f"must be results of this model version ({model_version()}); got {found}; "
            "add --overwrite, or take another folder",
        )
    return manifest
