"""A sensitivity study: from a design to points, and from their numbers to indices: how sure, whether they settle."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from experiments.inputs import Input, point_at
from experiments.points import Point
from experiments.sensitivity import METHODS, Design, Index, constant
from model.declare.draws import luck

SHORTER = (8, 4, 2)
RANKABLE = 0.2


class Chance(NamedTuple):
    """The runs at every design point: luck and drawn parameters, the same at each (common random numbers)."""

    luck: int
    drawn: dict[str, float]


@dataclass(frozen=True)
class Answer:
    """What a study found about one outcome.

    ``indices`` are of the whole sample, ``shorter`` those of its first eighth, quarter and half. ``noise`` is the share
    of the variance between points that is luck (None with one run a point). ``moves`` is false if nothing moved it.
    """

    outcome: str
    main: str
    indices: tuple[Index, ...]
    shorter: tuple[Index, ...]
    noise: float | None
    moves: bool

    @property
    def ranked(self) -> list[Index]:
        """The main indices, largest first."""
        return sorted((i for i in self.indices if i.measure == self.main), key=lambda i: -i.value)

    @property
    def width(self) -> float:
        """The widest interval of a main index, as a share of the largest one."""
        largest = max((i.value for i in self.ranked), default=0.0)
        widest = max(((i.high - i.low) for i in self.ranked), default=0.0)
        return widest / largest if largest > 0 else np.inf if widest else 0.0

    @property
    def rankable(self) -> bool:
        """Tell whether the intervals are narrow enough to put the inputs in order."""
        return self.width <= RANKABLE


def chances(seed: int, draws: Sequence[tuple[int, dict[str, float]]], replicates: int) -> list[Chance]:
    """Return the runs to make at each point."""
    return [Chance(luck(seed, number, r), drawn) for number, drawn in draws for r in range(replicates)]


def points_of(inputs: Sequence[Input], cube: np.ndarray, runs: Sequence[Chance]) -> list[Point]:
    """Return the points of a design: row by row, every run of a row together."""
    return [point_at(inputs, row, run.luck, run.drawn) for row in cube for run in runs]


def averaged(values: np.ndarray, runs: int) -> tuple[np.ndarray, float | None]:
    """Return the mean over the runs of each point, and the share of its variance that is luck.

    What luck adds to every point alike cancels in every index and does not count; what is left is the interaction of
    luck with the settings. Expected: values that differ between runs by a constant have a noise share of 0.
    """
    table = np.asarray(values, dtype=float).reshape(-1, runs)
    means = table.mean(1)
    if runs == 1:
        return means, None
    left = table - means[:, None] - table.mean(0) + table.mean()
    noise = (left**2).sum() / ((len(table) - 1) * (runs - 1)) / runs
    between = means.var(ddof=1)
    return means, float(min(noise / between, 1.0)) if between > 0 else 0.0


def answer(design: Design, cube: np.ndarray, outcome: str, values: np.ndarray, runs: int = 1) -> Answer:
    """Return the indices of one outcome from its values, every run of a point together.

    Raises:
        ValueError: a value is missing.
    """
    main = METHODS[design.method].main
    means, noise = averaged(values, runs)
    if np.isfinite(means).all() and constant(means):
        return Answer(outcome, main, (), (), noise, moves=False)
    whole = design.indices(cube, means)
    shorter = [i for n in shorter_samples(design) for i in design.indices(cube, means, n) if i.measure == main]
    return Answer(outcome, main, tuple(whole), tuple(shorter), noise, moves=True)


def shorter_samples(design: Design) -> list[int]:
    """Return the sizes of the prefixes that show whether indices settle, none too small for the method."""
    least = METHODS[design.method].least
    return [design.samples // part for part in SHORTER if design.samples // part >= max(least // 2, 2)]


def index_rows(answers: Sequence[Answer], month: str, runs: int) -> list[dict]:
    """Return the indices as tidy rows; those of shorter samples have fewer ``samples``."""
    return [
        {"outcome": a.outcome, "month": month, **i._asdict(), "runs": runs, "rankable": a.rankable}
        for a in answers
        for i in (*a.shorter, *a.indices)
    ]
