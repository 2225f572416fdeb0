"""Cheap Sobol indices: a Gaussian process or boosted trees learn the model from few runs and stand in for it.

What the stand-in gets wrong is shown: its error on runs that it did not see. The share of the variance that it leaves
unexplained may belong to any setting, so each interval is wider by it, and holds the indices of the folds' stand-ins.
"""

import warnings
from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import combinations, pairwise

import numpy as np

from experiments.sensitivity import Design, Index, constant, one_thread, some_seed
from experiments.study import Answer, averaged

KINDS = ("gp", "boosting")
FOLDS = 5
SOBOL_SAMPLES = 1024
TRUSTED = 0.8
SHARES = (0.25, 0.5)
ROWS_AT_ONCE = 4096
Predict = Callable[[np.ndarray], np.ndarray]


@dataclass(frozen=True)
class Emulated:
    """An answer from an emulator, and how good it is: the share of variance explained on unseen runs (Q²)."""

    answer: Answer
    explained: float
    error: float

    @property
    def trusted(self) -> bool:
        """Tell whether the emulator explains enough to be used."""
        return self.explained >= TRUSTED


def learn(kind: str, cube: np.ndarray, values: np.ndarray, seed: int) -> Predict:
    """Return a function that predicts values at points of the unit cube."""
    from sklearn.ensemble import GradientBoostingRegressor
    from sklearn.gaussian_process import GaussianProcessRegressor
    from sklearn.gaussian_process.kernels import RBF, ConstantKernel, WhiteKernel

    state = some_seed(seed)
    if kind == "gp":
        smooth = RBF(np.ones(cube.shape[1]), (0.05, 100.0))
        kernel = ConstantKernel(1.0, (1e-3, 1e3)) * smooth + WhiteKernel(1e-4, (1e-9, 1.0))
        model = GaussianProcessRegressor(kernel, normalize_y=True, random_state=state)
    else:
        model = GradientBoostingRegressor(
            n_estimators=400, learning_rate=0.05, max_depth=3, subsample=0.7, random_state=state
        )
    with warnings.catch_warnings(), one_thread():
        # A length scale at its bound means an input that does nothing, which is no fault.
        warnings.simplefilter("ignore")
        model.fit(cube, values)
    return model.predict


def folds(rows: int) -> list[np.ndarray]:
    """Return the rows left out in each fold: every fifth, since each such part fills the cube evenly too."""
    return [np.arange(rows) % FOLDS == k for k in range(FOLDS)]


def emulate(kind: str, design: Design, cube: np.ndarray, outcome: str, values: np.ndarray, runs: int) -> Emulated:
    """Return total and first-order indices of an outcome from an emulator of it.

    Args:
        design: of the training runs. cube: its points. values: the outcome there, every run of a point together.

    Raises:
        ValueError: a value is missing.
    """
    means, noise = averaged(values, runs)
    if not np.isfinite(means).all():
        raise ValueError(f"{int((~np.isfinite(means)).sum())} of {len(means)}")
    if constant(means):
        return Emulated(Answer(outcome, "total", (), (), noise, moves=False), 1.0, 0.0)
    unseen, parts = np.empty(len(means)), []
    for out in folds(len(means)):
        parts.append(learn(kind, cube[~out], means[~out], design.seed))
        unseen[out] = parts[-1](cube[out])
    error = float(np.sqrt(np.mean((unseen - means) ** 2)))
    explained = float(1 - error**2 / means.var())
    wide = replace(design, method="sobol", samples=SOBOL_SAMPLES)
    where = wide.cube()
    whole = sobol_of(wide, where, learn(kind, cube, means, design.seed), len(means))
    spread = [sobol_of(wide, where, part, len(means)) for part in parts]
    shorter = []
    for share in SHARES:
        rows = int(share * len(means))
        found = sobol_of(wide, where, learn(kind, cube[:rows], means[:rows], design.seed), rows)
        shorter += [i for i in found if i.measure == "total"]
    indices = tuple(widened(i, [s[k] for s in spread], 1 - explained) for k, i in enumerate(whole))
    return Emulated(Answer(outcome, "total", indices, tuple(shorter), noise, moves=True), explained, error)


def sobol_of(design: Design, cube: np.ndarray, predict: Predict, samples: int) -> list[Index]:
    """Return the indices of an emulator; ``samples`` are the runs that it learned from."""
    edges = [*range(0, len(cube), ROWS_AT_ONCE), len(cube)]
    with one_thread():
        values = np.concatenate([predict(cube[a:b]) for a, b in pairwise(edges)])
    if constant(values):
        zero = [Index(name, "", "first", 0.0, 0.0, 0.0, samples) for name in design.factors]
        pairs = [Index(*pair, "second", 0.0, 0.0, 0.0, samples) for pair in combinations(design.factors, 2)]
        return [*zero, *(i._replace(measure="total") for i in zero), *(pairs if design.pairs else ())]
    return [i._replace(samples=samples) for i in design.indices(cube, values)]


def widened(index: Index, others: list[Index], unexplained: float) -> Index:
    """Return an index whose interval holds the values of the other emulators, and what none explains."""
    values = [other.value for other in others]
    return index._replace(low=min(index.low, *values) - unexplained, high=max(index.high, *values) + unexplained)
