"""Prove the machinery on synthetic cities: targets from runs whose parameters are known, fitted as the real ones are.

A run's emulator has not seen that run or any other of its fold. Truths are spread over the part of the prior that the
waves left, and that part is the prior of the fit, so that intervals must cover and ranks must be even.

1. Cook, Gelman and Rubin 2006, Journal of Computational and Graphical Statistics 15: 675-692.
2. Talts et al. 2018, arXiv 1804.06788 (ranks).
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from calibration.emulate import Emulator
from calibration.likelihood import Likelihood, Observed, observed
from calibration.sample import sample
from calibration.target import Target
from calibration.waves import Cut, Fit, allowed
from experiments.engine import Engine
from model.declare.draws import Draws

PARTICLES = 512
RANKS = 20
LEVELS = (0.5, 0.9)


class Synthetic(NamedTuple):
    """One synthetic city to fit: the truth, what would be observed of it, and the emulator that has not seen it."""

    number: int
    truth: np.ndarray
    seen: Observed
    emulator: Emulator
    start: np.ndarray
    cuts: tuple[Cut, ...]
    seed: int


class Proof(NamedTuple):
    """By city and parameter: the rank of the truth (0–1), and the width of the intervals over the prior's."""

    ranks: np.ndarray
    widths: np.ndarray

    def coverage(self, level: float) -> np.ndarray:
        """Return, for each parameter, the share of cities whose central interval holds the truth."""
        return (np.abs(self.ranks - 0.5) <= level / 2).mean(axis=0)

    def unevenness(self) -> np.ndarray:
        """Return, for each parameter, the chance of ranks at least as uneven if the method were exact (chi-squared)."""
        from scipy.stats import chi2

        cities, bins = len(self.ranks), min(RANKS, max(len(self.ranks) // 5, 2))
        counts = np.array([np.histogram(column, bins, (0, 1))[0] for column in self.ranks.T])
        return chi2.sf(np.square(counts - cities / bins).sum(axis=1) / (cities / bins), bins - 1)


def prove(fit: Fit, cities: int, seed: int, engine: Engine) -> Proof:
    """Fit synthetic cities and compare with their truths."""
    items = [synthetic(fit, number, row, seed) for number, row in enumerate(chosen_rows(fit, cities))]
    found = {}
    for ended in engine.map(fit_one, items):
        if ended.error:
            raise ended.error
        found[ended.item.number] = ended.result
    ordered = [found[number] for number in sorted(found)]
    return Proof(np.array([rank for rank, _ in ordered]), np.array([width for _, width in ordered]))


def chosen_rows(fit: Fit, cities: int) -> np.ndarray:
    """Return runs spread evenly over those that are left."""
    return np.linspace(0, len(fit.table.z) - 1, min(cities, len(fit.table.z))).round().astype(int)


def synthetic(fit: Fit, number: int, row: int, seed: int) -> Synthetic:
    """Return the synthetic city of one run."""
    seen = observation_of(fit.targets, fit.table.values[row], Draws(seed), number)
    emulator = fit.parts[int(fit.folds[row])]
    away = np.flatnonzero(fit.folds != fit.folds[row])
    start = fit.table.z[away[np.arange(PARTICLES) * 7 % len(away)]]
    return Synthetic(number, fit.table.z[row], seen, emulator, start, fit.cuts, seed + number)


def observation_of(targets: Sequence[Target], values: np.ndarray, draws: Draws, number: int) -> Observed:
    """Return what would be observed where the statistics are ``values``: with error, intervals laid about the truth."""
    usual = observed(targets)
    noisy = values + usual.spread * draws.normal("observation", number, len(values))
    place = draws.uniform("interval", number, len(values))[usual.intervals]
    width = usual.ends[:, 1] - usual.ends[:, 0]
    low = noisy[usual.intervals] - place * width
    return usual._replace(values=noisy[usual.points], ends=np.column_stack([low, low + width]))


def fit_one(city: Synthetic) -> tuple[np.ndarray, np.ndarray]:
    """Return the rank of each true coordinate and the width of each interval over the prior's."""
    likelihood = Likelihood(city.emulator, city.seen)
    found = sample(likelihood.log, city.start, city.seed, lambda z: allowed(city.cuts, z)).z
    return (found < city.truth).mean(axis=0), found.std(axis=0)
