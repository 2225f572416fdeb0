"""Write a posterior: a small table whose neighbours are alike, and the manifest that says how it was made."""

import csv
import io
import json
from pathlib import Path

import numpy as np

from calibration.space import Space
from experiments.atomic import write_text
from experiments.posterior import MANIFEST, text_digest

ROWS = 512
DIGITS = 6


def neighbours_together(z: np.ndarray) -> np.ndarray:
    """Return an order of points in which any first, second, fourth … part holds points that are near to each other.

    Halves the points across their widest direction, and each half again, so that a sequence that is even over the order
    is even over the points.
    """
    if len(z) <= len(("one", "other")):
        return np.arange(len(z))
    centred = z - z.mean(axis=0)
    axis = np.linalg.eigh(centred.T @ centred)[1][:, -1]
    axis = axis * np.sign(axis[np.argmax(np.abs(axis))])
    order = np.argsort(centred @ axis, kind="stable")
    halves = order[: len(z) // 2], order[len(z) // 2 :]
    return np.concatenate([half[neighbours_together(z[half])] for half in halves])


def middle_of(z: np.ndarray) -> int:
    """Return the point that is nearest to the median, in standard deviations of each coordinate."""
    gaps = (z - np.median(z, axis=0)) / np.maximum(z.std(axis=0), 1e-9)
    return int(np.argmin(np.square(gaps).sum(axis=1)))


def table_of(space: Space, z: np.ndarray) -> tuple[str, dict[str, float]]:
    """Return the table as text, and the values of the point in the middle.

    Args:
        z: equally weighted points of the posterior (points, informed), standard normal under the prior.
    """
    chosen = z[np.linspace(0, len(z) - 1, min(ROWS, len(z))).round().astype(int)]
    chosen = chosen[neighbours_together(chosen)]
    values = space.informed_values(chosen)
    text = io.StringIO()
    out = csv.writer(text, lineterminator="\n")
    out.writerow(space.names)
    rows = [[shown(v, p) for v, p in zip(row, space.informed, strict=True)] for row in values]
    out.writerows(rows)
    middle = rows[middle_of(chosen)]
    return text.getvalue(), dict(zip(space.names, map(float, middle), strict=True))


def shown(value: float, parameter) -> str:
    """Return a value in six digits, within the parameter's range."""
    text = f"{value:.{DIGITS}g}"
    inside = parameter.low <= float(text) <= parameter.high
    return text if inside else repr(min(max(value, parameter.low), parameter.high))


def write_posterior(path: Path, text: str, about: dict) -> None:
    """Write the table, then its manifest, which makes it whole."""
    write_text(path, text)
    whole = {"posterior": text_digest(text), **about}
    write_text(path.with_suffix(MANIFEST), json.dumps(whole, ensure_ascii=False, indent=1) + "\n")
