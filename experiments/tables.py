"""The two result tables as Parquet: a row an experiment, and a row a value."""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from experiments.atomic import whole_file
from experiments.experiment import Experiment
from experiments.keep import Record
from experiments.parts import COMPRESSION, GROUP_ROWS, writer_for
from experiments.tidy import blocks, tidy_block
from model.declare.setting import Settings, levers, month_name
from scenarios.scenario import FIRST_FUTURE

EXPERIMENTS, OUTCOMES = "experiments.parquet", "outcomes.parquet"
ROWS_AT_ONCE = 500


def write_outcomes(path: Path, ids: Iterable[str], load: Callable[[str], Record | None]) -> int:
    """Stream the values of all experiments that have some into one file; return the rows written."""
    rows = 0
    found = ((key, record) for key in ids if (record := load(key)) is not None)
    with whole_file(path) as beside, writer_for(beside) as writer:
        for block in blocks(found, GROUP_ROWS):
            table = tidy_block(block)
            writer.write_table(table, row_group_size=max(len(table), 1))
            rows += len(table)
    return rows


def failures_in(folder: Path) -> dict[str, str]:
    """Return the error of each experiment in the finished tables that failed."""
    try:
        table = pq.read_table(folder / EXPERIMENTS, columns=["experiment", "error"], filters=[("error", "!=", "")])
    except (OSError, pa.ArrowException):
        return {}
    return dict(zip(table["experiment"].to_pylist(), table["error"].to_pylist(), strict=True))


def write_experiments(path: Path, experiments: Sequence[Experiment], about: dict) -> None:
    """Write a row an experiment; ``about`` is what all of them share."""
    write_rows(path, (experiment_row(e, about) for e in experiments))


def write_rows(path: Path, rows: Iterable[dict]) -> None:
    """Stream rows of the same columns into a file."""
    rows = iter(rows)
    first = pa.Table.from_pylist(list(islice(rows, ROWS_AT_ONCE)))
    with whole_file(path) as beside, pq.ParquetWriter(beside, first.schema, compression=COMPRESSION) as writer:
        writer.write_table(first)
        while more := list(islice(rows, ROWS_AT_ONCE)):
            writer.write_table(pa.Table.from_pylist(more, schema=first.schema))


def experiment_row(e: Experiment, about: dict) -> dict:
    """Return one experiment as a row: who it is, then each setting's value in the last month."""
    s = e.settings
    return {
        "experiment": e.id,
        "scenario": e.scenario,
        "draw": e.draw,
        "replicate": e.replicate,
        "seed": e.seed,
        "luck": str(e.luck),
        "against": e.against,
        **about,
        "until": month_name(s.months - 1),
        "systems": " ".join(s.systems),
        "coupled": s.coupled,
        "mechanisms": json.dumps(s.forms, sort_keys=True),
        "lever_paths": json.dumps(dict(paths(s))),
        **{key: last_value(s, key) for key in s.lever_values},
        **s.parameter_values,
    }


def last_value(settings: Settings, key: str) -> float | str:
    """Return a lever's value in the last month; a month as YYYY-MM or none."""
    value, lever = settings.lever_values[key][-1], levers()[key]
    return lever.show(value) if lever.kind == "month" else value


def paths(settings: Settings) -> Iterator[tuple[str, list]]:
    """Yield the levers that change in the future, with the months and values of their changes."""
    for key, values in settings.lever_values.items():
        changes = [
            [month_name(m), values[m]]
            for m in range(FIRST_FUTURE, len(values))
            if m == FIRST_FUTURE or values[m] != values[m - 1]
        ]
        if len(changes) > 1:
            yield key, changes
