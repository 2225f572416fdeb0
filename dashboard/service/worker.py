"""What a worker process does: one run from a history that it may still hold, and the findings of a finished job."""

from collections import OrderedDict
from pathlib import Path
from typing import NamedTuple

import numpy as np

from dashboard.findings import findings_of, write_findings
from dashboard.service.cache import PARTS
from dashboard.service.jobs import Job, LifeJob
from dashboard.service.lives import write_lives
from dashboard.service.records import load_record, save_record
from dashboard.service.tables import write_results
from experiments.experiment import Experiment, city_digest, history_key
from experiments.keep import Record
from model.profile import Profile
from scenarios.scenario import FIRST_FUTURE

MOST_ROWS = 3_000_000
_histories: OrderedDict[tuple, object] = OrderedDict()


class Stopped(Exception):
    """The work was asked to stop."""


class Piece(NamedTuple):
    """One run to make."""

    profile: Profile
    scale: float
    experiment: Experiment


def simulate_piece(piece: Piece, folder: Path, flag: Path) -> bool:
    """Simulate one run and keep its record in the cache; return False if it was asked to stop before the end."""
    try:
        save_record(part_of(folder, piece.experiment.id), record_of(piece, flag))
    except Stopped:
        return False
    return True


def part_of(folder: Path, experiment: str) -> Path:
    """Return where one run's record is kept."""
    return folder / PARTS / f"{experiment}.npz"


def record_of(piece: Piece, flag: Path) -> Record:
    """Return the record of one run, made from a history that is held or made now."""
    from model.simulation import City

    city = City.restore(history_of(piece, flag), piece.experiment.settings)
    advance(city, piece.experiment.settings.months, flag)
    record = city.record
    return Record(tuple(record.keys), int(record.first_month), np.asarray(record.values, dtype=float))


def history_of(piece: Piece, flag: Path) -> object:
    """Return the state when the first future month begins; the latest few are held."""
    from model.simulation import City

    key = (city_digest(piece.profile), piece.scale, history_key(piece.experiment))
    if key not in _histories:
        city = City(piece.profile, piece.experiment.settings, seed=piece.experiment.luck, scale=piece.scale)
        advance(city, FIRST_FUTURE, flag)
        _histories[key] = city.save()
        let_go()
    _histories.move_to_end(key)
    return _histories[key]


def let_go() -> None:
    """Drop the histories that were not used for longest until few enough rows are held, the newest in any case."""
    while len(_histories) > 1 and sum(map(rows_in, _histories.values())) > MOST_ROWS:
        _histories.popitem(last=False)


def rows_in(state: object) -> int:
    """Return the number of rows of a state's tables, which its memory follows."""
    return sum(table.n for table in state.tables.values())


def advance(city: object, until: int, flag: Path) -> None:
    """Run month by month; whoever asks to stop waits for a month at most."""
    for month in range(city.month, until):
        if flag.exists():
            raise Stopped
        city.run(month + 1)


def conclude(job: Job | LifeJob, folder: Path, to: Path) -> None:
    """Write the findings of a job whose runs are all in the cache, or its full results, or lives."""
    if isinstance(job, LifeJob):
        write_lives(to, job)
        return
    records = {e.id: load_record(part_of(folder, e.id)) for e in job.experiments}
    missing = [key for key, record in records.items() if record is None]
    if missing:
        raise FileNotFoundError(f"{PARTS}/{missing[0]}")
    if job.tables:
        write_results(to, job, records)
    else:
        write_findings(to, findings_of(job.experiments, records, job.scenarios, job.profile, job.options))
