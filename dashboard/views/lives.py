"""Two lives of the same agent with the same luck: paths of its state by month, and where they part, with the cause."""

from dataclasses import dataclass

import pandas as pd

from dashboard.words import month, number, say
from model.declare.setting import month_name
from model.declare.unit import UNITS
from model.entities import ENTITIES
from model.schedule import scheduled

KINDS = ("family", "member", "institution", "school", "leader")
USUAL = {
    "family": ("anxiety", "homework", "sleep", "tuition"),
    "member": ("exhaustion", "engagement", "conviction", "paper_hours"),
    "institution": ("state", "price", "enrolled", "perceived_risk"),
    "school": ("service_quality", "participants", "homework", "quality"),
    "leader": ("care", "example", "layering", "trust"),
}
MOST_COLUMNS, MOST_EVENTS = 4, 60
DIGITS, HUNDRED = 6, 100

Change = tuple[int, str, str, float, float]


@dataclass(frozen=True, slots=True)
class Event:
    """A month in which two lives part in one respect: the mechanism, what it is about, and both new values."""

    month: int
    mechanism: str
    column: str
    one: float | None
    other: float | None


def columns_of(lives: dict[str, list], kind: str) -> list[str]:
    """Return the columns that change in any of the lives, the usual ones first."""
    there = dict.fromkeys(c[2] for life in lives.values() for c in life)
    usual = [c for c in USUAL.get(kind, ()) if c in there]
    return [*usual, *(c for c in there if c not in usual)]


def paths(lives: dict[str, list], column: str, months: int) -> pd.DataFrame:
    """Return one column by month in each life: scenario, month (an index), value; what nothing changes stays."""
    rows = []
    for name, life in lives.items():
        changes = [c for c in life if c[2] == column]
        value = changes[0][3] if changes else None
        at = {c[0]: c[4] for c in changes}
        for m in range(months):
            value = at.get(m, value)
            rows.append({"scenario": name, "month": m, "value": value})
    return pd.DataFrame(rows).dropna()


def partings(lives: dict[str, list], start: int) -> list[Event]:
    """Return where two lives part from a month on: changes whose results differ, or that only one of them has."""
    one, other = ({(c[0], c[1], c[2]): rounded(c[4]) for c in life if c[0] >= start} for life in lives.values())
    found = [
        Event(*key, one.get(key), other.get(key))
        for key in {*one, *other}
        if seen(one.get(key)) != seen(other.get(key))
    ]
    order = {rule.name: place for place, rule in enumerate(scheduled())}
    return sorted(found, key=lambda e: (e.month, order.get(e.mechanism, 0), e.column))


def first_partings(events: list[Event]) -> list[Event]:
    """Return, for each column, the first event in which the lives part: what set them apart."""
    found: dict[str, Event] = {}
    for event in events:
        found.setdefault(event.column, event)
    return list(found.values())[:MOST_EVENTS]


def seen(value: float | None) -> str:
    """Return a value in the digits that a reader sees; equal there, it does not differ."""
    if value is None:
        return ""
    return f"{value:.{decimals_of(value)}f}"


def decimals_of(value: float) -> int:
    """Return how many decimals of a value are shown."""
    if float(value).is_integer() or abs(value) >= HUNDRED:
        return 0
    return 3 if abs(value) < 1 else 2


def rounded(value: float) -> float:
    """Return a value without the noise of its last digits."""
    return float(f"{value:.{DIGITS}g}")


def column_words(kind: str, column: str, lang: str) -> str:
    """Return what a column means."""
    declared = ENTITIES[kind].by_name[column]
    return declared.zh if lang == "zh" else declared.about


def unit_words(kind: str, column: str, lang: str) -> str:
    """Return the unit of a column; none for codes and flags."""
    unit = ENTITIES[kind].by_name[column].unit
    if unit in ("code", "flag", "pointer", "score"):
        return ""
    return UNITS.get(unit, unit) if lang == "zh" else unit


def rule_words(name: str, lang: str) -> str:
    """Return a mechanism's claim."""
    rule = next(rule for rule in scheduled() if rule.name == name)
    return rule.zh if lang == "zh" else rule.claim


def value_words(value: float | None, kind: str, column: str, lang: str) -> str:
    """Return a value of a column; yes or no for a flag."""
    if value is None:
        return say("life.nothing", lang)
    if ENTITIES[kind].by_name[column].dtype == "?":
        return say("life.yes" if value else "life.no", lang)
    return number(float(value), decimals_of(value), lang)


def rows_of(events: list[Event], kind: str, lang: str) -> list[dict[str, str]]:
    """Return events as rows of a table."""
    return [
        {
            "month": month(month_name(e.month), lang),
            "what": column_words(kind, e.column, lang),
            "one": value_words(e.one, kind, e.column, lang),
            "other": value_words(e.other, kind, e.column, lang),
            "why": rule_words(e.mechanism, lang),
        }
        for e in events
    ]
