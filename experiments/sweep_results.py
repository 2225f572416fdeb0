"""Write the tables of a sweep: a row an experiment, the values kept of it, and a summary by point."""

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import numpy as np

from experiments.atomic import write_text
from experiments.folder import SUMMARY
from experiments.keep import Record
from experiments.results import replace_outcomes
from experiments.store import Store
from experiments.summary import CITY, Row, as_csv, level
from experiments.sweep import Sweep, name_of
from experiments.tables import EXPERIMENTS, write_rows


class Ends(NamedTuple):
    """The last kept value of the city's outcomes by experiment; ``month`` says what it is of."""

    outcomes: tuple[str, ...]
    month: str
    values: dict[str, np.ndarray]


def write_sweep(store: Store, sweep: Sweep) -> tuple[Ends, int]:
    """Write both tables and the summary; return what the summary is of, and the number of rows of outcomes."""
    values: dict[str, np.ndarray] = {}
    first: list[Record] = []

    def load(key: str) -> Record | None:
        record = store.load(key)
        if record is not None:
            first.extend([] if first else [record])
            values[key] = record.values[-1, of_city(record)]
        return record

    rows = replace_outcomes(store, [p.id for p in sweep.planned], load)
    write_rows(store.folder / EXPERIMENTS, sweep.rows(lambda key: store.failed.get(key, "")))
    keys = [first[0].keys[k][1] for k in of_city(first[0])] if first else []
    ends = Ends(tuple(keys), first[0].months[-1] if first else "", values)
    write_text(store.folder / SUMMARY, as_csv(summary(sweep, ends)))
    return ends, rows


def of_city(record: Record) -> list[int]:
    """Return the places of the city's outcomes."""
    return [k for k, (group, _) in enumerate(record.keys) if group == CITY]


def summary(sweep: Sweep, ends: Ends) -> Iterable[Row]:
    """Yield a row an outcome for each point, over its draws and replicates."""
    for i, runs in enumerate(runs_of(sweep, ends)):
        for outcome, values in zip(ends.outcomes, runs.T, strict=True):
            yield Row(name_of(i), outcome, ends.month, *level(values))


def runs_of(sweep: Sweep, ends: Ends) -> list[np.ndarray]:
    """Return the values of each point's runs that ended well, (runs, outcomes)."""
    runs: list[list[np.ndarray]] = [[] for _ in sweep.points]
    for planned in sweep.planned:
        if planned.id in ends.values:
            runs[planned.point].append(ends.values[planned.id])
    return [np.array(found).reshape(-1, len(ends.outcomes)) for found in runs]


def means_by_point(sweep: Sweep, ends: Ends) -> np.ndarray:
    """Return the mean of each outcome at each point, (points, outcomes); NaN where every run failed."""
    nothing = np.full(len(ends.outcomes), np.nan)
    return np.array([runs.mean(axis=0) if len(runs) else nothing for runs in runs_of(sweep, ends)])


def settings_by_point(sweep: Sweep) -> dict[str, tuple[np.ndarray, tuple[str, ...]]]:
    """Return each varied setting's value at each point; for one that is no number, its place among named values."""
    found = {}
    for k, varied in enumerate(sweep.design.varied):
        values = [varied.show(point[k]) for point in sweep.points]
        if isinstance(values[0], str):
            names = tuple(dict.fromkeys([*map(varied.show, varied.values), *values]))
            found[varied.name] = np.array([names.index(v) for v in values], float), tuple(Path(n).stem for n in names)
        else:
            found[varied.name] = np.array(values, float), ()
    return found
