"""The two relations between entities: look up (by pointer) and sum up (by group)."""

import numpy as np


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


def in_order(values: np.ndarray) -> float:
    """Return the sum, added row by row, so that a row of weight 0 at the end never changes the rounding."""
    return np.cumsum(values, dtype=float)[-1] if values.size else 0.0


def rank_in_group(group: np.ndarray, key: np.ndarray, takes_part: np.ndarray) -> np.ndarray:
    """Return the place (0 = lowest key) of each taking-part row within its group; others get a big number."""
    place = np.full(group.size, np.iinfo(np.int64).max)
    rows = np.flatnonzero(takes_part)
    if not rows.size:
        return place
    order = rows[np.lexsort((rows, key[rows], group[rows]))]
    sorted_group = group[order]
    starts = np.flatnonzero(np.r_[True, sorted_group[1:] != sorted_group[:-1]])
    sizes = np.diff(np.r_[starts, order.size])
    place[order] = np.arange(order.size) - np.repeat(starts, sizes)
    return place
