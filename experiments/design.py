"""A design: which settings a sweep varies and how, read from a TOML file as strictly as a scenario."""

from dataclasses import dataclass, field
from pathlib import Path

from experiments.keep import LOOKS, MEAN, Keep
from experiments.sampling import CSV, GRID, METHODS, MOST_POINTS, SOBOL, Point, count_of, points_of, read_points
from experiments.varied import CITY, Varied, accept_city, read_varied
from model.declare.errors import SettingError, unknown
from scenarios.path import month_within
from scenarios.reader import (
    both_languages,
    file_beside,
    join,
    kind_of,
    name_of,
    only,
    read_toml,
    table_of,
    text_of,
    whole_number,
)
from scenarios.scale import accept_scale
from scenarios.scenario import FUTURE, Scenario, read_scenario

KEYS = (
    "title", "about", "base", "city", "method", "n", "points", "seed", "draws", "replicates", "scale", "until",
    "outcomes", "groups", "months", "vary",
)  # fmt: skip
GROUPS = ("city", "district", "income", "post", "lever")
MOST_VARIED = 100
MOST_SEED, MOST_DRAWS, MOST_REPLICATES = 2**63 - 1, 1_000_000, 10_000


@dataclass(frozen=True)
class Design:
    """What to vary, around which scenario, how often, and what to keep of each experiment."""

    name: str
    title: dict[str, str]
    base: Scenario
    varied: tuple[Varied, ...]
    method: str
    n: int
    seed: int
    keep: Keep
    city: str = ""
    draws: int = 0
    replicates: int = 1
    scale: float | None = None
    until: int | None = None
    rows: list[Point] = field(default_factory=list, repr=False)

    @property
    def count(self) -> int:
        """How many points there are."""
        return len(self.rows) if self.method == CSV else count_of(self.method, self.varied, self.n)

    def points(self) -> list[Point]:
        """Return every point, in their order."""
        return self.rows if self.method == CSV else points_of(self.method, self.varied, self.n, self.seed)


def read_design(given: str | Path) -> Design:
    """Read a design file."""
    path = Path(given)
    shown = path.as_posix()
    return design_from(read_toml(path), name_of(path, shown), shown, path.parent)


def is_design(raw: dict) -> bool:
    """Tell a design from other files by the keys that only it has."""
    return "vary" in raw or "method" in raw


def design_from(raw: dict, name: str, where: str, folder: Path) -> Design:
    """Return the design that parsed TOML describes; ``where`` names the file in errors."""
    only(raw, KEYS, where)
    both_languages(raw, "about", where, needed=False)
    base = read_base(raw, where, folder)
    method = one_of(raw, "method", METHODS, where)
    varied, rows = read_settings(raw, method, base, where, folder)
    if "city" in raw and any(v.kind == CITY for v in varied):
        raise SettingError(join(where, "city"), "must be left out when the city is varied; got one")
    design = Design(
        name=name,
        title=both_languages(raw, "title", where),
        base=base,
        varied=varied,
        method=method,
        n=read_n(raw, method, where),
        seed=number(raw, "seed", 1, 0, MOST_SEED, where),
        keep=read_keep(raw, base, where),
        city=accept_city(raw["city"], join(where, "city"), folder) if "city" in raw else base.city,
        draws=number(raw, "draws", 0, 0, MOST_DRAWS, where),
        replicates=number(raw, "replicates", 1, 1, MOST_REPLICATES, where),
        scale=accept_scale(raw["scale"], join(where, "scale")) if "scale" in raw else None,
        until=month_within(raw["until"], join(where, "until"), FUTURE) if "until" in raw else None,
        rows=rows,
    )
    if design.count > MOST_POINTS:
        raise SettingError(where, f"must have at most {MOST_POINTS} points; got {design.count}")
    return design


