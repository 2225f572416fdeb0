"""Screen the parameters: which of them the targets can inform (Morris's elementary effects, through SALib).

A parameter counts as far as it moves a target's statistic beyond what chance does, in standard deviations of the
target's error. The others stay at their priors and are drawn from them throughout.
"""

from typing import NamedTuple

import numpy as np

from calibration.bank import Bank
from calibration.space import space_of
from calibration.waves import scaled

PRIOR_DEVIATION = 12**-0.5
MOST_NOISE = 0.75
LEAST_MOVE = 0.1


class Screening(NamedTuple):
    """Each parameter's strength, the target that it moves most, and those chosen, strongest first."""

    strength: dict[str, float]
    moves: dict[str, str]
    chosen: tuple[str, ...]
    runs: int


def screen(bank: Bank, trajectories: int, most: int) -> Screening:
    """Return the parameters that targets can inform, at most ``most`` of them."""
    from experiments.sensitivity import Design

    space = space_of()
    names = tuple(p.id for p in space.every)
    design = Design("morris", trajectories, names, seed=bank.seed)
    cube = design.cube()
    values = scaled(bank.targets, filled(bank.run("screening", space, cube, same_luck=True)))
    moves = np.array([effects_of(design, cube, values[:, k]) for k in range(values.shape[1])])
    noise = np.quantile(moves, MOST_NOISE, axis=1, keepdims=True)
    spread = np.array([target.spread for target in bank.targets])[:, None]
    clear = PRIOR_DEVIATION * np.sqrt(np.maximum(np.square(moves) - np.square(noise), 0)) / spread
    strength, most_moved = clear.max(axis=0), clear.argmax(axis=0)
    order = np.argsort(-strength, kind="stable")[:most]
    chosen = tuple(names[i] for i in order if strength[i] >= LEAST_MOVE)
    return Screening(
        dict(zip(names, map(float, strength), strict=True)),
        {name: bank.targets[k].id for name, k in zip(names, most_moved, strict=True)},
        chosen,
        len(cube),
    )


def filled(values: np.ndarray) -> np.ndarray:
    """Return statistics with the median in place of what a refused run lacks."""
    return np.where(np.isfinite(values), values, np.nanmedian(values, axis=0))


def effects_of(design, cube: np.ndarray, values: np.ndarray) -> np.ndarray:
    """Return the mean size of each parameter's elementary effects over its whole range."""
    found = {index.input: index.value for index in design.indices(cube, values) if index.measure == "mu_star"}
    return np.array([found.get(name, 0.0) for name in design.names])
