"""Lists of what exists: each list is a function that returns rows and says which columns a table shows."""

from collections.abc import Callable

from console.show import show
from console.words import say
from model.declare.setting import Lever, levers, month_name, parameters
from model.declare.unit import UNITS

Rows = tuple[list[dict], tuple[tuple[str, str], ...], tuple[str, ...]]


def show_list(what: str, lang: str, form: str) -> None:
    """Print one list."""
    rows, columns, wide = LISTS[what](lang)
    heads = {key: say(head, lang) for key, head in columns}
    show(rows, form, heads, wide=wide)


def pair(name: str, texts: dict[str, str]) -> dict[str, str]:
    """Return a text in both languages under two plain names."""
    return {f"{name}_{language}": text for language, text in texts.items()}


def in_words(unit: str, lang: str) -> str:
    """Return a unit as the reader says it."""
    return UNITS.get(unit, unit) if lang == "zh" else unit


def list_levers(lang: str) -> Rows:
    """Return the levers with range, status quo and unit cost."""
    rows = [
        {
            "id": lever.id,
            "system": lever.system,
            "group": lever.group,
            **pair("label", lever.label),
            "unit": lever.unit,
            "_unit": in_words(lever.unit, lang),
            "kind": lever.kind,
            "range": lever_range(lever),
            "status_quo": lever.show(lever.default),
            "unit_cost": lever.cost["value"],
            "cost_unit": lever.cost["unit"],
            "cost_basis": lever.cost["basis"],
            "source": lever.source,
            "status": lever.status,
            "quote": lever.quote["text"],
            **pair("about", lever.about),
        }
        for lever in levers().values()
    ]
    columns = (
        ("id", "id"),
        (f"label_{lang}", "label"),
        ("range", "range.head"),
        ("status_quo", "usual"),
        ("_unit", "unit"),
    )
    return rows, columns, (f"label_{lang}", "_unit")


def lever_range(lever: Lever) -> str:
    """Return a lever's range as people write it."""
    if lever.kind == "month":
        return "YYYY-MM, none"
    return f"{lever.range[0]:g}–{lever.range[1]:g}"


def list_parameters(lang: str) -> Rows:
    """Return the parameters with value, prior range and source."""
    rows = [
        {
            "id": p.id,
            **pair("label", p.label),
            "value": p.value,
            "low": p.low,
            "high": p.high,
            "range": f"{p.low:g}–{p.high:g}",
            "unit": p.unit,
            "_unit": in_words(p.unit, lang),
            "distribution": p.distribution,
            "status": p.status,
            "source": p.source,
        }
        for p in parameters().values()
    ]
    columns = (
        ("id", "id"),
        (f"label_{lang}", "label"),
        ("value", "value"),
        ("range", "range.head"),
        ("_unit", "unit"),
        ("distribution", "distribution"),
        ("status", "status"),
        ("source", "source"),
    )
    return rows, columns, (f"label_{lang}", "_unit", "source")


def list_outcomes(lang: str) -> Rows:
    """Return the outcomes with unit, direction and groups."""
    import model.outcomes  # noqa: F401  (declares the outcomes)
    from model.declare.outcome import OUTCOMES

    rows = [
        {
            "id": o.id,
            **pair("label", o.label),
            "unit": o.unit,
            "_unit": in_words(o.unit, lang),
            "better": o.better,
            "_direction": say(o.better, lang),
            "system": o.system,
            "over": o.over,
            "groups": list(o.groups),
            "headline": o.headline,
            "notable": o.notable,
            "_main": say("yes", lang) if o.headline else "",
            **pair("about", o.about),
        }
        for o in OUTCOMES.values()
    ]
    columns = (
        ("id", "id"),
        (f"label_{lang}", "label"),
        ("_unit", "unit"),
        ("_direction", "direction"),
        ("notable", "notable"),
        ("groups", "groups"),
        ("_main", "headline"),
    )
    return rows, columns, (f"label_{lang}", "_unit", "groups")


def list_scenarios(lang: str) -> Rows:
    """Return the shipped scenarios."""
    from scenarios.scenario import read_scenario, shipped_scenarios

    rows = [
        {
            "name": s.name,
            **pair("title", s.title),
            "levers": len(s.levers),
            "until": month_name(s.until),
            "systems": list(s.systems),
            "source": s.source,
            **pair("about", s.about),
        }
        for s in map(read_scenario, shipped_scenarios())
    ]
    columns = (("name", "name"), (f"title_{lang}", "title"), ("levers", "levers.head"), (f"about_{lang}", "about.head"))
    return rows, columns, (f"about_{lang}",)


def list_mechanisms(lang: str) -> Rows:
    """Return the mechanisms in the order of a month, with what each reads and writes."""
    from model.describe.rules import mechanism_rows

    rows = [{**row, "_wiring": wiring(row, lang)} for row in mechanism_rows()]
    columns = (("number", "number"), ("mechanism", "mechanism"), ("on", "on"), ("_wiring", "wiring"))
    return rows, columns, ("_wiring",)


def wiring(row: dict, lang: str) -> str:
    """Return what a mechanism reads, writes, is set by and rests on, a line each."""
    parts = ("reads", "writes", "settings", "rivals", "source")
    shown = {part: ", ".join(row[part]) if isinstance(row[part], list) else row[part] for part in parts}
    return "\n".join(f"{say(part, lang)}: {text}" for part, text in shown.items() if text)


def list_agents(lang: str) -> Rows:
    """Return the kinds of agent with their columns."""
    from model.entities import ENTITIES

    rows = [
        {
            "kind": e.name,
            "label_en": e.name,
            "label_zh": e.zh,
            "about": e.about,
            "_about": e.about if lang == "en" else e.zh,
            "columns": [c.name for c in e.columns],
            "ties": list(e.ties),
        }
        for e in ENTITIES.values()
    ]
    columns = (("kind", "kind"), ("_about", "about.head"), ("columns", "columns"))
    return rows, columns, ("columns",)


def list_sources(lang: str) -> Rows:
    """Return the sources with the kind of evidence that each is."""
    from model.declare.source import sources

    rows = [
        {
            "key": s.key,
            "kind": s.kind,
            "reference": s.reference,
            "value": s.value,
            "zh": s.zh,
            "_about": s.zh if lang == "zh" else s.value,
            "obtained": s.obtained,
            "confidence": s.confidence,
            "use": list(s.use),
            "population": s.population,
        }
        for s in sources().values()
    ]
    columns = (("key", "id"), ("kind", "kind"), ("_about", "value"), ("reference", "reference"))
    return rows, columns, ("_about", "reference")


LISTS: dict[str, Callable[[str], Rows]] = {
    "levers": list_levers,
    "parameters": list_parameters,
    "outcomes": list_outcomes,
    "scenarios": list_scenarios,
    "mechanisms": list_mechanisms,
    "agents": list_agents,
    "sources": list_sources,
}
