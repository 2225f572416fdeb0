"""Observation: outcomes by city, district, income fifth and post, computed from the tables."""

import numpy as np

from model.costs import lever_costs
from model.declare.column import Table
from model.declare.outcome import Outcome
from model.declare.setting import levers

INCOME_FIFTHS = 5


class Observer:
    """Evaluates the outcomes of some systems on a city's tables.

    ``keys`` lists (group, outcome id) in the order of the values that ``observe`` returns.
    """

    def __init__(
        self, tables: dict[str, Table], outcomes: tuple[Outcome, ...], post_names: tuple[str, ...],
        systems: tuple[str, ...], costs: dict[str, float],
    ) -> None:
        """Prepare each row's cell (district × fifth, or district × post) and the list of keys."""
        self.outcomes, self.systems, self.costs = outcomes, systems, costs
        self._kept: dict[tuple, tuple[object, np.ndarray]] = {}
        self.lever_ids = tuple(v.id for v in levers().values() if v.system in systems)
        self.districts = tables["district"].n
        self.posts = post_names
        self.inner = {"family": INCOME_FIFTHS, "member": len(post_names)}
        self.keys = tuple(k for o in outcomes for k in self._keys_of(o))

    def _keys_of(self, outcome: Outcome) -> list[tuple[str, str]]:
        keys = [("city", outcome.id)]
        if "district" in outcome.groups:
            keys += [(f"district:{d + 1:02d}", outcome.id) for d in range(self.districts)]
        if "income" in outcome.groups:
            keys += [(f"income:{i}", outcome.id) for i in range(1, INCOME_FIFTHS + 1)]
        if "post" in outcome.groups:
            keys += [(f"post:{p}", outcome.id) for p in self.posts]
        if "lever" in outcome.groups:
            keys += [(f"lever:{v}", outcome.id) for v in self.lever_ids]
        return keys

    def observe(self, tables: dict[str, Table], settings: dict[str, float]) -> np.ndarray:
        """Return one value a key; a ratio over nobody is NaN."""
        self._kept = {}
        return np.concatenate([self._one(o, tables, settings) for o in self.outcomes])

    def _one(self, outcome: Outcome, tables: dict[str, Table], settings: dict) -> np.ndarray:
        if outcome.over == "levers":
            each = lever_costs(tables, settings, self.costs, self.systems)
            return np.r_[each.sum(), each]
        table = tables[outcome.over]
        given = [table.columns[c] for c in outcome.columns]
        measured = outcome.measure(*given, **{s: settings[s] for s in outcome.settings})
        top, bottom = measured if isinstance(measured, tuple) else (measured, None)
        high = self._cells(table, outcome, top)
        return self._arrange(outcome, high, None if bottom is None else self._below(table, outcome, bottom))

    def _below(self, table: Table, outcome: Outcome, bottom: object) -> np.ndarray:
        """Return the denominator's cells; computed anew only when the denominator is another array."""
        key = (outcome.over, outcome.groups, bottom if isinstance(bottom, int) else id(bottom))
        if key not in self._kept:
            self._kept[key] = (bottom, self._cells(table, outcome, bottom))
        return self._kept[key][1]

    def _cells(self, table: Table, outcome: Outcome, values: np.ndarray) -> np.ndarray:
        """Sum rows, weighted, into (district, inner group) cells."""
        inner = self.inner.get(outcome.over, 1)
        weight = table.columns.get("weight")
        values = np.asarray(values, dtype=float)
        if weight is not None:
            values = values * weight
        if "district" not in outcome.groups and not {"income", "post"} & set(outcome.groups):
            return np.array([[np.sum(values) if values.ndim else values * table.n]])
        where = cell_of(table, inner)
        if values.ndim == 0:
            values = np.full(where.shape, float(values))
        flat = np.bincount(where, weights=values, minlength=self.districts * inner)
        return flat.reshape(self.districts, inner)

    def _arrange(self, outcome: Outcome, high: np.ndarray, low: np.ndarray | None) -> np.ndarray:
        def parts(cell: np.ndarray) -> np.ndarray:
            out = [np.atleast_1d(cell.sum())]
            if "district" in outcome.groups:
                out.append(cell.sum(axis=1))
            if {"income", "post"} & set(outcome.groups):
                out.append(cell.sum(axis=0))
            return np.concatenate(out)

        top = parts(high)
        if low is None:
            return top
        bottom = parts(low)
        return np.divide(top, bottom, out=np.full_like(top, np.nan), where=bottom > 0)


def cell_of(table: Table, inner: int) -> np.ndarray:
    """Return each row's cell number; cached on the table because groups never change."""
    name = "_cell"
    if name not in table.ties:
        district = table.columns["district_id"] if "district_id" in table.columns else np.arange(table.n)
        group = 0
        if inner > 1:
            group = table.columns["income_fifth"].astype(np.int64) - 1 if "income_fifth" in table.columns else table.columns["post"].astype(np.int64)
        table.ties[name] = district.astype(np.int64) * inner + group
    return table.ties[name]

