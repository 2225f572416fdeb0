"""Five measures of robustness of the scenarios on an outcome, side by side, with the order by each."""

from dataclasses import dataclass

import numpy as np

from dashboard.figures.intervals import better
from dashboard.findings import Findings
from experiments.robustness import robustness

SHOWN = ("maximin", "laplace", "high_regret", "satisficing", "mean_variance")
LOW_IS_BEST = ("high_regret",)


@dataclass(frozen=True, slots=True)
class Robust:
    """One scenario by five measures: values in the good direction, and its rank by each (1 is best)."""

    scenario: str
    values: dict[str, float]
    ranks: dict[str, int]


def robust(findings: Findings, scenarios: list[str], outcome: str, goal: float) -> list[Robust]:
    """Return the scenarios by five measures over paired effects; ``goal`` is the least improvement that counts."""
    table = findings.runs[findings.runs["outcome"] == outcome]
    effects = (table["value"] - table["base"]).groupby([table["scenario"], table["run"]]).first().unstack("run")
    there = [s for s in scenarios if s in effects.index]
    values = effects.loc[there].dropna(axis=1).to_numpy(dtype=float)
    if not values.size:
        return []
    sign = -1.0 if better(outcome) == "low" else 1.0
    found = robustness(values * sign, "high", goal)
    ranks = {m: order(found[m], low=m in LOW_IS_BEST) for m in SHOWN}
    return [
        Robust(s, {m: float(found[m][k]) for m in SHOWN}, {m: int(ranks[m][k]) for m in SHOWN})
        for k, s in enumerate(there)
    ]


def order(values: np.ndarray, *, low: bool) -> np.ndarray:
    """Return each value's rank, 1 for the best; equal values share the better rank.

    Expected: ``order([3, 5, 5], low=False) == [3, 1, 1]``.
    """
    signed = np.round(np.asarray(values, dtype=float) * (1 if low else -1), 12)
    return np.array([1 + int((signed < v).sum()) for v in signed])


def firsts(rows: list[Robust]) -> list[str]:
    """Return the scenarios that come first by at least one measure."""
    return [r.scenario for r in rows if 1 in r.ranks.values()]
