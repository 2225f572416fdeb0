"""Run one task: simulate a history once and each experiment's future from it."""

import gc
import time
from collections import OrderedDict
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from experiments.engine import Engine, tick
from experiments.errors import ExperimentError, RunError
from experiments.experiment import Experiment, city_digest, history_key
from experiments.keep import Keep, Record
from model.declare.draws import KeptDraws
from model.declare.errors import DeclarationError
from model.profile import Profile
from scenarios.scenario import FIRST_FUTURE

MOST_KEPT_BYTES = 256_000_000
COLLECT_SECONDS = 2.0


class Task(NamedTuple):
    """A city, its scale, and experiments that share a history; ``keep`` says what to keep of each."""

    profile: Profile
    scale: float
    experiments: list[Experiment]
    keep: Keep | None = None


class Finished(NamedTuple):
    """An experiment that has ended: with its record, or with the error that stopped it."""

    experiment: str
    record: Record | None
    error: str = ""


class Histories:
    """The states at the end of the latest histories, kept by a worker while they fit in bounded memory."""

    def __init__(self, most_bytes: int = MOST_KEPT_BYTES) -> None:
        """Keep nothing yet."""
        self.most_bytes, self.states = most_bytes, OrderedDict()

    def of(self, task: Task) -> object:
        """Return the state of a task's history; simulate it if it is not here."""
        key = (city_digest(task.profile), task.scale, history_key(task.experiments[0]))
        if key in self.states:
            self.states.move_to_end(key)
            tick(FIRST_FUTURE)
        else:
            state = history(task)
            self.states[key] = (state, bytes_of(state))
            while len(self.states) > 1 and sum(size for _, size in self.states.values()) > self.most_bytes:
                self.states.popitem(last=False)
        return self.states[key][0]


def bytes_of(state: object) -> int:
    """Return about how much memory a state takes."""
    return sum(column.nbytes for table in state.tables.values() for column in table.columns.values())


class Ended:
    """Frees cities that have ended, now and then.

    Model and agents refer to each other, and large arrays do not hasten Python's own collection; but a collection after
    every task would take as long as a small run.
    """

    def __init__(self) -> None:
        """Start the clock."""
        self.freed = time.monotonic()

    def free(self) -> None:
        """Free what has ended, unless that was done a moment ago."""
        if time.monotonic() - self.freed >= COLLECT_SECONDS:
            gc.collect()
            self.freed = time.monotonic()


_histories, _ended = Histories(), Ended()


def run_all(engine: Engine, tasks: Iterable[Task], progress: object = None) -> Iterator[Finished]:
    """Yield every experiment of the tasks as it ends, wherever it runs; a failure ends one experiment, not the rest.

    Stop early by closing it (``contextlib.closing``): what has not begun is called back.
    """
    with closing(engine.map(attempt, tasks, progress)) as results:
        for task, found, error in results:
            if error is None:
                yield from found
            else:
                yield from (Finished(e.id, None, one_line(error)) for e in task.experiments)


def attempt(task: Task) -> list[Finished]:
    """Return each experiment of the task with its record or its error."""
    try:
        state = past(task)
    except Exception as error:
        return [Finished(e.id, None, failure(e, error)) for e in task.experiments]
    if len(task.experiments) > 1:
        state = replace(state, draws=KeptDraws(state.seed))
    found = [tried(state, e, task.keep) for e in task.experiments]
    _ended.free()
    return found


def past(task: Task) -> object:
    """Return the state at the end of a task's history, from memory if this process has it."""
    return _histories.of(task)


def tried(state: object, experiment: Experiment, keep: Keep | None) -> Finished:
    """Return one experiment with its record or its error."""
    try:
        record = future(state, experiment)
        return Finished(experiment.id, keep.part_of(record, FIRST_FUTURE) if keep else record)
    except Exception as error:
        return Finished(experiment.id, None, failure(experiment, error))


def failure(experiment: Experiment, error: Exception) -> str:
    """Return one line on what stopped an experiment."""
    return f"{experiment.scenario}, draw {experiment.draw}, replicate {experiment.replicate}: {one_line(error)}"


def one_line(error: Exception) -> str:
    """Return an error as one line; the kind too unless the sentence is ours."""
    text = " ".join(str(error).split())
    ours = isinstance(error, DeclarationError | RunError) and text
    return text if ours else f"{type(error).__name__}: {text}".rstrip(": ")


def simulate(task: Task) -> list[tuple[str, Record]]:
    """Return (experiment id, record) of each experiment of the task; the first failure is raised."""
    found = attempt(task)
    for _, _, error in found:
        if error:
            raise ExperimentError(error)
    return [(key, record) for key, record, _ in found]


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