def read_base(raw: dict, where: str, folder: Path) -> Scenario:
    """Return the scenario around which settings vary: a shipped one, or a file in the same folder."""
    name, place = text_of(raw, "base", where, "baseline"), join(where, "base")
    return read_scenario(file_beside(name, folder, place, "shipped scenario") if name.endswith(".toml") else name)


def read_settings(
    raw: dict, method: str, base: Scenario, where: str, folder: Path
) -> tuple[tuple[Varied, ...], list[Point]]:
    """Return what varies, and the points if a CSV file lists them."""
    if method == CSV:
        leave_out(raw, "vary", where, method)
        name = text_of(raw, "points", where)
        path = file_beside(name, folder, join(where, "points"), "CSV file")
        return read_points(path, path.as_posix(), base, folder)
    leave_out(raw, "points", where, method)
    table, place = table_of(raw, "vary", where), join(where, "vary")
    if not 1 <= len(table) <= MOST_VARIED:
        raise SettingError(place, f"must have 1–{MOST_VARIED} settings; got {len(table)}")
    grid = method == GRID
    return tuple(read_varied(key, entry, join(place, key), grid, base, folder) for key, entry in table.items()), []


def leave_out(raw: dict, key: str, where: str, method: str) -> None:
    """Refuse a key that has no meaning with a method."""
    if key in raw:
        raise SettingError(join(where, key), f"must be left out with method {method}; got {kind_of(raw[key])}")


def read_n(raw: dict, method: str, where: str) -> int:
    """Return the number of points, where the method does not give it."""
    if method in (GRID, CSV):
        leave_out(raw, "n", where, method)
        return 0
    n = whole_number(raw.get("n"), 1, MOST_POINTS, join(where, "n"), "points")
    if method == SOBOL and n & (n - 1):
        raise SettingError(join(where, "n"), f"must be a power of 2 for a Sobol sequence; got {n}; try {nearest(n)}")
    return n


def nearest(n: int) -> int:
    """Return the power of 2 nearest to a number."""
    above = 1 << n.bit_length()
    return above if above - n < n - above // 2 else above // 2


def read_keep(raw: dict, base: Scenario, where: str) -> Keep:
    """Return what to keep of each experiment: usually the late mean of the city's headline outcomes."""
    import model.outcomes  # noqa: F401  (declares the outcomes)
    from model.declare.outcome import OUTCOMES

    known = {key: o for key, o in OUTCOMES.items() if o.system in {*base.systems, "both"}}
    usual = [key for key, o in known.items() if o.headline]
    return Keep(
        some_of(raw, "outcomes", known, usual, where, "outcome"),
        some_of(raw, "groups", GROUPS, ["city"], where, "group"),
        one_of(raw, "months", LOOKS, where, MEAN),
    )


def some_of(raw: dict, key: str, known: object, usual: list[str], where: str, kind: str) -> tuple[str, ...]:
    """Return a list of known names, each once."""
    given, place = raw.get(key, usual), join(where, key)
    if not isinstance(given, list) or not given:
        raise SettingError(place, f"must be a list of names; got {kind_of(given)}")
    for name in given:
        if name not in known:
            raise unknown(place, kind, name, known, "run_sim.py list outcomes" if kind == "outcome" else "")
    if len(set(given)) < len(given):
        raise SettingError(place, f"must name each {kind} once; got one twice")
    return tuple(given)


def one_of(raw: dict, key: str, allowed: tuple[str, ...], where: str, usual: str | None = None) -> str:
    """Return one of a few words."""
    given = raw.get(key, usual)
    if given not in allowed:
        raise SettingError(join(where, key), f"must be {' or '.join(allowed)}; got {kind_of(given)}")
    return given


def number(raw: dict, key: str, usual: int, low: int, high: int, where: str) -> int:
    """Return a whole number, or the usual one."""
    value = raw.get(key, usual)
    if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
        raise SettingError(join(where, key), f"must be a whole number in {low}–{high}; got {kind_of(value)}")
    return value
