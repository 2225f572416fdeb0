"""The points of a design: a grid, a Latin hypercube, a Sobol sequence, or the rows of a CSV file."""

import csv
import io
import math
from collections.abc import Sequence
from itertools import product
from pathlib import Path

from experiments.priors import unit_points
from experiments.varied import Value, Varied, kind_of_setting
from model.declare.errors import SettingError
from scenarios.reader import decode, join, read_bytes, refuse_odd_text
from scenarios.scenario import Scenario, number_or_text

GRID, HYPERCUBE, SOBOL, CSV = "grid", "latin_hypercube", "sobol", "csv"
METHODS = (GRID, HYPERCUBE, SOBOL, CSV)
MOST_POINTS = 1_000_000
MOST_CSV_BYTES = 50_000_000
Point = tuple[Value, ...]


def points_of(method: str, varied: Sequence[Varied], n: int, seed: int) -> list[Point]:
    """Return every point, a value for each varied setting in their order.

    More points of a Sobol sequence never change the earlier ones (Sobol 1967; scrambled, Owen 1998).
    A Latin hypercube has one point in each of ``n`` equal slices of every setting (McKay et al. 1979).
    """
    if method == GRID:
        return list(product(*(v.grid() for v in varied)))
    unit = unit_points(n, len(varied), seed) if method == SOBOL else hypercube(n, len(varied), seed)
    return [tuple(v.at(float(u)) for v, u in zip(varied, row, strict=True)) for row in unit]


def hypercube(n: int, dimensions: int, seed: int) -> object:
    """Return ``n`` points in the unit cube, shape (n, dimensions)."""
    from scipy.stats import qmc

    return qmc.LatinHypercube(dimensions, seed=seed).random(n)


def count_of(method: str, varied: Sequence[Varied], n: int) -> int:
    """Return how many points there will be, without making them."""
    return math.prod(len(v.values) or v.steps for v in varied) if method == GRID else n


def read_points(path: Path, shown: str, base: Scenario, folder: Path) -> tuple[tuple[Varied, ...], list[Point]]:
    """Return the settings that a CSV file names in its first line, and a point a further line."""
    rows = rows_of(decode(read_bytes(path, shown, MOST_CSV_BYTES), shown), shown)
    if not rows:
        raise SettingError(shown, "must hold points; got an empty file")
    varied = read_names(rows[0][1], shown)
    if not 1 <= len(rows) - 1 <= MOST_POINTS:
        raise SettingError(shown, f"must hold 1–{MOST_POINTS} points; got {len(rows) - 1}")
    return varied, [read_point(row, varied, f"{shown}, line {line}", base, folder) for line, row in rows[1:]]


def rows_of(text: str, shown: str) -> list[tuple[int, list[str]]]:
    """Return the lines that are not empty, with their numbers."""
    reader = csv.reader(io.StringIO(text), strict=True)
    try:
        return [(reader.line_num, row) for row in reader if any(cell.strip() for cell in row)]
    except csv.Error as error:
        raise SettingError(shown, f"must be valid CSV; got: {error}") from None


def read_names(row: list[str], shown: str) -> tuple[Varied, ...]:
    """Return the settings that the columns are."""
    names = [cell.strip() for cell in row]
    for name in names:
        refuse_odd_text(name, f"{shown}, line 1")
        if names.count(name) > 1:
            raise SettingError(f"{shown}, line 1", f"must name each setting once; got '{name}' twice")
    return tuple(Varied(name, kind_of_setting(name, join(f"{shown}, line 1", name))) for name in names)


def read_point(row: list[str], varied: Sequence[Varied], where: str, base: Scenario, folder: Path) -> Point:
    """Return the values of one line."""
    if len(row) != len(varied):
        raise SettingError(where, f"must have {len(varied)} values; got {len(row)}")
    return tuple(
        v.accept(number_or_text(cell.strip()), join(where, v.name), base, folder)
        for v, cell in zip(varied, row, strict=True)
    )
