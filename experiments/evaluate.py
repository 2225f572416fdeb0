"""Evaluate points: numbers that are kept are not computed again, new ones are kept as they come."""

import json
import math
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

import numpy as np

from experiments.atomic import unwritable
from experiments.engine import Engine, Serial
from experiments.lock import Lock
from experiments.points import Chunk, Found, Point, World, history_key, work
from experiments.version import model_version
from model.declare.errors import SettingError
from scenarios.scenario import FIRST_FUTURE

FILE = "evaluations.jsonl"
LARGEST_CHUNK = 8


class Values(NamedTuple):
    """Numbers of points: ``values[p, k]`` is outcome ``outcomes[k]`` at point p."""

    outcomes: tuple[str, ...]
    values: np.ndarray

    def of(self, outcome: str) -> np.ndarray:
        """Return one outcome at every point."""
        return self.values[:, self.outcomes.index(outcome)]


class Kept:
    """Numbers of finished points in a file with a line each; without a folder, in memory only.

    A line that a killed process left torn is dropped, and its point is computed again.
    """

    def __init__(self, folder: Path | None = None, lock: Lock | None = None) -> None:
        """Read what is there; ``lock`` is the right to write, given back by ``close``.

        Raises:
            SettingError: the numbers are of another model version.
        """
        self.path, self.lock = folder / FILE if folder else None, lock
        self.outcomes: tuple[str, ...] = ()
        self.known: dict[str, tuple[float, ...]] = {}
        if self.path and self.path.exists():
            self._read()

    def _read(self) -> None:
        lines = self.path.read_bytes().splitlines(keepends=True)
        whole = 0
        for place, line in enumerate(lines):
            entry = entry_of(line)
            if entry is None:
                break
            whole += len(line)
            if place == 0:
                self._take_head(entry)
            else:
                self.known[entry[0]] = tuple(math.nan if v is None else v for v in entry[1])
        if whole < sum(map(len, lines)):
            with self.path.open("rb+") as file:
                file.truncate(whole)

    def _take_head(self, head: dict) -> None:
        found = head.get("model_version")
        if found != model_version():
            raise SettingError(
                f"--out {self.path.parent.as_posix()}",
                f"must be results of this model version ({model_version()}); got {found}; "
                "add --overwrite, or take another folder",
            )
        self.outcomes = tuple(head["outcomes"])

    def add(self, found: Iterable[Found]) -> None:
        """Keep some numbers, on disk before they count."""
        lines = []
        for one in found:
            if not self.outcomes:
                self.outcomes = one.outcomes
                lines.append({"model_version": model_version(), "outcomes": one.outcomes})
            lines.append([one.id, [v if math.isfinite(v) else None for v in one.values]])
            self.known[one.id] = one.values
        if self.path:
            text = "".join(json.dumps(line, separators=(",", ":")) + "\n" for line in lines)
            try:
                with self.path.open("a", encoding="utf-8", newline="\n") as file:
                    file.write(text)
            except OSError as error:
                raise unwritable(self.path.parent, error) from error

    def close(self) -> None:
        """Let go of the folder."""
        if self.lock:
            self.lock.release()


def entry_of(line: bytes) -> dict | list | None:
    """Return what a line holds, or None if it is torn."""
    try:
        entry = json.loads(line) if line.endswith(b"\n") else None
    except ValueError:
        return None
    return entry


def evaluate(
    world: World,
    points: Sequence[Point],
    kept: Kept,
    engine: Engine | None = None,
    work_done: Callable[[int], None] | None = None,
    finished: Callable[[int], None] | None = None,
) -> Values:
    """Return the numbers of every point, in order, simulating those that are not kept.

    Args:
        engine: where to simulate; in this process if None.
        work_done: called with the months simulated. finished: called with the number of points that are kept.
    """
    engine = engine or Serial()
    ids = [world.id_of(point) for point in points]
    new = {key: point for key, point in zip(ids, points, strict=True) if key not in kept.known}
    chunks, done = chunks_of(world, new.values(), engine.jobs), len(set(ids)) - len(new)
    with closing(engine.map(work, chunks, work_done)) as results:
        for one in results:
            if one.error:
                raise one.error
            kept.add(one.result)
            done += len(one.result)
            if finished:
                finished(done)
    return Values(kept.outcomes, np.array([kept.known[key] for key in ids]))


def chunks_of(world: World, points: Iterable[Point], jobs: int) -> list[Chunk]:
    """Cut points into chunks that share a history, small enough that little is lost when a run is stopped."""
    groups: dict[tuple, list[Point]] = {}
    for point in points:
        groups.setdefault(history_key(point), []).append(point)
    total = sum(map(len, groups.values()))
    size = max(1, min(LARGEST_CHUNK, -(-total // (2 * jobs))))
    return [Chunk(world, group[k : k + size]) for group in groups.values() for k in range(0, len(group), size)]


def months_in(world: World, points: Iterable[Point], kept: Kept, jobs: int) -> int:
    """Return the months to simulate, the unit of progress; a chunk counts its history even where that is at hand."""
    new = {key: p for p in points if (key := world.id_of(p)) not in kept.known}
    chunks = chunks_of(world, new.values(), jobs)
    return FIRST_FUTURE * len(chunks) + len(new) * (world.until + 1 - FIRST_FUTURE)
