"""The two result tables as Parquet: a row an experiment, and a row a value."""

import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from experiments.atomic import whole_file
from experiments.experiment import Experiment
from experiments.keep import Record
from model.declare.setting import Settings, levers, month_index, month_name
from scenarios.scenario import FIRST_FUTURE

EXPERIMENTS, OUTCOMES = "experiments.parquet", "outcomes.parquet"
NAMES = pa.dictionary(pa.int32(), pa.string())
SCHEMA = pa.schema(
    [
        ("experiment", NAMES),
        ("month", NAMES),
        ("group", NAMES),
        ("outcome", NAMES),
        ("value", pa.float64()),
    ]
)
COMPRESSION = "zstd"


def write_outcomes(path: Path, ids: Sequence[str], load: Callable[[str], Record]) -> int:
    """Stream every experiment's values into one file, a row group each; return the rows written."""
    rows = 0
    with whole_file(path) as beside:
        writer = pq.ParquetWriter(
            beside,
            SCHEMA,
            compression=COMPRESSION,
            use_dictionary=["experiment", "month", "group", "outcome"],
            use_byte_stream_split=["value"],
        )
        with writer:
            for key in ids:
                table = tidy(key, load(key))
                writer.write_table(table, row_group_size=max(len(table), 1))
                rows += len(table)
    return rows


def tidy(experiment: str, record: Record) -> pa.Table:
    """Return a record as rows: key by key in the record's order, month by month."""
    months, keys = record.values.shape
    names = [month_name(record.first_month + m) for m in range(months)]
    groups, group_at = spelled([group for group, _ in record.keys])
    outcomes, outcome_at = spelled([outcome for _, outcome in record.keys])
    return pa.table(
        [
            coded(np.zeros(months * keys, np.int32), [experiment]),
            coded(np.tile(np.arange(months, dtype=np.int32), keys), names),
            coded(np.repeat(group_at, months), groups),
            coded(np.repeat(outcome_at, months), outcomes),
            pa.array(np.ascontiguousarray(record.values.T).ravel()),
        ],
        schema=SCHEMA,
    )


def spelled(names: list[str]) -> tuple[list[str], np.ndarray]:
    """Return the different names in order of first use, and each name's place among them."""
    different = {name: place for place, name in enumerate(dict.fromkeys(names))}
    return list(different), np.array([different[n] for n in names], dtype=np.int32)


def coded(codes: np.ndarray, names: list[str]) -> pa.DictionaryArray:
    """Return a dictionary-encoded column."""
    return pa.DictionaryArray.from_arrays(pa.array(codes), pa.array(names, pa.string()))


class SavedOutcomes:
    """The experiments in an outcomes file that is there, readable one at a time."""

    def __init__(self, path: Path | None) -> None:
        """Index the row groups by experiment; a missing or torn file holds none."""
        self.places: dict[str, int] = {}
        self.file: pq.ParquetFile | None = None
        if path is None:
            return
        try:
            self.file = pq.ParquetFile(path)
            for place in range(self.file.num_row_groups):
                found = self.file.read_row_group(place, ["experiment"])[0].unique().to_pylist()
                if len(found) == 1:
                    self.places[found[0]] = place
        except (OSError, pa.ArrowException):
            self.places = {}

    def load(self, experiment: str) -> Record | None:
        """Return one experiment's record, or None if it is not there."""
        if experiment not in self.places:
            return None
        table = self.file.read_row_group(self.places[experiment])
        return untidy(table)

    def close(self) -> None:
        """Let go of the file, so that it can be replaced on every system."""
        if self.file:
            self.file.close()


def untidy(table: pa.Table) -> Record:
    """Return the record that ``tidy`` made a table of."""
    months = len(table["month"].unique())
    keys = tuple(zip(every(table, "group", months), every(table, "outcome", months), strict=True))
    values = table["value"].to_numpy().reshape(len(keys), months).T
    return Record(keys, month_index(table["month"][0].as_py()), np.ascontiguousarray(values))


def every(table: pa.Table, name: str, step: int) -> list[str]:
    """Return every ``step``-th text of a column."""
    return table[name].take(pa.array(np.arange(0, len(table), step))).to_pylist()


def write_experiments(path: Path, experiments: Sequence[Experiment], about: dict) -> None:
    """Write a row an experiment; ``about`` is what all of them share."""
    rows = [experiment_row(e, about) for e in experiments]
    with whole_file(path) as beside:
        pq.write_table(pa.Table.from_pylist(rows), beside, compression=COMPRESSION)


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
