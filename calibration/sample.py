"""Draw from the posterior: sequential Monte Carlo from the prior, tempered towards the likelihood.

1. Del Moral, Doucet and Jasra 2006, Journal of the Royal Statistical Society B 68: 411-436.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from model.declare.draws import Draws

HALF = 0.5
MOVES, LAST_MOVES = 12, 48
WIDE = 2.38
WIDER = 1.2
MOST_STEPS = 60
BISECTIONS = 40


class Sample(NamedTuple):
    """Equally weighted points, the log of the evidence, the steps taken and the last share of accepted moves."""

    z: np.ndarray
    evidence: float
    steps: int
    accepted: float


def sample(
    log_likelihood: Callable[[np.ndarray], np.ndarray],
    start: np.ndarray,
    seed: int,
    allowed: Callable[[np.ndarray], np.ndarray] | None = None,
    told: Callable[[float, float], None] | None = None,
) -> Sample:
    """Move points that are spread over the prior to the posterior.

    Args:
        log_likelihood: of points (n, d). start: points from the prior (n, d). allowed: where the prior is not 0.
        told: called with the temperature and the share of accepted moves after each step.

    Points are standard normal under the prior. The same seed gives the same points.
    """
    draws, z, heat, evidence = Draws(seed), start.copy(), 0.0, 0.0
    known, accepted = log_likelihood(z), 0.0
    for step in range(MOST_STEPS):
        rise = next_rise(known, 1.0 - heat)
        heat = min(heat + rise, 1.0)
        weights = np.exp(rise * (known - known.max()))
        evidence += float(np.log(weights.mean()) + rise * known.max())
        spread = covariance_of(z, weights)
        chosen = systematic(weights, float(draws.uniform("resample", step, 1)[0]))
        z, known = z[chosen], known[chosen]
        moves = LAST_MOVES if heat >= 1 else MOVES
        z, known, accepted = moved(z, known, heat, spread, moves, (log_likelihood, allowed), (draws, step))
        if told:
            told(heat, accepted)
        if heat >= 1:
            break
    return Sample(z, evidence, step + 1, accepted)


def next_rise(known: np.ndarray, most: float) -> float:
    """Return by how much the temperature may rise so that half of the points still count."""
    if effective(most * known) >= HALF * len(known):
        return most
    low, high = 0.0, most
    for _ in range(BISECTIONS):
        middle = (low + high) / 2
        low, high = (middle, high) if effective(middle * known) >= HALF * len(known) else (low, middle)
    return max(low, 1e-9)


def effective(log_weights: np.ndarray) -> float:
    """Return how many equally weighted points weighted ones are worth."""
    weights = np.exp(log_weights - log_weights.max())
    return float(weights.sum() ** 2 / np.square(weights).sum())


def systematic(weights: np.ndarray, u: float) -> np.ndarray:
    """Return places drawn in proportion to weights, evenly."""
    edges = np.cumsum(weights) / weights.sum()
    edges[-1] = 1.0
    return np.searchsorted(edges, (np.arange(len(weights)) + u) / len(weights))


def covariance_of(z: np.ndarray, weights: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the mean and a factor of the covariance of weighted points."""
    mean = np.average(z, axis=0, weights=weights)
    covariance = np.cov(z, rowvar=False, aweights=weights).reshape(z.shape[1], z.shape[1])
    return mean, np.linalg.cholesky(covariance + 1e-6 * np.eye(z.shape[1]))


def moved(z, known, heat, spread, moves, target, chance) -> tuple[np.ndarray, np.ndarray, float]:
    """Return the points after some Metropolis-Hastings moves: short random ones and long independent ones in turn."""
    (log_likelihood, allowed), (draws, step), (mean, factor) = target, chance, spread
    n, d = z.shape
    density = heat * known - 0.5 * np.square(z).sum(axis=1)
    taken = []
    for move in range(moves):
        noise = draws.normal(f"move {move}", step, n * d).reshape(n, d) @ factor.T
        alone = move % 2 == 1
        proposed = mean + WIDER * noise if alone else z + WIDE / np.sqrt(d) * noise
        fresh = log_likelihood(proposed)
        there = heat * fresh - 0.5 * np.square(proposed).sum(axis=1)
        gain = there - density
        if alone:
            gain += away(proposed, mean, factor) - away(z, mean, factor)
        u = np.maximum(draws.uniform(f"accept {move}", step, n), 1e-300)
        take = np.log(u) < gain
        if allowed is not None:
            take &= allowed(proposed)
        z = np.where(take[:, None], proposed, z)
        known, density = np.where(take, fresh, known), np.where(take, there, density)
        taken.append(float(take.mean()))
    return z, known, float(np.mean(taken))


def away(z: np.ndarray, mean: np.ndarray, factor: np.ndarray) -> np.ndarray:
    """Return half the squared distance from the mean under the long moves' covariance."""
    scaled = np.linalg.solve(WIDER * factor, (z - mean).T)
    return 0.5 * np.square(scaled).sum(axis=0)
