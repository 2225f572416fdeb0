"""Parameter draws: informed parameters from rows of a posterior, all others from their priors by a Sobol sequence.

Without a posterior, or with one of other rules, every parameter comes from its prior; every result that uses draws
says which (``calibration_note``).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from model.declare.setting import Parameter, parameters

PRIOR = "prior"


@dataclass(frozen=True)
class Source:
    """Where parameter values come from: ``posterior``, ``prior`` (asked for), ``none`` or ``stale`` (no usable one)."""

    kind: str
    posterior: object = None

    @property
    def calibrated(self) -> bool:
        """Whether a posterior is used."""
        return self.kind == "posterior"

    @property
    def informed(self) -> tuple[str, ...]:
        """The parameters that come from a posterior."""
        return self.posterior.names if self.calibrated else ()

    @property
    def central(self) -> dict[str, float]:
        """The values of the central draw that differ from the declared ones."""
        return dict(self.posterior.central) if self.calibrated else {}

    def facts(self) -> dict:
        """Return what a manifest says about the source."""
        if not self.calibrated:
            return {"draws_from": PRIOR, "why": self.kind}
        p = self.posterior
        return {"draws_from": "posterior", "posterior": p.digest, "of_city": p.city, "rules": p.about["rules"]}


def draws_source(given: str = "") -> Source:
    """Return the source of draws: ``prior``, the path of a posterior, or the shipped posterior if it is not stale.

    Raises:
        SettingError: a posterior that was named cannot be used.
    """
    if given == PRIOR:
        return Source(PRIOR)
    from experiments.posterior import read_posterior, shipped_posterior

    if given:
        return Source("posterior", read_posterior(Path(given)))
    shipped = shipped_posterior()
    if shipped is None:
        return Source("none")
    return Source("stale", shipped) if shipped.stale else Source("posterior", shipped)


def uncertain(declared: Iterable[Parameter] | None = None) -> list[Parameter]:
    """Return the parameters that have a prior, in the order of their declaration."""
    given = parameters().values() if declared is None else declared
    return [p for p in given if p.distribution != "fixed"]


def drawn_parameters(
    draws: int, seed: int, declared: Iterable[Parameter] | None = None, source: Source | None = None
) -> list[dict[str, float]]:
    """Return one dictionary of parameter values a draw.

    More draws never change the earlier ones. The points fill the unit cube evenly (Owen 1998;
    Joe and Kuo 2008), which a few independent draws would not. The first coordinate picks the row
    of the posterior, whose order keeps neighbours together.

    Args:
        declared: parameters to draw, from their priors; all, and from ``source``, if none are given.
    """
    source = source or (draws_source() if declared is None else Source(PRIOR))
    free = uncertain(declared)
    if not draws or not free:
        return [{} for _ in range(draws)]
    if not source.calibrated:
        return [quantiles(free, point) for point in unit_points(draws, len(free), seed)]
    other = [p for p in free if p.id not in source.informed]
    points = unit_points(draws, 1 + len(other), seed)
    return [quantiles(other, point[1:]) | source.posterior.row(float(point[0])) for point in points]


def quantiles(free: list[Parameter], point: Iterable[float]) -> dict[str, float]:
    """Return each parameter's value at a point of the unit cube."""
    return {p.id: p.quantile(float(u)) for p, u in zip(free, point, strict=True)}


def unit_points(n: int, dimensions: int, seed: int):
    """Return ``n`` points in the open unit cube (shape (n, dimensions))."""
    import numpy as np
    from scipy.stats import qmc

    sampler = qmc.Sobol(dimensions, scramble=True, seed=seed)
    points = sampler.random_base2((n - 1).bit_length())[:n]
    smallest = 2.0**-33
    return np.clip(points, smallest, 1 - smallest)


def calibration_note(draws: int, source: Source | None = None) -> str:
    """Return the name of the sentence that says where parameter values come from; the words are the reader's side."""
    found = source or draws_source()
    kinds = {"posterior": "calibrated", "stale": "stale", PRIOR: "uncalibrated", "none": "uncalibrated"}
    return kinds[found.kind] if draws else f"{kinds[found.kind]}.central"


def __getattr__(name: str) -> bool:
    """Return whether the shipped posterior is in use, as ``CALIBRATED``; asked for late, because it reads files."""
    if name == "CALIBRATED":
        return draws_source().calibrated
    raise AttributeError(name)
