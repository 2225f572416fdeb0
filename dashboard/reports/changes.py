"""What a scenario changes: each lever whose path differs from the baseline's, from when, and to what."""

import json
from dataclasses import dataclass

import pyarrow as pa

from dashboard.figures.tables import Tables
from dashboard.words import say, scale
from model.declare.setting import NEVER, Lever, levers, month_index, month_name
from model.declare.unit import UNITS
from scenarios.scenario import FIRST_FUTURE

SAID = {"multiple of monthly revenue": ("value_times", 1), "share of old price": ("value_price", 100)}


@dataclass(frozen=True, slots=True)
class Change:
    """One lever under a policy: the value of the baseline, the policy's in the last month, its start and its end."""

    lever: str
    old: float
    new: float
    start: str
    full: str


def changes_of(experiments: pa.Table, tables: Tables) -> dict[str, tuple[Change, ...]]:
    """Return the changed levers of each policy, in the order in which levers are declared."""
    names = experiments["scenario"].to_pylist()
    rows = {s: experiments.slice(names.index(s), 1).to_pylist()[0] for s in tables.scenarios}
    return {
        policy: tuple(differing(rows[policy], rows[tables.scenarios[tables.bases[place]]]))
        for policy, place in tables.policies.items()
    }


def differing(mine: dict, base: dict):
    """Yield the levers whose months differ between two experiments."""
    last = month_index(mine["until"])
    for key, lever in levers().items():
        if mine.get(key) is None or base.get(key) is None:
            continue
        one, two = path_of(mine, lever, last), path_of(base, lever, last)
        apart = [m for m, (a, b) in enumerate(zip(one, two, strict=True)) if a != b]
        if apart:
            full = next(m for m in range(len(one)) if all(v == one[-1] for v in one[m:]))
            months = month_name(FIRST_FUTURE + apart[0]), month_name(FIRST_FUTURE + max(full, apart[0]))
            yield Change(key, two[-1], one[-1], *months)


def path_of(row: dict, lever: Lever, last: int) -> tuple[float, ...]:
    """Return a lever's value in each future month of an experiment."""
    value = row[lever.id]
    steps = json.loads(row["lever_paths"]).get(lever.id)
    if not steps:
        fixed = lever.accept(value, lever.id) if isinstance(value, str) else float(value)
        return (fixed,) * (last - FIRST_FUTURE + 1)
    at = {month_index(month): float(number) for month, number in steps}
    found, now = [], float(steps[0][1])
    for month in range(FIRST_FUTURE, last + 1):
        now = at.get(month, now)
        found.append(now)
    return tuple(found)


def value_in_words(lever: Lever, value: float, lang: str) -> str:
    """Return a lever's value with its unit, as people say it: a share in per cent, a month as a month."""
    if lever.kind == "month":
        return say("reports.value_none", lang) if value >= NEVER else month_name(int(value))
    if lever.unit in SAID:
        key, factor = SAID[lever.unit]
        return say(f"reports.{key}", lang, value=f"{value * factor:g}")
    gap = "" if lang == "zh" else " "
    if lever.unit.startswith("share"):
        return f"{value * 100:g}{gap}{scale(lever.unit, abs(value), lang).unit}"
    return f"{value:g}{gap}{UNITS.get(lever.unit, lever.unit) if lang == 'zh' else lever.unit}"
