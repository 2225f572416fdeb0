"""Measures of robustness of options over uncertain worlds: pure functions of a table (options, worlds).

Higher is better everywhere; ``oriented`` turns an outcome that should be low. After McPhail et al. 2018 (Earth's Future
6: 169-191): maximin, Laplace's mean, minimax regret, 90th percentile of regret, satisficing share, mean-variance.
"""

from collections.abc import Callable

import numpy as np

WORST_SHARE = 0.1
HIGH_REGRET = 0.9
CAUTION = 1.0


def oriented(values: np.ndarray, better: str) -> np.ndarray:
    """Return values such that higher is better."""
    return np.asarray(values, dtype=float) * (-1.0 if better == "low" else 1.0)


def maximin(values: np.ndarray) -> np.ndarray:
    """Return each option's value in its worst world."""
    return values.min(axis=1)


def laplace(values: np.ndarray) -> np.ndarray:
    """Return each option's mean, every world equally probable."""
    return values.mean(axis=1)


def worst_mean(values: np.ndarray, share: float = WORST_SHARE) -> np.ndarray:
    """Return each option's mean over its worst worlds: a share of them, at least one."""
    worst = max(1, round(share * values.shape[1]))
    return np.sort(values, axis=1)[:, :worst].mean(axis=1)


def regrets(values: np.ndarray, best: np.ndarray | None = None) -> np.ndarray:
    """Return what each option misses in each world against the best that was possible there.

    Args:
        best: the best value of each world; that of the options themselves if None.
    """
    return (values.max(axis=0) if best is None else np.asarray(best)) - values


def minimax_regret(values: np.ndarray) -> np.ndarray:
    """Return each option's largest regret; lower is better."""
    return regrets(values).max(axis=1)


def high_regret(values: np.ndarray, best: np.ndarray | None = None, share: float = HIGH_REGRET) -> np.ndarray:
    """Return the regret that each option stays below in most worlds (the 90th percentile); lower is better."""
    return np.quantile(regrets(values, best), share, axis=1)


def satisficing(values: np.ndarray, threshold: float) -> np.ndarray:
    """Return the share of worlds in which each option reaches a threshold."""
    return (values >= threshold).mean(axis=1)


def mean_variance(values: np.ndarray, caution: float = CAUTION) -> np.ndarray:
    """Return each option's mean less ``caution`` times its standard deviation over worlds."""
    return values.mean(axis=1) - caution * values.std(axis=1)


MEASURES: dict[str, tuple[Callable[[np.ndarray], np.ndarray], str]] = {
    "maximin": (maximin, "high"),
    "laplace": (laplace, "high"),
    "worst_mean": (worst_mean, "high"),
    "minimax_regret": (minimax_regret, "low"),
    "high_regret": (high_regret, "low"),
    "mean_variance": (mean_variance, "high"),
}


def robustness(values: np.ndarray, better: str, threshold: float | None = None) -> dict[str, np.ndarray]:
    """Return every measure of each option; satisficing only with a threshold, in the outcome's own direction.

    Args:
        values: (option, world), in the outcome's unit.
    """
    turned = oriented(values, better)
    found = {name: measure(turned) for name, (measure, _) in MEASURES.items()}
    if threshold is not None:
        found["satisficing"] = satisficing(turned, float(oriented(np.array(threshold), better)))
    return found
