"""Compare emulated statistics with targets: the likelihood, and how implausible a point is."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from scipy.special import log_ndtr, ndtr

from calibration.emulate import Emulator
from calibration.target import Target

LEAST = 1e-300
FAR = 8.0


class Observed(NamedTuple):
    """Targets as arrays: values of the points, ends of the intervals, standard deviations; all on their scales."""

    points: np.ndarray
    values: np.ndarray
    intervals: np.ndarray
    ends: np.ndarray
    spread: np.ndarray


def observed(targets: Sequence[Target]) -> Observed:
    """Return the targets as arrays."""
    points = np.array([k for k, t in enumerate(targets) if t.interval is None], dtype=int)
    intervals = np.array([k for k, t in enumerate(targets) if t.interval is not None], dtype=int)
    values = np.array([float(targets[k].scaled(targets[k].value)) for k in points])
    ends = np.array([[float(v) for v in targets[k].scaled(np.array(targets[k].interval))] for k in intervals])
    return Observed(points, values, intervals, ends.reshape(-1, 2), np.array([t.spread for t in targets]))


class Likelihood:
    """The probability of the observed numbers at informed coordinates, up to a constant."""

    def __init__(self, emulator: Emulator, seen: Observed) -> None:
        """Prepare the covariance of emulation, observation and discrepancy."""
        self.emulator, self.seen = emulator, seen
        total = emulator.covariance + np.diag(np.square(seen.spread))
        inner = total[np.ix_(seen.points, seen.points)]
        self.factor = np.linalg.inv(np.linalg.cholesky(inner)) if len(seen.points) else np.zeros((0, 0))
        self.constant = float(np.log(np.diag(self.factor)).sum())
        self.deviation = np.sqrt(np.diag(total))

    def log(self, z: np.ndarray) -> np.ndarray:
        """Return the log likelihood at each point."""
        mean = self.emulator.mean(z)
        return self.log_of_points(mean) + self.log_of_intervals(mean)

    def log_of_points(self, mean: np.ndarray) -> np.ndarray:
        """Return the normal log density of the observed values."""
        miss = (self.seen.values - mean[:, self.seen.points]) @ self.factor.T
        return self.constant - 0.5 * np.square(miss).sum(axis=1)

    def log_of_intervals(self, mean: np.ndarray) -> np.ndarray:
        """Return the log chance that the truth lies in each interval."""
        if not len(self.seen.intervals):
            return np.zeros(len(mean))
        centre, width = mean[:, self.seen.intervals], self.deviation[self.seen.intervals]
        low, high = ((self.seen.ends[:, side] - centre) / width for side in (0, 1))
        chance = np.where(low > 0, ndtr(-low) - ndtr(-high), ndtr(high) - ndtr(low))
        nearer = np.where(low > 0, log_ndtr(-low), log_ndtr(high))
        return np.where(chance > LEAST, np.log(np.maximum(chance, LEAST)), nearer).sum(axis=1)

    def implausible(self, z: np.ndarray) -> np.ndarray:
        """Return the largest distance from a target at each point, in standard deviations."""
        mean = self.emulator.mean(z)
        gaps = np.zeros_like(mean)
        gaps[:, self.seen.points] = np.abs(self.seen.values - mean[:, self.seen.points])
        inner = mean[:, self.seen.intervals]
        gaps[:, self.seen.intervals] = np.maximum(self.seen.ends[:, 0] - inner, 0) + np.maximum(
            inner - self.seen.ends[:, 1], 0
        )
        return np.minimum(gaps / self.deviation, FAR).max(axis=1)

    def distance(self, z: np.ndarray) -> np.ndarray:
        """Return the root mean square distance from the targets, in standard deviations."""
        mean = self.emulator.mean(z)
        gaps = (self.seen.values - mean[:, self.seen.points]) / self.deviation[self.seen.points]
        return np.sqrt(np.mean(np.square(gaps), axis=1))
