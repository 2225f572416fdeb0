"""What scenarios set: each lever's path in words, against the status quo, in the groups of the source texts."""

from dataclasses import dataclass
from functools import cache

from dashboard.words import label, month, number, say
from model.declare.setting import NEVER, Lever, levers, month_name, parameters
from model.declare.unit import UNITS
from model.profile import Profile
from scenarios.path import Step
from scenarios.scenario import FIRST_FUTURE, Scenario

GROUPS = ("conviction", "relief", "growth", "concepts", "teaching", "after_school", "supervision")
DIGITS = 3


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that a scenario sets: what, from what, to what, when; in words."""

    key: str
    name: str
    before: str
    after: str


@cache
def grouped() -> dict[str, tuple[Lever, ...]]:
    """Return the levers in the groups and the order of the source texts."""
    return {group: tuple(v for v in levers().values() if v.group == group) for group in GROUPS}


def status_quo(lever: Lever, profile: Profile) -> float:
    """Return the value at which a lever stands when the future begins and nobody moves it."""
    return profile.status_quo.get(lever.id, lever.default)


def value_words(lever: Lever, value: float, lang: str) -> str:
    """Return a value in its natural unit: per cent for a share, a month for a date."""
    if lever.kind == "month":
        return say("levers.never", lang) if value >= NEVER else month(month_name(int(value)), lang)
    if is_share(lever):
        return f"{number(100 * value, places(100 * value), lang)}%" + unit_tail(lever, lang)
    unit = UNITS.get(lever.unit, lever.unit) if lang == "zh" else lever.unit
    return f"{number(value, places(value), lang)}{'' if lang == 'zh' else ' '}{unit}"


def is_share(lever: Lever) -> bool:
    """Tell whether a lever is shown in per cent."""
    return lever.kind != "month" and lever.unit.startswith("share")


def unit_tail(lever: Lever, lang: str) -> str:
    """Return what follows the per cent sign: "/year" for a yearly share."""
    tail = lever.unit.removeprefix("share")
    return tail if lang == "en" else {"/year": "/年", "/month": "/月"}.get(tail, tail)


def places(value: float) -> int:
    """Return the decimals that a value needs, at most three."""
    return next((d for d in range(DIGITS) if abs(value - round(value, d)) < 1e-9), DIGITS)


def path_words(lever: Lever, steps: tuple[Step, ...], lang: str) -> str:
    """Return a dated path in words: "40 % from September 2023 over 3 months"."""
    shown = []
    for step in steps:
        key = "levers.ramp" if step.ramp_months else "levers.step"
        when = month(month_name(step.month), lang)
        shown.append(say(key, lang, value=value_words(lever, step.value, lang), month=when, n=step.ramp_months))
    return say("levers.then", lang).join(shown)


def changes(scenario: Scenario, profile: Profile, lang: str) -> list[Change]:
    """Return every lever that a scenario moves, in the order of the source texts."""
    found = []
    for group in grouped().values():
        for lever in group:
            steps = scenario.levers.get(lever.id)
            usual = status_quo(lever, profile)
            if steps and not at_rest(steps, usual):
                before = value_words(lever, usual, lang)
                found.append(Change(lever.id, lever.label[lang], before, path_words(lever, steps, lang)))
    return found


def at_rest(steps: tuple[Step, ...], usual: float) -> bool:
    """Tell whether a path never leaves the status quo."""
    return all(step.value == usual for step in steps)


def assumption_changes(scenario: Scenario, lang: str) -> list[Change]:
    """Return the assumptions that differ from the usual: parameters, mechanisms, systems."""
    found = []
    for key, value in scenario.parameters.items():
        before = f"{parameters()[key].value:g}"
        found.append(Change(key, label(key, lang), before, f"{value:g}"))
    for key, form in scenario.forms.items():
        after = say("levers.off", lang) if form == "off" else form.replace("_", " ")
        found.append(Change(key, key.replace("_", " "), say("levers.usual_form", lang), after))
    if not scenario.coupled:
        found.append(Change("coupling", say("levers.coupling", lang), say("levers.on", lang), say("levers.off", lang)))
    return found


def same_from_start(value: float) -> tuple[Step, ...]:
    """Return the path of one value from the first future month on."""
    return (Step(FIRST_FUTURE, value),)


def compared(scenarios: list[Scenario], profile: Profile, lang: str) -> list[dict[str, str]]:
    """Return one row a lever that any of the scenarios moves: the status quo, and the path in each of them."""
    moved = {s.name: {c.key: c for c in changes(s, profile, lang)} for s in scenarios}
    rows = []
    for group, members in grouped().items():
        for lever in members:
            if any(lever.id in found for found in moved.values()):
                row = {"group": say(f"levers.group_{group}", lang), "lever": lever.label[lang]}
                row["usual"] = value_words(lever, status_quo(lever, profile), lang)
                for s in scenarios:
                    mine = moved[s.name].get(lever.id)
                    row[s.name] = mine.after if mine else say("levers.unmoved", lang)
                rows.append(row)
    return rows
