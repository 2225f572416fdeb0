"""A bank of simulated histories: statistics at points of the parameter space, kept in chunks on disk.

A chunk is named by the hash of all that makes its numbers, so a stopped calibration continues with what is there and
ends with the same numbers. It keeps the statistics of its targets only.
"""

import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

import numpy as np

from calibration.observe import Moved, World, history_of
from calibration.space import Space
from calibration.target import Target
from experiments.atomic import whole_file
from experiments.engine import Engine
from experiments.errors import ExperimentError
from experiments.experiment import city_digest, digest
from experiments.rules import rules_digest
from model.declare.draws import luck
from model.declare.errors import DeclarationError
from model.profile import Profile

CHUNK = 16
MOST_FAILED = 0.05
FOLDER = "runs"
Told = Callable[[str, int, int], None]


class Alternative(NamedTuple):
    """A structural alternative: mechanisms in other forms, and another history of levers (values by month)."""

    name: str = ""
    forms: tuple[tuple[str, str], ...] = ()
    moved: Moved = ()


AS_IT_IS = Alternative()


class Chunk(NamedTuple):
    """Some points to simulate, with the luck of each."""

    name: str
    profile: Profile
    targets: tuple[Target, ...]
    parameters: list[dict[str, float]]
    lucks: list[int]
    scale: float
    alternative: Alternative


@dataclass(frozen=True)
class Bank:
    """Simulates points of the space, or finds them on disk; statistics come back in the order of the targets."""

    folder: Path
    profile: Profile
    targets: tuple[Target, ...]
    scale: float
    seed: int
    engine: Engine = field(repr=False)
    told: Told | None = None

    def run(
        self,
        stage: str,
        space: Space,
        cube: np.ndarray,
        *,
        alternative: Alternative = AS_IT_IS,
        same_luck: bool = False,
    ) -> np.ndarray:
        """Return the statistics at each point (runs, targets); a run that failed has none.

        Args:
            cube: points (runs, parameters of the space). same_luck: whether all runs share theirs.
        """
        chunks = self.chunks(stage, space, cube, alternative, same_luck)
        waiting = [chunk for chunk in chunks if load(self.file(chunk)) is None]
        done = len(cube) - sum(len(chunk.lucks) for chunk in waiting)
        self.tell(stage, done, len(cube))
        for ended in self.engine.map(simulate, waiting):
            if ended.error:
                raise ended.error
            save(self.file(ended.item), ended.result)
            done += len(ended.item.lucks)
            self.tell(stage, done, len(cube))
        found = np.concatenate([load(self.file(chunk)) for chunk in chunks])
        refuse_many_failures(stage, found)
        return found

    def chunks(
        self, stage: str, space: Space, cube: np.ndarray, alternative: Alternative, same_luck: bool
    ) -> list[Chunk]:
        """Return the points in chunks, each with its name."""
        measured = [(t.statistic, t.first, t.last) for t in self.targets]
        fixed = [rules_digest(), city_digest(self.profile), measured, self.scale, self.seed, space.names, alternative]
        found = []
        for start in range(0, len(cube), CHUNK):
            points = cube[start : start + CHUNK]
            lucks = [luck(self.seed, 0 if same_luck else k, 0) for k in range(start, start + len(points))]
            name = digest([fixed, stage, lucks, np.round(points, 12).tolist()])
            parameters = space.values(points)
            found.append(Chunk(name, self.profile, self.targets, parameters, lucks, self.scale, alternative))
        return found

    def file(self, chunk: Chunk) -> Path:
        """Return where a chunk is kept."""
        return self.folder / FOLDER / f"{chunk.name}.npz"

    def tell(self, stage: str, done: int, total: int) -> None:
        """Report progress."""
        if self.told:
            self.told(stage, done, total)


def simulate(chunk: Chunk) -> np.ndarray:
    """Return the statistics of each point of a chunk; NaN where the model refused the point."""
    rows = []
    for parameters, chance in zip(chunk.parameters, chunk.lucks, strict=True):
        forms, moved = chunk.alternative.forms, chunk.alternative.moved
        try:
            history = history_of(World(chunk.profile, parameters, chance, chunk.scale, forms, moved))
            rows.append([target.measure(history) for target in chunk.targets])
        except (DeclarationError, FloatingPointError, RuntimeWarning):
            rows.append([np.nan] * len(chunk.targets))
    return np.array(rows, dtype=float)


def save(path: Path, values: np.ndarray) -> None:
    """Keep a chunk, whole or not at all."""
    with whole_file(path) as beside, beside.open("wb") as file:
        np.savez(file, values=values)


def load(path: Path) -> np.ndarray | None:
    """Return a chunk, or None if it is not there or torn."""
    try:
        with np.load(path, allow_pickle=False) as part:
            return part["values"]
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
        return None


def refuse_many_failures(stage: str, found: np.ndarray) -> None:
    """Raise if the model refused more points than can be left out without harm."""
    failed = float(np.isnan(found).all(axis=1).mean())
    if failed > MOST_FAILED:
        raise ExperimentError(f"{stage}: the model refused {failed:.0%} of the points, more than {MOST_FAILED:.0%}")


def whole_rows(values: np.ndarray) -> np.ndarray:
    """Return which runs have every statistic."""
    return np.isfinite(values).all(axis=1)
