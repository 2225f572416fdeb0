"""Read a posterior: rows of parameter values that calibration found the targets to allow, with its manifest.

The shipped one lies beside the targets. It is used only while the model's rules are those that it was made with.
"""

import csv
import hashlib
import json
import math
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import numpy as np

from experiments.rules import rules_digest
from model.declare.errors import SettingError, unknown
from model.declare.setting import parameters

SHIPPED = Path(__file__).parent.parent / "calibration" / "posterior.csv"
MANIFEST = ".json"
MOST_ROWS = 20_000
SEE = "run_sim.py list parameters"


@dataclass(frozen=True)
class Posterior:
    """Equally weighted rows (rows, parameters), the row of the centre, and what is known of their making."""

    names: tuple[str, ...]
    rows: np.ndarray = field(repr=False)
    central: dict[str, float] = field(repr=False)
    about: dict = field(repr=False)
    file: Path = SHIPPED

    @property
    def digest(self) -> str:
        """The digest of the rows, which results carry."""
        return self.about["posterior"]

    @property
    def targets(self) -> int:
        """How many targets were fitted."""
        return int(self.about["targets"])

    @property
    def city(self) -> str:
        """The city whose targets were fitted."""
        return str(self.about["city"])

    @property
    def stale(self) -> bool:
        """Whether the model's rules, or the figures of a shipped city, have changed since."""
        return self.about["rules"] != rules_digest() or self.of_other_figures

    @property
    def of_other_figures(self) -> bool:
        """Whether the shipped city of that name has other figures now."""
        from experiments.experiment import city_digest
        from scenarios.city import read_city, shipped_cities

        return self.city in shipped_cities() and self.about.get("city_digest") != city_digest(read_city(self.city))

    def row(self, u: float) -> dict[str, float]:
        """Return the row at a place in (0, 1) of their order, in which neighbours are alike."""
        values = self.rows[min(int(u * len(self.rows)), len(self.rows) - 1)]
        return dict(zip(self.names, map(float, values), strict=True))


@cache
def shipped_posterior() -> Posterior | None:
    """Return the shipped posterior if there is one, stale or not."""
    return read_posterior(SHIPPED, stale=True) if SHIPPED.exists() else None


def read_posterior(path: Path, *, stale: bool = False) -> Posterior:
    """Return the posterior of a file with its manifest beside it.

    Args:
        stale: whether one of other rules may be returned.

    Raises:
        SettingError: it is not there, broken, of other rules, or has values that its parameters cannot have.
    """
    where = path.as_posix()
    text = read_file(path, where)
    about = read_about(path.with_suffix(MANIFEST))
    if about["posterior"] != text_digest(text):
        raise SettingError(where, "must be the posterior that its manifest describes; got another one")
    if about["rules"] != rules_digest() and not stale:
        raise SettingError(
            where,
            f"must be a posterior of this model's rules ({rules_digest()}); got {about['rules']}; run calibrate again",
        )
    names, rows = rows_of(text, where, check=about["rules"] == rules_digest())
    return Posterior(names, rows, {key: float(value) for key, value in about["central"].items()}, about, path)


def read_file(path: Path, where: str) -> str:
    """Return the text of a posterior's table."""
    if path.is_dir() or not path.exists():
        got = "a folder" if path.is_dir() else "none of that name"
        raise SettingError(where, f"must be a file that exists; got {got}")
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, ValueError) as error:
        raise SettingError(where, f"must be a readable file; got: {type(error).__name__}") from None


def read_about(path: Path) -> dict:
    """Return the manifest of a posterior."""
    try:
        about = json.loads(path.read_text(encoding="utf-8"))
        needed = {key: about[key] for key in ("posterior", "rules", "targets", "city")}
        return {**about, **needed, "central": dict(about["central"])}
    except (OSError, ValueError, KeyError, TypeError):
        raise SettingError(
            path.as_posix(), "must hold the whole manifest of a posterior; got none or a broken one"
        ) from None


def rows_of(text: str, where: str, *, check: bool = True) -> tuple[tuple[str, ...], np.ndarray]:
    """Return the parameters and their values, a row a draw."""
    lines = list(csv.reader(text.splitlines()))
    names = tuple(lines[0]) if lines else ()
    if not names or not 1 <= len(lines) - 1 <= MOST_ROWS:
        raise SettingError(where, f"must have a head and 1–{MOST_ROWS} rows; got {max(len(lines) - 1, 0)}")
    if check:
        refuse_unknown(names, where)
    try:
        rows = np.array([[float(value) for value in line] for line in lines[1:]])
    except ValueError as error:
        raise SettingError(where, f"must hold numbers; got: {error}") from None
    if rows.ndim != len(("row", "parameter")) or not np.isfinite(rows).all():
        raise SettingError(where, "must hold a finite number for each parameter in each row; got others")
    if check:
        refuse_outside(names, rows, where)
    return names, rows


def refuse_unknown(names: tuple[str, ...], where: str) -> None:
    """Refuse a column that is no parameter."""
    for name in names:
        if name not in parameters():
            raise unknown(where, "parameter", name, parameters(), SEE)
    if len(set(names)) < len(names):
        raise SettingError(where, "must name each key once; got one twice")


def refuse_outside(names: tuple[str, ...], rows: np.ndarray, where: str) -> None:
    """Refuse values outside a parameter's range."""
    for name, values in zip(names, rows.T, strict=True):
        p = parameters()[name]
        for value in (float(values.min()), float(values.max())):
            if not p.low - slack(p.low) <= value <= p.high + slack(p.high):
                raise SettingError(f"{where}, {name}", f"must be in {p.low:g}–{p.high:g} ({p.unit}); got {value:g}")


def slack(edge: float) -> float:
    """Return what rounding in a table may add to the edge of a range."""
    return 1e-9 * max(abs(edge), math.ulp(1.0))


def text_digest(text: str) -> str:
    """Return the digest of a text, whatever its line ends."""
    return hashlib.blake2b(text.replace("\r\n", "\n").encode(), digest_size=8).hexdigest()
