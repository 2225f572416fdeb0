"""Medians and 90 % intervals over runs, and what may be said of them. Hedged: when in doubt, unclear."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from dashboard.words import OUTCOMES

DEVIATIONS = "standard deviations"
SLIGHT = 0.02
FEWEST_RUNS = 5
LOW, MIDDLE, HIGH = 0.05, 0.5, 0.95


@dataclass(frozen=True, eq=False)
class Interval:
    """Median and 90 % interval over runs, and a word for each: arrays of one value a scenario.

    The words: better, worse, changed (neither is good), unclear (the interval includes zero), slight (it does not,
    but the difference is not notable), few (too few runs to say).
    """

    low: np.ndarray
    middle: np.ndarray
    high: np.ndarray
    verdict: np.ndarray

    def of(self, places: Iterable[int]) -> "Interval":
        """Return those of some scenarios only."""
        chosen = list(places)
        return Interval(self.low[chosen], self.middle[chosen], self.high[chosen], self.verdict[chosen])

    @property
    def clear(self) -> np.ndarray:
        """Tell which differences are clear and not slight."""
        return ~np.isin(self.verdict, ("unclear", "slight", "few"))

    @property
    def parts(self) -> np.ndarray:
        """Low, middle and high as one array of three rows."""
        return np.stack([self.low, self.middle, self.high])


def better(outcome: str) -> str:
    """Return which direction is better: high, low or neutral; neutral too for what nothing declares."""
    return OUTCOMES[outcome].better if outcome in OUTCOMES else "neutral"


def unit(outcome: str) -> str:
    """Return the declared unit of an outcome."""
    return OUTCOMES[outcome].unit if outcome in OUTCOMES else "ratio"


def mean_of_known(values: np.ndarray) -> np.ndarray:
    """Return the mean over the last axis of what is not NaN; NaN where nothing is known."""
    known = ~np.isnan(values)
    with np.errstate(invalid="ignore"):
        return np.where(known, values, 0).sum(-1) / known.sum(-1)


def quantiles(values: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the 5 %, 50 % and 95 % quantiles over runs (axis 1), leaving out NaN without a warning."""
    ordered = np.moveaxis(np.sort(values, axis=1), 1, 0)
    last = np.maximum((~np.isnan(ordered)).sum(0) - 1, 0)
    found = []
    for share in (LOW, MIDDLE, HIGH):
        place = share * last
        below = np.floor(place).astype(int)
        one = np.take_along_axis(ordered, below[None], 0)[0]
        two = np.take_along_axis(ordered, np.minimum(below + 1, last)[None], 0)[0]
        found.append(one + (two - one) * (place - below))
    return tuple(found)


def notable(outcome: str) -> float:
    """Return the declared smallest difference worth naming; 0 if none is declared."""
    return OUTCOMES[outcome].notable if outcome in OUTCOMES else 0.0


def too_small(outcome: str, base: np.ndarray) -> np.ndarray:
    """Return the difference below which it does not matter: the declared one, else 2 % of the baseline's level.

    Paired runs share their luck, so that even a difference of no importance has an interval without zero.
    """
    declared = notable(outcome)
    return np.full(len(base), declared) if declared else SLIGHT * np.abs(quantiles(base)[1])


def interval(differences: np.ndarray, better_is: str, small: np.ndarray) -> Interval:
    """Return median, 90 % interval and verdict of paired differences, shape (scenario, run).

    Medians below ``small`` are slight. With fewer than five runs there is neither verdict nor interval.
    """
    low, middle, high = quantiles(differences)
    words = {"high": ("better", "worse"), "low": ("worse", "better")}.get(better_is, ("changed", "changed"))
    verdict = np.select([low > 0, high < 0], words, "unclear")
    verdict[(verdict != "unclear") & (np.abs(middle) < small)] = "slight"
    few = (~np.isnan(differences)).sum(1) < FEWEST_RUNS
    verdict[few] = "few"
    return Interval(np.where(few, middle, low), middle, np.where(few, middle, high), verdict)
