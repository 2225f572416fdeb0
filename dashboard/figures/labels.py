"""Where to put labels so that none covers another; in inches, and the same each time."""

import numpy as np

ON_LABEL, ON_MARK, ON_BAR, OUTSIDE, CROSSED = 400.0, 200.0, 12.0, 100.0, 0.3
LED, MISTAKEN, FAR = 0.2, 0.3, 0.16
TURNS = 4
AROUND = np.array(
    [(1, 0), (-1, 0), (0, -1), (0, 1), (0.75, -1), (-0.75, -1), (0.75, 1), (-0.75, 1), (1, -0.8), (1, 0.8), (-1, -0.8),
     (-1, 0.8), (0.4, -1), (0.4, 1), (-0.4, -1), (-0.4, 1)]
)  # fmt: skip
REACHES = np.array([0.08, 0.16, 0.26, 0.4, 0.58, 0.8])
ALONG = np.array([0.3, 0.45, 0.6, 0.75, 0.9])


def spread(places: list[float], heights: list[float], low: float, high: float) -> list[float]:
    """Move labels apart until none overlaps another, within low–high and as little as possible.

    ``places`` are their middles. Pooling adjacent violators gives the least sum of squares; order is kept.
    """
    order = sorted(range(len(places)), key=places.__getitem__)
    offsets, offset, blocks = {}, 0.0, []
    for rank, i in enumerate(order):
        offset += (heights[i] + heights[order[rank - 1]]) / 2 if rank else 0
        offsets[i] = offset
        blocks.append((places[i] - offset, 1))
        while len(blocks) > 1 and blocks[-2][0] >= blocks[-1][0]:
            (one, n), (two, m) = blocks[-2:]
            blocks[-2:] = [((one * n + two * m) / (n + m), n + m)]
    flat = [mean for mean, count in blocks for _ in range(count)]
    roof = max(high - offset, low)
    return [min(max(flat[order.index(i)], low), roof) + offsets[i] for i in range(len(places))]


def place_labels(points: np.ndarray, sizes: np.ndarray, obstacles: np.ndarray, room: tuple) -> np.ndarray:
    """Choose the middle of each label, near its point, so that it covers as little as possible.

    points (label, xy); sizes (label, width and height); obstacles (any, left top right bottom weight); room (left, top,
    right, bottom). Sixteen directions at six distances are tried for each label in turn, then again given the others.
    """
    middles = np.full(points.shape, np.nan)
    for _ in range(TURNS):
        for i, size in enumerate(sizes):
            others = [k for k in range(len(points)) if k != i and not np.isnan(middles[k, 0])]
            labels = boxes(middles[others], sizes[others], ON_LABEL)
            ways = way(points[others], middles[others], sizes[others])
            middles[i] = _nearest_free(points, i, size, np.concatenate([obstacles, labels]), ways, room)
    return middles


def boxes(middles: np.ndarray, sizes: np.ndarray, weight: float) -> np.ndarray:
    """Return (left, top, right, bottom, weight) of boxes around their middles."""
    return np.column_stack([middles - sizes / 2, middles + sizes / 2, np.full(len(middles), weight)])


def way(points: np.ndarray, middles: np.ndarray, sizes: np.ndarray) -> np.ndarray:
    """Return places along the line that leads from each point to its label, (any, xy); NaN where there is no line."""
    ends = np.clip(points, middles - sizes / 2, middles + sizes / 2)
    drawn = np.hypot(*(ends - points).T) > FAR
    along = points[:, None] + ALONG[:, None] * (ends - points)[:, None]
    return np.where(drawn[:, None, None], along, np.nan).reshape(-1, 2)


def _nearest_free(
    points: np.ndarray, i: int, size: np.ndarray, taken: np.ndarray, ways: np.ndarray, room: tuple
) -> np.ndarray:
    """Return the best middle for the label of one point, given what is taken and the other labels' leading lines.

    A label without a leading line that is nearer to another point than to its own would be mistaken for the other's.
    """
    point = points[i]
    reach = np.repeat(REACHES, len(AROUND))
    middles = point + np.tile(AROUND, (len(REACHES), 1)) * (reach[:, None] + size / 2)
    low, high = middles - size / 2, middles + size / 2
    shared = np.minimum(high[:, None], taken[:, 2:4]) - np.maximum(low[:, None], taken[:, :2])
    covered = (np.clip(shared, 0, None).prod(-1) * taken[:, 4]).sum(-1)
    outside = np.maximum(np.maximum(np.array(room[:2]) - low, high - np.array(room[2:])).max(-1), 0)
    solid = taken[taken[:, 4] > ON_BAR]
    own = way(np.broadcast_to(point, middles.shape), middles, size).reshape(len(middles), -1, 1, 2)
    through = ((own > solid[:, :2]) & (own < solid[:, 2:4])).all(-1).any(1).sum(-1)
    under = ((ways > low[:, None]) & (ways < high[:, None])).all(-1).sum(-1)
    away = np.hypot(*np.moveaxis(points - np.clip(points, low[:, None], high[:, None]), -1, 0))
    mistaken = MISTAKEN * (np.argmin(away, axis=1) != i)
    alone = np.where(reach > FAR, LED, mistaken)
    return middles[np.argmin(reach + alone + covered + OUTSIDE * outside + CROSSED * (through + under))]
