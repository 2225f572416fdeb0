"""Run one task: simulate a history once and each experiment's future from it."""

from typing import NamedTuple

import numpy as np

from experiments.engine import tick
from experiments.errors import ExperimentError
from experiments.experiment import Experiment
from model.declare.errors import DeclarationError
from model.profile import Profile
from scenarios.scenario import FIRST_FUTURE


class Task(NamedTuple):
    """A city, its scale, and experiments that share a history."""

    profile: Profile
    scale: float
    experiments: list[Experiment]


class Record(NamedTuple):
    """What one experiment gave: values (months, keys) of (group, outcome) keys."""

    keys: tuple[tuple[str, str], ...]
    first_month: int
    values: np.ndarray


def simulate(task: Task) -> list[tuple[str, Record]]:
    """Return (experiment id, record) of each experiment of the task."""
    found, at = [], task.experiments[0]
    try:
        state = history(task)
        for at in task.experiments:
            found.append((at.id, future(state, at)))
    except DeclarationError as error:
        raise ExperimentError(f"{at.scenario}, draw {at.draw}, replicate {at.replicate}: {error}") from error
    return found


def history(task: Task) -> object:
    """Return the state of the city when the first future month begins."""
    from model.simulation import City

    first = task.experiments[0]
    city = City(task.profile, first.settings, seed=first.luck, scale=task.scale)
    city.run(FIRST_FUTURE)
    tick(FIRST_FUTURE)
    return city.save()


def future(state: object, experiment: Experiment) -> Record:
    """Return the record of one experiment, continued from the history."""
    from model.simulation import City

    city = City.restore(state, experiment.settings)
    city.run(experiment.settings.months)
    tick(experiment.settings.months - FIRST_FUTURE)
    record = city.record
    return Record(tuple(record.keys), int(record.first_month), np.asarray(record.values, dtype=float))


def work_in(tasks: list[Task]) -> int:
    """Return the months to simulate, the unit in which progress is counted."""
    return sum(FIRST_FUTURE + sum(e.settings.months - FIRST_FUTURE for e in task.experiments) for task in tasks)
