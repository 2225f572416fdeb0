"""What can be set: levers (a government chooses) and parameters (it cannot)."""

import math
import tomllib
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from model.declare.errors import SettingError, unknown

FOLDER = Path(__file__).parent.parent / "settings"
FIRST_YEAR = 2021
NEVER = 10_000.0


def month_index(text: str) -> int:
    """Return months since 2021-01 of a YYYY-MM text; ValueError if it is not one."""
    year, dash, month = text.partition("-")
    if dash != "-" or len(year) != 4 or len(month) != 2 or not (year + month).isdecimal():
        raise ValueError(text)
    if not 1 <= int(month) <= 12:
        raise ValueError(text)
    return (int(year) - FIRST_YEAR) * 12 + int(month) - 1


def month_name(index: int) -> str:
    """Return the YYYY-MM text of a month index."""
    return f"{FIRST_YEAR + index // 12:04d}-{index % 12 + 1:02d}"


@dataclass(frozen=True, slots=True)
class Lever:
    """A setting a government can choose: dated values, a cost and a quotation."""

    id: str
    system: str
    group: str
    label: dict[str, str]
    unit: str
    kind: str
    range: tuple[float, float]
    step: float
    default: float
    cost: dict
    quote: dict[str, str]
    source: str
    status: str
    about: dict[str, str]
    harm: dict[str, str]
    bands: dict[str, float]
    months: tuple[str, str] = ("", "")

    def accept(self, value: object, where: str) -> float:
        """Return the value as the number the model uses, or raise SettingError."""
        if self.kind == "month":
            return accept_month(value, where, self.months)
        return accept_number(value, *self.range, self.unit, where, self.id)

    def show(self, value: float) -> str:
        """Return the value as people write it."""
        if self.kind == "month":
            return "none" if value >= NEVER else month_name(int(value))
        return f"{value:g}"


@dataclass(frozen=True, slots=True)
class Parameter:
    """A setting nobody chooses: fixed, or uncertain with a prior distribution."""

    id: str
    value: float
    low: float
    high: float
    unit: str
    status: str
    source: str
    label: dict[str, str]
    distribution: str = "fixed"

    def accept(self, value: object, where: str) -> float:
        """Return the value as a float within its range, or raise SettingError."""
        return accept_number(value, self.low, self.high, self.unit, where, self.id)

    def quantile(self, u: float) -> float:
        """Return the prior's quantile at ``u`` in (0, 1); the fixed value if it has none.

        ``lognormal`` reads ``value`` as median and low–high as its 90 % range, truncated there.
        """
        low, mode, high = self.low, self.value, self.high
        if self.distribution == "uniform":
            return low + u * (high - low)
        if self.distribution == "triangular":
            cut = (mode - low) / (high - low)
            if u < cut:
                return low + math.sqrt(u * (high - low) * (mode - low))
            return high - math.sqrt((1 - u) * (high - low) * (high - mode))
        if self.distribution == "lognormal":
            from statistics import NormalDist

            z = NormalDist().inv_cdf(0.05 + 0.9 * u) / NormalDist().inv_cdf(0.95)
            edge = high if z > 0 else low
            return mode * math.exp(abs(z) * math.log(edge / mode))
        return self.value


def accept_number(value: object, low: float, high: float, unit: str, where: str, key: str) -> float:
    """Return a finite number within low–high, or raise SettingError with the one sentence."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        got = "true" if value is True else "false" if value is False else repr(value)
        raise SettingError(where, f"must be a number in {low:g}–{high:g} ({unit}); got {got}", key=key, value=value)
    try:
        number = float(value)
    except OverflowError:
        number = math.inf if value > 0 else -math.inf
    if not math.isfinite(number) or not low <= number <= high:
        raise SettingError(where, f"must be in {low:g}–{high:g} ({unit}); got {number:g}", key=key, value=value)
    return number


def accept_month(value: object, where: str, within: tuple[str, str] = ("", "")) -> float:
    """Return a month's index, NEVER for "none", or raise SettingError; ``within`` bounds it where given."""
    if value == "none":
        return NEVER
    try:
        month = month_index(value)
    except (ValueError, AttributeError, TypeError):
        raise SettingError(where, f"must be a month YYYY-MM or none; got {value!r}", value=value) from None
    if within[0] and not month_index(within[0]) <= month <= month_index(within[1]):
        raise SettingError(where, f"must be a month in {within[0]}–{within[1]} or none; got {value}", value=value)
    return float(month)


@cache
def levers() -> dict[str, Lever]:
    """Read all levers, keyed by id, in the order of the file."""
    raw = tomllib.loads((FOLDER / "levers.toml").read_text(encoding="utf-8"))
    found = {}
    for key, entry in raw.items():
        if entry["kind"] == "month":
            entry["months"], entry["range"] = tuple(entry["range"]), (0.0, NEVER)
            entry["default"] = accept_month(entry["default"], key)
        found[key] = Lever(id=key, **{**entry, "range": tuple(entry["range"])})
    return found


@cache
def parameters() -> dict[str, Parameter]:
    """Read all parameters, keyed by id, in the order of the file."""
    raw = tomllib.loads((FOLDER / "parameters.toml").read_text(encoding="utf-8"))
    return {
        key: Parameter(
            id=key,
            value=float(e["value"]),
            low=float(e["low"]),
            high=float(e["high"]),
            unit=e["unit"],
            status=e["status"],
            source=e["source"],
            label={"en": e["en"], "zh": e["zh"]},
            distribution=e.get("dist", "fixed"),
        )
        for group in raw.values()
        for key, e in group.items()
    }


@dataclass(frozen=True)
class Settings:
    """Everything one run is set to, resolved: lever values by month, parameters, forms, systems.

    ``lever_values[id]`` is a tuple with a value a month from 2021-01 to the end of the run.
    ``forms`` maps a mechanism to the name of a rival form, or to "off".
    """

    lever_values: dict[str, tuple[float, ...]]
    parameter_values: dict[str, float]
    months: int
    systems: tuple[str, ...] = ("cadres", "education")
    coupled: bool = True
    forms: dict[str, str] = field(default_factory=dict)


def setting_or_error(name: str, where: str) -> Lever | Parameter:
    """Return the lever or parameter of that name, or raise the error that names its nearest."""
    if name in levers():
        return levers()[name]
    if name in parameters():
        return parameters()[name]
    raise unknown(where, "setting", name, [*levers(), *parameters()], "run_sim.py list levers")
