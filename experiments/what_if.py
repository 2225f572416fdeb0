"""Settings for a question of the form "what if": levers moved from a month on, rules taken away.

Unlike a scenario, a question may also change the past.
"""

from collections.abc import Mapping
from dataclasses import replace

from model.declare.setting import Settings
from model.profile import Profile
from scenarios.resolve import settings_of
from scenarios.scenario import FIRST_FUTURE, SYSTEMS, Scenario

Path = float | Mapping[int, float]


def what_if(
    profile: Profile,
    moved: Mapping[str, Path] | None = None,
    *,
    start: int = FIRST_FUTURE,
    months: int = FIRST_FUTURE,
    drawn: Mapping[str, float] | None = None,
    forms: Mapping[str, str] | None = None,
    systems: tuple[str, ...] = SYSTEMS,
    coupled: bool = True,
) -> Settings:
    """Return the status quo of a city with some levers moved.

    Args:
        moved: a value from ``start`` on, or values by month index, each holding until the next.
        months: months from 2021-01 to the end. drawn: parameter values that are not the central ones.
        forms: mechanisms that are "off" or have a rival form.
    """
    story = Scenario("what_if", {}, {}, systems=systems, coupled=coupled, forms=dict(forms or {}))
    usual = settings_of(story, profile, drawn, until=months - 1)
    paths = dict(usual.lever_values)
    for key, path in (moved or {}).items():
        steps = path if isinstance(path, Mapping) else {start: path}
        paths[key] = changed(paths[key], steps)
    return replace(usual, lever_values=paths)


def changed(path: tuple[float, ...], steps: Mapping[int, float]) -> tuple[float, ...]:
    """Return a path with each step's value from its month on.

    Expected: ``changed((0, 0, 0), {1: 5, 2: 7}) == (0, 5, 7)``.
    """
    found = list(path)
    for month in sorted(steps):
        found[month:] = [steps[month]] * (len(found) - month)
    return tuple(found)
