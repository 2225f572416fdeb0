"""The result tables as arrays: levels, paired effects and their intervals. Nothing here draws.

An effect is a scenario minus the matching baseline, with the same draw and the same replicate: the scenario that the
column ``against`` of the experiments points to, or the first scenario if there is no such column.
"""

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import pyarrow as pa

from dashboard.figures.intervals import Interval, better, interval, mean_of_known, too_small
from dashboard.words import OUTCOMES, say, title_of
from model.declare.setting import month_name
from scenarios.scenario import FIRST_FUTURE as FIRST_FUTURE_INDEX

POLICY_START = "2021-07"
FIRST_FUTURE = month_name(FIRST_FUTURE_INDEX)
COST = "policy_cost"
GROUPS = ("city", "income")
LATE_MONTHS = 12
EMPHASISED = 4


@dataclass(frozen=True, eq=False)
class Tables:
    """The two result tables and the names in them (pandas or Arrow), read once into arrays.

    ``names`` holds scenarios' titles and districts' names, ``{key: {"en", "zh"}}``, in one dictionary or in two
    under ``"scenarios"`` and ``"districts"``. ``emphasise`` picks the scenarios that figures colour (at most four);
    left empty, those that move the headline outcomes most.
    """

    outcomes: object
    experiments: object
    names: dict = field(default_factory=dict)
    emphasise: tuple[str, ...] = ()

    @cached_property
    def _runs(self) -> tuple[dict[str, tuple[int, int]], tuple[str, ...], int]:
        """Place each experiment: scenario and run; only runs that the baseline has too."""
        rows = list(
            zip(*(column(self.experiments, n) for n in ("experiment", "scenario", "draw", "replicate")), strict=True)
        )
        baseline = rows[0][1]
        paired = sorted({(draw, replicate) for _, scenario, draw, replicate in rows if scenario == baseline})
        run = {key: place for place, key in enumerate(paired)}
        kept = [(e, scenario, run[d, r]) for e, scenario, d, r in rows if (d, r) in run]
        scenarios = tuple(dict.fromkeys(scenario for _, scenario, _ in kept))
        return {e: (scenarios.index(scenario), r) for e, scenario, r in kept}, scenarios, len(paired)

    @cached_property
    def _cube(self) -> tuple[dict[tuple[str, str], int], np.ndarray, tuple[str, ...]]:
        """Values as an array (outcome and group, scenario, run, month); NaN where the tables have none."""
        places, scenarios, runs = self._runs
        (e, ids), (m, texts), (g, groups), (o, outcomes) = (
            encode(self.outcomes[name]) for name in ("experiment", "month", "group", "outcome")
        )
        months = tuple(sorted(texts))
        order = np.array([months.index(text) for text in texts], dtype=np.int64)
        nowhere = len(scenarios) * runs
        where = np.array([s * runs + r for s, r in (places.get(i, (len(scenarios), 0)) for i in ids)], dtype=np.int64)
        pair = o * len(groups) + g
        present = np.bincount(pair, minlength=len(outcomes) * len(groups)) > 0
        row = np.cumsum(present) - 1
        cube = np.full((int(present.sum()), nowhere + 1, len(months)), np.nan)
        cube[row[pair], np.minimum(where[e], nowhere), order[m]] = np.asarray(self.outcomes["value"], dtype=float)
        index = {(outcomes[k // len(groups)], groups[k % len(groups)]): int(row[k]) for k in np.flatnonzero(present)}
        return index, cube[:, :nowhere].reshape(len(cube), len(scenarios), runs, len(months)), months

    @property
    def scenarios(self) -> tuple[str, ...]:
        """Scenarios in the order of the experiments; the first is the baseline."""
        return self._runs[1]

    @cached_property
    def bases(self) -> tuple[int, ...]:
        """For each scenario the place of the one that it is measured against; a baseline's is its own."""
        names = getattr(self.experiments, "column_names", None) or list(self.experiments)
        if "against" not in names:
            return (0,) * len(self.scenarios)
        ids, against = column(self.experiments, "experiment"), column(self.experiments, "against")
        at = {scenario: place for place, scenario in enumerate(self.scenarios)}
        of = dict(zip(ids, column(self.experiments, "scenario"), strict=True))
        found = {of[i]: of.get(a, of[i]) for i, a in zip(ids, against, strict=True)}
        return tuple(at[found[scenario]] for scenario in self.scenarios)

    @cached_property
    def policies(self) -> dict[str, int]:
        """Scenarios that are measured against another one, each with its place."""
        return {s: i for i, s in enumerate(self.scenarios) if self.bases[i] != i}

    @property
    def runs(self) -> int:
        """Number of paired runs (draws × replicates) of the baseline."""
        return self._runs[2]

    @property
    def months(self) -> tuple[str, ...]:
        """Months in order, YYYY-MM."""
        return self._cube[2]

    @property
    def late(self) -> slice:
        """Place of the last twelve months, or of the whole future if that is shorter."""
        future = sum(month >= FIRST_FUTURE for month in self.months) or len(self.months)
        return slice(len(self.months) - min(LATE_MONTHS, future), len(self.months))

    @cached_property
    def headline(self) -> tuple[str, ...]:
        """Headline outcomes that the tables have for the city, in declared order, without the cost."""
        return tuple(o for o, declared in OUTCOMES.items() if declared.headline and o != COST and self.has(o))

    @cached_property
    def emphasised(self) -> tuple[str, ...]:
        """At most four policies that figures colour, in the order of the scenarios."""
        if self.emphasise or len(self.policies) <= EMPHASISED:
            wanted = self.emphasise or self.policies
            return tuple(s for s in self.policies if s in wanted)[:EMPHASISED]
        sizes = np.zeros(len(self.scenarios))
        for outcome in self.headline:
            moved = np.nan_to_num(np.abs(self.effect(outcome).middle))
            sizes += moved / (moved.max() or 1)
        ranked = sorted(self.policies, key=lambda s: -sizes[self.policies[s]])
        return tuple(s for s in self.policies if s in ranked[:EMPHASISED])

    def has(self, outcome: str, group: str = "city") -> bool:
        """Tell whether the tables hold this outcome for this group, with at least one value."""
        return (outcome, group) in self._cube[0] and bool(np.isfinite(self.levels(outcome, group)).any())

    def groups(self, outcome: str, kind: str) -> tuple[str, ...]:
        """Return the groups of one kind ("district", "income") that the tables hold for an outcome, in order."""
        return tuple(sorted(g for o, g in self._cube[0] if o == outcome and g.startswith(kind + ":")))

    def levels(self, outcome: str, group: str = "city") -> np.ndarray:
        """Return values by (scenario, run, month)."""
        index, cube, _ = self._cube
        return cube[index[outcome, group]]

    def late_levels(self, outcome: str, group: str = "city") -> np.ndarray:
        """Return the mean over the last twelve months by (scenario, run)."""
        return mean_of_known(self.levels(outcome, group)[:, :, self.late])

    def effect(self, outcome: str, group: str = "city") -> Interval:
        """Return each scenario's effect in the last twelve months, paired; a baseline's is zero."""
        late = self.late_levels(outcome, group)
        base = late[list(self.bases)]
        return interval(late - base, better(outcome), too_small(outcome, base))

    def name(self, scenario: str, lang: str) -> str:
        """Return a scenario's title; of a baseline under another's assumptions (``first@other``) both."""
        first, at, other = scenario.partition("@")
        if not at or scenario in self.names.get("scenarios", self.names):
            return title_of(self.names, "scenarios", scenario, lang)
        return say("under", lang, name=self.name(first, lang), other=self.name(other, lang))

    def group(self, group: str, lang: str) -> str:
        """Return a group in words: a district's name, an income fifth, or what follows the colon."""
        kind, _, key = group.partition(":")
        if kind == "district":
            return title_of(self.names, "districts", key, lang)
        return say(f"group.{kind}", lang, n=key) if kind in GROUPS else key


def column(table: object, name: str) -> list:
    """Return one column of a pandas or Arrow table as a list."""
    values = table[name]
    return values.to_pylist() if hasattr(values, "to_pylist") else values.tolist()


def encode(values: object) -> tuple[np.ndarray, list[str]]:
    """Return (code of each row, the distinct texts) of a pandas or Arrow column."""
    array = values if isinstance(values, pa.ChunkedArray) else pa.array(values)
    if isinstance(array, pa.ChunkedArray):
        array = array.unify_dictionaries().combine_chunks()
    if not pa.types.is_dictionary(array.type):
        array = array.dictionary_encode()
    return array.indices.to_numpy(zero_copy_only=False).astype(np.int64), array.dictionary.to_pylist()
