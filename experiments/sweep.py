"""A sweep: every point of a design as experiments, in an order in which neighbours share their history.

Settings are made when they are needed and not kept, so that memory stays flat however many there are.
"""

from collections.abc import Callable, Container, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import groupby
from typing import NamedTuple

from experiments.design import Design
from experiments.experiment import Experiment, Options, city_digest, content, digest, numbered_draws
from experiments.run import Task
from experiments.sampling import Point
from experiments.tables import experiment_row
from experiments.varied import CITY, LEVER, MECHANISM, PARAMETER, USUAL_FORM
from experiments.version import model_version
from model.declare.draws import luck
from model.declare.setting import Settings
from model.profile import Profile
from scenarios.path import Step
from scenarios.resolve import lever_path, parameter_values, settings_of
from scenarios.scenario import Scenario


class Planned(NamedTuple):
    """One experiment to come: its id and where it comes from."""

    id: str
    point: int
    draw: int
    replicate: int


@dataclass
class Sweep:
    """A design in its cities, and how often each point is run; ``base`` has the command line's own settings."""

    design: Design
    base: Scenario
    cities: dict[str, Profile]
    options: Options
    usual: dict[tuple, Settings] = field(default_factory=dict, repr=False)
    latest: dict[tuple, dict[str, float]] = field(default_factory=dict, repr=False)

    @cached_property
    def points(self) -> list[Point]:
        """Every point of the design."""
        return self.design.points()

    @cached_property
    def draws(self) -> dict[int, dict[str, float]]:
        """The parameter values of each draw."""
        return dict(numbered_draws(self.options))

    @cached_property
    def planned(self) -> list[Planned]:
        """Every experiment, those with the same history one after the other."""
        common = digest([model_version(), "sweep", self.design.keep, self.options.scale])
        drawn = {draw: digest(sorted(values.items())) for draw, values in self.draws.items()}
        worlds = {world: digest([common, self.content_of(world)]) for world in set(map(self.world_of, self.points))}
        order = sorted(range(len(self.points)), key=lambda i: repr(self.past_of(i)))
        found = []
        for _, places in groupby(order, key=self.past_of):
            same = list(places)
            for draw in self.draws:
                for replicate in range(self.options.replicates):
                    chance = luck(self.options.seed, draw, replicate)
                    for i in same:
                        parts = [worlds[self.world_of(self.points[i])], self.dated(i), drawn[draw], chance]
                        found.append(Planned(digest(parts), i, draw, replicate))
        return found

    def past_of(self, i: int) -> tuple:
        """Return what of a point makes its history: all but the levers."""
        return tuple(v for v, varied in zip(self.points[i], self.design.varied, strict=True) if varied.kind != LEVER)

    def world_of(self, point: Point) -> tuple:
        """Return the city and the forms of a point: what its usual settings depend on."""
        return tuple(v for v, varied in zip(point, self.design.varied, strict=True) if varied.kind in (CITY, MECHANISM))

    def content_of(self, world: tuple) -> list:
        """Return all that a world's usual settings and its city say."""
        point = next(p for p in self.points if self.world_of(p) == world)
        settings = self.usual_settings(point)
        return [city_digest(self.city_of(point)), content(settings), sorted(self.base.parameters.items())]

    def dated(self, i: int) -> list:
        """Return the name of a point and its values with their dates."""
        values = zip(self.points[i], self.design.varied, strict=True)
        return [name_of(i), [[varied.name, varied.first, value] for value, varied in values]]

    def city_of(self, point: Point) -> Profile:
        """Return the city of a point."""
        named = [v for v, varied in zip(point, self.design.varied, strict=True) if varied.kind == CITY]
        return self.cities[named[0]] if named else next(iter(self.cities.values()))

    def scenario_of(self, point: Point) -> Scenario:
        """Return the base scenario with a point's values."""
        levers, parameters, forms = dict(self.base.levers), dict(self.base.parameters), dict(self.base.forms)
        for value, varied in zip(point, self.design.varied, strict=True):
            if varied.kind == LEVER:
                before = tuple(s for s in levers.get(varied.name, ()) if s.month < varied.first)
                levers[varied.name] = (*before, Step(varied.first, value))
            elif varied.kind == PARAMETER:
                parameters[varied.name] = value
            elif varied.kind == MECHANISM and value == USUAL_FORM:
                forms.pop(varied.name, None)
            elif varied.kind == MECHANISM:
                forms[varied.name] = value
        return replace(self.base, levers=levers, parameters=parameters, forms=forms)

    def usual_settings(self, point: Point) -> Settings:
        """Return the settings of a point's world before its levers and parameters, which points share."""
        world = self.world_of(point)
        if world not in self.usual:
            scenario = replace(self.base, forms=self.scenario_of(point).forms)
            self.usual[world] = settings_of(scenario, self.city_of(point), until=self.options.until)
        return self.usual[world]

    def settings_of(self, planned: Planned) -> Settings:
        """Return the settings of one experiment; only what differs from the usual is made anew."""
        point = self.points[planned.point]
        usual, scenario, city = self.usual_settings(point), self.scenario_of(point), self.city_of(point)
        moved = {
            varied.name: lever_path(scenario, city, varied.name, usual.months)
            for varied in self.design.varied
            if varied.kind == LEVER
        }
        values = self.parameters_of(planned, scenario, city)
        return replace(usual, lever_values={**usual.lever_values, **moved}, parameter_values=values)

    def parameters_of(self, planned: Planned, scenario: Scenario, city: Profile) -> dict[str, float]:
        """Return the parameters of one experiment: one dictionary for neighbours, which makes tasks small to send."""
        key = (self.past_of(planned.point), planned.draw)
        if key not in self.latest:
            self.latest = {key: parameter_values(scenario, city, self.draws[planned.draw])}
        return self.latest[key]

    def experiment(self, planned: Planned) -> Experiment:
        """Return one experiment in full."""
        chance = luck(self.options.seed, planned.draw, planned.replicate)
        return Experiment(
            planned.id, name_of(planned.point), planned.draw, planned.replicate, self.options.seed, chance,
            self.settings_of(planned),
        )  # fmt: skip

    def tasks(self, wanted: Container[str], size: int) -> Iterator[Task]:
        """Yield tasks of at most ``size`` experiments that share a history, made one by one."""
        for _, group in groupby(self.planned, key=lambda p: (self.past_of(p.point), p.draw, p.replicate)):
            waiting = [p for p in group if p.id in wanted]
            for start in range(0, len(waiting), size):
                part = waiting[start : start + size]
                city = self.city_of(self.points[part[0].point])
                yield Task(city, self.options.scale, [self.experiment(p) for p in part], self.design.keep)

    def histories(self, wanted: Container[str]) -> int:
        """Return how many histories are to be simulated."""
        return len({(self.past_of(p.point), p.draw, p.replicate) for p in self.planned if p.id in wanted})

    def rows(self, error_of: Callable[[str], str]) -> Iterator[dict]:
        """Yield a row an experiment: what it is, whether it failed, and every setting's value."""
        for p in self.planned:
            point = self.points[p.point]
            about = {
                "point": p.point + 1, "city": self.city_of(point).name, "scale": self.options.scale,
                "error": error_of(p.id),
            }  # fmt: skip
            forms = {v.name: value for value, v in zip(point, self.design.varied, strict=True) if v.kind == MECHANISM}
            yield {**experiment_row(self.experiment(p), about), **forms}


def name_of(i: int) -> str:
    """Return the name of a point, which stands for its scenario in tables."""
    return f"p{i + 1:06d}"
