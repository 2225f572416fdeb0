"""Sensitivity indices through SALib: where to evaluate, and what the numbers say. Simulates nothing itself.

Every design lies in the unit cube, so that distributions are the inputs' own affair. Known case (Ishigami with a = 7,
b = 0.1): first-order 0.314, 0.442, 0 and total 0.558, 0.442, 0.244.

1. Saltelli et al. 2010, Computer Physics Communications 181: 259-270.
2. Campolongo, Cariboni and Saltelli 2007, Environmental Modelling & Software 22: 1509-1518.
3. Pianosi and Wagener 2018, Environmental Modelling & Software 108: 197-207.
4. Plischke, Borgonovo and Smith 2013, European Journal of Operational Research 226: 536-550.
5. Sarrazin, Pianosi and Wagener 2016, Environmental Modelling & Software 79: 135-152 (convergence).
"""

import warnings
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from itertools import combinations
from typing import NamedTuple

import numpy as np

from model.declare.draws import Draws

LEVEL = 0.9
RESAMPLES = 100
PAWN_RESAMPLES, PAWN_SLICES = 30, 10
DELTA_RESAMPLES = 20
MORRIS_LEVELS = 4
CUBE = (0.0, 1.0)


@dataclass(frozen=True)
class Method:
    """A method: its index to rank by, its usual and its smallest sample, and whether settings can be grouped."""

    main: str
    usual: int
    least: int
    groups: bool


METHODS = {
    "morris": Method("mu_star", 16, 4, True),
    "sobol": Method("total", 64, 16, True),
    "pawn": Method("pawn", 512, 100, False),
    "delta": Method("delta", 1024, 100, False),
}


class Index(NamedTuple):
    """One index of an input (or of a pair) with its interval if it has one, from the first ``samples`` samples."""

    input: str
    other: str
    measure: str
    value: float
    low: float | None
    high: float | None
    samples: int


@dataclass(frozen=True)
class Design:
    """A method with its sample, over named inputs; those of one group move together where groups are given."""

    method: str
    samples: int
    names: tuple[str, ...]
    groups: tuple[str, ...] = ()
    pairs: bool = False
    seed: int = 1

    @property
    def factors(self) -> tuple[str, ...]:
        """What gets an index: each input, or each group."""
        return tuple(dict.fromkeys(self.groups or self.names))

    @property
    def block(self) -> int:
        """Rows that one sample takes."""
        d = len(self.factors)
        return {"morris": d + 1, "sobol": 2 * d + 2 if self.pairs else d + 2}.get(self.method, 1)

    @property
    def rows(self) -> int:
        """Points to evaluate."""
        return self.samples * self.block

    @property
    def problem(self) -> dict:
        """SALib's problem in the unit cube; its own names, because it refuses some."""
        names = [f"x{k}" for k in range(len(self.names))]
        problem = {"num_vars": len(names), "names": names, "bounds": [list(CUBE)] * len(names)}
        return problem | ({"groups": [f"g{self.factors.index(g)}" for g in self.groups]} if self.groups else {})

    def cube(self) -> np.ndarray:
        """Return the points in the unit cube, shape (rows, inputs); a shorter sample is a prefix."""
        return SAMPLERS[self.method](self)

    def indices(self, cube: np.ndarray, values: np.ndarray, samples: int = 0) -> list[Index]:
        """Return the indices from the first ``samples`` samples; none if the values are all the same.

        Raises:
            ValueError: a value is not a number, which SALib would turn into zeros without a word.
        """
        samples = samples or self.samples
        rows = samples * self.block
        cube, values = cube[:rows], np.asarray(values, dtype=float)[:rows]
        if not np.isfinite(values).all():
            raise ValueError(f"{int((~np.isfinite(values)).sum())} of {rows}")
        if constant(values):
            return []
        with warnings.catch_warnings(), one_thread():
            warnings.simplefilter("ignore")
            return ANALYSERS[self.method](self, cube, values, samples)


def constant(values: np.ndarray) -> bool:
    """Tell whether values do not differ by more than rounding does."""
    return bool(np.ptp(values) <= 1e-12 * max(np.abs(values).max(), 1e-300))


def one_thread() -> AbstractContextManager:
    """Keep matrix libraries to one thread: on small matrices several wait for each other, minutes on a busy machine."""
    from threadpoolctl import threadpool_limits

    return threadpool_limits(1)


def some_seed(seed: int) -> int:
    """Return a seed that SALib takes for one: to it, 0 means none."""
    return seed % (2**31 - 1) + 1


def resampled(seed: int, stream: str, n: int, times: int) -> np.ndarray:
    """Return the rows of bootstrap samples, drawn with replacement, shape (times, n)."""
    draws = Draws(seed)
    return np.array([(draws.uniform(stream, k, n) * n).astype(np.int64) for k in range(times)])


