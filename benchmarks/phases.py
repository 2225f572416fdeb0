"""Where a month's time goes: by phase, by kind of array operation, and what visits rule by rule would cost.

Everything is processor time per agent and month ("agent-step"), so that figures of a busy machine can be read.
"""

import time
from collections import Counter
from collections.abc import Callable

import mesa
import numpy as np

from benchmarks.measure import agents_in, settings_for
from model.declare.column import Table
from model.entities import ENTITIES
from model.simulation import City
from model.wiring import EVERYONE, SUMMARIES
from scenarios.city import read_city
from scenarios.scenario import FIRST_FUTURE

MONTHS = 24
TIMES = 5
CURVES = {"exp", "exp2", "expm1", "log", "log1p", "sqrt", "tanh", "power"}
STEPPING = ("district", "school", "institution", "leader", "member", "family")


def grown(scale: float) -> City:
    """Return a city at the end of its history."""
    return City(read_city(), settings_for(), seed=1, scale=scale).run(FIRST_FUTURE)


def kind_of(name: str, on: str) -> str:
    """Return the phase that fetches an argument."""
    head, _, rest = name.partition("__")
    if not rest:
        return "draws" if name.startswith("u_") else "own columns"
    if head in SUMMARIES:
        return "ties" if rest.partition("__")[0] in ENTITIES[on].ties else "sums over groups"
    return "other tables whole" if head in ("every", "city") else "look-ups"


def seconds_by_phase(scale: float = 20.0) -> dict[str, float]:
    """Return seconds a month spent fetching (by kind), in rules, writing, checking, observing, and between them."""
    city, spent = grown(scale), Counter()

    def timed(work: Callable, phase: str) -> Callable:
        def outer(*given: object, **more: object) -> object:
            start = time.process_time()
            result = work(*given, **more)
            spent[phase] += time.process_time() - start
            return result

        return outer

    for call in city.calls:
        names = call.mechanism.arguments()[0]
        call.fetch = tuple(timed(f, kind_of(n, call.on)) for n, f in zip(names, call.fetch, strict=True))
        call.function = timed(call.function, "rules")
    city.observer.observe = timed(city.observer.observe, "observing")
    kept = {"__setitem__": "writing", "put": "writing", "check": "range checks"}
    inner = {name: getattr(Table, name) for name in kept}
    start = time.process_time()
    try:
        for name, phase in kept.items():
            setattr(Table, name, timed(inner[name], phase))
        city.run(FIRST_FUTURE + MONTHS)
    finally:
        for name, work in inner.items():
            setattr(Table, name, work)
    whole = time.process_time() - start
    return {p: s / MONTHS for p, s in spent.most_common()} | {"between phases": (whole - spent.total()) / MONTHS}


class Counted(np.ndarray):
    """An array that counts what is done with it, and with what comes of it."""

    tally: Counter

    def __array_finalize__(self, made_from: object) -> None:
        """Count into the tally of the array that this one comes from."""
        self.tally = getattr(made_from, "tally", Counter())

    def __array_ufunc__(self, function: np.ufunc, method: str, *given: object, **more: object) -> object:
        """Count one operation and its elements, then do it on plain arrays."""
        size = max(getattr(one, "size", 1) for one in given)
        curve = function.__name__ in CURVES
        self.tally.update({"operations": 1, "elements": size, "curve elements": size * curve})
        return self.counted(getattr(function, method)(*plain(given), **{k: plain(v) for k, v in more.items()}))

    def __array_function__(self, function: Callable, kinds: object, given: tuple, more: dict) -> object:
        """Count one operation that is no ufunc, then do it on plain arrays."""
        flat = [one for one in given if isinstance(one, np.ndarray)]
        self.tally.update({"operations": 1, "elements": max((one.size for one in flat), default=0)})
        return self.counted(function(*plain(given), **{k: plain(v) for k, v in more.items()}))

    def counted(self, result: object) -> object:
        """Return a result that goes on counting."""
        if not isinstance(result, np.ndarray):
            return result
        view = result.view(Counted)
        view.tally = self.tally
        return view


