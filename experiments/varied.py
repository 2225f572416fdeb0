"""One setting that a sweep varies, and the values that it takes."""

from dataclasses import dataclass
from pathlib import Path

from model.declare.errors import SettingError, unknown
from model.declare.setting import Lever, levers, parameters
from scenarios.city import read_city, shipped_cities
from scenarios.path import month_within
from scenarios.reader import file_beside, join, kind_of, only, whole_number
from scenarios.scenario import FIRST_FUTURE, FUTURE, Scenario, accept_form, refuse_idle

LEVER, PARAMETER, MECHANISM, CITY = "lever", "parameter", "mechanism", "city"
KEYS = ("range", "values", "steps", "scale", "from")
USUAL_FORM, PRIOR = "usual", "prior"
MOST_STEPS, MOST_VALUES = 10_000, 10_000
Value = float | str


@dataclass(frozen=True)
class Varied:
    """A setting with a range or a list of values; ``first`` is the month from which a lever has them.

    A mechanism takes the names of its forms (``usual``, ``off``, a rival), the city those of profiles.
    """

    name: str
    kind: str
    values: tuple[Value, ...] = ()
    low: float = 0.0
    high: float = 0.0
    steps: int = 0
    log: bool = False
    prior: bool = False
    first: int = FIRST_FUTURE

    def at(self, u: float) -> Value:
        """Return the value at a place in [0, 1): values equally often, a range evenly, a prior by its quantiles."""
        if self.values:
            return self.values[min(int(u * len(self.values)), len(self.values) - 1)]
        if self.prior:
            return parameters()[self.name].quantile(min(max(u, 2.0**-33), 1 - 2.0**-33))
        if self.log:
            return min(max(self.low * (self.high / self.low) ** u, self.low), self.high)
        return self.low + u * (self.high - self.low)

    def grid(self) -> tuple[Value, ...]:
        """Return the values of a grid: those listed, or ``steps`` over the range, its ends included.

        A prior's are the middles of equally probable parts.
        """
        if self.values:
            return self.values
        if self.prior:
            return tuple(self.at((k + 0.5) / self.steps) for k in range(self.steps))
        return tuple(self.at(k / (self.steps - 1)) for k in range(self.steps))

    def accept(self, value: object, where: str, base: Scenario, folder: Path) -> Value:
        """Return a value that the setting can have, or raise SettingError."""
        if self.kind == LEVER:
            refuse_idle(levers()[self.name], base.systems, where)
            return levers()[self.name].accept(value, where)
        if self.kind == PARAMETER:
            return parameters()[self.name].accept(value, where)
        if self.kind == MECHANISM:
            if value != USUAL_FORM:
                accept_form(mechanisms()[self.name], value, where)
            return value
        return accept_city(value, where, folder)

    def show(self, value: Value) -> Value:
        """Return a value as it stands in the table of experiments."""
        lever = levers().get(self.name) if self.kind == LEVER else None
        return lever.show(value) if lever and lever.kind == "month" else value


def mechanisms() -> dict:
    """Return the mechanisms by name."""
    from model.schedule import scheduled

    return {rule.name: rule for rule in scheduled()}


def kind_of_setting(name: str, where: str) -> str:
    """Return what a name is: a lever, a parameter, a mechanism or the city."""
    if name == CITY:
        return CITY
    for kind, known in ((LEVER, levers), (PARAMETER, parameters), (MECHANISM, mechanisms)):
        if name in known():
            return kind
    known = [CITY, *levers(), *parameters(), *mechanisms()]
    raise unknown(where, "setting", name, known, "run_sim.py list levers")


def accept_city(value: object, where: str, folder: Path) -> str:
    """Return the name of a shipped city or the path of a profile in the same folder."""
    if not isinstance(value, str):
        raise SettingError(where, f"must be text; got {kind_of(value)}")
    if value.endswith(".toml"):
        path = file_beside(value, folder, where, "shipped city").as_posix()
        read_city(path)
        return path
    if value not in shipped_cities():
        raise unknown(where, "city", value, shipped_cities())
    return value


