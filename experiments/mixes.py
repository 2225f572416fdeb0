"""Mixes of levers as points of the unit cube, and what is asked of them: goals, robustness, cost."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from experiments.points import Point, World, constant
from experiments.robustness import high_regret, laplace, oriented, worst_mean
from experiments.study import Chance
from model.declare.draws import Draws
from model.declare.setting import Lever, levers
from scenarios.scenario import Scenario

COST = "policy_cost"
ROBUST = ("mean", "worst", "regret")
FEWEST_MOVED, MOST_MOVED = 2, 8


class Goal(NamedTuple):
    """An outcome and where it should go: high or low."""

    outcome: str
    better: str


@dataclass(frozen=True)
class Space:
    """The levers of a mix, each with the value that the base has at the end."""

    levers: tuple[Lever, ...]
    usual: tuple[float, ...]

    @property
    def start(self) -> np.ndarray:
        """The base as a point of the unit cube."""
        return self.cube([dict(zip((lever.id for lever in self.levers), self.usual, strict=True))])[0]

    def rounded(self, cube: np.ndarray) -> np.ndarray:
        """Return the nearest points whose values are whole steps of each lever, or the usual value."""
        found = np.empty_like(cube)
        for k, (lever, usual) in enumerate(zip(self.levers, self.usual, strict=True)):
            low, high = lever.range
            value = low + np.clip(cube[:, k], 0, 1) * (high - low)
            steps = np.clip(low + np.round((value - low) / lever.step) * lever.step, low, high)
            near = np.where(np.abs(value - usual) < lever.step / 2, usual, steps)
            found[:, k] = (near - low) / (high - low)
        return found

    def values(self, row: np.ndarray) -> dict[str, float]:
        """Return the levers that a mix moves away from the base, with their values."""
        found = {}
        for u, lever, usual in zip(row, self.levers, self.usual, strict=True):
            low, high = lever.range
            value = float(round(low + float(u) * (high - low), 10))
            if abs(value - usual) > 1e-9 * max(abs(usual), 1.0):
                found[lever.id] = value
        return found

    def cube(self, rows: Sequence[Mapping[str, float]]) -> np.ndarray:
        """Return mixes of lever values as points of the unit cube; levers that are not named stay as they are."""
        return np.array(
            [
                [
                    (row.get(lever.id, usual) - lever.range[0]) / (lever.range[1] - lever.range[0])
                    for lever, usual in zip(self.levers, self.usual, strict=True)
                ]
                for row in rows
            ]
        )


def space_of(world: World, only: Sequence[str]) -> Space:
    """Return the levers to search over: those that are a number and act in the base; all, or those of ``only``."""
    found = world.settings(Point(0)).lever_values
    chosen = [
        lever
        for lever in levers().values()
        if lever.kind == "number" and lever.system in world.base.systems
        and (not only or lever.id in only or lever.group in only)
    ]  # fmt: skip
    return Space(tuple(chosen), tuple(found[lever.id][-1] for lever in chosen))


def first_mixes(space: Space, known: Sequence[Scenario], count: int, seed: int) -> np.ndarray:
    """Return mixes to begin with: the base, the last values of known scenarios, and few levers moved at random."""
    rows = [{}, *({k: steps[-1].value for k, steps in s.levers.items() if steps} for s in known)]
    cube, draws = space.cube(rows), Draws(seed)
    sparse = []
    for k in range(max(count - len(cube), 0)):
        u = draws.uniform("optimise/start", k, 2 * len(space.levers) + 1)
        moved = FEWEST_MOVED + int(u[-1] * (MOST_MOVED - FEWEST_MOVED + 1))
        row = space.start.copy()
        which = np.argsort(u[: len(row)])[: min(moved, len(row))]
        row[which] = u[len(row) : -1][which]
        sparse.append(row)
    return space.rounded(np.concatenate([cube[:count], np.array(sparse).reshape(-1, len(space.levers))]))


def points_of(space: Space, cube: np.ndarray, runs: Sequence[Chance]) -> list[Point]:
    """Return the points of mixes: mix by mix, every run of one together."""
    found = []
    for row in cube:
        paths = tuple(sorted(constant(space.values(row))))
        found += [Point(run.luck, paths, drawn=tuple(sorted(run.drawn.items()))) for run in runs]
    return found


def scenario_points(scenario: Scenario, base: Scenario, runs: Sequence[Chance]) -> list[Point]:
    """Return the points of a scenario: its lever paths where they are not those of the base."""
    keys = sorted({*scenario.levers, *base.levers})
    paths = tuple((k, scenario.levers.get(k, ())) for k in keys if scenario.levers.get(k) != base.levers.get(k))
    return [Point(run.luck, paths, drawn=tuple(sorted(run.drawn.items()))) for run in runs]


def robust(effects: np.ndarray, goal: Goal, how: str, best: np.ndarray | None = None) -> np.ndarray:
    """Return what is to be minimised for one goal.

    Args:
        effects: (mix, run) against the base, in the outcome's unit. how: mean, worst (the worst tenth of the runs) or
            regret (90th percentile). best: the best effect of each run, for regret, turned so that high is better.
    """
    turned = oriented(effects, goal.better)
    if how == "regret":
        return high_regret(turned, best)
    return -(laplace(turned) if how == "mean" else worst_mean(turned))


def mixed(base: Scenario, values: Mapping[str, float], name: str, title: dict, about: dict) -> Scenario:
    """Return a mix as a scenario that can be run and edited."""
    return replace(
        base, name=name, title=title, about=about, source="", levers={**base.levers, **dict(constant(values))}
    )
