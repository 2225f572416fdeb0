"""An entity's state as named NumPy columns, each declared once."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from model.declare.errors import DeclarationError
from model.declare.unit import check_unit

NO_ONE = -1


@dataclass(frozen=True, slots=True)
class Column:
    """One state variable of one entity.

    ``low`` and ``high`` are inclusive; None means unbounded. ``role`` tells what may write it:
    ``fixed`` (founding only), ``state`` (one or more mechanisms), ``port`` (coupling mechanisms
    only: the neutral initial value stands while the coupling is off). ``points_to`` names the
    entity that an identifier column points to.
    """

    name: str
    dtype: str
    unit: str
    low: float | None
    high: float | None
    about: str
    zh: str
    initial: float = 0
    role: str = "state"
    points_to: str = ""

    def __post_init__(self) -> None:
        """Check the unit and the role against the closed lists."""
        check_unit(self.unit, self.name)
        if self.role not in ("fixed", "state", "port"):
            raise DeclarationError(f"{self.name}: role must be fixed, state or port", key=self.name)


def pointer(name: str, entity: str, about: str, zh: str, *, role: str = "fixed") -> Column:
    """Declare an identifier column: the row of another entity, or NO_ONE."""
    return Column(name, "i8", "pointer", NO_ONE, None, about, zh, NO_ONE, role, entity)


@dataclass(frozen=True)
class Entity:
    """A kind of thing that exists: its name in both languages, its columns and its ties.

    ``real`` is the dtype of columns declared as "real" and of the entity's draws: single precision
    where there are many rows.
    """

    name: str
    zh: str
    about: str
    columns: tuple[Column, ...]
    ties: dict[str, str] = field(default_factory=dict)
    real: str = "f8"

    def column(self, name: str) -> Column:
        """Return the declaration of one column."""
        return self.by_name[name]

    @cached_property
    def by_name(self) -> dict[str, Column]:
        """All columns, keyed by name."""
        return {c.name: c for c in self.columns}


class Table:
    """All rows of one entity: equal-length arrays; row = id, never reused.

    ``ties`` holds, for each named network, an integer array of shape (degree, rows) with the
    rows of the tied agents; it does not change after the founding and is shared by copies.
    """

    __slots__ = ("all_in_one", "columns", "entity", "known", "n", "real", "ties")

    def __init__(self, entity: Entity, n: int) -> None:
        """Fill ``n`` rows with the declared initial values."""
        self.entity, self.n, self.real = entity, n, np.dtype(entity.real)
        self.columns = {
            c.name: np.full(n, c.initial, dtype=self.real if c.dtype == "real" else c.dtype) for c in entity.columns
        }
        self.ties: dict[str, np.ndarray] = {}
        self.known: dict[str, tuple[np.ndarray | None, object]] = {}
        self.all_in_one = np.zeros(n, np.int64)

    def __getitem__(self, name: str) -> np.ndarray:
        """Return the array of one column (shape (n,))."""
        return self.columns[name]

    def __setitem__(self, name: str, values: object) -> None:
        """Replace the values of a declared column, keeping its dtype."""
        old = self.columns[name]
        new = np.asarray(values, dtype=old.dtype)
        self.columns[name] = new if new.shape == old.shape else np.broadcast_to(new, old.shape).copy()

    def __iter__(self) -> Iterator[str]:
        """Iterate over column names."""
        return iter(self.columns)

    def __len__(self) -> int:
        """Return the number of rows."""
        return self.n

    def copy(self) -> "Table":
        """Copy the table: columns are shared until written, because writing replaces arrays."""
        twin = Table.__new__(Table)
        twin.entity, twin.n, twin.real, twin.ties = self.entity, self.n, self.real, self.ties
        twin.columns, twin.known, twin.all_in_one = dict(self.columns), dict(self.known), self.all_in_one
        return twin

    def kept(self, name: str, array: np.ndarray | None, find: Callable[[], object]) -> object:
        """Return what ``find`` finds out about an array, kept until another array stands in its place."""
        entry = self.known.get(name)
        if entry is None or entry[0] is not array:
            entry = self.known[name] = (array, find())
        return entry[1]

    def widen(self) -> None:
        """Hold real columns in double precision from now on; the values stay the same."""
        self.real = np.dtype("f8")
        for column in self.entity.columns:
            if column.dtype == "real":
                self.columns[column.name] = self.columns[column.name].astype(self.real)

    def put(self, name: str, rows: np.ndarray, values: object) -> None:
        """Replace the values of some rows of a column, on a copy."""
        fresh = self.columns[name].copy()
        fresh[rows] = values
        self.columns[name] = fresh

    def __getstate__(self) -> tuple:
        """Pickle without what can be computed again."""
        return self.entity, self.n, self.real, self.ties, self.columns

    def __setstate__(self, state: tuple) -> None:
        """Restore; what can be known of the arrays is found when first asked for."""
        self.entity, self.n, self.real, self.ties, self.columns = state
        self.known, self.all_in_one = {}, np.zeros(self.n, np.int64)

    def check(self, names: object, after: str, month: int) -> None:
        """Refuse values outside their declared range.

        Raises:
            DeclarationError: names the column, the first offending row, the mechanism, the month.
        """
        for name in names:
            column, values = self.entity.by_name[name], self.columns[name]
            if values.dtype != bool and values.size and not within(values, column.low, column.high):
                low = -np.inf if column.low is None else column.low
                high = np.inf if column.high is None else column.high
                row = int(np.argmax(~((values >= low) & (values <= high))))
                raise DeclarationError(
                    f"{self.entity.name}.{name}: must stay in {low:g}–{high:g} ({column.unit}); "
                    f"got {values[row]!r} for {self.entity.name} {row} after {after}, month {month}",
                    key=name,
                    value=values[row],
                )


def within(values: np.ndarray, low: float | None, high: float | None) -> bool:
    """Tell whether all values are numbers between two bounds, of which either may be missing."""
    if high is None:
        return bool(np.minimum.reduce(values) >= (-np.inf if low is None else low))
    above = low is None or np.minimum.reduce(values) >= low
    return bool(above and np.maximum.reduce(values) <= high)
