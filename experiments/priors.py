"""Parameter draws from the priors: a scrambled Sobol sequence through each parameter's quantiles.

Until a posterior exists, every result that uses these draws must say so (``calibration_note``).
"""

from collections.abc import Iterable

from model.declare.setting import Parameter, parameters

CALIBRATED = False


def uncertain(declared: Iterable[Parameter] | None = None) -> list[Parameter]:
    """Return the parameters that have a prior, in the order of their declaration."""
    given = parameters().values() if declared is None else declared
    return [p for p in given if p.distribution != "fixed"]


def drawn_parameters(draws: int, seed: int, declared: Iterable[Parameter] | None = None) -> list[dict[str, float]]:
    """Return one dictionary of parameter values a draw.

    More draws never change the earlier ones. The points fill the unit cube evenly (Owen 1998;
    Joe and Kuo 2008), which a few independent draws would not.
    """
    free = uncertain(declared)
    if not draws or not free:
        return [{} for _ in range(draws)]
    points = unit_points(draws, len(free), seed)
    return [{p.id: p.quantile(float(u)) for p, u in zip(free, point, strict=True)} for point in points]


def unit_points(n: int, dimensions: int, seed: int):
    """Return ``n`` points in the open unit cube (shape (n, dimensions))."""
    import numpy as np
    from scipy.stats import qmc

    sampler = qmc.Sobol(dimensions, scramble=True, seed=seed)
    points = sampler.random_base2((n - 1).bit_length())[:n]
    smallest = 2.0**-33
    return np.clip(points, smallest, 1 - smallest)


def calibration_note(draws: int) -> str:
    """Return the name of the sentence that says where parameter values come from; the words are the reader's side."""
    return "uncalibrated" if draws else "uncalibrated.central"
