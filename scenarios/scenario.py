"""A policy story: levers by date, assumptions that differ from the usual, and a horizon.

Only reads and checks; ``scenarios/resolve.py`` turns a story and a city into settings.
"""

from dataclasses import dataclass, field, replace
from pathlib import Path

from model.declare.errors import SettingError, unknown
from model.declare.setting import Lever, Parameter, levers, month_index, parameters
from scenarios.path import Step, month_within, read_steps
from scenarios.reader import (
    both_languages,
    file_beside,
    find_file,
    join,
    kind_of,
    name_of,
    only,
    read_toml,
    table_of,
    text_of,
)

FOLDER = Path(__file__).parent
FIRST_FUTURE = 29
LAST_MONTH = month_index("2035-12")
USUAL_UNTIL = month_index("2026-05")
FUTURE = (FIRST_FUTURE, LAST_MONTH)
SYSTEMS = ("cadres", "education")
KEYS = (
    "title",
    "about",
    "source",
    "city",
    "systems",
    "coupling",
    "until",
    "levers",
    "parameters",
    "mechanisms",
)
SEE_SCENARIOS = "run_sim.py list scenarios"


@dataclass(frozen=True)
class Scenario:
    """One policy story; ``until`` is the index of its last month."""

    name: str
    title: dict[str, str]
    about: dict[str, str]
    source: str = ""
    city: str = ""
    systems: tuple[str, ...] = SYSTEMS
    coupled: bool = True
    until: int = USUAL_UNTIL
    levers: dict[str, tuple[Step, ...]] = field(default_factory=dict)
    parameters: dict[str, float] = field(default_factory=dict)
    forms: dict[str, str] = field(default_factory=dict)

    @property
    def assumptions(self) -> tuple:
        """What is taken to be true of the world: all but the levers."""
        return (
            self.systems,
            self.coupled,
            tuple(sorted(self.parameters.items())),
            tuple(sorted(self.forms.items())),
        )


def shipped_scenarios() -> list[str]:
    """Return the names of the shipped scenarios, the baseline first."""
    names = sorted(path.stem for path in FOLDER.glob("*.toml"))
    return sorted(names, key=lambda name: name != "baseline")


def read_scenario(given: str | Path) -> Scenario:
    """Read a shipped scenario by name, or any scenario file by path."""
    path = find_file(str(given), FOLDER, "scenario", SEE_SCENARIOS)
    shown = str(given) if str(given).endswith(".toml") else f"scenarios/{path.name}"
    return scenario_from(read_toml(path), name_of(path, shown), Path(shown).as_posix(), path.parent)


def scenario_from(raw: dict, name: str, where: str, folder: Path = FOLDER) -> Scenario:
    """Return the scenario that parsed TOML describes; ``where`` names the file in errors."""
    only(raw, KEYS, where)
    systems = read_systems(raw, where)
    return Scenario(
        name=name,
        title=both_languages(raw, "title", where),
        about=both_languages(raw, "about", where, needed=False),
        source=text_of(raw, "source", where, ""),
        city=read_city_name(raw, where, folder),
        systems=systems,
        coupled=read_coupling(raw, where),
        until=month_within(raw.get("until", "2026-05"), join(where, "until"), FUTURE),
        levers=read_levers(table_of(raw, "levers", where), join(where, "levers"), systems),
        parameters=read_parameters(table_of(raw, "parameters", where), join(where, "parameters")),
        forms=read_forms(table_of(raw, "mechanisms", where), join(where, "mechanisms")),
    )


def read_systems(raw: dict, where: str) -> tuple[str, ...]:
    """Return the systems to simulate, in their usual order."""
    place, given = join(where, "systems"), raw.get("systems", list(SYSTEMS))
    if not isinstance(given, list) or not given:
        raise SettingError(place, f"must be a list of {' and '.join(SYSTEMS)}; got {kind_of(given)}")
    for name in given:
        if name not in SYSTEMS:
            raise unknown(place, "system", name, SYSTEMS)
    if len(set(given)) < len(given):
        raise SettingError(place, "must name each system once; got one twice")
    return tuple(s for s in SYSTEMS if s in given)


