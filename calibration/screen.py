"""Screen the parameters: which of them the targets can inform (Morris's elementary effects, through SALib).

Effects beyond what chance does, taken as linear, say how much of each parameter's variance the targets would explain if
all parameters were fitted together: much for one that alone moves a well observed number, little for one of many. The
others stay at their priors and are drawn from them throughout.
"""

from typing import NamedTuple

import numpy as np

from calibration.bank import Bank
from calibration.space import space_of
from calibration.waves import scaled

PRIOR_DEVIATION = 12**-0.5
MOST_NOISE = 0.75
LEAST = 0.01


class Screening(NamedTuple):
    """The share of each parameter's variance that the targets explain, the target it moves most, and those chosen."""

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
    effects = np.array([effects_of(design, cube, values[:, k]) for k in range(values.shape[1])])
    spread = np.array([target.spread for target in bank.targets])
    strength, clear = explained(PRIOR_DEVIATION * effects, spread)
    most_moved = (np.abs(clear) / spread[:, None]).argmax(axis=0)
    order = np.argsort(-strength, kind="stable")[:most]
    chosen = tuple(names[i] for i in order if strength[i] >= LEAST)
    return Screening(
        dict(zip(names, map(float, strength), strict=True)),
        {name: bank.targets[k].id for name, k in zip(names, most_moved, strict=True)},
        chosen,
        len(cube),
    )


def explained(effects: np.ndarray, spread: np.ndarray, most_noise: float = MOST_NOISE) -> tuple[np.ndarray, np.ndarray]:
    """Return the share of each parameter's variance that the targets explain, and its effects beyond chance.

    Args:
        effects: change of each statistic for one standard deviation of each parameter (targets, parameters).
        most_noise: the share of parameters whose effect on a target is taken for chance.
    """
    noise = np.quantile(np.abs(effects), most_noise, axis=1, keepdims=True)
    clear = np.sign(effects) * np.sqrt(np.maximum(np.square(effects) - np.square(noise), 0))
    total = clear @ clear.T + np.diag(np.square(spread))
    return (clear * np.linalg.solve(total, clear)).sum(axis=0), clear


def filled(values: np.ndarray) -> np.ndarray:
    """Return statistics with the median in place of what a refused run lacks."""
    return np.where(np.isfinite(values), values, np.nanmedian(values, axis=0))


def effects_of(design, cube: np.ndarray, values: np.ndarray) -> np.ndarray:
    """Return the mean size of each parameter's elementary effects over its whole range, with the sign of their mean."""
    found = {(index.input, index.measure): index.value for index in design.indices(cube, values)}
    size = np.array([found.get((name, "mu_star"), 0.0) for name in design.names])
    return size * np.sign([found.get((name, "mu"), 0.0) for name in design.names])
