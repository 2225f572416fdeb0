"""The assumption register: what each parameter does to the ranking of policies within its range, one at a time.

All else at the centre, the same luck everywhere. A decision flips when another scenario comes first.
"""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from calibration.cache import mapped
from calibration.rivals import alternatives
from experiments.compare import Place, rank
from experiments.engine import Engine
from experiments.experiment import city_digest, digest
from experiments.rules import rules_digest
from experiments.summary import Row
from model.declare.outcome import OUTCOMES
from model.declare.setting import Parameter, Settings, month_index
from model.profile import Profile
from model.simulation import City
from scenarios.resolve import settings_of
from scenarios.scenario import FIRST_FUTURE, read_scenario

BASE = "baseline"
SCENARIOS = (BASE, "relief", "same_money_elsewhere", "co_education", "crackdown", "quality_schools")
UNTIL = month_index("2025-05")
SCALE = 200.0
LAST = 12
COLUMNS = (
    "parameter", "en", "zh", "unit", "status", "source", "informed", "low", "centre", "high", "influence",
    "first_at_low", "first_at_high", "flips", "swaps", "turned",
)  # fmt: skip


class Case(NamedTuple):
    """One set of parameters (and forms) under which the scenarios are compared."""

    profile: Profile
    parameters: dict[str, float]
    forms: dict[str, str]
    luck: int


class Entry(NamedTuple):
    """One assumption: its influence, who comes first at either end, and the outcomes on which another one is best."""

    id: str
    influence: float
    first: tuple[str, str]
    flips: bool
    swaps: int
    turned: tuple[str, ...] = ()


def register(
    engine: Engine, folder, profile: Profile, central: Mapping[str, float], seed: int, declared: Sequence[Parameter],
    told=None,
) -> tuple[list[str], list[Entry]]:  # fmt: skip
    """Return the scenarios in order at the centre, and every assumption, the most influential first.

    Args:
        declared: all parameters; one without a range moves nothing.
    """
    cases = {("", ""): Case(profile, dict(central), {}, seed)}
    for p in (p for p in declared if p.low < p.high):
        cases |= {
            (p.id, end): Case(profile, {**central, p.id: v}, {}, seed) for end, v in (("low", p.low), ("high", p.high))
        }
    for form in (a for a in alternatives() if a.forms):
        cases[form.name, "high"] = Case(profile, dict(central), dict(form.forms), seed)
    fixed = [rules_digest(), city_digest(profile), SCENARIOS, UNTIL, SCALE, "register"]
    keys = [digest([fixed, sorted(c.parameters.items()), sorted(c.forms.items()), c.luck]) for c in cases.values()]
    results = mapped(engine, folder, effects, list(cases.values()), keys, told)
    found = dict(zip(cases, results, strict=True))
    centre = found["", ""]
    spread = spread_of(centre)
    names = list(dict.fromkeys(name for name, _ in cases if name))
    ends = {name: (found.get((name, "low"), centre), found[name, "high"]) for name in names}
    entries = [entry(name, centre, low, high, spread) for name, (low, high) in ends.items()]
    entries += [unmoved(p.id, centre) for p in declared if p.low == p.high]
    return order(centre), sorted(entries, key=lambda e: (-e.flips, -e.swaps, -len(e.turned), -e.influence))


def unmoved(name: str, centre: Mapping) -> Entry:
    """Return the entry of a parameter that has no range."""
    return Entry(name, 0.0, (order(centre)[0], order(centre)[0]), False, 0)


def effects(case: Case) -> dict[str, dict[str, float]]:
    """Return, scenario by scenario, each outcome's change against the baseline in the last year."""
    stories = {name: read_scenario(name) for name in SCENARIOS}
    usual = {name: settings_of(story, case.profile, case.parameters, until=UNTIL) for name, story in stories.items()}
    settings = {name: in_form(s, case) for name, s in usual.items()}
    city = City(case.profile, settings[BASE], seed=case.luck, scale=SCALE)
    state = city.run(FIRST_FUTURE).save()
    levels = {name: level(City.restore(state, s).run(UNTIL + 1)) for name, s in settings.items()}
    base = levels.pop(BASE)
    return {name: {key: value - base[key] for key, value in found.items()} for name, found in levels.items()}


