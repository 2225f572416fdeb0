"""A target: one observed number or interval, with its error and what links it to the simulation.

Reads and checks a file of targets; ``calibration/likelihood.py`` compares.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

import model.outcomes  # noqa: F401  (declares the outcomes)
from calibration.observe import History
from calibration.statistics import STATISTICS, UNITS
from model.declare.errors import SettingError, unknown
from model.declare.outcome import OUTCOMES
from model.declare.setting import month_name
from scenarios.path import month_within
from scenarios.reader import both_languages, join, kind_of, only, read_toml, text_of
from scenarios.scenario import FIRST_FUTURE

FOLDER = Path(__file__).parent
TARGETS, VALIDATION = FOLDER / "targets.toml", FOLDER / "validation.toml"
KEYS = ("target", "without")
TARGET_KEYS = (
    "id", "row", "label", "statistic", "from", "until", "value", "interval", "scale", "error", "discrepancy",
    "population", "observation", "why", "source",
)  # fmt: skip
SEE = "run_sim.py list outcomes"
SUM, LEAST = "_sum", "_least"
PAST = (0, FIRST_FUTURE - 1)
DIFFERENCES = ("lower_grades_comply_more", "family_less_career", "exhaustion_with_engagement")
LARGEST_ERROR = 1e6
MOST_TARGETS = 500
HALF_ONE = 0.5 / 524

SCALES: dict[str, Callable[[np.ndarray], np.ndarray]] = {
    "linear": lambda v: v,
    "log": lambda v: np.log(np.maximum(v, 1e-9)),
    "logit": lambda v: np.log(np.clip(v, HALF_ONE, 1 - HALF_ONE) / (1 - np.clip(v, HALF_ONE, 1 - HALF_ONE))),
    "count": lambda v: np.sqrt(np.maximum(v, 0.0)),
}
BACK: dict[str, Callable[[np.ndarray], np.ndarray]] = {
    "linear": lambda v: v,
    "log": np.exp,
    "logit": lambda v: 1 / (1 + np.exp(-v)),
    "count": lambda v: np.square(np.maximum(v, 0.0)),
}


@dataclass(frozen=True)
class Target:
    """One observed number; ``error`` and ``discrepancy`` are standard deviations on ``scale``."""

    id: str
    row: str
    label: dict[str, str]
    statistic: str
    first: str
    last: str
    value: float | None
    interval: tuple[float, float] | None
    scale: str
    error: float
    discrepancy: float
    population: dict[str, str]
    observation: dict[str, str]
    why: dict[str, str]

    @property
    def spread(self) -> float:
        """The standard deviation of observation and discrepancy together, on the scale."""
        return math.hypot(self.error, self.discrepancy)

    @property
    def unit(self) -> str:
        """The unit of the statistic."""
        return unit_of(self.statistic)

    @property
    def limits(self) -> tuple[float, float]:
        """What the statistic can be."""
        return limits_of(self.statistic)

    def measure(self, history: History) -> float:
        """Return the statistic of a simulated history."""
        if self.statistic in STATISTICS:
            return STATISTICS[self.statistic](history, self.first, self.last)
        if self.statistic.endswith(SUM):
            return float(history.window(self.statistic.removesuffix(SUM), self.first, self.last).sum())
        if self.statistic.endswith(LEAST):
            by_district = history.district(self.statistic.removesuffix(LEAST), self.first, self.last)
            return float(by_district.mean(axis=0).min())
        return float(np.mean(history.window(self.statistic, self.first, self.last)))

    def scaled(self, values: np.ndarray) -> np.ndarray:
        """Return values on the scale of the errors."""
        return SCALES[self.scale](np.asarray(values, dtype=float))

    def unscaled(self, values: np.ndarray) -> np.ndarray:
        """Return values on the scale of the errors as they were."""
        return BACK[self.scale](np.asarray(values, dtype=float))


@dataclass(frozen=True)
class Targets:
    """All targets of a file, and the evidence rows that have none, with the reason."""

    targets: tuple[Target, ...]
    without: dict[str, dict[str, str]]

    @property
    def rows(self) -> list[str]:
        """The evidence rows that are spoken of."""
        return list(dict.fromkeys([*(t.row for t in self.targets), *self.without]))


def read_targets(path: Path = TARGETS) -> Targets:
    """Return the targets of a file, or raise the SettingError of its first fault."""
    shown = path.name if path.parent == FOLDER else path.as_posix()
    return targets_from(read_toml(path), shown)


def targets_from(raw: dict, where: str) -> Targets:
    """Return the targets that parsed TOML describes; ``where`` names the file in errors."""
    only(raw, KEYS, where)
    given = raw.get("target", [])
    if not isinstance(given, list) or not 1 <= len(given) <= MOST_TARGETS:
        got = len(given) if isinstance(given, list) else kind_of(given)
        raise SettingError(join(where, "target"), f"must have 1–{MOST_TARGETS} [[target]] tables; got {got}")
    found: dict[str, Target] = {}
    for number, entry in enumerate(given, start=1):
        place = f"{where}, target {number}"
        if not isinstance(entry, dict):
            raise SettingError(place, f"must be a table; got {kind_of(entry)}")
        target = read_target(entry, place)
        if target.id in found:
            raise SettingError(f"{place}.id", f"must have a name of its own; got '{target.id}' twice")
        for other in found.values():
            refuse_contradiction(target, other, place)
        found[target.id] = target
    return Targets(tuple(found.values()), read_without(raw.get("without", []), join(where, "without")))


def read_target(raw: dict, where: str) -> Target:
    """Return one target."""
    only(raw, TARGET_KEYS, where)
    key = text_of(raw, "id", where)
    statistic = read_statistic(raw, where)
    first, last = read_window(raw, where)
    scale = raw.get("scale", "linear")
    if scale not in SCALES:
        raise SettingError(f"{where}.scale", f"must be {' or '.join(SCALES)}; got {kind_of(scale)}")
    value, interval = read_observed(raw, statistic, scale, where)
    error = number(raw.get("error"), f"{where}.error", above=0.0)
    discrepancy = number(raw.get("discrepancy", 0.0), f"{where}.discrepancy", least=0.0)
    return Target(
        key, text_of(raw, "row", where, key), both_languages(raw, "label", where), statistic, first, last,
        value, interval, scale, error, discrepancy,
        *(both_languages(raw, name, where, needed=False) for name in ("population", "observation", "why")),
    )  # fmt: skip


def read_statistic(raw: dict, where: str) -> str:
    """Return the name of a statistic: a named one, or an outcome, its sum, or its smallest district."""
    name = text_of(raw, "statistic", where)
    known = [*STATISTICS, *OUTCOMES]
    outcome = name.removesuffix(SUM).removesuffix(LEAST)
    if name not in STATISTICS and outcome not in OUTCOMES:
        raise unknown(f"{where}.statistic", "outcome", name, known, SEE)
    if name.endswith(LEAST) and "district" not in OUTCOMES[outcome].groups:
        raise SettingError(f"{where}.statistic", f"must be an outcome by district; got '{outcome}'")
    return name


def read_window(raw: dict, where: str) -> tuple[str, str]:
    """Return the first and last month of an observation, within the history."""
    first = month_within(raw.get("from"), f"{where}.from", PAST)
    last = month_within(raw.get("until", raw.get("from")), f"{where}.until", PAST)
    if last < first:
        raise SettingError(
            f"{where}.until", f"must be {month_name(first)} or later, in order of date; got {raw['until']}"
        )
    return month_name(first), month_name(last)


def read_observed(raw: dict, statistic: str, scale: str, where: str) -> tuple:
    """Return (value, None) or (None, interval), each number possible for its unit."""
    if ("value" in raw) == ("interval" in raw):
        got = "both" if "value" in raw else "none"
        raise SettingError(where, f"must have one of 'value' and 'interval'; got {got}")
    if "value" in raw:
        return possible(raw["value"], statistic, scale, f"{where}.value"), None
    pair, place = raw["interval"], f"{where}.interval"
    if not isinstance(pair, list) or len(pair) != 2:
        raise SettingError(place, f"must be a list of 2 numbers; got {kind_of(pair)}")
    low, high = (possible(v, statistic, scale, place) for v in pair)
    if not low < high:
        raise SettingError(place, f"must be two numbers, the lower first; got {low:g} and {high:g}")
    return None, (low, high)


def possible(value: object, statistic: str, scale: str, where: str) -> float:
    """Return a number that the statistic can have."""
    unit, (low, high) = unit_of(statistic), limits_of(statistic)
    found = number(value, where)
    if not low <= found <= high or (scale == "log" and found <= 0) or (scale == "logit" and not 0 < found < 1):
        limits = "0–1, without its ends" if scale == "logit" else f"{low:g}–{high:g}"
        raise SettingError(where, f"must be in {limits} ({unit}); got {found:g}")
    return found


def limits_of(statistic: str) -> tuple[float, float]:
    """Return the smallest and the largest value that a statistic can have."""
    unit = unit_of(statistic)
    if statistic in DIFFERENCES:
        return -1.0, 1.0
    if unit == "standard deviations":
        return -8.0, 8.0
    return 0.0, 1.0 if unit.startswith("share") and not statistic.endswith(SUM) else LARGEST_ERROR**2


def number(value: object, where: str, *, least: float = -math.inf, above: float = -math.inf) -> float:
    """Return a finite number, at least ``least`` and above ``above``."""
    usable = isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
    if not usable or value < least or value <= above or abs(value) > LARGEST_ERROR**2:
        wanted = "above 0" if above == 0 else "0 or above" if least == 0 else "finite"
        raise SettingError(where, f"must be a number that is {wanted}; got {kind_of(value)}")
    return float(value)


def refuse_contradiction(target: Target, other: Target, where: str) -> None:
    """Refuse two intervals of one statistic and window that no value satisfies."""
    same = (target.statistic, target.first, target.last) == (other.statistic, other.first, other.last)
    if not same or target.interval is None or other.interval is None:
        return
    low, high = max(target.interval[0], other.interval[0]), min(target.interval[1], other.interval[1])
    if low > high:
        shown = "{:g}–{:g}".format(*target.interval)
        raise SettingError(
            f"{where}.interval",
            f"must overlap that of '{other.id}' ({'{:g}–{:g}'.format(*other.interval)}); got {shown}",
        )


def read_without(raw: object, where: str) -> dict[str, dict[str, str]]:
    """Return the evidence rows that have no target, with the reason."""
    if not isinstance(raw, list) or not all(isinstance(entry, dict) for entry in raw):
        raise SettingError(where, f"must be [[without]] tables; got {kind_of(raw)}")
    for entry in raw:
        only(entry, ("row", "why"), where)
    return {text_of(entry, "row", where): both_languages(entry, "why", where) for entry in raw}


def unit_of(statistic: str) -> str:
    """Return the unit of a statistic."""
    return UNITS.get(statistic) or OUTCOMES[statistic.removesuffix(SUM).removesuffix(LEAST)].unit