def read_coupling(raw: dict, where: str) -> bool:
    """Return whether the two systems act on each other."""
    value = raw.get("coupling", True)
    if not isinstance(value, bool):
        raise SettingError(join(where, "coupling"), f"must be true or false; got {kind_of(value)}")
    return value


def read_city_name(raw: dict, where: str, folder: Path) -> str:
    """Return the city that the story asks for: a shipped name, or a file in the same folder."""
    name = text_of(raw, "city", where, "")
    if name.endswith(".toml"):
        return file_beside(name, folder, join(where, "city"), "shipped city").as_posix()
    if name:
        from scenarios.city import shipped_cities

        if name not in shipped_cities():
            raise unknown(join(where, "city"), "city", name, shipped_cities())
    return name


def read_levers(raw: dict, where: str, systems: tuple[str, ...]) -> dict[str, tuple[Step, ...]]:
    """Return each lever's dated values."""
    only(raw, levers(), where, "lever", "run_sim.py list levers")
    for key in raw:
        refuse_idle(levers()[key], systems, join(where, key))
    return {key: read_steps(value, levers()[key], join(where, key), FUTURE) for key, value in raw.items()}


def refuse_idle(lever: Lever, systems: tuple[str, ...], where: str) -> None:
    """Refuse a lever of a system that is not simulated."""
    if lever.system not in systems:
        raise SettingError(
            where,
            f"must be a lever of a system that is simulated ({', '.join(systems)}); got one of {lever.system}",
        )


def read_parameters(raw: dict, where: str) -> dict[str, float]:
    """Return the parameters that the story sets."""
    only(raw, parameters(), where, "parameter", "run_sim.py list parameters")
    return {key: parameters()[key].accept(value, join(where, key)) for key, value in raw.items()}


def read_forms(raw: dict, where: str) -> dict[str, str]:
    """Return the mechanisms that the story switches off or takes in a rival form."""
    if not raw:
        return {}
    from model.schedule import scheduled

    rules = {rule.name: rule for rule in scheduled()}
    only(raw, rules, where, "mechanism", "run_sim.py list mechanisms")
    for key, form in raw.items():
        accept_form(rules[key], form, join(where, key))
    return dict(raw)


def accept_form(mechanism: object, form: object, where: str) -> None:
    """Refuse a form that a mechanism does not have."""
    allowed = (["off"] if mechanism.optional else []) + list(mechanism.rivals)
    if not allowed:
        raise SettingError(where, "must be left as it is, because others need it; it has no rival form")
    if form not in allowed:
        raise SettingError(where, f"must be {' or '.join(allowed)}; got {kind_of(form)}")


def with_sets(scenario: Scenario, sets: tuple[str, ...]) -> Scenario:
    """Return the scenario with ``name=value`` texts applied, levers from the first future month."""
    seen, paths, values = set(), dict(scenario.levers), dict(scenario.parameters)
    for text in sets:
        where = f"--set {text}"
        name, equals, number = text.partition("=")
        name = name.strip()
        if not equals or not name or not number.strip():
            raise SettingError(where, "must be name=value; got no value" if name else "must be name=value")
        if name in seen:
            raise SettingError(where, f"must set each name once; got '{name}' twice")
        seen.add(name)
        setting = known_setting(name, where)
        value = setting.accept(number_or_text(number.strip()), where)
        if isinstance(setting, Lever):
            refuse_idle(setting, scenario.systems, where)
            paths[name] = (Step(FIRST_FUTURE, value),)
        else:
            values[name] = value
    return replace(scenario, levers=paths, parameters=values)


def known_setting(name: str, where: str) -> Lever | Parameter:
    """Return the lever or parameter of that name; parameters are read only if it is no lever."""
    if name in levers():
        return levers()[name]
    if name in parameters():
        return parameters()[name]
    raise unknown(where, "lever", name, [*levers(), *parameters()], "run_sim.py list levers")


def number_or_text(text: str) -> float | str:
    """Return the number that a text spells, or the text itself."""
    try:
        return float(text)
    except ValueError:
        return text
