"""Shares, quotas and ties: how rows are laid out."""

import numpy as np

from model.declare.draws import Draws
from model.profile import Profile


def quotas(total: float, shares: np.ndarray) -> np.ndarray:
    """Split a whole number by shares, exactly, with rounding errors that never pile up."""
    edges = np.rint(np.cumsum(shares) / np.sum(shares) * total).astype(np.int64)
    return np.diff(edges, prepend=0)


def district_values(profile: Profile, name: str) -> np.ndarray:
    """Return one declared figure of all districts (shape (districts,))."""
    return np.array([d[name] for d in profile.districts], dtype=float)


def pupil_shares(profile: Profile) -> np.ndarray:
    """Return each district's share of the pupils, made to sum to one."""
    share = district_values(profile, "pupils_share")
    return share / share.sum()


def ring(start: np.ndarray, count: np.ndarray, position: np.ndarray, degree: int) -> np.ndarray:
    """Tie each row to the ``degree`` nearest rows of its block, before and after it."""
    offsets = [o for k in range(1, degree // 2 + 1) for o in (-k, k)] + ([degree // 2 + 1] if degree % 2 else [])
    return np.stack([start + (position + o) % count for o in offsets])


def shuffled_ring(draws: Draws, stream: str, group: np.ndarray, regular: int, n: int, degree: int) -> np.ndarray:
    """Tie each row to ``degree`` rows of its group, near in a random order; extra rows look on."""
    key = draws.uniform(stream, 0, n)
    order = np.lexsort((key[:regular], group[:regular]))
    sorted_group = group[order]
    first = np.searchsorted(sorted_group, group)
    size = np.searchsorted(sorted_group, group, side="right") - first
    place = np.empty(n, np.int64)
    place[order] = np.arange(regular)
    place[regular:] = first[regular:]
    size = np.maximum(size, 1)
    return order[np.minimum(ring(first, size, place - first, degree), regular - 1)]
