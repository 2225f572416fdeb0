"""Experiments in Parquet files that are there, readable one at a time in any order."""

from collections import OrderedDict
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from experiments.keep import Record
from experiments.tidy import untidy

MOST_ROWS_HELD = 4_000_000


class Place(NamedTuple):
    """Where the rows of an experiment are: a file, a row group of it, and rows of that."""

    path: Path
    group: int
    start: int
    rows: int


class Saved:
    """The experiments of some files; row groups read last are held in bounded memory."""

    def __init__(self, most_rows: int = MOST_ROWS_HELD) -> None:
        """Hold nothing yet."""
        self.places: dict[str, Place] = {}
        self.most_rows = most_rows
        self.held: OrderedDict[tuple[Path, int], pa.Table] = OrderedDict()

    def add_file(self, path: Path) -> None:
        """Note what a file holds; a missing or torn file holds nothing. The first place of an experiment counts."""
        try:
            found = dict(places_in(path))
        except (OSError, pa.ArrowException):
            return
        for experiment, place in found.items():
            self.places.setdefault(experiment, place)

    def load(self, experiment: str) -> Record | None:
        """Return one experiment's record, or None if it is not there."""
        place = self.places.get(experiment)
        if place is None:
            return None
        return untidy(self.group_of(place).slice(place.start, place.rows))

    def group_of(self, place: Place) -> pa.Table:
        """Return the row group of a place."""
        key = (place.path, place.group)
        if key in self.held:
            self.held.move_to_end(key)
            return self.held[key]
        with pq.ParquetFile(place.path) as file:
            table = file.read_row_group(place.group)
        self.held[key] = table
        while len(self.held) > 1 and sum(map(len, self.held.values())) > self.most_rows:
            self.held.popitem(last=False)
        return table

    def forget(self) -> None:
        """Hold nothing, so that files can be replaced on every system."""
        self.held.clear()


def places_in(path: Path) -> Iterator[tuple[str, Place]]:
    """Yield each experiment of a file with its place, from the one column that names it."""
    with pq.ParquetFile(path) as file:
        for group in range(file.num_row_groups):
            column = file.read_row_group(group, ["experiment"])["experiment"].combine_chunks()
            codes = column.indices.to_numpy()
            starts = np.flatnonzero(np.diff(codes, prepend=-1))
            for start, end in zip(starts, [*starts[1:], len(codes)], strict=True):
                yield column.dictionary[int(codes[start])].as_py(), Place(path, group, int(start), int(end - start))
