"""Turn a scenario, a city and one set of parameter values into settings by month."""

from collections.abc import Mapping

from model.declare.setting import Settings, levers, parameters
from model.profile import Profile
from scenarios.path import Step, values_by_month
from scenarios.scenario import FIRST_FUTURE, Scenario


def settings_of(
    scenario: Scenario, profile: Profile, drawn: Mapping[str, float] | None = None, until: int = 0
) -> Settings:
    """Return the settings of one run.

    Args:
        drawn: parameter values of a draw; the central values where it has none.
        until: last month, as an index; the scenario's own if 0.
    """
    months = (until or scenario.until) + 1
    return Settings(
        lever_values=lever_values(scenario, profile, months),
        parameter_values=parameter_values(scenario, profile, drawn or {}),
        months=months,
        systems=scenario.systems,
        coupled=scenario.coupled,
        forms=dict(scenario.forms),
    )


def lever_values(scenario: Scenario, profile: Profile, months: int) -> dict[str, tuple[float, ...]]:
    """Return each lever's value by month: the city's history, then the scenario's path."""
    return {key: lever_path(scenario, profile, key, months) for key in levers()}


def lever_path(scenario: Scenario, profile: Profile, key: str, months: int) -> tuple[float, ...]:
    """Return one lever's value by month."""
    usual = profile.status_quo.get(key, levers()[key].default)
    past = values_by_month(history_steps(profile, key), usual, 0, FIRST_FUTURE)
    future = values_by_month(scenario.levers.get(key, ()), usual, FIRST_FUTURE, months)
    return tuple(past + future)


def history_steps(profile: Profile, key: str) -> tuple[Step, ...]:
    """Return the dated values of a lever before the first future month."""
    return tuple(
        Step(entry["from"], entry["value"], entry.get("ramp_months", 0)) for entry in profile.history.get(key, ())
    )


def parameter_values(scenario: Scenario, profile: Profile, drawn: Mapping[str, float]) -> dict[str, float]:
    """Return every parameter: the scenario's value, or the city's, or the draw's, or the usual."""
    central = {key: parameter.value for key, parameter in parameters().items()}
    return {**central, **drawn, **profile.assumptions, **scenario.parameters}
