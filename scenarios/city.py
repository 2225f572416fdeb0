"""Read a city profile: every figure with its source and status, checked against its declaration."""

from pathlib import Path

from model.declare.errors import SettingError
from model.declare.setting import accept_number, levers, parameters
from model.declare.source import KINDS
from model.profile import DISTRICT_FIELDS, FIELDS, HISTORY_MONTHS, Field, Profile
from scenarios.path import read_steps
from scenarios.reader import (
    NAME,
    both_languages,
    find_file,
    join,
    kind_of,
    name_of,
    numbers_of,
    only,
    read_toml,
    table_of,
    text_of,
)

FOLDER = Path(__file__).parent / "cities"
USUAL_CITY = "pingdingshan"
KEYS = ("name", "title", "about", "values", "district", "history", "status_quo", "costs", "assumptions")
FIGURE_KEYS = ("value", "source", "status", "note")
MOST_DISTRICTS = 99
PAST = (0, HISTORY_MONTHS - 1)


def shipped_cities() -> list[str]:
    """Return the names of the shipped city profiles."""
    return sorted(path.stem for path in FOLDER.glob("*.toml"))


def read_city(given: str | Path = USUAL_CITY) -> Profile:
    """Read a shipped city by name, or any profile by path."""
    path = find_file(str(given), FOLDER, "city", "scenarios/cities")
    shown = str(given) if str(given).endswith(".toml") else f"scenarios/cities/{path.name}"
    name_of(path, shown)
    return city_from(read_toml(path), Path(shown).as_posix())


def city_from(raw: dict, where: str) -> Profile:
    """Return the profile that parsed TOML describes; ``where`` names the file in errors."""
    only(raw, KEYS, where)
    about: dict[str, tuple[str, str]] = {}
    both_languages(raw, "about", where, needed=False)
    return Profile(
        name=read_name(raw, where),
        title=both_languages(raw, "title", where),
        values=read_figures(table_of(raw, "values", where), FIELDS, join(where, "values"), about),
        districts=read_districts(raw, where, about),
        history=read_history(table_of(raw, "history", where), join(where, "history"), about),
        status_quo=read_status_quo(table_of(raw, "status_quo", where), join(where, "status_quo"), about),
        costs=read_costs(table_of(raw, "costs", where), join(where, "costs"), about),
        provenance=about,
        assumptions=read_assumptions(table_of(raw, "assumptions", where), join(where, "assumptions"), about),
    )


def read_name(raw: dict, where: str) -> str:
    """Return the city's name, which results carry."""
    name = text_of(raw, "name", where)
    if not NAME.fullmatch(name):
        raise SettingError(join(where, "name"), f"must be letters, digits, '_' and '-', at most 64; got {name!r}")
    return name


def read_figures(raw: dict, fields: tuple[Field, ...], where: str, about: dict, extra: tuple[str, ...] = ()) -> dict:
    """Return every declared figure; a missing one is an error, so is one too many."""
    only(raw, [*extra, *(f.name for f in fields)], where, "figure")
    for f in fields:
        if f.name not in raw:
            raise SettingError(join(where, f.name), f"must be given: {f.en} ({f.unit}); got nothing")
    return {f.name: read_figure(raw[f.name], f, join(where, f.name), about) for f in fields}


def read_figure(raw: object, field: Field, where: str, about: dict) -> float | tuple[float, ...]:
    """Return one figure, or its list of figures, within the declared range."""
    raw = with_source(raw, where, about)
    numbers = numbers_of(raw["value"], field.length, where) if field.length else [raw["value"]]
    accepted = tuple(accept(number, field, where) for number in numbers)
    return accepted if field.length else accepted[0]


def accept(value: object, field: Field, where: str) -> float:
    """Return a number within the field's range."""
    return accept_number(value, field.low, field.high, field.unit, where, field.name)


def with_source(raw: object, where: str, about: dict, keys: tuple[str, ...] = FIGURE_KEYS) -> dict:
    """Check that a figure has a value, a source and a status; note the last two."""
    if not isinstance(raw, dict) or "value" not in raw:
        got = "a table without value" if isinstance(raw, dict) else kind_of(raw)
        raise SettingError(where, f"must be {{ value = …, source = …, status = … }}; got {got}")
    only(raw, keys, where)
    source, status = text_of(raw, "source", where), text_of(raw, "status", where)
    if status not in KINDS:
        raise SettingError(join(where, "status"), f"must be {', '.join(KINDS)}; got {status!r}")
    about[where.partition(", ")[2]] = (source, status)
    return raw


