"""How an outcome goes with a varied setting over the points of a sweep: medians by its value, and a share of spread.

The share is epsilon squared (Kelley 1935): variance between groups over all variance, less what groups of this size
have by chance. Chance and the other settings are the rest; it is not a Sobol index, which needs its own design.
"""

from typing import NamedTuple

import numpy as np

MOST_GROUPS = 10
LOW, MIDDLE, HIGH = 0.05, 0.5, 0.95


class Response(NamedTuple):
    """An outcome by groups of a setting's values: where they are, (low, middle, high), and the share of its spread."""

    at: np.ndarray
    low: np.ndarray
    middle: np.ndarray
    high: np.ndarray
    share: float


def groups_of(values: np.ndarray) -> np.ndarray:
    """Return a number for each point: one a value if these are few, otherwise ten groups of equal size in order."""
    different, codes = np.unique(values, return_inverse=True)
    if len(different) <= MOST_GROUPS:
        return codes
    rank = np.argsort(np.argsort(values, kind="stable"), kind="stable")
    return rank * MOST_GROUPS // len(values)


def response(values: np.ndarray, outcome: np.ndarray) -> Response:
    """Return the response of an outcome to a setting; points without a value of the outcome do not count.

    Expected: with values 0, 0, 1, 1 and outcomes 1, 3, 5, 7 the middles are 2 and 6, four fifths of the variance
    is between the groups, and the share is 1 - 1/5 * 3/2 = 0.7.
    """
    known = np.isfinite(outcome)
    values, outcome = values[known], outcome[known]
    codes = groups_of(values) if len(values) else np.zeros(0, int)
    groups = [codes == code for code in range(codes.max(initial=-1) + 1)]
    parts = np.array([np.quantile(outcome[g], (LOW, MIDDLE, HIGH)) for g in groups]).reshape(-1, 3)
    at = np.array([np.mean(values[g]) for g in groups])
    return Response(at, *parts.T, share(codes, outcome))


def share(codes: np.ndarray, outcome: np.ndarray) -> float:
    """Return the part of an outcome's variance that is between groups, 0 if it has none or points are too few."""
    n, many = len(outcome), len(np.unique(codes))
    if n <= many or not (total := float(np.var(outcome))):
        return 0.0
    means = np.bincount(codes, outcome) / np.bincount(codes)
    within = float(np.mean((outcome - means[codes]) ** 2)) / total
    return max(0.0, 1 - within * (n - 1) / (n - many))
