"""The city as a Mesa model: a step is a month, in the order of the schedule, then observation."""

from __future__ import annotations

import warnings
from dataclasses import dataclass, field

import mesa
import numpy as np

from model.agents import AGENT_TYPES, LazyAgents, View
from model.costs import unit_costs
from model.declare.column import Table
from model.declare.draws import Draws
from model.declare.mechanism import Mechanism
from model.declare.outcome import OUTCOMES
from model.declare.setting import Settings
from model.entities.codes import POSTS
from model.founding import found
from model.outcomes import outcomes_of
from model.profile import SPIN_UP_MONTHS, Profile
from model.record import Observer
from model.schedule import scheduled
from model.wiring import Call

OFF = "off"
SEPTEMBER = 8


@dataclass(frozen=True)
class State:
    """Everything a city is at the end of a month: enough to continue to the last bit.

    ``draws`` is there when several futures are to share the numbers that they draw.
    """

    profile: Profile
    seed: int
    scale: float
    month: int
    tables: dict[str, Table] = field(repr=False)
    rows: tuple[np.ndarray, ...] = field(repr=False)
    settings: Settings = field(repr=False)
    draws: Draws | None = field(default=None, repr=False, compare=False)


@dataclass(frozen=True)
class Record:
    """Observed outcomes: ``values[m, k]`` is the value of ``keys[k]`` in month ``first_month + m``."""

    keys: tuple[tuple[str, str], ...]
    first_month: int
    values: np.ndarray = field(repr=False)


class City(mesa.Model):
    """One city, founded from its profile, under given settings and luck.

    Args:
        profile: the city. settings: resolved levers, parameters, forms and systems.
        seed: the luck of the replicate. scale: pupils per family row (1 = everyone).
        watch: (entity, row) of one agent whose every change is logged with its cause.
        extra_families: families of weight 0 that nobody is tied to, for tests of independence.
        precision: "double" holds every column in double precision (for comparison with an oracle).
        check: refuse values outside their declared ranges (on by default).
    """

    def __init__(
        self,
        profile: Profile,
        settings: Settings,
        *,
        seed: int = 0,
        scale: float = 20.0,
        watch: tuple[str, int] | None = None,
        extra_families: int = 0,
        check: bool = True,
        state: State | None = None,
        precision: str = "",
    ) -> None:
        """Found the city and run its spin-up, or take over a saved state."""
        super().__init__(rng=int(seed) % 2**32)
        self.profile, self.settings, self.luck, self.scale = profile, settings, int(seed), float(scale)
        self.draws, self.check_ranges, self.watch = (state and state.draws) or Draws(seed), check, watch
        self.log: list[tuple[int, str, str, float, float]] = []
        self.calls = self._wire(scheduled())
        if state is None:
            self.tables = found(profile, self.draws, scale, settings.parameter_values, extra_families)
            self.month, self._rows = -SPIN_UP_MONTHS, []
            if precision == "double":
                for table in self.tables.values():
                    table.widen()
        else:
            self.tables = {name: table.copy() for name, table in state.tables.items()}
            self.month, self._rows = state.month, list(state.rows)
        self.observer = Observer(self.tables, outcomes_of(settings), POSTS, settings.systems, unit_costs(profile))
        self._lay_out_agents()
        while self.month < 0:
            self._advance(observe=False)

    def _wire(self, rules: tuple[Mechanism, ...]) -> tuple[Call, ...]:
        """Keep the mechanisms of the systems that run, in their chosen forms."""
        systems = set(self.settings.systems)
        if self.settings.coupled and systems >= {"cadres", "education"}:
            systems.add("coupling")
        forms = self.settings.forms
        calls = tuple(
            Call(rule, forms.get(rule.name, ""))
            for rule in rules
            if rule.system in systems and forms.get(rule.name) != OFF
        )
        held = by_precision(self.settings.parameter_values)
        for call in calls:
            call.hold(held)
        return calls

    def _lay_out_agents(self) -> None:
        """Stand in lazily for Mesa's registries; no agent exists until somebody looks."""
        types = tuple(AGENT_TYPES.values())
        starts = np.cumsum([1, *[self.tables[t.entity.name].n for t in types]])
        self._first = dict(zip(types, starts.tolist(), strict=False))
        self.views: dict[int, View] = {}
        self._agents_by_type = {t: LazyAgents(self, (t,), self.random) for t in types}
        self._all_agents = LazyAgents(self, types, self.random)

    def first_id(self, kind: type[View]) -> int:
        """Return the unique id of the first agent of a type; ids start from 1."""
        return self._first[kind]

    def month_settings(self, month: int) -> dict[str, float]:
        """Return every lever, parameter and clock value in a month; the profile gives in_term and the old price."""
        return self._moving_settings(month) | self.settings.parameter_values

    def _moving_settings(self, month: int) -> dict[str, float]:
        """Return the levers and the clock in a month."""
        at = max(month, 0)
        values = {name: path[min(at, len(path) - 1)] for name, path in self.settings.lever_values.items()}
        return values | {
            "month": float(month),
            "in_term": self.profile.values["term_share"][month % 12],
            "new_grade": float(month % 12 == SEPTEMBER),
            "interest_old_price": self.profile.values["price_interest"],
        }

    def step(self) -> None:
        """Simulate one month and observe it."""
        self._advance(observe=True)

    def _advance(self, observe: bool) -> None:
        settings = self._moving_settings(self.month)
        given = by_precision(settings)
        for call in self.calls:
            if call.when and not settings[call.when]:
                continue
            before = self._snapshot(call)
            call.run(self.tables, self.draws, self.month, given)
            if self.check_ranges:
                self.tables[call.on].check(call.writes, call.name, self.month)
            if before:
                self._note(call, before)
        if observe:
            self._rows.append(self.observer.observe(self.tables, settings | self.settings.parameter_values))
        self.month += 1

    def _snapshot(self, call: Call) -> dict[str, float]:
        if self.watch is None or self.watch[0] != call.on:
            return {}
        return {c: self.tables[call.on][c][self.watch[1]].item() for c in call.writes}

    def _note(self, call: Call, before: dict[str, float]) -> None:
        for column, old in before.items():
            new = self.tables[call.on][column][self.watch[1]].item()
            if new != old:
                self.log.append((self.month, call.name, column, old, new))

    def run(self, until: int) -> City:
        """Simulate up to, but not including, month index ``until``; return the city."""
        with warnings.catch_warnings():
            warnings.simplefilter("error", RuntimeWarning)
            while self.month < until:
                self.step()
        return self

    @property
    def record(self) -> Record:
        """What was observed so far (rows are months from 2021-01)."""
        values = np.array(self._rows) if self._rows else np.zeros((0, len(self.observer.keys)))
        return Record(self.observer.keys, self.month - len(self._rows), values)

    def save(self) -> State:
        """Return the exact state; the city may go on without touching it."""
        tables = {name: table.copy() for name, table in self.tables.items()}
        return State(self.profile, self.luck, self.scale, self.month, tables, tuple(self._rows), self.settings)

    @classmethod
    def restore(
        cls, state: State, settings: Settings, *, watch: tuple[str, int] | None = None, check: bool = True
    ) -> City:
        """Continue a saved state under other future settings of the same systems."""
        return cls(state.profile, settings, seed=state.seed, scale=state.scale, watch=watch, check=check, state=state)


def by_precision(settings: dict[str, float]) -> dict[str, dict]:
    """Return settings as rules on rows in double (d) and in single precision (f) take them."""
    return {"d": settings, "f": {name: np.float32(value) for name, value in settings.items()}}


OUTCOME_KEYS = tuple(OUTCOMES)
