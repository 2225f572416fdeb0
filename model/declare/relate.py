"""The two relations between entities: look up (by pointer) and sum up (by group)."""

from typing import NamedTuple

import numpy as np

SHORTEST_RUN = 2
FEW_DIFFER = 4

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
        inside = np.flatnonzero(pointer >= 0)
        values, pointer = values.take(inside), pointer.take(inside)
    return np.bincount(pointer, weights=values, minlength=groups)


class Runs(NamedTuple):
    """A pointer array as stretches of equal pointers: where each begins, how long it is, what it points to."""

    start: np.ndarray
    length: np.ndarray
    pointer: np.ndarray


def runs_of(pointer: np.ndarray) -> Runs | None:
    """Return the runs of a pointer array, or None when they are too short to be worth while."""
    start = np.flatnonzero(np.r_[True, pointer[1:] != pointer[:-1]]) if pointer.size else np.zeros(0, np.int64)
    if not pointer.size or start.size > pointer.size / SHORTEST_RUN:
        return None
    return Runs(start, np.diff(np.r_[start, pointer.size]), pointer[start])


class Pointing:
    """How the rows of one pointer array look up values; made once, used until the array is replaced."""

    __slots__ = ("pointer", "present", "runs")

    def __init__(self, pointer: np.ndarray, lasting: bool = True) -> None:
        """Find the rows that point to someone and, where the pointer lasts, the rows that lie together."""
        present = np.flatnonzero(pointer >= 0)
        self.present = None if present.size == pointer.size else present
        self.pointer = pointer if self.present is None else pointer[present]
        self.runs = runs_of(pointer) if lasting else None

    def look_up(self, values: np.ndarray, size: int) -> np.ndarray:
        """Return each of ``size`` rows' value at its pointer; rows that point to no one get 0."""
        if self.runs is not None:
            return look_up(values, self.runs.pointer).repeat(self.runs.length)
        found = values.take(self.pointer, mode="clip")
        if self.present is None:
            return found
        spread = np.zeros(size, found.dtype)
        spread[self.present] = found
        return spread


class Weights:
    """The weights of a table's rows, and what is known of them."""

    __slots__ = ("every", "heavy", "one")

    def __init__(self, every: np.ndarray | None) -> None:
        """Find the rows that weigh something and whether they all weigh the same."""
        heavy = None if every is None else every > 0
        self.heavy = None if heavy is None or heavy.all() else heavy
        some = every if self.heavy is None else every[self.heavy]
        alike = every is None or (some.size and (some == some[0]).all())
        self.one = (1.0 if every is None else float(some[0])) if alike else None
        self.every = None if alike else every


class Grouping:
    """Rows that point to the groups of one pointer array, with their weights; made once, used often.

    Rows that point to no one or weigh nothing are left out. Rows that lie together are summed run by
    run; where a pointer lasts and its rows lie apart, they are first put in order.
    """

    __slots__ = ("_count", "groups", "order", "pointer", "rows", "runs", "weight", "weights")

    def __init__(self, pointer: np.ndarray, weights: Weights, groups: int, lasting: bool = True) -> None:
        """Find the rows and, where the pointer lasts, how they lie."""
        inside = pointer >= 0 if weights.heavy is None else (pointer >= 0) & weights.heavy
        self.groups, self.rows, self.weights = groups, as_slice(np.flatnonzero(inside)), weights
        self.pointer = pointer[self.rows]
        self.weight = None if weights.every is None else weights.every[self.rows]
        self.order, self.runs, self._count = None, None, None
        if lasting and self.pointer.size:
            self._arrange()

    def _arrange(self) -> None:
        """Find runs, if need be in another order of the rows."""
        self.runs = runs_of(self.pointer)
        if self.runs is None:
            order = np.argsort(self.pointer, kind="stable")
            self.runs = runs_of(self.pointer[order])
            self.order = None if self.runs is None else order

    @property
    def count(self) -> np.ndarray:
        """The weighted number of rows in each group."""
        if self._count is None:
            number = np.bincount(self.pointer, self.weight, self.groups)
            self._count = number * self.weights.one if self.weight is None else number
        return self._count

    def sum(self, values: np.ndarray) -> np.ndarray:
        """Return the weighted sum of one value a row in each group (shape (groups,), double precision)."""
        values = values[self.rows]
        if self.weight is not None:
            values = values * self.weight
        if self.order is not None:
            values = values.take(self.order)
        if self.runs is None:
            total = np.bincount(self.pointer, values, self.groups)
        else:
            parts = np.add.reduceat(values, self.runs.start, dtype=float)
            total = np.bincount(self.runs.pointer, parts, self.groups)
        return total * self.weights.one if self.weight is None else total


class Ties:
    """The ties of one network, summed up: where most ties are to rows at a fixed distance, these need no look-up."""

    __slots__ = ("differing", "shifts", "ties", "ties_of_differing")

    def __init__(self, ties: np.ndarray) -> None:
        """Find the usual distance of each tie and the rows for which one is another."""
        size = ties.shape[1]
        distance = ties - np.arange(size)
        usual = [int(np.bincount(one + size).argmax()) - size if size else 0 for one in distance]
        self.ties, self.differing = ties, np.flatnonzero((usual != distance.T).any(axis=1))
        self.ties_of_differing = ties[:, self.differing]
        self.shifts = usual if self.differing.size * FEW_DIFFER < size else []

    def sum(self, values: np.ndarray) -> np.ndarray:
        """Return the sum of a column over the ties of each row, added tie by tie."""
        if not self.shifts:
            return sum_over(values, self.ties)
        total = np.zeros_like(values)
        for shift in self.shifts:
            if shift > 0:
                total[:-shift] += values[shift:]
            else:
                total[-shift:] += values[: values.size + shift]
        total[self.differing] = sum_over(values, self.ties_of_differing)
        return total

    def sum_of(self, values: np.ndarray, rows: np.ndarray) -> np.ndarray:
        """Return the sums of some rows."""
        return self.sum(values).take(rows) if self.shifts else sum_over(values, self.ties.take(rows, axis=1))


def sum_over(values: np.ndarray, ties: np.ndarray) -> np.ndarray:
    """Return the sum of values over ties, tie by tie to keep memory flat."""
    total = values.take(ties[0])
    for one in ties[1:]:
        total += values.take(one)
    return total


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
    order = rows[in_order(group[rows], key[rows])]
    sorted_group = group[order]
    starts = np.flatnonzero(np.r_[True, sorted_group[1:] != sorted_group[:-1]])
    sizes = np.diff(np.r_[starts, order.size])
    place[order] = np.arange(order.size) - np.repeat(starts, sizes)
    return place


def in_order(group: np.ndarray, key: np.ndarray) -> np.ndarray:
    """Return the rows sorted by group, then key, then row: ``np.lexsort((key, group))``, but sooner.

    Group numbers that fit into two bytes are sorted by radix.
    """
    by_key = np.argsort(key, kind="stable")
    group = group[by_key]
    narrow = group.astype(np.int16) if group.min() >= 0 and group.max() <= np.iinfo(np.int16).max else group
    return by_key[np.argsort(narrow, kind="stable")]
