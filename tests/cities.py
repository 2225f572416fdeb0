"""Small cities for tests: settings in a few words, histories simulated once, comparison to the last bit."""

from functools import cache

import numpy as np

from experiments.what_if import what_if
from model.declare.draws import Draws
from model.declare.mechanism import REGISTRY
from model.schedule import scheduled
from model.simulation import City
from model.wiring import Call
from scenarios.city import read_city
from scenarios.scenario import FIRST_FUTURE

SMALL, SMALLER = 200, 400
scheduled()


@cache
def shipped_profile():
    """Return the shipped city."""
    return read_city()


def status_quo(moved=None, **how):
    """Return settings of the shipped city with some levers moved (see ``what_if``)."""
    return what_if(shipped_profile(), moved, **how)


def new_city(settings=None, scale=SMALLER, seed=1, **how):
    """Found a small city."""
    return City(shipped_profile(), settings or status_quo(), seed=seed, scale=scale, **how)


@cache
def history(scale=SMALLER, seed=1):
    """Return the state at the end of the history, simulated once a scale and seed."""
    return new_city(scale=scale, seed=seed).run(FIRST_FUTURE).save()


def future(moved=None, months=41, scale=SMALLER, seed=1, **how):
    """Continue the history with some levers moved up to, but not including, month index ``months``."""
    settings = status_quo(moved, months=months, **how)
    return City.restore(history(scale, seed), settings).run(months)


def outcomes(city, group="city"):
    """Return {outcome: its values by month} of one group."""
    record = city.record
    return {o: record.values[:, k] for k, (g, o) in enumerate(record.keys) if g == group}


@cache
def usual_settings(month=40):
    """Return the value of every lever, parameter and clock name in a month of the status quo."""
    return new_city(status_quo(months=month + 1)).month_settings(month)


def apply(name, form="", /, **given):
    """Apply a rule to the given columns; settings that are not given are those of the status quo."""
    rule = REGISTRY[name]
    columns, settings = rule.arguments(form)
    unknown = set(given) - {*columns, *settings}
    assert not unknown, f"{name} reads no {unknown}"
    arrays = {c: np.asarray(given[c]) for c in columns}
    return rule.form(form)(**arrays, **{s: given.get(s, usual_settings().get(s)) for s in settings})


def run_rule(rule, form, tables, luck, month, settings):
    """Run one rule on tables, in place, as a city does; return the table that it writes."""
    single = {name: np.float32(value) for name, value in settings.items()}
    Call(rule, form).run(tables, Draws(luck), month, {"d": settings, "f": single})
    return tables[rule.on]


def identical(one, other):
    """Tell whether two arrays are the same to the last bit, NaN included."""
    one, other = np.asarray(one), np.asarray(other)
    return one.dtype == other.dtype and one.shape == other.shape and one.tobytes() == other.tobytes()


def columns_that_differ(one, other, entities=None):
    """Return "entity.column" of every column that is not the same to the last bit in both cities.

    Rows beyond those of the smaller table are left out.
    """
    found = []
    for name, table in one.tables.items():
        n = min(table.n, other.tables[name].n)
        if entities is None or name in entities:
            found += [f"{name}.{c}" for c in table if not identical(table[c][:n], other.tables[name][c][:n])]
    return found


def outcomes_that_differ(one, other, months=None):
    """Return the keys of the recorded values that are not the same to the last bit in both cities."""
    a, b = one.record, other.record
    rows = slice(months)
    at = {key: k for k, key in enumerate(b.keys)}
    return [
        key for k, key in enumerate(a.keys) if key in at and not identical(a.values[rows, k], b.values[rows, at[key]])
    ]
