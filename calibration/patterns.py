"""How often the design patterns hold over the posterior: each claim in each draw, one replicate a draw."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from calibration.cache import mapped
from experiments.claims import CLAIMS
from experiments.engine import Engine
from experiments.experiment import city_digest, digest
from experiments.measures import measure
from experiments.replicate import World
from experiments.rules import rules_digest
from model.declare.draws import luck
from model.profile import Profile

DRAWS, SCALE = 48, 100.0
OFTEN = 0.9


class Holding(NamedTuple):
    """One claim over the draws: the share in which it holds, and the middle of what was found."""

    claim: str
    share: float
    middle: float


def holdings(
    engine: Engine, folder, profile: Profile, draws: Sequence[Mapping[str, float]], seed: int, told=None
) -> list[Holding]:
    """Return each claim with the share of draws in which it holds."""
    worlds = [World(profile, luck(seed, k, 0), SCALE, dict(values)) for k, values in enumerate(draws)]
    fixed = [rules_digest(), city_digest(profile), SCALE, "patterns"]
    keys = [digest([fixed, w.seed, sorted(w.drawn.items())]) for w in worlds]
    found = mapped(engine, folder, measure, worlds, keys, told)
    return [holding(claim, sorted(numbers[claim.id] for numbers in found)) for claim in CLAIMS]


def holding(claim, values: list[float]) -> Holding:
    """Return one claim's share and middle."""
    return Holding(claim.id, sum(claim.holds(v) for v in values) / len(values), values[len(values) // 2])
