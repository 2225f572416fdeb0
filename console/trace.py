"""The life of one agent, month by month, with the mechanism that made each change."""

from console.options import Wanted
from console.show import show
from console.words import say
from console.work import city_of, options_of, read_all
from experiments.experiment import Options, numbered_draws
from model.declare.draws import luck
from model.declare.errors import SettingError, unknown
from model.declare.setting import month_name
from model.entities import ENTITIES
from model.profile import Profile
from model.simulation import City
from scenarios.city import read_city
from scenarios.resolve import settings_of
from scenarios.scenario import Scenario

Change = tuple[int, str, str, float, float]


def trace(given: str, agent: str, against: str | None, columns: tuple[str, ...], wanted: Wanted) -> None:
    """Print every change of one agent, or only those that another scenario would not have made."""
    scenarios = read_all([given, *([against] if against else [])], wanted)
    profile = read_city(city_of(scenarios, wanted))
    options = options_of(scenarios, wanted)
    kind, row = read_agent(agent)
    refuse_unknown_columns(kind, columns)
    logs = [live(s, profile, options, kind, row, agent) for s in scenarios]
    rows = [change_row(c, kind, wanted.lang) for c in logs[0] if not columns or c[2] in columns]
    if against:
        rows = differing(logs[0], logs[1], kind, columns, wanted.lang)
    heads = {key: say(key, wanted.lang) for key in ("month", "mechanism", "column", "before", "after")}
    if against:
        heads = {k: heads[k] for k in ("month", "mechanism", "column")}
        heads |= {"after": after_in(scenarios[0], wanted), "other": after_in(scenarios[1], wanted)}
    title = say(
        "trace",
        wanted.lang,
        agent=agent,
        title=scenarios[0].title[wanted.lang],
        city=profile.title[wanted.lang],
        scale=options.scale,
    )
    show(rows, wanted.format, heads, title=title, notes=[] if rows else [say("trace.none", wanted.lang)])


def after_in(scenario: Scenario, wanted: Wanted) -> str:
    """Return the head of a column of values under one scenario."""
    return say("after.in", wanted.lang, title=scenario.title[wanted.lang])


def read_agent(text: str) -> tuple[str, int]:
    """Return (entity, row) of a text such as Family:123."""
    where = f"--agent {text}"
    kind, colon, number = text.partition(":")
    name = kind.strip().lower()
    if not colon or not number.isascii() or not number.isdecimal() or len(number) > len("1234567890"):
        raise SettingError(where, f"must be a kind and a number, such as Family:123; got {text!r}")
    if name not in ENTITIES:
        raise unknown(where, "kind of agent", name, ENTITIES, "run_sim.py list agents")
    return name, int(number)


def refuse_unknown_columns(kind: str, columns: tuple[str, ...]) -> None:
    """Refuse a column that the kind of agent does not have."""
    known = ENTITIES[kind].by_name
    for name in columns:
        if name not in known:
            raise unknown(f"--column {name}", f"column of {kind}", name, known, "run_sim.py list agents")


def live(scenario: Scenario, profile: Profile, options: Options, kind: str, row: int, agent: str) -> list[Change]:
    """Return every change of one agent, on the central parameter values."""
    number, drawn = numbered_draws(Options(options.until))[0]
    settings = settings_of(scenario, profile, drawn, options.until)
    chance = luck(options.seed, number, 0)
    city = City(profile, settings, seed=chance, scale=options.scale, watch=(kind, 0))
    rows = city.tables[kind].n
    if row >= rows:
        raise SettingError(
            f"--agent {agent}", f"must be in 0–{rows - 1} ({kind} at scale 1:{options.scale:g}); got {row}"
        )
    city.watch = (kind, row)
    city.log.clear()
    city.run(settings.months)
    return list(city.log)


def change_row(change: Change, kind: str, lang: str) -> dict:
    """Return one change as a row."""
    month, mechanism, column, before, after = change
    return {
        "month": month_name(month),
        "mechanism": mechanism,
        "column": column,
        "label": meaning(kind, column, lang),
        "before": rounded(before),
        "after": rounded(after),
    }


def differing(mine: list[Change], other: list[Change], kind: str, columns: tuple[str, ...], lang: str) -> list[dict]:
    """Return the changes whose result differs between two lives; None where one has no such change.

    What is equal in the digits shown does not differ.
    """
    lives = [{(m, rule, column): after for m, rule, column, _, after in life} for life in (mine, other)]
    rows = []
    for key in sorted({*lives[0], *lives[1]}, key=lambda k: k[0]):
        one, two = (rounded(life.get(key)) for life in lives)
        if one != two and (not columns or key[2] in columns):
            month, mechanism, column = key
            rows.append(
                {
                    "month": month_name(month),
                    "mechanism": mechanism,
                    "column": column,
                    "label": meaning(kind, column, lang),
                    "after": one,
                    "other": two,
                }
            )
    return rows


def meaning(kind: str, column: str, lang: str) -> str:
    """Return what a column means, in one language."""
    declared = ENTITIES[kind].by_name[column]
    return declared.zh if lang == "zh" else declared.about


def rounded(value: float | None) -> float | None:
    """Return a value with the digits that a reader can use."""
    return value if value is None or isinstance(value, bool | int) else float(f"{value:.6g}")
