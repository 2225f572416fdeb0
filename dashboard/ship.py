"""The results that come with the program, so that the first page is never empty: ``make shipped`` writes them anew."""

import sys
from dataclasses import replace
from functools import cache
from pathlib import Path

from dashboard.findings import Findings, basis, findings_of, read_findings, write_findings
from dashboard.service.jobs import FULL, command_of
from experiments.engine import map_tasks, usable_cores
from experiments.experiment import Options, experiments_of, tasks_of
from experiments.run import Task, simulate
from model.profile import Profile
from scenarios.city import read_city
from scenarios.scenario import Scenario, read_scenario, shipped_scenarios

FOLDER = Path(__file__).parent / "shipped"


@cache
def shipped_findings() -> Findings | None:
    """Return the shipped results, or None if this copy of the program has none."""
    return read_findings(FOLDER) if FOLDER.is_dir() else None


def shipped_options(until: int) -> Options:
    """Return how the shipped results are made."""
    return replace(FULL, until=until)


def ship(folder: Path, scenarios: list[Scenario], profile: Profile, options: Options) -> Findings:
    """Simulate the scenarios and write their findings; return them."""
    experiments = experiments_of(scenarios, profile, options)
    jobs, records = usable_cores(), {}
    tasks = [Task(profile, options.scale, group) for group in tasks_of(experiments, jobs=jobs)]
    for _, finished in map_tasks(simulate, tasks, jobs):
        records |= dict(finished)
        show(len(records), len(experiments))
    findings = findings_of(experiments, records, scenarios, profile, options)
    findings.about["basis"] = basis()
    findings.about["command"] = command_of([s.name for s in scenarios], options)
    write_findings(folder, findings)
    return findings


def show(done: int, total: int) -> None:
    """Show on standard error how far the simulation is."""
    print(f"\r{done}/{total}", end="" if done < total else "\n", file=sys.stderr, flush=True)


if __name__ == "__main__":
    stories = [read_scenario(name) for name in shipped_scenarios()]
    ship(FOLDER, stories, read_city(), shipped_options(stories[0].until))