def read_varied(name: str, raw: object, where: str, grid: bool, base: Scenario, folder: Path) -> Varied:
    """Return one entry of ``[vary]``; a ``grid`` needs values, or a range with steps."""
    kind = kind_of_setting(name, where)
    if not isinstance(raw, dict):
        raise SettingError(where, f"must be a table with 'range' or 'values'; got {kind_of(raw)}")
    only(raw, KEYS, where)
    if ("range" in raw) == ("values" in raw):
        got = "both" if "range" in raw else "neither"
        raise SettingError(where, f"must have either 'range' or 'values'; got {got}")
    first = read_first(raw, kind, where)
    if "values" in raw:
        return with_values(Varied(name, kind, first=first), raw, where, base, folder)
    return with_range(Varied(name, kind, first=first), raw, where, grid, base, folder)


def read_first(raw: dict, kind: str, where: str) -> int:
    """Return the month from which a lever is varied."""
    if "from" not in raw:
        return FIRST_FUTURE
    if kind != LEVER:
        raise SettingError(join(where, "from"), f"must be left out for a {kind}; got {kind_of(raw['from'])}")
    return month_within(raw["from"], join(where, "from"), FUTURE)


def with_values(varied: Varied, raw: dict, where: str, base: Scenario, folder: Path) -> Varied:
    """Return a varied setting with its list of values."""
    place, given = join(where, "values"), raw["values"]
    for key in ("steps", "scale"):
        if key in raw:
            raise SettingError(join(where, key), f"must be left out beside 'values'; got {kind_of(raw[key])}")
    if not isinstance(given, list) or not 1 <= len(given) <= MOST_VALUES:
        got = f"{len(given)}" if isinstance(given, list) else kind_of(given)
        raise SettingError(place, f"must be a list of 1–{MOST_VALUES} values; got {got}")
    found = tuple(varied.accept(value, place, base, folder) for value in given)
    if len(set(found)) < len(found):
        raise SettingError(place, "must name each value once; got one twice")
    return Varied(varied.name, varied.kind, found, first=varied.first)


def with_range(varied: Varied, raw: dict, where: str, grid: bool, base: Scenario, folder: Path) -> Varied:
    """Return a varied setting with its range."""
    place, lever = join(where, "range"), levers().get(varied.name)
    if varied.kind not in (LEVER, PARAMETER) or (isinstance(lever, Lever) and lever.kind == "month"):
        raise SettingError(place, "must be 'values' for a setting that is no number; got a range")
    steps, log = read_steps(raw, where, grid), read_log(raw, where)
    if raw["range"] == PRIOR:
        return with_prior(varied, where, steps, log)
    low, high = ends(raw["range"], place)
    low, high = (varied.accept(end, place, base, folder) for end in (low, high))
    if not low < high:
        raise SettingError(place, f"must go from a lower to a higher value; got [{low:g}, {high:g}]")
    if log and low <= 0:
        raise SettingError(place, f"must be above 0 on a log scale; got {low:g}")
    return Varied(varied.name, varied.kind, (), low, high, steps, log, first=varied.first)


def with_prior(varied: Varied, where: str, steps: int, log: bool) -> Varied:
    """Return a parameter that follows its prior."""
    place = join(where, "range")
    if varied.kind != PARAMETER or parameters()[varied.name].distribution == "fixed":
        raise SettingError(place, "must be [low, high] for a setting without a prior; got 'prior'")
    if log:
        raise SettingError(join(where, "scale"), "must be left out beside a prior; got 'log'")
    p = parameters()[varied.name]
    return Varied(varied.name, varied.kind, (), p.low, p.high, steps, prior=True)


def ends(given: object, where: str) -> list:
    """Return the two ends of a range."""
    if not isinstance(given, list) or len(given) != 2:
        got = f"{len(given)} values" if isinstance(given, list) else kind_of(given)
        raise SettingError(where, f"must be [low, high]; got {got}")
    return given


def read_steps(raw: dict, where: str, grid: bool) -> int:
    """Return how many values a grid takes from a range; 0 where the method chooses them."""
    place = join(where, "steps")
    if grid:
        return whole_number(raw.get("steps"), 2, MOST_STEPS, place, "values")
    if "steps" in raw:
        raise SettingError(place, f"must be left out unless the method is grid; got {kind_of(raw['steps'])}")
    return 0


def read_log(raw: dict, where: str) -> bool:
    """Return whether a range is even in its logarithm."""
    given = raw.get("scale", "linear")
    if given not in ("linear", "log"):
        raise SettingError(join(where, "scale"), f"must be linear or log; got {kind_of(given)}")
    return given == "log"
