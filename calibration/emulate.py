"""Emulate the targets' statistics: a response surface for each, quadratic in the parameters that matter to it.

Coordinates are standard normal under the prior. What the informed parameters leave open, other parameters, chance and
lack of fit, is the noise, with its covariance between statistics, measured out of sample.

1. Vernon, Goldstein and Bower 2010, Bayesian Analysis 5: 619-669 (active variables, regression emulators).
2. Wood 2010, Nature 466: 1102-1104 (synthetic likelihood).
"""

from dataclasses import dataclass, field

import numpy as np

ACTIVE = 8
PENALTY = 20.0
FOLDS = 4
LEAST_SPREAD = 1e-9


@dataclass(frozen=True)
class Emulator:
    """Means of all statistics at informed coordinates, and the covariance of what is left."""

    weights: np.ndarray = field(repr=False)
    pairs: np.ndarray = field(repr=False)
    covariance: np.ndarray = field(repr=False)
    explained: np.ndarray = field(repr=False)

    def mean(self, z: np.ndarray) -> np.ndarray:
        """Return the mean of each statistic (points, statistics)."""
        return features(z, self.pairs) @ self.weights


def features(z: np.ndarray, pairs: np.ndarray) -> np.ndarray:
    """Return one, the coordinates, and the products of pairs (squares less their mean)."""
    products = z[:, pairs[:, 0]] * z[:, pairs[:, 1]] - (pairs[:, 0] == pairs[:, 1])
    return np.hstack([np.ones((len(z), 1)), z, products])


def fit(z: np.ndarray, others: np.ndarray, values: np.ndarray) -> tuple[Emulator, list[Emulator], np.ndarray]:
    """Fit an emulator to all runs, and one to the runs outside each fold.

    Args:
        z: informed coordinates (runs, informed). others: those of the other parameters, whose linear effects are taken
            out so that they do not blur the rest. values: statistics on the scale of their errors (runs, statistics).

    Returns:
        The emulator, those of the folds, and the fold of each run.
    """
    folds = np.arange(len(z)) % FOLDS
    pairs, chosen = active_pairs(z, values)
    parts = [surface(z[folds != f], others[folds != f], values[folds != f], pairs, chosen) for f in range(FOLDS)]
    left = np.empty_like(values)
    for f, weights in enumerate(parts):
        left[folds == f] = values[folds == f] - features(z[folds == f], pairs) @ weights
    covariance = np.cov(left, rowvar=False, bias=True) + np.outer(left.mean(axis=0), left.mean(axis=0))
    variance = np.maximum(values.var(axis=0), LEAST_SPREAD**2)
    explained = 1 - np.diag(covariance) / variance
    covariance = covariance + np.diag(np.full(len(covariance), LEAST_SPREAD**2))
    made = [Emulator(w, pairs, covariance, explained) for w in [surface(z, others, values, pairs, chosen), *parts]]
    return made[0], made[1:], folds


def active_pairs(z: np.ndarray, values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the pairs of coordinates that any statistic uses, and which statistic uses which (pairs, statistics)."""
    centred = (values - values.mean(axis=0)) / np.maximum(values.std(axis=0), LEAST_SPREAD)
    slopes = np.abs(z.T @ centred) / len(z)
    curves = np.abs((np.square(z) - 1).T @ centred) / len(z)
    strength = np.maximum(slopes, curves)
    top = np.argsort(-strength, axis=0, kind="stable")[: min(ACTIVE, z.shape[1])]
    used = np.zeros((z.shape[1], values.shape[1]), bool)
    np.put_along_axis(used, top, True, axis=0)
    first, second = np.triu_indices(z.shape[1])
    chosen = used[first] & used[second]
    kept = chosen.any(axis=1)
    return np.column_stack([first, second])[kept], chosen[kept]


def surface(z, others, values, pairs, chosen) -> np.ndarray:
    """Return the weights of the features (features, statistics) by penalised least squares."""
    shape = features(z, pairs)
    first = 1 + z.shape[1]
    plain, products = np.hstack([shape[:, :first], others]), shape[:, first:]
    centre, spread = values.mean(axis=0), np.maximum(values.std(axis=0), LEAST_SPREAD)
    scaled = (values - centre) / spread
    gram, right = plain.T @ plain, plain.T @ scaled
    crossed, inner, own = plain.T @ products, products.T @ products, products.T @ scaled
    weights = np.zeros((shape.shape[1], values.shape[1]))
    for k in range(values.shape[1]):
        use = chosen[:, k]
        left = np.block([[gram, crossed[:, use]], [crossed[:, use].T, inner[np.ix_(use, use)]]])
        left[np.diag_indices_from(left)] += PENALTY
        left[0, 0] -= PENALTY
        found = np.linalg.solve(left, np.concatenate([right[:, k], own[use, k]]))
        weights[:first, k] = found[:first] * spread[k]
        weights[first:, k][use] = found[plain.shape[1] :] * spread[k]
        weights[0, k] += centre[k]
    return weights
