"""Where to put labels so that none covers another; in inches, and the same each time."""

REACHES = (0.08, 0.16, 0.26, 0.4, 0.58, 0.8)
DIRECTIONS = (
    (1, 0), (-1, 0), (0, -1), (0, 1), (0.75, -1), (-0.75, -1), (0.75, 1), (-0.75, 1),
    (1, -0.8), (1, 0.8), (-1, -0.8), (-1, 0.8), (0.4, -1), (0.4, 1), (-0.4, -1), (-0.4, 1),
)  # fmt: skip
ON_LABEL, ON_MARK, ON_BAR, OUTSIDE = 400.0, 200.0, 12.0, 100.0
CROSSED, ALONG = 0.4, (0.35, 0.5, 0.65)


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


def place_labels(points: list, sizes: list, obstacles: list, room: tuple) -> list[tuple[float, float]]:
    """Choose the middle of each label near its point so that it covers as little as possible.

    All in inches: points (x, y); sizes (width, height); obstacles (left, top, right, bottom, weight); room (left, top,
    right, bottom). Tries eight directions at growing distances; deterministic.
    """
    taken = list(obstacles)
    chosen = []
    for (x, y), (w, h) in zip(points, sizes, strict=True):
        best = None
        for reach in REACHES:
            for dx, dy in DIRECTIONS:
                middle = (x + dx * (reach + w / 2), y + dy * (reach + h / 2))
                box = (middle[0] - w / 2, middle[1] - h / 2, middle[0] + w / 2, middle[1] + h / 2)
                outside = max(room[0] - box[0], room[1] - box[1], box[2] - room[2], box[3] - room[3], 0)
                score = reach + OUTSIDE * outside + sum(o[4] * _overlap(box, o) for o in taken)
                score += CROSSED * sum(_crosses((x, y), middle, o) for o in taken if o[4] > ON_BAR)
                if best is None or score < best[0]:
                    best = (score, middle, box)
        chosen.append(best[1])
        taken.append((*best[2], ON_LABEL))
    return chosen


def _overlap(one: tuple, two: tuple) -> float:
    """Return the area that two boxes share."""
    return max(min(one[2], two[2]) - max(one[0], two[0]), 0) * max(min(one[3], two[3]) - max(one[1], two[1]), 0)


def _crosses(start: tuple, end: tuple, box: tuple) -> bool:
    """Tell whether the way from a mark to its label leads through a box."""
    way = [(start[0] + t * (end[0] - start[0]), start[1] + t * (end[1] - start[1])) for t in ALONG]
    return any(box[0] < x < box[2] and box[1] < y < box[3] for x, y in way)
