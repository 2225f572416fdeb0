"""Which lever made how much of a scenario's effect: Shapley shares over levers or groups of levers, and pairs.

A coalition is the baseline with some of the scenario's levers. A share is what a lever adds on average over all orders
in which the levers could have come in (Shapley 1953), so that shares sum to the effect. The interaction of a pair is
what both add together beyond what each adds alone (Grabisch and Roubens 1999). Expected for a game in which only one
pair counts: shares of a half each and an interaction of one.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import factorial

import numpy as np

from experiments.points import Point
from experiments.study import Chance
from model.declare.draws import Draws
from model.declare.errors import SettingError
from model.declare.setting import levers
from scenarios.path import Step
from scenarios.scenario import Scenario

MOST_EXACT = 8
LOW, HIGH = 0.05, 0.95
FEWEST_RUNS = 5
BY = ("lever", "group")


@dataclass(frozen=True)
class Plan:
    """The players (levers or groups of levers), and the orders to come in; without orders, every coalition is used."""

    players: Mapping[str, tuple[str, ...]]
    orders: tuple[tuple[int, ...], ...] = ()

    @property
    def exact(self) -> bool:
        """Tell whether every coalition is evaluated."""
        return not self.orders

    @property
    def coalitions(self) -> list[int]:
        """The coalitions to evaluate, each a number whose bits are its players."""
        if self.exact:
            return list(range(2 ** len(self.players)))
        found = {0}
        for order in self.orders:
            for k, player in enumerate(order):
                before = mask_of(order[:k])
                found.add(before | 1 << player)
                if k + 1 < len(order):
                    found.add(before | 1 << order[k + 1])
        return sorted(found)


def mask_of(players: Sequence[int]) -> int:
    """Return the number of a coalition."""
    return sum(1 << player for player in players)


def moved_levers(scenario: Scenario, base: Scenario) -> dict[str, tuple[Step, ...]]:
    """Return the path of each lever that the scenario sets otherwise than the base, in the order of declaration."""
    keys = [k for k in levers() if scenario.levers.get(k, ()) != base.levers.get(k, ())]
    if not keys:
        raise SettingError(scenario.name, f"must set a lever otherwise than '{base.name}'; got none")
    return {key: scenario.levers.get(key, ()) for key in keys}


def plan_of(moved: Sequence[str], by: str | None, permutations: int, seed: int) -> Plan:
    """Return the plan: single levers where every coalition can be tried, else groups, else sampled orders.

    Args:
        by: lever or group, or None for the finest that is exact. permutations: orders to sample, in pairs of an order
        and its reverse, which cancels much of the error.
    """
    single = {key: (key,) for key in moved}
    grouped: dict[str, tuple[str, ...]] = {}
    for key in moved:
        grouped[levers()[key].group] = (*grouped.get(levers()[key].group, ()), key)
    wish = by or ("lever" if len(single) <= MOST_EXACT or len(grouped) == 1 else "group")
    players = single if wish == "lever" else grouped
    if len(players) <= MOST_EXACT:
        return Plan(players)
    draws, orders = Draws(seed), []
    for k in range(-(-permutations // 2)):
        order = tuple(map(int, np.argsort(draws.uniform("explain/order", k, len(players)))))
        orders += [order, order[::-1]]
    return Plan(players, tuple(orders))


def points_of(plan: Plan, moved: Mapping[str, tuple[Step, ...]], runs: Sequence[Chance]) -> list[Point]:
    """Return the points of a plan: coalition by coalition, every run of one together."""
    members = list(plan.players.values())
    found = []
    for mask in plan.coalitions:
        keys = [key for k, player in enumerate(members) if mask >> k & 1 for key in player]
        paths = tuple((key, moved[key]) for key in sorted(keys))
        found += [Point(run.luck, paths, drawn=tuple(sorted(run.drawn.items()))) for run in runs]
    return found


def shares(plan: Plan, worth: Mapping[int, np.ndarray]) -> np.ndarray:
    """Return the Shapley share of each player, shape (players, …); ``worth`` is by coalition."""
    n = len(plan.players)
    if not plan.exact:
        gains = np.zeros((n, *np.shape(worth[0])))
        for order in plan.orders:
            for k, player in enumerate(order):
                before = mask_of(order[:k])
                gains[player] += worth[before | 1 << player] - worth[before]
        return gains / len(plan.orders)
    found = []
    for player in range(n):
        without = [mask for mask in plan.coalitions if not mask >> player & 1]
        weights = [factorial(m.bit_count()) * factorial(n - m.bit_count() - 1) / factorial(n) for m in without]
        found.append(sum(w * (worth[m | 1 << player] - worth[m]) for w, m in zip(weights, without, strict=True)))
    return np.array(found)


def interactions(plan: Plan, worth: Mapping[int, np.ndarray]) -> dict[tuple[int, int], np.ndarray]:
    """Return the Shapley interaction index of each pair; of a sample, of the pairs that came in one after the other."""
    if not plan.exact:
        return sampled_interactions(plan, worth)
    n, found = len(plan.players), {}
    for i, j in combinations(range(n), 2):
        rest = [mask for mask in plan.coalitions if not mask >> i & 1 and not mask >> j & 1]
        weights = [factorial(m.bit_count()) * factorial(n - m.bit_count() - 2) / factorial(n - 1) for m in rest]
        found[i, j] = sum(w * together(worth, m, i, j) for w, m in zip(weights, rest, strict=True))
    return found


def sampled_interactions(plan: Plan, worth: Mapping[int, np.ndarray]) -> dict[tuple[int, int], np.ndarray]:
    """Return the mean of what neighbours in the orders add together beyond what each adds alone."""
    found: dict[tuple[int, int], list[np.ndarray]] = {}
    for order in plan.orders:
        for k in range(len(order) - 1):
            i, j = order[k : k + 2]
            pair = (min(i, j), max(i, j))
            found.setdefault(pair, []).append(together(worth, mask_of(order[:k]), i, j))
    return {pair: np.mean(values, axis=0) for pair, values in sorted(found.items())}


def together(worth: Mapping[int, np.ndarray], before: int, i: int, j: int) -> np.ndarray:
    """Return what two players add to a coalition beyond what each adds alone."""
    one, other = 1 << i, 1 << j
    return worth[before | one | other] - worth[before | one] - worth[before | other] + worth[before]


def over_runs(values: np.ndarray) -> dict[str, float | None]:
    """Return the mean over runs and its 5–95 % range, which fewer than five runs do not have."""
    known = values[np.isfinite(values)]
    if not known.size:
        return {"mean": None, "p05": None, "p95": None}
    low, high = map(float, np.quantile(known, (LOW, HIGH))) if known.size >= FEWEST_RUNS else (None, None)
    return {"mean": float(known.mean()), "p05": low, "p95": high}


def tables(plan: Plan, values: np.ndarray, outcomes: Sequence[str], runs: int) -> tuple[list[dict], list[dict]]:
    """Return the shares and the pairs as tidy rows, outcome by outcome; the row ``total`` has the whole effect.

    Args:
        values: (coalition × run, outcome), as ``points_of`` orders them.
    """
    cube = values.reshape(len(plan.coalitions), runs, len(outcomes))
    worth = dict(zip(plan.coalitions, cube, strict=True))
    whole = worth[2 ** len(plan.players) - 1] - worth[0]
    part, both = shares(plan, worth), interactions(plan, worth)
    names, rows, pairs = list(plan.players), [], []
    for k, outcome in enumerate(outcomes):
        rows.append({"outcome": outcome, "part": "total", "levers": "", **over_runs(whole[:, k])})
        rows += [
            {"outcome": outcome, "part": name, "levers": " ".join(plan.players[name]), **over_runs(part[p, :, k])}
            for p, name in enumerate(names)
        ]
        pairs += [
            {"outcome": outcome, "one": names[i], "other": names[j], **over_runs(value[:, k])}
            for (i, j), value in both.items()
        ]
    return rows, pairs


def kind_of_pair(row: Mapping, better: str, notable: float) -> str:
    """Return synergy or conflict if that is clear: the interval excludes zero and the outcome has a good direction.

    What is clear but smaller than ``notable`` is slight.
    """
    low, high = row["p05"], row["p95"]
    if low is None or low <= 0 <= high or better not in ("high", "low"):
        return "unclear"
    if abs(row["mean"]) < notable:
        return "slight"
    return "synergy" if (low > 0) == (better == "high") else "conflict"
