"""Compare predictions with what was observed: every target and every held-out row, before and after the fit.

A prediction is a simulated statistic with the errors of the observation on top.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from calibration.target import Target
from model.declare.draws import Draws

LOW, MIDDLE, HIGH = 0.05, 0.5, 0.95
REACH = (0.01, 0.99)


class Check(NamedTuple):
    """One row: what was observed, and the predicted median and 90 % interval."""

    target: Target
    low: float
    middle: float
    high: float
    inside: bool

    def as_row(self) -> dict:
        """Return the check as plain values."""
        t = self.target
        return {
            "id": t.id, "row": t.row, "label": t.label, "unit": t.unit, "from": t.first, "until": t.last,
            "value": t.value, "interval": t.interval, "low": self.low, "middle": self.middle, "high": self.high,
            "inside": self.inside,
        }  # fmt: skip


def check(targets: Sequence[Target], values: np.ndarray, seed: int, quantiles=(LOW, MIDDLE, HIGH)) -> list[Check]:
    """Return each target with its predictive interval.

    Args:
        values: simulated statistics (runs, targets).
    """
    draws = Draws(seed)
    return [check_one(t, values[:, k], draws.normal("error", k, len(values)), quantiles) for k, t in enumerate(targets)]


def check_one(target: Target, values: np.ndarray, noise: np.ndarray, quantiles: tuple) -> Check:
    """Return one target with its predictive interval."""
    known = np.isfinite(values)
    if not known.any():
        return Check(target, float("nan"), float("nan"), float("nan"), False)
    predicted = target.scaled(values[known]) + target.spread * noise[known]
    possible = target.unscaled(predicted).clip(*target.limits)
    low, middle, high = (float(v) for v in np.quantile(possible, quantiles))
    first, last = (target.value, target.value) if target.interval is None else target.interval
    return Check(target, low, middle, high, low <= last and first <= high)


def out_of_reach(targets: Sequence[Target], values: np.ndarray, seed: int) -> list[str]:
    """Return the targets that even the prior, with all errors, hardly reaches (outside its 98 % interval)."""
    return [c.target.id for c in check(targets, values, seed, (REACH[0], MIDDLE, REACH[1])) if not c.inside]


def share_inside(checks: Sequence[Check]) -> float:
    """Return the share of evidence rows all of whose targets lie inside."""
    rows = {c.target.row for c in checks}
    outside = {c.target.row for c in checks if not c.inside}
    return 1 - len(outside) / len(rows)
