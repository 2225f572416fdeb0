"""Say whether a file from a planner can be used, and what it holds."""

from pathlib import Path

from calibration.target import KEYS as TARGET_KEYS
from calibration.target import targets_from
from console.words import say
from experiments.design import Design, design_from, is_design
from model.declare.errors import SettingError
from model.declare.setting import month_name
from scenarios.city import KEYS as CITY_KEYS
from scenarios.city import city_from
from scenarios.reader import name_of, read_toml
from scenarios.scenario import KEYS as SCENARIO_KEYS
from scenarios.scenario import scenario_from


def check(given: str, lang: str) -> str:
    """Return one line on a valid file; raise the SettingError of the first fault of another."""
    path = Path(given)
    shown = path.as_posix()
    raw = read_toml(path)
    name = name_of(path, shown)
    if set(raw) & set(TARGET_KEYS):
        return check_targets(raw, shown, lang)
    if is_design(raw):
        return check_design(design_from(raw, name, shown, path.parent), shown, lang)
    if looks_like_city(raw, shown):
        return check_city(raw, shown, lang)
    scenario = scenario_from(raw, name, shown, path.parent)
    return say(
        "check.scenario",
        lang,
        file=shown,
        levers=len(scenario.levers),
        until=month_name(scenario.until),
        parameters=len(scenario.parameters),
        mechanisms=len(scenario.forms),
    )


def looks_like_city(raw: dict, shown: str) -> bool:
    """Tell a city profile from a scenario by the keys that only one of them has."""
    city = set(raw) & (set(CITY_KEYS) - set(SCENARIO_KEYS))
    scenario = set(raw) & (set(SCENARIO_KEYS) - set(CITY_KEYS))
    if city and scenario:
        raise SettingError(
            shown,
            "must be a scenario ([levers] …) or a city profile ([values] …); "
            f"got keys of both ('{min(scenario)}', '{min(city)}')",
        )
    return bool(city)


def check_design(design: Design, shown: str, lang: str) -> str:
    """Return one line on a valid design."""
    runs = max(design.draws, 1) * design.replicates
    return say(
        "check.design",
        lang,
        file=shown,
        method=design.method,
        settings=len(design.varied),
        points=design.count,
        total=design.count * runs,
    )


def check_city(raw: dict, shown: str, lang: str) -> str:
    """Return one line on a valid city profile."""
    profile = city_from(raw, shown)
    assumed = sum(status == "assumption" for _, status in profile.provenance.values())
    return say(
        "check.city",
        lang,
        file=shown,
        figures=len(profile.provenance),
        districts=len(profile.districts),
        history=len(profile.history),
        assumptions=assumed,
    )


def check_targets(raw: dict, shown: str, lang: str) -> str:
    """Return one line on a valid file of targets."""
    found = targets_from(raw, shown)
    return say("check.targets", lang, file=shown, targets=len(found.targets), without=len(found.without))
