"""The plain Mesa twin, written by hand as ordinary agents, lives the same months as the column model.

Continuous values may differ by rounding; decisions may not differ at all.
"""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from benchmarks.plain_mesa.city import KINDS, PlainCity
from experiments.what_if import what_if
from model.declare.draws import Draws
from model.declare.setting import levers, parameters
from model.simulation import City
from scenarios.city import read_city
from scenarios.resolve import settings_of
from scenarios.scenario import FIRST_FUTURE, read_scenario

SMALL_TOWN = read_city(Path(__file__).parent / "small_town.toml")
# More providers than the small town has, so that closing, hiding and waiting for a licence happen often.
MORE = {
    "institutions_academic": 90,
    "institutions_arts": 60,
    "institutions_sport": 30,
    "tutors_group": 160,
    "tutors_single": 240,
}
TOWN = replace(SMALL_TOWN, values={**SMALL_TOWN.values, **MORE})
# And more going on: a small town hears few complaints and sees few newcomers underground.
BUSY = {
    "complain_base": 1e-3,
    "complain_hidden": 1e-2,
    "complain_rivals": 0.2,
    "complaints_usual": 20.0,
    "entry_rate": 0.5,
}
SCALE, SEED, MONTHS = 4, 3, 65
ALMOST = {"rtol": 1e-9, "atol": 1e-11}
EVERY = 4
BOTH = ("cadres", "education")


def wandering_levers(seed):
    """Return a path for each lever that jumps every few months, half of the time to an end of its range."""
    draws, paths = Draws(seed), {}
    for key, lever in levers().items():
        low, high = lever.range if lever.kind != "month" else (20, 50)
        u = draws.uniform(f"test.{key}", 0, 1 + MONTHS // EVERY)
        place = np.clip(2 * u - 0.5, 0, 1)
        values = (low + place * (high - low)).round() if lever.kind == "month" else low + place * (high - low)
        paths[key] = {EVERY * i: float(value) for i, value in enumerate(values)}
    return paths


def drawn_parameters(seed):
    """Return every parameter at a random quantile of its prior."""
    draws = Draws(seed)
    return {key: p.quantile(float(draws.uniform(f"test.{key}", 0, 1)[0])) for key, p in parameters().items()} | BUSY


def wander(seed=1, drawn=BUSY, **how):
    """Return settings under wandering levers from the first month on."""
    return what_if(TOWN, wandering_levers(seed), start=0, months=MONTHS + 1, drawn=drawn, **how)


CASES = {
    "full package": lambda: settings_of(read_scenario("full_package"), TOWN, until=MONTHS),
    "wandering levers": wander,
    "wandering levers, other parameters": lambda: wander(seed=2, drawn=drawn_parameters(2)),
    "without the coupling": lambda: wander(seed=3, coupled=False),
    "cadres alone": lambda: wander(seed=4, systems=("cadres",)),
    "education alone": lambda: wander(seed=5, systems=("education",)),
}


def outcomes_that_disagree(columns, twin):
    """Return a line for each outcome that differs in some month, the worst first."""
    found = []
    for k, key in enumerate(columns.record.keys):
        one, other = columns.record.values[:, k], np.array([row[key] for row in twin.rows])
        off = ~np.isclose(one, other, equal_nan=True, **ALMOST)
        if off.any():
            gap = np.where(off, np.abs(one - other), 0)
            month = int(np.nanargmax(gap))
            line = f"{key}: {one[month]!r} and {other[month]!r} in month {month}, first in month {int(off.argmax())}"
            found.append((int(off.argmax()), -gap[month], line))
    return [line for *_, line in sorted(found)]


def agents_that_disagree(columns, twin):
    """Return a line for each attribute in which some agent differs at the end."""
    found = []
    for name, kind in KINDS.items():
        agents = twin.agents_by_type[kind]
        for column in kind.STATE:
            one, other = columns.tables[name][column].astype(float), np.array(agents.get(column), dtype=float)
            off = ~np.isclose(one, other, **ALMOST)
            if off.any():
                row = int(off.argmax())
                found.append(f"{name}.{column}: {off.sum()} differ, first {row}: {one[row]!r} and {other[row]!r}")
    return found


@pytest.mark.parametrize("case", CASES)
def test_the_twin_and_the_columns_agree_in_every_outcome_of_every_month(case):
    settings = CASES[case]()
    columns = City(TOWN, settings, seed=SEED, scale=SCALE, precision="double").run(MONTHS)
    twin = PlainCity(TOWN, settings, seed=SEED, scale=SCALE).run(MONTHS)
    assert len(twin.rows) == len(columns.record.values) == MONTHS > FIRST_FUTURE
    assert set(twin.rows[-1]) == set(columns.record.keys)
    assert outcomes_that_disagree(columns, twin) == []
    assert agents_that_disagree(columns, twin) == []


def test_the_twin_refuses_forms_that_it_does_not_know():
    settings = what_if(TOWN, forms={"rivals_feed_anxiety": "rank_gap_only"})
    with pytest.raises(ValueError, match="rivals_feed_anxiety"):
        PlainCity(TOWN, settings, scale=SCALE)
