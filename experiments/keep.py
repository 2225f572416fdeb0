"""The record of an experiment, and how much of it to keep when there are very many."""

from typing import NamedTuple

import numpy as np

from model.declare.setting import month_name

LAST_MONTHS = 12
EVERY, MEAN, BOTH = "every", "mean", "both"
LOOKS = (MEAN, EVERY, BOTH)


class Record(NamedTuple):
    """What one experiment gave: values (months, keys) of (group, outcome) keys.

    ``labels`` names the rows when they are not the months from ``first_month`` on.
    """

    keys: tuple[tuple[str, str], ...]
    first_month: int
    values: np.ndarray
    labels: tuple[str, ...] = ()

    @property
    def months(self) -> tuple[str, ...]:
        """The name of each row: YYYY-MM, or ``last12`` for the mean of the last twelve months."""
        return self.labels or tuple(month_name(self.first_month + m) for m in range(len(self.values)))


class Keep(NamedTuple):
    """The outcomes, groups and months to keep: future months, their late mean, or both."""

    outcomes: tuple[str, ...]
    groups: tuple[str, ...] = ("city",)
    months: str = MEAN

    def part_of(self, record: Record, first_future: int) -> Record:
        """Return the part of a record that is to be kept; its last rows are the newest."""
        wanted = {outcome: place for place, outcome in enumerate(self.outcomes)}
        at = [k for k, (group, o) in enumerate(record.keys) if o in wanted and self.has_group(group)]
        at.sort(key=lambda k: (wanted[record.keys[k][1]], k))
        start = first_future - record.first_month
        future = record.values[start:, at]
        late = future[-LAST_MONTHS:]
        rows, labels = [], []
        if self.months in (EVERY, BOTH):
            rows, labels = [future], [month_name(first_future + m) for m in range(len(future))]
        if self.months in (MEAN, BOTH):
            rows, labels = [*rows, late.mean(axis=0, keepdims=True)], [*labels, f"last{len(late)}"]
        keys = tuple(record.keys[k] for k in at)
        return Record(keys, first_future, np.concatenate(rows), tuple(labels))

    def has_group(self, group: str) -> bool:
        """Tell whether a group is wanted; ``district`` stands for every district."""
        return group in self.groups or group.partition(":")[0] in self.groups
