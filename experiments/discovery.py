"""Scenario discovery: under which conditions a policy fails, as boxes of parameter ranges, by the EMA Workbench's PRIM.

A box is judged by its coverage (share of all failures that lie in it), its density (share of its cases that fail) and
how few parameters it restricts. A quasi-p value says how probable a restriction's gain would be by chance; the
share of half-samples that restrict the same parameter says whether it would be found again.

Bryant and Lempert 2010, Technological Forecasting and Social Change 77: 34-49; Kwakkel 2017, Environmental Modelling &
Software 96: 239-250.
"""

import warnings
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from model.declare.draws import Draws

FEWEST_CASES = 50
FEWEST_OF_A_KIND = 5
PEEL, SMALLEST_BOX, BARELY = 0.05, 0.05, 1e-9
MOST_PARAMETERS = 20
HALF_SAMPLES = 20
CHANCE = 0.05
NEARLY = 0.05


@dataclass(frozen=True)
class Limit:
    """The range of one parameter in a box, and how probable its gain is by chance (quasi-p); None if not known."""

    low: float
    high: float
    quasi_p: float | None


@dataclass(frozen=True)
class Box:
    """Ranges of some parameters, with what lies in them."""

    coverage: float
    density: float
    mass: float
    limits: Mapping[str, Limit]

    @property
    def balance(self) -> float:
        """The harmonic mean of coverage and density."""
        both = self.coverage + self.density
        return 2 * self.coverage * self.density / both if both else 0.0


def screened(cases: pd.DataFrame, failed: np.ndarray, most: int = MOST_PARAMETERS) -> list[str]:
    """Return the parameters whose values differ most between failures and the others, in their order.

    With hundreds of parameters some would be restricted by chance alone. The distance is Kolmogorov and Smirnov's.
    """
    distance = {name: ks_distance(cases[name].to_numpy(float), failed) for name in cases.columns}
    kept = sorted(distance, key=lambda name: -distance[name])[:most]
    return [name for name in cases.columns if name in kept]


def ks_distance(values: np.ndarray, failed: np.ndarray) -> float:
    """Return the largest distance between the distributions of a parameter in failures and in the other cases."""
    places = np.sort(values)
    one, other = (np.searchsorted(np.sort(values[mine]), places, "right") / mine.sum() for mine in (failed, ~failed))
    return float(np.abs(one - other).max())


def peel(cases: pd.DataFrame, failed: np.ndarray) -> list[Box]:
    """Return the boxes that PRIM peels off one after the other, from all cases to the densest.

    Args:
        cases: a column a parameter, a row a case. failed: which cases are failures.
    """
    with warnings.catch_warnings():
        # The workbench warns of optional engines that are not installed.
        warnings.simplefilter("ignore")
        from ema_workbench.analysis import prim

        # The workbench counts as failures what is at least the threshold; nearly 0, so that no box is too thin for it.
        found = prim.Prim(
            cases.reset_index(drop=True).astype(float), np.asarray(failed, dtype=bool), threshold=BARELY,
            peel_alpha=PEEL, mass_min=SMALLEST_BOX,
        ).find_box()  # fmt: skip
        return [box_at(found, place, cases) for place in range(len(found.peeling_trajectory))]


def box_at(found: object, place: int, cases: pd.DataFrame) -> Box:
    """Return one box of the workbench's trajectory."""
    row, limits = found.peeling_trajectory.iloc[place], found.box_lims[place]
    quasi = found.qp[place]
    restricted = {}
    for name in cases.columns:
        low, high = (float(v) for v in limits[name])
        if low > cases[name].min() or high < cases[name].max():
            values = [float(p) for p in np.atleast_1d(quasi.get(name, [])) if p >= 0]
            restricted[name] = Limit(low, high, max(values, default=None))
    return Box(float(row["coverage"]), float(row["density"]), float(row["mass"]), restricted)


def chosen(boxes: list[Box]) -> int:
    """Return the place of the box restricted least of those whose balance of coverage and density is near the best."""
    best = max(box.balance for box in boxes)
    near = [k for k, box in enumerate(boxes) if box.balance >= best - NEARLY]
    return min(near, key=lambda k: (len(boxes[k].limits), -boxes[k].balance))


def reproduced(cases: pd.DataFrame, failed: np.ndarray, box: Box, seed: int) -> dict[str, float]:
    """Return for each parameter of a box the share of half-samples in which the box of its density restricts it too."""
    draws, counts = Draws(seed), dict.fromkeys(box.limits, 0)
    for k in range(HALF_SAMPLES):
        half = np.sort(np.argsort(draws.uniform("discovery/half", k, len(cases)))[: len(cases) // 2])
        if not 0 < failed[half].sum() < len(half):
            continue
        boxes = peel(cases.iloc[half], failed[half])
        nearest = min(boxes, key=lambda b: abs(b.density - box.density))
        for name in counts:
            counts[name] += name in nearest.limits
    return {name: count / HALF_SAMPLES for name, count in counts.items()}


def enough(failed: np.ndarray) -> bool:
    """Tell whether there are enough cases of both kinds to look for a box."""
    return min(int(failed.sum()), int((~failed).sum())) >= FEWEST_OF_A_KIND


def box_rows(boxes: list[Box], best: int, again: Mapping[str, float]) -> list[dict]:
    """Return the boxes as tidy rows, one a restricted parameter; a box without any has one row too."""
    rows = []
    for place, box in enumerate(boxes):
        about = {
            "box": place, "chosen": place == best, "coverage": box.coverage, "density": box.density, "mass": box.mass,
            "restricted": len(box.limits),
        }  # fmt: skip
        for name, limit in box.limits.items() or [("", Limit(np.nan, np.nan, None))]:
            found = again.get(name) if place == best else None
            low, high = (None, None) if not name else (limit.low, limit.high)
            rows.append(
                {**about, "parameter": name, "low": low, "high": high, "quasi_p": limit.quasi_p, "reproduced": found}
            )
    return rows