def plain(value: object) -> object:
    """Return an array, or the arrays in a tuple or list, as NumPy's own."""
    if isinstance(value, tuple | list):
        return type(value)(map(plain, value))
    return value.view(np.ndarray) if isinstance(value, Counted) else value


def operations_a_month(city: City) -> Counter:
    """Return how many array operations the rules ask for, on how many elements, and how many draws there are."""
    tally, fixed = Counter(), city.month_settings(city.month)
    for call in city.calls:
        if call.when and not fixed[call.when]:
            continue
        table = city.tables[call.on]
        rows = np.flatnonzero(table[call.rows]) if call.rows else EVERYONE
        given = []
        for name, fetch in zip(call.mechanism.arguments()[0], call.fetch, strict=True):
            values = fetch(city.tables, city.draws, city.month, rows)
            tally["draws"] += table.n * (kind_of(name, call.on) == "draws")
            given.append(values.view(Counted))
            given[-1].tally = tally
        one = table.real.type
        call.function(*given, **{name: one(fixed[name]) for name in call.mechanism.arguments()[1]})
    return tally


def seconds_of_one_operation(times: int = 20_000) -> float:
    """Return the seconds that an array operation takes when there is nothing to do: the cost of the call."""
    one = np.ones(1, "f4")
    start = time.process_time()
    for _ in range(times):
        np.multiply(one, one)
    return (time.process_time() - start) / times


def seconds_of_visits(scale: float = 20.0) -> float:
    """Return seconds a month that ordinary Mesa agents need to be visited by each rule apart, doing nothing.

    Each rule is one ``AgentSet.do`` over its agents that reads the rule's own columns and draws into local names and
    writes its columns back: what a twin with one method a rule pays beside its arithmetic.
    """
    city = City(read_city(), settings_for(), seed=1, scale=scale)
    model, seconds = mesa.Model(rng=1), 0.0
    for name in STEPPING:
        calls = [call for call in city.calls if call.on == name and not call.when]
        fields = sorted({f for call in calls for f in (*own_fields(call), *call.writes)})
        kind = type(name.capitalize(), (mesa.Agent,), {"__slots__": tuple(fields)})
        agents = kind.create_agents(model, city.tables[name].n)
        for field in fields:
            agents.set(field, 0.5)
        for call in calls:
            visit = visit_of(own_fields(call), call.writes)
            start = time.process_time()
            agents.do(visit)
            seconds += time.process_time() - start
        getattr(mesa.Agent, "_ids", {}).pop(model, None)
    return seconds


def own_fields(call: object) -> list[str]:
    """Return the plain names in a rule's arguments: own columns and draws."""
    return [name for name in call.mechanism.arguments()[0] if "__" not in name]


def visit_of(reads: list[str], writes: tuple[str, ...]) -> Callable:
    """Return a function of one agent that reads some attributes and writes others."""
    lines = [f"    {name} = agent.{name}" for name in reads] + [f"    agent.{name} = 0.5" for name in writes]
    made: dict[str, Callable] = {}
    exec("def visit(agent):\n" + "\n".join(lines), made)
    return made["visit"]


def rows_of_phases(scale: float = 20.0) -> list[tuple[str, str, float, str]]:
    """Return the table's rows: nanoseconds an agent-step by phase, and what the rules are made of."""
    city, where = grown(scale), f"1:{scale:g}"
    agents = agents_in(city)
    rows = [(where, f"phase {p}", 1e9 * s / agents, "ns/agent-step") for p, s in seconds_by_phase(scale).items()]
    done = operations_a_month(city)
    call = done["operations"] * seconds_of_one_operation()
    return [
        *rows,
        (where, "array operations in rules", done["operations"], "1/month"),
        (where, "elements in rules", done["elements"] / agents, "1/agent-step"),
        (where, "exp, tanh, log, sqrt in rules", done["curve elements"] / agents, "1/agent-step"),
        (where, "draws", done["draws"] / agents, "1/agent-step"),
        (where, "empty calls of these operations", 1e9 * call / agents, "ns/agent-step"),
    ]
