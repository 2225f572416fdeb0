"""The two relations between entities: look up (by pointer) and sum up (by group)."""

import numpy as np

# Keeps a division by what may be nothing finite; what is really nothing is dealt with beside it.
ALMOST_NONE = 1e-9


def look_up(values: np.ndarray, pointer: np.ndarray) -> np.ndarray:
    """Return each row's value at its pointer; rows that point to no one get 0."""
    found = values.take(pointer, mode="clip")
    missing = pointer < 0
    if missing.any():
        found = np.where(missing, np.zeros((), found.dtype), found)
    return found


def sum_up(values: np.ndarray, pointer: np.ndarray, groups: int) -> np.ndarray:
    """Return the sum of ``values`` in each of ``groups`` groups (shape (groups,)).

    Rows that point to no one are left out.
    """
    if pointer.size and pointer.min() < 0:
        return np.bincount(pointer + 1, weights=values, minlength=groups + 1)[1:]
    return np.bincount(pointer, weights=values, minlength=groups)


class Grouping:
    """Rows that point to the groups of one pointer array, with their weights; made once, used often.

    Rows that point to no one or weigh nothing are left out. Rows that lie group by group are summed
    block by block, which is several times faster.
    """

    __slots__ = ("_count", "blocks", "groups", "pointer", "present", "rows", "size", "weight")

    def __init__(self, pointer: np.ndarray, weight: np.ndarray | None, groups: int, lasting: bool = True) -> None:
        """Find the rows and, where the pointer lasts, the blocks that lie together."""
        inside = pointer >= 0 if weight is None else (pointer >= 0) & (weight > 0)
        self.groups, self.rows = groups, as_slice(np.flatnonzero(inside))
        self.pointer = pointer[self.rows]
        self.weight = 1.0 if weight is None else weight[self.rows]
        if weight is not None and self.weight.size and (self.weight == self.weight[0]).all():
            self.weight = float(self.weight[0])
        self.blocks = None
        if lasting and self.pointer.size and (np.diff(self.pointer) >= 0).all():
            self.present, self.blocks = np.unique(self.pointer, return_index=True)
        self.size, self._count = pointer.size, None

    @property
    def count(self) -> np.ndarray:
        """The weighted number of rows in each group."""
        if self._count is None:
            self._count = self.sum(np.ones(self.size))
        return self._count

    def sum(self, values: np.ndarray) -> np.ndarray:
        """Return the weighted sum of one value a row in each group (shape (groups,), double precision)."""
        values = values[self.rows]
        scalar = isinstance(self.weight, float)
        if not scalar:
            values = values * self.weight
        if self.blocks is None:
            total = np.bincount(self.pointer, values, self.groups)
        else:
            total = np.zeros(self.groups)
            total[self.present] = np.add.reduceat(values, self.blocks, dtype=float)
        return total * self.weight if scalar else total


def as_slice(rows: np.ndarray) -> np.ndarray | slice:
    """Return row numbers as a slice when they follow each other."""
    if rows.size and rows[-1] - rows[0] + 1 == rows.size:
        return slice(int(rows[0]), int(rows[-1]) + 1)
    return rows


def rank_in_group(group: np.ndarray, key: np.ndarray, takes_part: np.ndarray) -> np.ndarray:
    """Return the place (0 = lowest key) of each taking-part row within its group; others get a big number."""
    place = np.full(group.size, np.iinfo(np.int64).max)
    rows = np.flatnonzero(takes_part)
    if not rows.size:
        return place
    order = rows[np.lexsort((key[rows], group[rows]))]
    sorted_group = group[order]
    starts = np.flatnonzero(np.r_[True, sorted_group[1:] != sorted_group[:-1]])
    sizes = np.diff(np.r_[starts, order.size])
    place[order] = np.arange(order.size) - np.repeat(starts, sizes)
    return place
