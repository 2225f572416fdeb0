"""Records as tidy rows and back: experiment, month, group, outcome, value."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

import numpy as np
import pyarrow as pa

from experiments.keep import Record
from model.declare.setting import month_index

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
CODED = ["experiment", "month", "group", "outcome"]
Named = tuple[str, Record]


def tidy(experiment: str, record: Record) -> pa.Table:
    """Return a record as rows: key by key in the record's order, month by month."""
    return tidy_block([(experiment, record)])


def tidy_block(block: Sequence[Named]) -> pa.Table:
    """Return the rows of records that have the same keys and months, one record after the other."""
    first, many = block[0][1], len(block)
    months, keys = first.values.shape
    groups, group_at = spelled([group for group, _ in first.keys])
    outcomes, outcome_at = spelled([outcome for _, outcome in first.keys])
    return pa.table(
        [
            coded(np.repeat(np.arange(many, dtype=np.int32), months * keys), [name for name, _ in block]),
            coded(np.tile(np.arange(months, dtype=np.int32), keys * many), list(first.months)),
            coded(np.tile(np.repeat(group_at, months), many), groups),
            coded(np.tile(np.repeat(outcome_at, months), many), outcomes),
            pa.array(np.concatenate([np.ascontiguousarray(r.values.T).ravel() for _, r in block])),
        ],
        schema=SCHEMA,
    )


def blocks(records: Iterable[Named], most_rows: int) -> Iterator[list[Named]]:
    """Gather neighbours of the same keys and months until they have ``most_rows`` rows or more."""
    block: list[Named] = []
    for name, record in records:
        if block and (block[0][1].keys != record.keys or block[0][1].months != record.months):
            yield block
            block = []
        block.append((name, record))
        if len(block) * record.values.size >= most_rows:
            yield block
            block = []
    if block:
        yield block


def untidy(table: pa.Table) -> Record:
    """Return the record whose rows these are."""
    labels = tuple(table["month"].slice(0, months_in(table)).to_pylist())
    keys = tuple(zip(every(table, "group", len(labels)), every(table, "outcome", len(labels)), strict=True))
    values = np.ascontiguousarray(table["value"].to_numpy().reshape(len(keys), len(labels)).T)
    if are_months(labels):
        return Record(keys, month_index(labels[0]), values)
    return Record(keys, 0, values, labels)


def months_in(table: pa.Table) -> int:
    """Return how many months each key has."""
    return len(table["month"].unique())


def are_months(labels: Sequence[str]) -> bool:
    """Tell whether labels are successive months, and nothing else."""
    try:
        indices = [month_index(label) for label in labels]
    except ValueError:
        return False
    return all(b == a + 1 for a, b in pairwise(indices))


def every(table: pa.Table, name: str, step: int) -> list[str]:
    """Return every ``step``-th text of a column."""
    return table[name].take(pa.array(np.arange(0, len(table), step))).to_pylist()


def spelled(names: list[str]) -> tuple[list[str], np.ndarray]:
    """Return the different names in order of first use, and each name's place among them."""
    different = {name: place for place, name in enumerate(dict.fromkeys(names))}
    return list(different), np.array([different[n] for n in names], dtype=np.int32)


def coded(codes: np.ndarray, names: list[str]) -> pa.DictionaryArray:
    """Return a dictionary-encoded column."""
    return pa.DictionaryArray.from_arrays(pa.array(codes), pa.array(names, pa.string()))
