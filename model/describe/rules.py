"""What exists and what happens: entities with their columns, mechanisms in the order of a month."""

import inspect
import re
import textwrap

from model import schedule
from model.declare.column import Column, Entity
from model.declare.mechanism import CLOCK, Mechanism
from model.declare.source import sources
from model.describe.markdown import code, span, table
from model.entities import ENTITIES

NAME = re.compile('"([a-z_]+)"')
ROLES = {"fixed": "fixed at the founding", "state": "state", "port": "port of the coupling"}
TYPES = {"?": "yes or no", "i1": "whole number", "i4": "whole number"}


def state_variables() -> str:
    """Return a table of columns for each entity, in the order of declaration."""
    return "\n\n".join(entity_section(e) for e in ENTITIES.values())


def entity_section(entity: Entity) -> str:
    """Return one entity: what it is, its ties, and its columns."""
    ties = "".join(f"\nNetwork `{name}`: {about}.\n" for name, about in entity.ties.items())
    heads = ("state variable", "meaning", "中文", "type", "unit", "range", "initial", "role")
    rows = [column_row(c) for c in entity.columns]
    return f"**{entity.name}** ({entity.zh}): {entity.about}.\n{ties}\n{table(heads, rows)}"


def column_row(c: Column) -> tuple:
    """Return one column as a row of the table of state variables."""
    if c.points_to:
        return (f"`{c.name}`", c.about, c.zh, f"row of {c.points_to}", "pointer", "", "", ROLES[c.role])
    kind, bounds = TYPES.get(c.dtype, "number"), span(c.low, c.high)
    return (f"`{c.name}`", c.about, c.zh, kind, c.unit, bounds, float(c.initial), ROLES[c.role])


def mechanism_rows() -> list[dict]:
    """Return the mechanisms in the order of a month, each with its claim and its wiring."""
    return [mechanism_row(place, rule) for place, rule in enumerate(schedule.scheduled(), start=1)]


def mechanism_row(place: int, rule: Mechanism) -> dict:
    """Return one mechanism; draws are told apart from what is read, the clock from what is set."""
    before, after = rule.arguments()
    return {
        "number": place,
        "mechanism": rule.name,
        "on": rule.on,
        "rows": rule.rows,
        "when": rule.when,
        "system": rule.system,
        "claim_en": rule.claim,
        "claim_zh": rule.zh,
        "reads": [a for a in before if not a.startswith("u_")],
        "draws": [a for a in before if a.startswith("u_")],
        "writes": list(rule.writes),
        "settings": list(after),
        "rivals": list(rule.rivals),
        "source": rule.source,
        "arrows": list(rule.arrows),
        "optional": rule.optional,
    }


def schedule_groups() -> list[tuple[str, list[str]]]:
    """Return (why they stand there, names) of each group, from the comments of the schedule itself."""
    inside = inspect.getsource(schedule).partition("SCHEDULE: ")[2].partition("\n)")[0]
    groups: list[tuple[str, list[str]]] = []
    for line in map(str.strip, inside.split("\n")):
        if line.startswith("#"):
            if not groups or groups[-1][1]:
                groups.append(("", []))
            why, names = groups[-1]
            groups[-1] = (f"{why} {line.lstrip('# ')}".strip(), names)
        elif groups:
            groups[-1][1].extend(NAME.findall(line))
    return groups


def schedule_table() -> str:
    """Return the order of a month, group by group, with what each mechanism reads and writes."""
    rows = {row["mechanism"]: row for row in mechanism_rows()}
    heads = ("no.", "mechanism", "claim", "on", "system", "reads", "writes", "settings", "arrows", "source", "rival")
    parts = []
    for why, names in schedule_groups():
        lines = [schedule_line(rows[name]) for name in names]
        parts.append(f"*{why}*\n\n{table(heads, lines)}")
    return "\n\n".join(parts)


def schedule_line(row: dict) -> tuple:
    """Return one mechanism as a line of the schedule."""
    return (
        row["number"], f"`{row['mechanism']}`", row["claim_en"], applies_to(row), row["system"],
        code([*row["reads"], *row["draws"]]), code(row["writes"]), code(row["settings"]), row["arrows"],
        row["source"], code(row["rivals"]),
    )  # fmt: skip


def applies_to(row: dict) -> str:
    """Return the entity of a mechanism, with the rows or months that it is limited to."""
    limits = [f"where `{row['rows']}`"] if row["rows"] else []
    limits += [f"when `{row['when']}`"] if row["when"] else []
    return f"{row['on']} ({', '.join(limits)})" if limits else row["on"]


def clock_table() -> str:
    """Return the settings that nobody sets: the clock."""
    return table(("name", "meaning"), [(f"`{name}`", about) for name, about in CLOCK.items()])


def submodels(system: str) -> str:
    """Return each mechanism of a system: its claim, what it covers, and its equations."""
    places = {name: place for place, name in enumerate(schedule.SCHEDULE, start=1)}
    return "\n\n".join(submodel(places[r.name], r) for r in schedule.scheduled() if r.system == system)


def submodel(place: int, rule: Mechanism) -> str:
    """Return one mechanism in full: module text, then the function of each form."""
    text = inspect.cleandoc(inspect.getmodule(rule.function).__doc__ or "")
    arrows = ", ".join(rule.arrows) or "none (bookkeeping)"
    on, cited = applies_to(mechanism_row(place, rule)), ", ".join(rule.source.split())
    wired = f"On {on}; writes {code(rule.writes)}; arrows: {arrows}; sources: {cited}."
    forms = [body(rule.function)]
    forms += [f"Rival form `{name}`:\n\n{body(rival)}" for name, rival in rule.rivals.items()]
    return "\n\n".join([f"#### {place}. {rule.name}", text, rule.zh + "。", wired, *forms])


def body(function: object) -> str:
    """Return a function's source from its signature on, in a fenced block."""
    source = textwrap.dedent(inspect.getsource(function))
    return "```python\n" + source[source.index("def ") :].rstrip() + "\n```"


def arrow_table() -> str:
    """Return each causal arrow with what it says and the mechanisms that carry it."""
    carried = {key: [r.name for r in schedule.scheduled() if key in r.arrows] for key in arrow_keys()}
    rows = [
        (key, sources()[f"arrow-{key}"].value, sources()[f"arrow-{key}"].reference, code(names))
        for key, names in carried.items()
    ]
    return table(("arrow", "says", "evidence", "mechanisms"), rows)


def arrow_keys() -> list[str]:
    """Return the ids of the causal arrows, in the order of the sources."""
    return [key.removeprefix("arrow-") for key in sources() if key.startswith("arrow-")]
