"""Curves that rules share and that have to hold for any argument."""

import numpy as np


def logistic(x: np.ndarray) -> np.ndarray:
    """Return 1 / (1 + exp(-x)) without overflow, however far ``x`` is from nought, in its precision.

    Expected: ``logistic(0) == 0.5``, ``logistic(-200) == 0`` and ``logistic(x) + logistic(-x) == 1``.
    """
    return (np.tanh(x / 2) + 1) / 2
