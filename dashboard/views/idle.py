"""Levers that change nothing, and why: what can be told without a run, and what only a run can tell."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from dashboard.findings import Findings
from dashboard.views.levers import at_rest, status_quo
from model.declare.setting import levers
from model.profile import Profile
from scenarios.scenario import Scenario


def reason(scenario: Scenario, lever_id: str, profile: Profile) -> str:
    """Return why a lever of a scenario cannot change anything, as the end of a text's name; empty if it may.

    The reasons: ``late`` (it moves after the last month), ``rest`` (it stays at the status quo), ``system`` (its
    system is not simulated).
    """
    lever, steps = levers()[lever_id], scenario.levers.get(lever_id, ())
    if lever.system not in scenario.systems:
        return "system"
    if not steps or at_rest(steps, status_quo(lever, profile)):
        return "rest"
    return "late" if lever.kind != "month" and steps[0].month > scenario.until else ""


def alone(scenario: Scenario) -> dict[str, Scenario]:
    """Return, for each lever of a scenario, the scenario with that lever only."""
    return {
        key: replace(scenario, name=f"{scenario.name}-only-{key}", levers={key: path})
        for key, path in scenario.levers.items()
    }


def changed_nothing(findings: Findings, name: str) -> bool:
    """Tell whether a scenario is equal to its reference in every run, month and outcome of the city."""
    table = findings.paths[findings.paths["scenario"] == name]
    if len(table) == 0 or findings.about["against"][name] == name:
        return False
    columns = table[["diff_p05", "diff_p50", "diff_p95"]].to_numpy()
    return bool(np.nan_to_num(columns).any() == 0)


def nothing_at_all(findings: Mapping[str, Findings]) -> list[str]:
    """Return the levers whose scenario alone changed nothing."""
    return [key for key, found in findings.items() if changed_nothing(found, found.scenarios[-1])]