def read_districts(raw: dict, where: str, about: dict) -> tuple[dict, ...]:
    """Return the districts, in the order of the file."""
    given, place = raw.get("district"), join(where, "district")
    if not isinstance(given, list) or not 1 <= len(given) <= MOST_DISTRICTS:
        raise SettingError(place, f"must be 1–{MOST_DISTRICTS} [[district]] tables; got {kind_of(given)}")
    found: list[dict] = []
    for entry in given:
        found.append(read_district(entry, place, about, [d["id"] for d in found]))
    if sum(d["pupils_share"] for d in found) <= 0:
        raise SettingError(join(place, "pupils_share"), "must sum to more than 0; got 0")
    return tuple(found)


def read_district(entry: object, place: str, about: dict, taken: list[str]) -> dict:
    """Return one district: id, name in both languages, and its declared figures."""
    if not isinstance(entry, dict):
        raise SettingError(place, f"must be a table; got {kind_of(entry)}")
    key = text_of(entry, "id", place)
    if not NAME.fullmatch(key):
        raise SettingError(join(place, "id"), f"must be letters and digits; got {key!r}")
    if key in taken:
        raise SettingError(join(place, "id"), f"must name each district once; got {key!r} twice")
    where = f"{place} {key}"
    figures = read_figures(entry, DISTRICT_FIELDS, where, about, ("id", "name"))
    return {"id": key, "name": both_languages(entry, "name", where), **figures}


def read_history(raw: dict, where: str, about: dict) -> dict[str, tuple[dict, ...]]:
    """Return the dated lever values from the first month to the last month of history."""
    only(raw, levers(), where, "lever", "run_sim.py list levers")
    return {key: read_past(value, key, join(where, key), about) for key, value in raw.items()}


def read_past(raw: object, key: str, where: str, about: dict) -> tuple[dict, ...]:
    """Return one lever's dated values, each with its source."""
    if not isinstance(raw, list):
        raise SettingError(where, f"must be a list of dated values; got {kind_of(raw)}")
    steps = read_steps(raw, levers()[key], where, PAST, ("source", "status", "note"))
    if steps[0].month:
        raise SettingError(join(where, "from"), f"must start at 2021-01; got {raw[0]['from']}")
    keys = ("from", "ramp_months", *FIGURE_KEYS)
    for entry in raw:
        with_source(entry, f"{where} {entry['from']}", about, keys)
    return tuple(
        {
            "from": s.month,
            "value": s.value,
            "ramp_months": s.ramp_months,
            "source": entry["source"],
            "status": entry["status"],
        }
        for s, entry in zip(steps, raw, strict=True)
    )


def read_status_quo(raw: dict, where: str, about: dict) -> dict[str, float]:
    """Return the lever values that differ from the usual status quo."""
    only(raw, levers(), where, "lever", "run_sim.py list levers")
    return {
        key: levers()[key].accept(with_source(v, join(where, key), about)["value"], join(where, key))
        for key, v in raw.items()
    }


def read_costs(raw: dict, where: str, about: dict) -> dict[str, dict]:
    """Return the unit costs that replace the usual ones; basis and measure stay."""
    only(raw, levers(), where, "lever", "run_sim.py list levers")
    found = {}
    for key, entry in raw.items():
        place = join(where, key)
        field = Field(key, levers()[key].cost["unit"], 0, 1e12, "unit cost", "单位成本")
        value = read_figure(entry, field, place, about)
        found[key] = {**levers()[key].cost, "value": value, "source": entry["source"]}
    return found


def read_assumptions(raw: dict, where: str, about: dict) -> dict[str, float]:
    """Return the parameters whose central value is another one in this city."""
    only(raw, parameters(), where, "parameter", "run_sim.py list parameters")
    return {
        key: parameters()[key].accept(with_source(v, join(where, key), about)["value"], join(where, key))
        for key, v in raw.items()
    }
