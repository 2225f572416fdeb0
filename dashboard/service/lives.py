"""The life of one agent in several scenarios: every change of its state, with the mechanism that made it."""

import json
import os
import shutil
from pathlib import Path

from dashboard.service.jobs import LifeJob
from experiments.experiment import Options, numbered_draws
from model.declare.draws import luck
from scenarios.resolve import settings_of
from scenarios.scenario import Scenario

FILE = "lives.json"


def write_lives(to: Path, job: LifeJob) -> None:
    """Simulate the scenarios with the agent watched, and write what happened, the folder whole or not at all."""
    lives, rows = {}, 0
    for scenario in job.scenarios:
        lives[scenario.name], rows = live(job, scenario)
    beside = to.with_name(f"{to.name}.{os.getpid()}.partial")
    shutil.rmtree(beside, ignore_errors=True)
    beside.mkdir(parents=True)
    text = json.dumps({"kind": job.kind, "row": job.row, "rows": rows, "lives": lives})
    (beside / FILE).write_text(text, encoding="utf-8")
    shutil.rmtree(to, ignore_errors=True)
    beside.rename(to)


def live(job: LifeJob, scenario: Scenario) -> tuple[list, int]:
    """Return every change of the agent (month, mechanism, column, before, after), and how many agents there are.

    The same numbers as ``run_sim.py trace``: central parameter values, the luck of the seed.
    """
    from model.simulation import City

    number, drawn = numbered_draws(Options(job.options.until))[0]
    settings = settings_of(scenario, job.profile, drawn, job.options.until)
    chance = luck(job.options.seed, number, 0)
    city = City(job.profile, settings, seed=chance, scale=job.options.scale, watch=(job.kind, 0))
    rows = city.tables[job.kind].n
    city.watch = (job.kind, min(job.row, rows - 1))
    city.log.clear()
    city.run(settings.months)
    return [list(change) for change in city.log], rows


def read_lives(folder: Path) -> dict:
    """Return what was written."""
    return json.loads((folder / FILE).read_text(encoding="utf-8"))
