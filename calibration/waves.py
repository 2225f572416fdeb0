"""Waves: simulate points that no target rules out yet, emulate, rule out more, and again; then the posterior.

The first wave fills the prior. What a wave finds implausible is cut away, and the next wave fills what is left, always
in proportion to the prior, so that no weights are needed. The posterior is that of the prior without what is cut away.

1. Craig, Goldstein, Seheult and Smith 1997, Case Studies in Bayesian Statistics 3: 37-93 (history matching).
2. Vernon, Goldstein and Bower 2010, Bayesian Analysis 5: 619-669.
"""

import warnings
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from calibration.bank import Bank, whole_rows
from calibration.emulate import Emulator, fit
from calibration.likelihood import Likelihood, observed
from calibration.sample import Sample, sample
from calibration.space import EDGE, Space, to_normal
from calibration.target import Target

CUT = 3.0
BLOCK, FIRST_LOOK, MOST_LOOKED = 4096, 16384, 2**19
LEAST_LEFT = 0.01
PARTICLES = 2048


class Plan(NamedTuple):
    """How many runs each stage takes."""

    trajectories: int = 4
    informed: int = 35
    first: int = 2048
    later: tuple[int, ...] = (1536, 1024)
    particles: int = PARTICLES


class Cut(NamedTuple):
    """What one wave rules out, with the share of what was left that is left after it."""

    likelihood: Likelihood
    most: float
    left: float


@dataclass(frozen=True)
class Table:
    """Runs: coordinates of the informed and the other parameters, and statistics on the scale of their errors."""

    z: np.ndarray = field(repr=False)
    others: np.ndarray = field(repr=False)
    values: np.ndarray = field(repr=False)

    def part(self, rows: np.ndarray) -> "Table":
        """Return some of the runs."""
        return Table(self.z[rows], self.others[rows], self.values[rows])

    def joined(self, other: "Table") -> "Table":
        """Return the runs of two tables."""
        pairs = ((self.z, other.z), (self.others, other.others), (self.values, other.values))
        return Table(*(np.concatenate(pair) for pair in pairs))


@dataclass(frozen=True)
class Fit:
    """All that calibration knows: the runs in the part of the space that is left, and their emulators."""

    space: Space
    targets: tuple[Target, ...]
    first: Table
    table: Table
    cuts: tuple[Cut, ...]
    emulator: Emulator
    parts: tuple[Emulator, ...]
    folds: np.ndarray = field(repr=False)

    def allowed(self, z: np.ndarray) -> np.ndarray:
        """Return which points no wave has ruled out."""
        return allowed(self.cuts, z)

    @property
    def left(self) -> float:
        """The share of the prior that is left."""
        return float(np.prod([cut.left for cut in self.cuts]))

    def posterior(self, seed: int, particles: int, told: Callable | None = None) -> Sample:
        """Return points of the posterior under the targets."""
        likelihood = Likelihood(self.emulator, observed(self.targets))
        return self.sample(likelihood, seed, particles, told)

    def sample(self, likelihood: Likelihood, seed: int, particles: int, told: Callable | None = None) -> Sample:
        """Return points of the posterior under a likelihood, from the runs that are left."""
        start = self.table.z[np.arange(particles) % len(self.table.z)]
        return sample(likelihood.log, start, seed, self.allowed, told)


def run_waves(bank: Bank, space: Space, plan: Plan, told: Callable[[int, Cut, Likelihood, np.ndarray], None]) -> Fit:
    """Simulate all waves and return the fit.

    Args:
        told: called after each wave with its number, what it cuts, its likelihood and the points of its runs.
    """
    table = first = tabulate(bank, "wave 1", space, next(blocks(plan.first, len(space.every), bank.seed)))
    cuts: tuple[Cut, ...] = ()
    for number, runs in enumerate((*plan.later, 0), start=1):
        emulator, parts, folds = fit(table.z, table.others, table.values)
        if not runs:
            break
        likelihood = Likelihood(emulator, observed(bank.targets))
        cut = cut_of(likelihood, cuts, space, bank.seed + number)
        told(number, cut, likelihood, table.z)
        cuts = (*cuts, cut)
        cube = points_left(cuts, space, runs, bank.seed + number)
        fresh = tabulate(bank, f"wave {number + 1}", space, cube)
        table = table.part(allowed(cuts, table.z)).joined(fresh)
    return Fit(space, bank.targets, first, table, cuts, emulator, tuple(parts), folds)


def tabulate(bank: Bank, stage: str, space: Space, cube: np.ndarray) -> Table:
    """Return the runs at points of the unit cube; those that the model refused are left out."""
    values = bank.run(stage, space, cube)
    whole = whole_rows(values)
    z, informed = to_normal(cube[whole]), len(space.informed)
    return Table(z[:, :informed], z[:, informed:], scaled(bank.targets, values[whole]))


def scaled(targets: Sequence[Target], values: np.ndarray) -> np.ndarray:
    """Return statistics on the scales of their errors."""
    return np.array([target.scaled(values[:, k]) for k, target in enumerate(targets)]).T


def allowed(cuts: Sequence[Cut], z: np.ndarray) -> np.ndarray:
    """Return which points no cut takes away."""
    kept = np.ones(len(z), bool)
    for cut in cuts:
        kept[kept] = cut.likelihood.implausible(z[kept]) <= cut.most
    return kept


def cut_of(likelihood: Likelihood, cuts: tuple[Cut, ...], space: Space, seed: int) -> Cut:
    """Return the cut at three standard deviations, or wider if too little would be left of what is left."""
    gaps = []
    for cube in blocks(BLOCK, len(space.every), seed):
        z = to_normal(cube[:, : len(space.informed)])
        gaps.append(likelihood.implausible(z[allowed(cuts, z)]))
        looked, found = BLOCK * len(gaps), sum(map(len, gaps))
        if looked >= MOST_LOOKED or (looked >= FIRST_LOOK and found >= BLOCK):
            break
    every = np.concatenate(gaps)
    most = max(CUT, float(np.quantile(every, LEAST_LEFT)))
    return Cut(likelihood, most, float((every <= most).mean()))


def points_left(cuts: tuple[Cut, ...], space: Space, wanted: int, seed: int) -> np.ndarray:
    """Return the first points of a Sobol sequence over the prior that no cut takes away."""
    found: list[np.ndarray] = []
    for number, cube in enumerate(blocks(BLOCK, len(space.every), seed), start=1):
        kept = cube[allowed(cuts, to_normal(cube[:, : len(space.informed)]))]
        found.append(kept)
        if sum(map(len, found)) >= wanted or number * BLOCK >= 2 * MOST_LOOKED:
            break
    return np.concatenate(found)[:wanted]


def blocks(size: int, dimensions: int, seed: int) -> Iterator[np.ndarray]:
    """Yield successive parts of one scrambled Sobol sequence in the open unit cube."""
    from scipy.stats import qmc

    sampler = qmc.Sobol(dimensions, scramble=True, seed=seed)
    while True:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)  # of a length that is no power of two, which is meant
            points = sampler.random(size)
        yield np.clip(points, EDGE, 1 - EDGE)
