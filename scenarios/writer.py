"""Write a scenario as the text of a scenario file, which ``scenarios/scenario.py`` reads back as it was."""

import json

from model.declare.setting import levers, month_name
from scenarios.path import Step
from scenarios.scenario import FIRST_FUTURE, Scenario


def scenario_text(scenario: Scenario) -> str:
    """Return the text of a file that reads as the scenario."""
    parts = [
        f"title = {both(scenario.title)}",
        f"about = {both(scenario.about)}" if scenario.about and all(scenario.about.values()) else "",
        f"source = {quoted(scenario.source)}" if scenario.source else "",
        f"city = {quoted(scenario.city)}" if scenario.city else "",
        f"systems = [{', '.join(map(quoted, scenario.systems))}]",
        "" if scenario.coupled else "coupling = false",
        f"until = {quoted(month_name(scenario.until))}",
        "\n[levers]",
        *(f"{key} = {path(key, steps)}" for key, steps in scenario.levers.items()),
        *table("parameters", {key: repr(float(value)) for key, value in scenario.parameters.items()}),
        *table("mechanisms", {key: quoted(form) for key, form in scenario.forms.items()}),
    ]
    return "\n".join(part for part in parts if part) + "\n"


def table(name: str, entries: dict[str, str]) -> list[str]:
    """Return the lines of a table, none if it is empty."""
    return [f"\n[{name}]", *(f"{key} = {value}" for key, value in entries.items())] if entries else []


def path(key: str, steps: tuple[Step, ...]) -> str:
    """Return a lever's value, or its dated values where it does not hold from the first future month."""
    if len(steps) == 1 and steps[0].month == FIRST_FUTURE and not steps[0].ramp_months:
        return value(key, steps[0])
    return "[" + ", ".join(dated(key, step) for step in steps) + "]"


def dated(key: str, step: Step) -> str:
    """Return one dated value."""
    ramp = f", ramp_months = {step.ramp_months}" if step.ramp_months else ""
    return f"{{ from = {quoted(month_name(step.month))}, value = {value(key, step)}{ramp} }}"


def value(key: str, step: Step) -> str:
    """Return a lever's value as TOML."""
    lever = levers()[key]
    return quoted(lever.show(step.value)) if lever.kind == "month" else repr(float(step.value))


def both(texts: dict[str, str]) -> str:
    """Return a text in both languages."""
    return f"{{ en = {quoted(texts['en'])}, zh = {quoted(texts['zh'])} }}"


def quoted(text: str) -> str:
    """Return a TOML string, whose escapes are those of JSON."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
