"""Points: a base scenario with some settings moved, and the few numbers that stand for each run.

An experiment is one row of a comparison; a design has thousands of them, so a point holds only what differs.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

import numpy as np

from experiments.errors import ExperimentError
from experiments.experiment import Experiment, city_digest, content, digest
from experiments.keep import LAST_MONTHS, Record
from experiments.run import Task, attempt
from experiments.version import model_version
from model.declare.setting import Settings
from model.profile import Profile
from scenarios.path import Step
from scenarios.resolve import parameter_values, settings_of
from scenarios.scenario import FIRST_FUTURE, Scenario

CITY = "city"


class Point(NamedTuple):
    """What one run has of its own: lever paths, parameter values set or drawn, and luck."""

    luck: int
    levers: tuple[tuple[str, tuple[Step, ...]], ...] = ()
    parameters: tuple[tuple[str, float], ...] = ()
    drawn: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True)
class World:
    """What all points of a design share; ``at`` is the month looked at, the mean of the last months if None."""

    profile: Profile
    scale: float
    base: Scenario
    until: int
    at: int | None = None

    @cached_property
    def key(self) -> str:
        """Stand for the world, the base and the look: part of the id of each of its points."""
        usual = settings_of(self.base, self.profile, until=self.until)
        fixed = sorted(usual.parameter_values.items())
        return digest([model_version(), city_digest(self.profile), self.scale, content(usual), fixed, self.at])

    def id_of(self, point: Point) -> str:
        """Return the content hash of a point."""
        paths = [(key, [(s.month, s.value, s.ramp_months) for s in steps]) for key, steps in point.levers]
        return digest([self.key, point.luck, sorted(paths), point.parameters, point.drawn])

    def settings(self, point: Point) -> Settings:
        """Return all settings of a point."""
        story = replace(
            self.base,
            levers={**self.base.levers, **dict(point.levers)},
            parameters={**self.base.parameters, **dict(point.parameters)},
        )
        usual = settings_of(story, self.profile, until=self.until)
        return replace(usual, parameter_values=parameter_values(story, self.profile, dict(point.drawn)))

    def experiment(self, point: Point) -> Experiment:
        """Return the point as an experiment."""
        return Experiment(self.id_of(point), self.base.name, 0, 0, 0, point.luck, self.settings(point))


class Chunk(NamedTuple):
    """Points of one world that share a history: what a worker does at a time."""

    world: World
    points: list[Point]


class Found(NamedTuple):
    """The numbers of one point, an outcome of the city each."""

    id: str
    outcomes: tuple[str, ...]
    values: tuple[float, ...]


def history_key(point: Point) -> tuple:
    """Return what the history of a point depends on, besides its world."""
    return point.luck, point.parameters, point.drawn


def work(chunk: Chunk) -> list[Found]:
    """Simulate the points of a chunk and return their numbers; the first failure is raised."""
    world = chunk.world
    finished = attempt(Task(world.profile, world.scale, [world.experiment(point) for point in chunk.points]))
    for one in finished:
        if one.error:
            raise ExperimentError(one.error)
    return [Found(one.experiment, *looked_at(one.record, world.at)) for one in finished]


def looked_at(record: Record, at: int | None) -> tuple[tuple[str, ...], tuple[float, ...]]:
    """Return the city's outcomes, and for each its value in a month or the mean of its last future months.

    Months without a value do not count; an outcome without any is NaN.
    """
    mine = [k for k, (group, _) in enumerate(record.keys) if group == CITY]
    values = record.values[:, mine]
    if at is None:
        values = values[max(FIRST_FUTURE - record.first_month, len(values) - LAST_MONTHS) :]
    else:
        values = values[[at - record.first_month]]
    known = np.isfinite(values)
    sums = np.where(known, values, 0.0).sum(0)
    means = np.divide(sums, known.sum(0), out=np.full(len(mine), np.nan), where=known.any(0))
    return tuple(record.keys[k][1] for k in mine), tuple(map(float, means))


def constant(values: Mapping[str, float]) -> tuple[tuple[str, tuple[Step, ...]], ...]:
    """Return lever paths that take a value in the first future month and keep it."""
    return tuple((key, (Step(FIRST_FUTURE, value),)) for key, value in values.items())


def pairs(values: Mapping[str, float] | Iterable[tuple[str, float]]) -> tuple[tuple[str, float], ...]:
    """Return named values as a point holds them: in order of name."""
    return tuple(sorted(dict(values).items()))
