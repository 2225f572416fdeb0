"""Finished experiments in a folder: of a run under way, in parts, or of an earlier one, in its tables."""

import time
from pathlib import Path

from experiments.keep import Record
from experiments.lock import Lock
from experiments.parts import torn_parts, whole_parts, write_part
from experiments.saved import Saved
from experiments.tables import OUTCOMES, failures_in

MOST_ROWS = 1_000_000
FLUSH_SECONDS = 5.0


class Store:
    """What is finished; new records wait in memory for a moment, so that files are few and whole.

    Args:
        tables: look at finished tables too. lock: the right to write, given back by ``close``.
    """

    def __init__(self, folder: Path, *, tables: bool = True, lock: Lock | None = None) -> None:
        """Look at what is there."""
        self.folder, self.lock = folder, lock
        self.saved, self.failed = Saved(), {}
        if tables:
            self.saved.add_file(folder / OUTCOMES)
            self.failed = failures_in(folder)
        self.parts = list(whole_parts(folder))
        self.torn = torn_parts(folder, self.parts)
        for part in self.parts:
            self.saved.add_file(part.path)
            self.failed |= part.failed
        self.known = set(self.saved.places)
        self.failed = {key: error for key, error in self.failed.items() if key not in self.known}
        self.number = max([0, *(part.number for part in self.parts)])
        self.waiting: dict[str, Record] = {}
        self.waiting_failed: dict[str, str] = {}
        self.flushed = time.monotonic()

    @property
    def settled(self) -> set[str]:
        """The experiments that have ended, well or not."""
        return self.known | set(self.failed)

    def has(self, experiment: str) -> bool:
        """Tell whether an experiment's record is on disk now."""
        return experiment in self.saved.places

    def load(self, experiment: str) -> Record | None:
        """Return one experiment's record, or None if it has none."""
        return self.waiting.get(experiment) or self.saved.load(experiment)

    def add(self, experiment: str, record: Record) -> None:
        """Keep the record of one experiment; at the latest the next ``flush`` puts it on disk."""
        self.waiting[experiment] = record
        self.known.add(experiment)
        self.failed.pop(experiment, None)
        self.flush_if_due()

    def fail(self, experiment: str, error: str) -> None:
        """Keep the error of one experiment."""
        self.waiting_failed[experiment] = self.failed[experiment] = error
        self.flush_if_due()

    def flush_if_due(self) -> None:
        """Put on disk what waits, if it is much or the last time is some seconds ago."""
        rows = sum(record.values.size for record in self.waiting.values())
        if rows >= MOST_ROWS or time.monotonic() - self.flushed >= FLUSH_SECONDS:
            self.flush()

    def flush(self) -> None:
        """Put on disk what waits."""
        self.flushed = time.monotonic()
        if self.waiting or self.waiting_failed:
            self.number += 1
            path = write_part(self.folder, self.number, list(self.waiting.items()), self.waiting_failed)
            self.saved.add_file(path)
            self.waiting, self.waiting_failed = {}, {}

    def close(self) -> None:
        """Let go of the files and of the folder."""
        self.saved.forget()
        if self.lock is not None:
            self.lock.release()
