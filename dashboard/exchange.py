"""Scenario files into the app. A stranger's file is data only: bounded, strict, with no path in it."""

import tomllib
from dataclasses import replace

from model.declare.errors import SettingError
from scenarios.reader import MOST_BYTES, broken, decode, refuse_odd_values
from scenarios.scenario import Scenario, scenario_from

MOST_UPLOAD = 100_000


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
