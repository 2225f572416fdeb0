"""Observe a simulated history as the surveys and registers did: monthly series and a few looks at the tables.

Targets are statistics of a ``History``: an outcome over some months, or one of the named statistics
of ``calibration/statistics.py``. Nothing here knows an observed number.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from experiments.engine import tick
from experiments.what_if import what_if
from model.declare.column import Table
from model.declare.setting import month_index
from model.entities.codes import LICENSED, NON_ACADEMIC
from model.profile import Profile
from model.simulation import City
from scenarios.scenario import FIRST_FUTURE

Moved = tuple[tuple[str, tuple[tuple[int, float], ...]], ...]

BEFORE, AUTUMN, WINTER, END = "2021-06", "2021-10", "2021-12", "2023-05"
LOOKS = (BEFORE, AUTUMN, WINTER, END)
KEPT = ("family", "member", "institution")


class World(NamedTuple):
    """A city under one set of parameters and one luck; ``forms`` and ``moved`` are structural alternatives."""

    profile: Profile
    parameters: Mapping[str, float]
    luck: int
    scale: float
    forms: tuple[tuple[str, str], ...] = ()
    moved: Moved = ()


@dataclass(frozen=True)
class History:
    """What was observed: series by outcome or flow (a value a month) and the tables at a few months' ends."""

    profile: Profile
    parameters: Mapping[str, float]
    series: Mapping[str, np.ndarray]
    looks: Mapping[str, Mapping[str, Table]]

    def window(self, name: str, first: str, last: str) -> np.ndarray:
        """Return a series from one month to another, both included."""
        return self.series[name][month_index(first) : month_index(last) + 1]

    def district(self, name: str, first: str, last: str) -> np.ndarray:
        """Return an outcome by district (months, districts)."""
        rows = [key for key in self.series if key.startswith(f"{name}@district:")]
        return np.array([self.window(key, first, last) for key in rows]).T


def history_of(world: World) -> History:
    """Simulate the months that have data and return what was observed."""
    moved = {lever: dict(path) for lever, path in world.moved}
    settings = what_if(world.profile, moved, months=FIRST_FUTURE, drawn=world.parameters, forms=dict(world.forms))
    city = City(world.profile, settings, seed=world.luck, scale=world.scale)
    flows: list[dict[str, float]] = []
    looks = {}
    stops = [0, *[month_index(look) + 1 for look in LOOKS]]
    for look, (start, stop) in zip(LOOKS, pairwise(stops), strict=True):
        for month in range(start, stop):
            city.run(month + 1)
            flows.append(flows_of(city.tables))
        looks[look] = {name: city.tables[name].copy() for name in KEPT}
    tick(FIRST_FUTURE)
    return History(world.profile, settings.parameter_values, {**outcomes_in(city), **columns_of(flows)}, looks)


def outcomes_in(city: City) -> dict[str, np.ndarray]:
    """Return each outcome of the city, and of the districts as ``outcome@district:03``."""
    record = city.record
    found = {}
    for k, (group, outcome) in enumerate(record.keys):
        if group == "city":
            found[outcome] = record.values[:, k]
        elif group.startswith("district:"):
            found[f"{outcome}@{group}"] = record.values[:, k]
    return found


def flows_of(tables: Mapping[str, Table]) -> dict[str, float]:
    """Return what a month's tables say that no outcome does."""
    institution, family = tables["institution"], tables["family"]
    listed = (institution["state"] == LICENSED) | (institution["state"] == NON_ACADEMIC)
    enrolled = float(institution["enrolled"][listed].sum())
    return {
        "hidden_cases": float(tables["district"]["hidden_found"].sum()),
        "all_cases": float(tables["district"]["violations"].sum()),
        "trips": float(tables["district"]["trips"].sum()),
        "prepaid_each": float(institution["prepaid"][listed].sum()) / max(enrolled, 1.0),
        "refund_lost": float((family["refund_lost"] * family["weight"]).sum()),
        "harmed": float((family["harmed"] * family["weight"]).sum()),
    }


def columns_of(flows: list[dict[str, float]]) -> dict[str, np.ndarray]:
    """Return the flows as series."""
    return {name: np.array([month[name] for month in flows]) for name in flows[0]}