def in_form(settings: Settings, case: Case) -> Settings:
    """Return settings with the case's forms of rules."""
    return replace(settings, forms={**settings.forms, **case.forms})


def level(city: City) -> dict[str, float]:
    """Return each outcome's mean of the last year."""
    record = city.record
    return {o: float(np.mean(record.values[-LAST:, k])) for k, (group, o) in enumerate(record.keys) if group == "city"}


def headline() -> list[str]:
    """Return the outcomes that scenarios are judged by."""
    return [key for key, o in OUTCOMES.items() if o.headline]


def places(found: Mapping[str, Mapping[str, float]]) -> list[Place]:
    """Return the scenarios ranked as ``compare`` ranks them."""
    rows = [
        Row(name, key, "last12", None, None, None, None, float(value))
        for name, changes in found.items()
        for key, value in changes.items()
    ]
    better = {key: o.better for key, o in OUTCOMES.items()}
    return rank(rows, headline(), better, {key: o.notable for key, o in OUTCOMES.items()})


def order(found: Mapping[str, Mapping[str, float]]) -> list[str]:
    """Return the scenarios, the best first."""
    return [place.scenario for place in places(found)]


def spread_of(found: Mapping[str, Mapping[str, float]]) -> dict[str, float]:
    """Return how much the scenarios' effects differ, by headline outcome, at the least by what is worth naming."""
    return {
        key: max(float(np.std([changes[key] for changes in found.values()])), OUTCOMES[key].notable)
        for key in headline()
        if all(np.isfinite(changes[key]) for changes in found.values())
    }


def entry(name: str, centre, low, high, spread: Mapping[str, float]) -> Entry:
    """Return one assumption's influence: the mean change of an effect over its range, in spreads between scenarios."""
    changes = [abs(high[s][key] - low[s][key]) / spread[key] for s in centre for key in spread]
    usual, ends = order(centre), (order(low), order(high))
    swaps = max(swapped(usual, other) for other in ends)
    firsts = (ends[0][0], ends[1][0])
    turned = tuple(key for key in spread if any(turns(key, centre, end) for end in (low, high)))
    return Entry(name, float(np.nanmean(changes)), firsts, any(f != usual[0] for f in firsts), swaps, turned)


def turns(outcome: str, centre: Mapping, end: Mapping) -> bool:
    """Tell whether at an end another choice than at the centre is best on an outcome, by what is worth naming."""
    sign = {"high": 1.0, "low": -1.0}.get(OUTCOMES[outcome].better)
    if sign is None:
        return False
    usual, there = (
        {BASE: 0.0, **{s: sign * changes[outcome] for s, changes in found.items()}} for found in (centre, end)
    )
    chosen = max(usual, key=usual.get)
    return max(there.values()) - there[chosen] > OUTCOMES[outcome].notable


def swapped(one: Sequence[str], other: Sequence[str]) -> int:
    """Return how many pairs stand in the other order."""
    place = {name: k for k, name in enumerate(other)}
    return sum(place[a] > place[b] for k, a in enumerate(one) for b in one[k + 1 :])


def as_csv(entries: Sequence[Entry], declared: Mapping[str, Parameter], central: Mapping[str, float]) -> str:
    """Return the register as CSV text, an assumption a row."""
    text = io.StringIO()
    out = csv.writer(text, lineterminator="\n")
    out.writerow(COLUMNS)
    for e in entries:
        out.writerow(row_of(e, declared.get(e.id), central))
    return text.getvalue()


def row_of(e: Entry, p: Parameter | None, central: Mapping[str, float]) -> list:
    """Return one line of the register; a rival form has no range."""
    facts = ["", "", "", "assumption", "", "", "", "", ""] if p is None else [
        p.label["en"], p.label["zh"], p.unit, p.status, p.source, "yes" if p.id in central else "no",
        f"{p.low:g}", f"{central.get(p.id, p.value):.6g}", f"{p.high:g}",
    ]  # fmt: skip
    return [e.id, *facts, f"{e.influence:.4g}", *e.first, "yes" if e.flips else "no", e.swaps, " ".join(e.turned)]
