"""Measure a sweep on its first few runs, to say how long and how large the whole will be."""

import time
from collections.abc import Container
from contextlib import suppress
from typing import NamedTuple

from experiments.run import Finished, attempt, past
from experiments.sweep import Sweep

RUNS = 3
SECONDS_A_TASK = 3.0
MOST_IN_TASK = 200
BYTES_A_VALUE, BYTES_A_RUN = 9, 150


class Measured(NamedTuple):
    """Seconds of a history and of a future, values kept of a run, and the runs that were made for it."""

    history: float
    future: float
    values: float
    found: list[Finished]


class Estimate(NamedTuple):
    """What a sweep will take."""

    experiments: int
    histories: int
    seconds: float
    bytes: float


def measure(sweep: Sweep, wanted: Container[str]) -> Measured:
    """Run the first few of the experiments that are wanted, here and now."""
    import model.simulation  # noqa: F401  (so that loading it does not count)

    seconds, found = [], []
    for task in sweep.tasks(wanted, RUNS):
        began = time.monotonic()
        with suppress(Exception):
            past(task)
        branched = time.monotonic()
        ended = attempt(task)
        seconds.append((branched - began, time.monotonic() - branched))
        found += ended
        if len(found) >= RUNS:
            break
    kept = [f.record.values.size for f in found if f.record is not None]
    history, future = (sum(times) for times in zip(*seconds, strict=True))
    return Measured(history / len(seconds), future / len(found), sum(kept) / max(len(kept), 1), found)


def estimate(sweep: Sweep, wanted: set[str], measured: Measured, jobs: int) -> Estimate:
    """Return what the experiments that are wanted will take with so many workers."""
    histories, n = sweep.histories(wanted), len(wanted)
    sharing = min(jobs, max(1, -(-n // (histories * task_size(measured, n, jobs)))))
    seconds = (histories * sharing * measured.history + n * measured.future) / jobs
    return Estimate(n, histories, seconds, n * (measured.values * BYTES_A_VALUE + BYTES_A_RUN))


def task_size(measured: Measured, experiments: int, jobs: int) -> int:
    """Return how many experiments to send at a time: some seconds of work, and some tasks for every worker."""
    size = min(MOST_IN_TASK, round(SECONDS_A_TASK / max(measured.future, 1e-6)))
    return max(1, min(size, -(-experiments // (4 * jobs))))