def sobol_cube(design: Design) -> np.ndarray:
    """Return Saltelli's sample on a scrambled Sobol sequence."""
    from SALib.sample import sobol

    return sobol.sample(
        design.problem, design.samples, calc_second_order=design.pairs, scramble=True, seed=some_seed(design.seed)
    )


def morris_cube(design: Design) -> np.ndarray:
    """Return Morris trajectories."""
    from SALib.sample import morris

    return morris.sample(design.problem, design.samples, num_levels=MORRIS_LEVELS, seed=some_seed(design.seed))


def even_cube(design: Design) -> np.ndarray:
    """Return a scrambled Sobol sequence, which PAWN and delta can use as they can any sample."""
    from experiments.priors import unit_points

    return unit_points(design.samples, len(design.names), design.seed)


def sobol_indices(design: Design, _cube: np.ndarray, values: np.ndarray, samples: int) -> list[Index]:
    """Return first-order, total and, if asked for, second-order indices."""
    from SALib.analyze import sobol

    found = sobol.analyze(
        design.problem, values, calc_second_order=design.pairs, num_resamples=RESAMPLES, conf_level=LEVEL,
        seed=some_seed(design.seed),
    )  # fmt: skip
    rows = []
    for measure, key in (("first", "S1"), ("total", "ST")):
        rows += around(design.factors, measure, found[key], found[f"{key}_conf"], samples)
    if design.pairs:
        for (j, one), (k, other) in combinations(enumerate(design.factors), 2):
            value, half = float(found["S2"][j, k]), float(found["S2_conf"][j, k])
            rows.append(Index(one, other, "second", value, value - half, value + half, samples))
    return rows


def morris_indices(design: Design, cube: np.ndarray, values: np.ndarray, samples: int) -> list[Index]:
    """Return the mean size of elementary effects from low to high, their mean and their spread."""
    from SALib.analyze import morris

    found = morris.analyze(
        design.problem, cube, values, num_resamples=RESAMPLES, conf_level=LEVEL, num_levels=MORRIS_LEVELS,
        seed=some_seed(design.seed),
    )  # fmt: skip
    rows = around(design.factors, "mu_star", found["mu_star"], found["mu_star_conf"], samples)
    if not design.groups:
        for key in ("mu", "sigma"):
            values_of = zip(design.factors, found[key], strict=True)
            rows += [Index(name, "", key, float(v), None, None, samples) for name, v in values_of]
    return rows


def pawn_indices(design: Design, cube: np.ndarray, values: np.ndarray, samples: int) -> list[Index]:
    """Return the median distance between conditional and unconditional distributions, with a bootstrap interval."""
    from SALib.analyze import pawn

    def medians(rows: np.ndarray) -> np.ndarray:
        return np.asarray(pawn.analyze(design.problem, cube[rows], values[rows], S=PAWN_SLICES)["median"], dtype=float)

    middle = medians(np.arange(samples))
    spread = np.array([medians(r) for r in resampled(design.seed, "sensitivity/pawn", samples, PAWN_RESAMPLES)])
    half = 1.645 * spread.std(axis=0, ddof=1)
    return around(design.factors, "pawn", middle, half, samples)


def delta_indices(design: Design, cube: np.ndarray, values: np.ndarray, samples: int) -> list[Index]:
    """Return the density-based index and the first-order index from the same sample."""
    from SALib.analyze import delta

    shown = warnings.formatwarning
    try:
        # SALib sets its own filter, which only a recorder withstands, and its own form of a warning.
        with warnings.catch_warnings(record=True):
            found = delta.analyze(
                design.problem, cube, values, num_resamples=DELTA_RESAMPLES, conf_level=LEVEL,
                seed=some_seed(design.seed),
            )  # fmt: skip
    finally:
        warnings.formatwarning = shown
    names = design.factors
    rows = around(names, "delta", found["delta_raw"], found["delta_raw_conf"], samples)
    return rows + around(names, "first", found["S1"], found["S1_conf"], samples)


def around(
    names: Sequence[str], measure: str, values: Sequence[float], halves: Sequence[float], samples: int
) -> list[Index]:
    """Return an index a name, each with its interval."""
    return [
        Index(name, "", measure, float(v), float(v - h), float(v + h), samples)
        for name, v, h in zip(names, np.asarray(values, float), np.asarray(halves, float), strict=True)
    ]


SAMPLERS: dict[str, Callable[[Design], np.ndarray]] = {
    "sobol": sobol_cube, "morris": morris_cube, "pawn": even_cube, "delta": even_cube,
}  # fmt: skip
ANALYSERS: dict[str, Callable[[Design, np.ndarray, np.ndarray, int], list[Index]]] = {
    "sobol": sobol_indices, "morris": morris_indices, "pawn": pawn_indices, "delta": delta_indices,
}  # fmt: skip
