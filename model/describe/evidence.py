"""What is known: the figures of a city with their sources, and how much rests on assumptions."""

from collections import Counter

from model.declare.column import Table
from model.declare.draws import Draws
from model.declare.setting import levers, month_name, parameters
from model.declare.source import KINDS, sources
from model.describe.markdown import table
from model.founding import found
from model.profile import DISTRICT_FIELDS, FIELDS, Field, Profile

OBTAINED = {
    "V": "the number was seen in a published text",
    "V-dir": "only the direction of the finding was seen",
    "D": "derived by arithmetic from seen numbers",
    "M": "from memory, not checked, with a confidence",
    "J": "a modelling judgement",
}


def city_table(profile: Profile) -> str:
    """Return the figures of a city with their evidence, then its districts."""
    heads = ("figure", "meaning", "中文", "unit", "value", "evidence")
    rows = [
        (f"`{f.name}`", f.en, f.zh, f.unit, profile.values[f.name], evidence(profile, f"values.{f.name}"))
        for f in FIELDS
    ]
    return f"{table(heads, rows)}\n\n{district_table(profile)}"


def size_table(profile: Profile, scale: float) -> str:
    """Return, for a scale, the rows of each entity and what they stand for."""
    tables = found(profile, Draws(0), scale, {p.id: p.value for p in parameters().values()})
    rows = [(name, f"{t.n:,}", stands_for(t)) for name, t in tables.items()]
    return table(("entity", "rows", "stand for"), rows)


def stands_for(rows: Table) -> str:
    """Return how many real ones the rows of an entity stand for."""
    if "weight" not in rows.columns:
        return f"{rows.n:,}, one each"
    total = float(rows["weight"].sum(dtype=float))
    return f"{total:,.0f}, about {total / rows.n:.1f} each"


def district_table(profile: Profile) -> str:
    """Return the districts, one a row; an assumption is marked with a star."""
    heads = ("district", "中文", *(f"{f.en} ({f.unit})" for f in DISTRICT_FIELDS))
    rows = [
        (d["name"]["en"], d["name"]["zh"], *(district_figure(profile, d, f) for f in DISTRICT_FIELDS))
        for d in profile.districts
    ]
    return table(heads, rows) + "\n\n\\* assumption"


def district_figure(profile: Profile, district: dict, field: Field) -> str:
    """Return one figure of a district."""
    _, status = profile.provenance[f"district {district['id']}.{field.name}"]
    return f"{district[field.name]:g}" + (" \\*" if status == "assumption" else "")


def evidence(profile: Profile, key: str) -> str:
    """Return "status: source" of one figure."""
    source, status = profile.provenance[key]
    return f"{status}: {source}"


def history_table(profile: Profile) -> str:
    """Return the dated values of the levers before the first future month."""
    rows = [(f"`{key}`", "; ".join(past_value(key, step) for step in steps)) for key, steps in profile.history.items()]
    return table(("lever", "value by date"), rows)


def past_value(key: str, step: dict) -> str:
    """Return one dated value with its evidence."""
    ramp = f" over {step['ramp_months']} months" if step["ramp_months"] else ""
    value = levers()[key].show(step["value"])
    return f"{value} from {month_name(step['from'])}{ramp} ({step['status']}: {step['source']})"


def evidence_counts(profile: Profile) -> str:
    """Return how many numbers of each kind rest on data, studies, experts and assumptions."""
    inputs = {
        "parameters": [p.status for p in parameters().values()],
        "status quo of the levers": [v.status for v in levers().values()],
        f"figures of {profile.title['en']}": [status for _, status in profile.provenance.values()],
    }
    counts = {name: Counter(kinds) for name, kinds in inputs.items()}
    counts["all input numbers"] = sum(counts.values(), Counter())
    counts["unit costs of the levers"] = Counter(sources()[v.cost["source"]].kind for v in levers().values())
    counts["entries in the list of sources"] = Counter(s.kind for s in sources().values())
    rows = [(name, *(count[k] for k in KINDS), count.total()) for name, count in counts.items()]
    return table(("numbers", *KINDS, "in all"), rows)


def obtained_counts() -> str:
    """Return how many sources were obtained in which way."""
    count = Counter(s.obtained for s in sources().values())
    return table(("obtained", "means", "sources"), [(key, OBTAINED[key], count[key]) for key in OBTAINED])


def reference_table() -> str:
    """Return every source: what it is, how it was obtained, and its reference."""
    rows = [(s.key, s.kind, obtained(s), s.value, s.reference) for s in sources().values()]
    return table(("key", "kind", "obtained", "says", "reference"), rows)


def obtained(source: object) -> str:
    """Return how a source was obtained, with the confidence of one from memory."""
    return f"{source.obtained} ({source.confidence:g})" if source.confidence is not None else source.obtained
