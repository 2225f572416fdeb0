"""One replicate of the shipped history and of histories that never were, each run made when first asked for."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np

from experiments.what_if import what_if
from model.declare.column import Table
from model.declare.setting import Settings, month_index
from model.profile import Profile
from model.simulation import City, State
from scenarios.scenario import FIRST_FUTURE

CRACKDOWN = ("academic_compression", "enforcement_intensity", "enforcement_targeting", "exposure", "guide_price")
TWO_YEARS = FIRST_FUTURE + 24


class World(NamedTuple):
    """One replicate to look at: the city, its luck, the pupils a row stands for, and parameters not as declared."""

    profile: Profile
    seed: int
    scale: float
    drawn: Mapping[str, float] | None = None


@dataclass(frozen=True)
class Run:
    """Outcomes of the city by month, and the state at the end."""

    outcomes: dict[str, np.ndarray]
    state: State

    @property
    def tables(self) -> dict[str, Table]:
        """The tables at the end."""
        return self.state.tables


class Replicate:
    """The runs of one replicate, each made when first asked for."""

    def __init__(self, world: World) -> None:
        """Keep the world; simulate nothing yet."""
        self.world = world

    def settings(self, moved: Mapping | None = None, *, drawn: Mapping | None = None, **how: object) -> Settings:
        """Return the status quo with some levers moved, under the world's parameters; ``drawn`` come before those."""
        return what_if(self.world.profile, moved, drawn={**(self.world.drawn or {}), **(drawn or {})}, **how)

    def run(self, until: int, moved: Mapping | None = None, *, start: int = 0, **how: object) -> Run:
        """Run from the founding with levers moved from a month on."""
        settings = self.settings(moved, start=start, months=until, **how)
        city = City(self.world.profile, settings, seed=self.world.seed, scale=self.world.scale)
        return finished(city.run(until))

    def future(self, until: int, moved: Mapping | None = None, **how: object) -> Run:
        """Continue the history with levers moved from the first future month on."""
        settings = self.settings(moved, months=until, **how)
        return finished(City.restore(self.history.state, settings).run(until))

    @cached_property
    def history(self) -> Run:
        """The history as it was."""
        return self.run(FIRST_FUTURE)

    @cached_property
    def before(self) -> Run:
        """The six months before the policy."""
        return self.run(month_index("2021-07"))

    @cached_property
    def at_first(self) -> dict[str, float]:
        """The levers as they stood in the first month."""
        return {key: path[0] for key, path in what_if(self.world.profile).lever_values.items()}

    @cached_property
    def no_policy(self) -> Run:
        """The history had nothing been done."""
        return self.run(FIRST_FUTURE, self.at_first)

    @cached_property
    def crackdown(self) -> Run:
        """The history had enforcement alone been done."""
        usual = what_if(self.world.profile).lever_values
        enforced = {key: dict(enumerate(usual[key])) for key in CRACKDOWN}
        return self.run(FIRST_FUTURE, self.at_first | enforced)

    def cadres(self, **moved: float) -> Run:
        """Two years of the members alone under some levers."""
        return self.run(TWO_YEARS, moved, systems=("cadres",))


def finished(city: City) -> Run:
    """Return what is needed of a city that has run."""
    record = city.record
    found = {o: record.values[:, k] for k, (group, o) in enumerate(record.keys) if group == "city"}
    return Run(found, city.save())


def at(run: Run, outcome: str, month: str) -> float:
    """Return an outcome of the city in a month."""
    return float(run.outcomes[outcome][month_index(month)])


def last(run: Run, outcome: str, months: int = 6) -> float:
    """Return the mean of an outcome's last months."""
    return float(np.nanmean(run.outcomes[outcome][-months:]))
