"""Rank scenarios by how many headline outcomes they probably improve, with what they cost."""

from collections.abc import Sequence
from typing import NamedTuple

from experiments.summary import Row

PROBABLY = 2 / 3
COST = "policy_cost"


class Place(NamedTuple):
    """One scenario's place: counts of headline outcomes, and extra cost with its interval."""

    scenario: str
    better: int
    worse: int
    unclear: int
    cost: float | None
    cost_p05: float | None
    cost_p95: float | None

    @property
    def share_better(self) -> float:
        """The share of headline outcomes that are probably better."""
        judged = self.better + self.worse + self.unclear
        return self.better / judged if judged else 0.0


def rank(
    rows: Sequence[Row], headline: Sequence[str], better: dict[str, str], notable: dict[str, float]
) -> list[Place]:
    """Return the scenarios with an effect, best first.

    The order: most headline outcomes probably better, then fewest probably worse, then cheapest.
    The look is the mean of the last months; outcomes that have no good direction are left out, and a
    difference smaller than ``notable`` is neither better nor worse.
    """
    judged = [o for o in headline if better.get(o) in ("high", "low") and o != COST]
    late = [r for r in rows if r.month.startswith("last") and r.diff is not None]
    places = [
        place_of(scenario, [r for r in late if r.scenario == scenario], judged, better, notable)
        for scenario in dict.fromkeys(r.scenario for r in late)
    ]
    return sorted(places, key=lambda p: (-p.share_better, p.worse, p.cost or 0.0))


def place_of(
    scenario: str, rows: list[Row], judged: list[str], better: dict[str, str], notable: dict[str, float]
) -> Place:
    """Return one scenario's counts and cost."""
    by_outcome = {r.outcome: r for r in rows}
    verdicts = [verdict(by_outcome[o], better[o], notable.get(o, 0.0)) for o in judged if o in by_outcome]
    cost = by_outcome.get(COST)
    return Place(
        scenario,
        verdicts.count("better"),
        verdicts.count("worse"),
        verdicts.count("unclear"),
        *((cost.diff, cost.diff_p05, cost.diff_p95) if cost else (None, None, None)),
    )


def verdict(row: Row, better: str, notable: float = 0.0) -> str:
    """Return better, worse or unclear; from the sign alone when there is one run only."""
    if abs(row.diff or 0.0) < notable:
        return "unclear"
    share = row.prob_better
    if share is None:
        good = (row.diff or 0.0) * (1 if better == "high" else -1)
        share = 1.0 if good > 0 else 0.0 if good < 0 else 0.5
    if share >= PROBABLY:
        return "better"
    return "worse" if share <= 1 - PROBABLY else "unclear"
