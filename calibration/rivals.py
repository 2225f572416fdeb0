"""Structural alternatives: rival forms of rules and the other reading of the history, fitted to the same targets.

The difference that an alternative makes is simulated at the same points with the same luck and emulated on its own, so
that little of the comparison is chance. When the evidence cannot decide, the alternatives stand side by side.
"""

from typing import NamedTuple

import numpy as np

from calibration.bank import AS_IT_IS, Alternative, Bank, whole_rows
from calibration.emulate import Emulator
from calibration.likelihood import Likelihood, observed
from calibration.space import from_normal
from calibration.waves import Fit, scaled
from model.declare.setting import month_index
from model.schedule import scheduled

RUNS = 192
PENALTY = 10.0
DECIDES = 3.0
JANUARY = month_index("2023-01")
HELD_TARGETING = Alternative("enforcement_targeting held at 0.2", (), (("enforcement_targeting", ((JANUARY, 0.2),)),))


class Rival(NamedTuple):
    """An alternative: the log of its evidence over the standard form's, and its median distance to the targets."""

    name: str
    log_ratio: float
    distance: float

    @property
    def verdict(self) -> str:
        """Whether the targets decide, at odds of about twenty to one."""
        if abs(self.log_ratio) < DECIDES:
            return "undecided"
        return "better" if self.log_ratio > 0 else "worse"


def alternatives() -> list[Alternative]:
    """Return every rival form of a rule, and the other reading of the jump in findings per trip (D2)."""
    forms = [(rule.name, form) for rule in scheduled() for form in rule.rivals]
    return [*(Alternative(f"{rule}: {form}", ((rule, form),)) for rule, form in forms), HELD_TARGETING]


def compare_rivals(bank: Bank, fit: Fit, seed: int, particles: int) -> list[Rival]:
    """Return how well each alternative meets the targets."""
    rows = np.arange(max(len(fit.table.z) - RUNS, 0), len(fit.table.z))
    cube = from_normal(np.hstack([fit.table.z[rows], fit.table.others[rows]]))
    usual = bank.run("rivals", fit.space, cube, alternative=AS_IT_IS)
    base = fit.sample(Likelihood(fit.emulator, observed(fit.targets)), seed, particles)
    found = []
    for alternative in alternatives():
        other = bank.run("rivals", fit.space, cube, alternative=alternative)
        whole = whole_rows(usual) & whole_rows(other)
        change = scaled(fit.targets, other[whole]) - scaled(fit.targets, usual[whole])
        likelihood = Likelihood(shifted(fit.emulator, fit.table.z[rows][whole], change), observed(fit.targets))
        points = fit.sample(likelihood, seed, particles)
        distance = float(np.median(likelihood.distance(points.z)))
        found.append(Rival(alternative.name, points.evidence - base.evidence, distance))
    return found


def shifted(emulator: Emulator, z: np.ndarray, change: np.ndarray) -> Emulator:
    """Return an emulator with a change that is linear in the informed parameters added."""
    plain = np.hstack([np.ones((len(z), 1)), z])
    left = plain.T @ plain + PENALTY * np.diag([0.0, *np.ones(z.shape[1])])
    slopes = np.linalg.solve(left, plain.T @ change)
    weights = emulator.weights.copy()
    weights[: len(slopes)] += slopes
    misfit = np.cov(change - plain @ slopes, rowvar=False).reshape(change.shape[1], change.shape[1])
    return Emulator(weights, emulator.pairs, emulator.covariance + misfit, emulator.explained)
