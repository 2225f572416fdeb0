"""The space of parameters: each prior as a standard normal, split into informed parameters and all others."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import ndtr, ndtri

from experiments.priors import quantiles, uncertain
from model.declare.setting import Parameter

EDGE = 2.0**-33


@dataclass(frozen=True)
class Space:
    """Uncertain parameters: the informed first, then the others, which are always drawn from their priors."""

    informed: tuple[Parameter, ...]
    other: tuple[Parameter, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The informed parameters."""
        return tuple(p.id for p in self.informed)

    @property
    def every(self) -> list[Parameter]:
        """All uncertain parameters."""
        return [*self.informed, *self.other]

    def values(self, cube: np.ndarray) -> list[dict[str, float]]:
        """Return parameter values at points of the unit cube (runs, all parameters)."""
        return [quantiles(self.every, point) for point in cube]

    def informed_values(self, z: np.ndarray) -> np.ndarray:
        """Return the values of the informed parameters at normal coordinates (points, informed)."""
        cube = from_normal(z)
        return np.array([[p.quantile(float(u)) for p, u in zip(self.informed, row, strict=True)] for row in cube])


def space_of(informed: Sequence[str] = ()) -> Space:
    """Return the space with some parameters informed, in the order of their declaration."""
    wanted = set(informed)
    free = uncertain()
    return Space(tuple(p for p in free if p.id in wanted), tuple(p for p in free if p.id not in wanted))


def to_normal(cube: np.ndarray) -> np.ndarray:
    """Return standard normal coordinates of points in the unit cube."""
    return ndtri(np.clip(cube, EDGE, 1 - EDGE))


def from_normal(z: np.ndarray) -> np.ndarray:
    """Return points in the unit cube of standard normal coordinates."""
    return np.clip(ndtr(z), EDGE, 1 - EDGE)
