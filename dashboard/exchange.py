"""Scenario files out of the app and into it. A stranger's file is data only: bounded, strict, with no path in it."""

import json
import tomllib
from dataclasses import replace

from dashboard.codec import plain_value
from model.declare.errors import SettingError
from model.declare.setting import levers, month_name
from scenarios.path import Step
from scenarios.reader import MOST_BYTES, broken, decode, refuse_odd_values
from scenarios.scenario import Scenario, scenario_from

MOST_UPLOAD = 100_000


def to_toml(scenario: Scenario) -> str:
    """Return a scenario as the text of a scenario file, which ``run_sim.py check`` accepts."""
    lines = [
        f"title = {pair(scenario.title)}",
        f"about = {pair(scenario.about)}" if all(scenario.about.values()) and scenario.about else "",
        f"until = {quoted(month_name(scenario.until))}",
        f"systems = [{', '.join(map(quoted, scenario.systems))}]",
        f"coupling = {str(scenario.coupled).lower()}",
        "\n[levers]",
        *(f"{key} = {path(key, steps)}" for key, steps in scenario.levers.items()),
        "\n[parameters]",
        *(f"{key} = {value!r}" for key, value in scenario.parameters.items()),
        "\n[mechanisms]",
        *(f"{key} = {quoted(form)}" for key, form in scenario.forms.items()),
    ]
    return "\n".join(line for line in lines if line) + "\n"


def quoted(text: str) -> str:
    """Return a TOML string; its escapes are those of JSON."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def pair(texts: dict[str, str]) -> str:
    """Return a text in both languages."""
    return f"{{ en = {quoted(texts['en'])}, zh = {quoted(texts['zh'])} }}"


def path(key: str, steps: tuple[Step, ...]) -> str:
    """Return a lever's dated values."""
    lever = levers()[key]
    if lever.kind == "month" and len(steps) == 1:
        return quoted(lever.show(steps[0].value))
    return "[" + ", ".join(step(key, s) for s in steps) + "]"


def step(key: str, given: Step) -> str:
    """Return one dated value."""
    value = plain_value(levers()[key], given.value)
    shown = quoted(value) if isinstance(value, str) else repr(value)
    ramp = f", ramp_months = {given.ramp_months}" if given.ramp_months else ""
    return f"{{ from = {quoted(month_name(given.month))}, value = {shown}{ramp} }}"


def from_toml(content: bytes, shown: str, name: str) -> Scenario:
    """Return the scenario of an uploaded file under a name of ours, or raise the SettingError of its first fault."""
    if len(content) > min(MOST_UPLOAD, MOST_BYTES):
        raise SettingError(shown, f"must be at most {MOST_UPLOAD:,} bytes; got {len(content)}")
    text = decode(content, shown)
    try:
        raw = tomllib.loads(text)
    except RecursionError:
        raise SettingError(shown, "must be valid TOML; got brackets nested too deeply") from None
    except ValueError as error:
        raise SettingError(shown, broken(str(error), text)) from None
    if not raw:
        raise SettingError(shown, "must hold settings; got an empty file")
    refuse_odd_values(raw, shown)
    if "city" in raw:
        raise SettingError(f"{shown}, city", "must be left out: the app simulates its own city; got one")
    return replace(scenario_from(raw, name, shown), name=name)
