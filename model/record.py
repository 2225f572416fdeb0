"""Observation: outcomes by city, district, income fifth and post, computed from the tables."""

from dataclasses import dataclass, field

import numpy as np

from model.costs import lever_costs
from model.declare.column import Table
from model.declare.outcome import Outcome
from model.declare.relate import Grouping, Weights
from model.declare.setting import levers

INCOME_FIFTHS = 5
INNER = ("income", "post")


@dataclass
class Block:
    """Outcomes over one entity, and its rows by (district, inner group) and by district alone."""

    outcomes: list[Outcome]
    districts: int
    inner: int
    fine: Grouping = field(repr=False)
    coarse: Grouping = field(repr=False)


class Observer:
    """Evaluates the outcomes of some systems on a city's tables.

    ``keys`` lists (group, outcome id) in the order of the values that ``observe`` returns: the city,
    districts, income fifths or posts, levers; outcome by outcome.
    """

    def __init__(
        self,
        tables: dict[str, Table],
        outcomes: tuple[Outcome, ...],
        posts: tuple[str, ...],
        systems: tuple[str, ...],
        costs: dict[str, float],
    ) -> None:
        """Prepare the blocks and the list of keys."""
        self.outcomes, self.systems, self.costs, self.posts = outcomes, systems, costs, posts
        self.lever_ids = tuple(v.id for v in levers().values() if v.system in systems)
        self.districts = tables["district"].n
        self.blocks = [
            self._block(tables[over], [o for o in outcomes if o.over == over])
            for over in dict.fromkeys(o.over for o in outcomes)
            if over in tables
        ]
        self.keys = tuple(key for o in outcomes for key in self._keys_of(o))
        self._take = self._places()

    def _block(self, table: Table, outcomes: list[Outcome]) -> Block:
        inner = {"family": INCOME_FIFTHS, "member": len(self.posts)}.get(table.entity.name, 1)
        names = table.entity.by_name
        district = table["district_id"] if "district_id" in names else np.arange(table.n)
        group = (
            table["income_fifth"].astype(np.int64) - 1
            if "income_fifth" in names
            else table["post"]
            if "post" in names
            else 0
        )
        weights, district = Weights(table.columns.get("weight")), district.astype(np.int64)
        fine = Grouping(district * inner + group, weights, self.districts * inner)
        coarse = fine if inner == 1 else Grouping(district, weights, self.districts)
        return Block(outcomes, self.districts, inner, fine, coarse)

    def _keys_of(self, outcome: Outcome) -> list[tuple[str, str]]:
        groups = ["city"]
        if "district" in outcome.groups:
            groups += [f"district:{d + 1:02d}" for d in range(self.districts)]
        if "income" in outcome.groups:
            groups += [f"income:{i}" for i in range(1, INCOME_FIFTHS + 1)]
        if "post" in outcome.groups:
            groups += [f"post:{p}" for p in self.posts]
        if "lever" in outcome.groups:
            groups += [f"lever:{v}" for v in self.lever_ids]
        return [(g, outcome.id) for g in groups]

    def _places(self) -> np.ndarray:
        """Return, for each key, its place in the blocks' flat values (city, districts, inner groups)."""
        place: dict[tuple[str, str], int] = {}
        at = 0
        for block in self.blocks:
            names = ["city", *[f"district:{d + 1:02d}" for d in range(self.districts)]]
            names += (
                {INCOME_FIFTHS: [f"income:{i}" for i in range(1, INCOME_FIFTHS + 1)]}.get(
                    block.inner, [f"post:{p}" for p in self.posts]
                )
                if block.inner > 1
                else ["inner"]
            )
            for outcome in block.outcomes:
                place |= {(g, outcome.id): at + i for i, g in enumerate(names)}
                at += len(names)
        for outcome in self.outcomes:
            if outcome.over == "levers":
                place |= {key: at + i for i, key in enumerate(self._keys_of(outcome))}
        return np.array([place[key] for key in self.keys])

    def observe(self, tables: dict[str, Table], settings: dict[str, float]) -> np.ndarray:
        """Return one value a key; a ratio over nobody is NaN."""
        values = [block_values(block, tables[block.outcomes[0].over], settings) for block in self.blocks]
        each = lever_costs(tables, settings, self.costs, self.systems)
        return np.concatenate([*values, [each.sum()], each])[self._take]


def block_values(block: Block, table: Table, settings: dict[str, float]) -> np.ndarray:
    """Return (city, districts, inner groups) of every outcome of a block, flat."""
    shape = (len(block.outcomes), block.districts, block.inner)
    top, bottom = np.zeros(shape), np.zeros(shape)
    known: dict[object, tuple[object, np.ndarray]] = {}
    total = np.zeros(len(block.outcomes), bool)
    for k, outcome in enumerate(block.outcomes):
        columns = [table.columns[c] for c in outcome.columns]
        measured = outcome.measure(*columns, **{s: settings[s] for s in outcome.settings})
        high, low = measured if isinstance(measured, tuple) else (measured, None)
        put(top[k], block, outcome, high)
        total[k] = low is None
        if low is not None:
            key = (low if isinstance(low, int) else id(low), is_fine(outcome))
            if key in known:
                bottom[k] = known[key][1]
            else:
                put(bottom[k], block, outcome, low)
                known[key] = (low, bottom[k])
    above, below = marginals(top), marginals(bottom)
    ratio = np.divide(above, below, out=np.full_like(above, np.nan), where=below > 0)
    return np.where(total[:, None], above, ratio).ravel()


def is_fine(outcome: Outcome) -> bool:
    """Tell whether an outcome is wanted by income fifth or post."""
    return "income" in outcome.groups or "post" in outcome.groups


def put(cells: np.ndarray, block: Block, outcome: Outcome, values: np.ndarray | int) -> None:
    """Sum one value a row, weighted, into (district, inner group) cells; into the first if none is wanted."""
    fine = is_fine(outcome)
    group = block.fine if fine else block.coarse
    total = group.count * values if isinstance(values, int) else group.sum(values)
    if fine:
        cells[:] = total.reshape(cells.shape)
    else:
        cells[:, 0] = total


def marginals(values: np.ndarray) -> np.ndarray:
    """Return the city's total, the districts' and the inner groups' of (outcome, district, inner) cells."""
    districts, inner = values.sum(axis=2), values.sum(axis=1)
    return np.concatenate([districts.sum(axis=1, keepdims=True), districts, inner], axis=1)
