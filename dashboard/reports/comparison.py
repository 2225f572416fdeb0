"""Section 3 of a report: what each scenario changes, for whom and when."""

from dashboard.figures.gaps import USUAL, has_fifths
from dashboard.figures.intervals import FEWEST_RUNS
from dashboard.figures.tables import COST
from dashboard.reports.content import Grid, Paragraph, Part, Picture, Points, Section
from dashboard.reports.material import Material
from dashboard.reports.phrases import cell, difference, effect_items, joined, scale_of_rows, sentences, speak
from dashboard.words import OUTCOMES, label
from experiments.summary import Row

COLUMNS = 4
CLEAR = ("better", "worse", "changed")


def comparison(material: Material, pictures: dict[str, Picture], lang: str) -> Section:
    """Return the section that compares; of one scenario alone, its course over time."""
    time = tuple(p for name, p in pictures.items() if name.startswith("trajectories-"))
    if not material.policies:
        return Section(speak("comparison", lang), (Paragraph(speak("comparison_alone", lang)), *time))
    intro = Paragraph(speak("counts_intro", lang))
    whole = (
        intro,
        counts_table(material, lang),
        *drawn(pictures, "effects", "trade-off"),
        *effect_tables(material, lang),
    )
    each = tuple(Paragraph(text) for text in each_scenario(material, lang))
    districts = drawn(pictures, "income-gaps", "districts-vitality", "districts-three_burdens")
    groups = (*by_income(material, lang), *districts)
    parts = {"whole": whole, "each": each, "groups": groups, "time": time}
    sections = tuple(Section(speak(f"comparison_{key}", lang), found) for key, found in parts.items() if found)
    return Section(speak("comparison", lang), (), sections)


def drawn(pictures: dict[str, Picture], *names: str) -> tuple[Picture, ...]:
    """Return the pictures that there are."""
    return tuple(pictures[name] for name in names if name in pictures)


def counts_table(material: Material, lang: str) -> Grid:
    """Return how many headline outcomes each scenario clearly improves and worsens, with what it costs."""
    keys = ("head_scenario", "head_better", "head_worse", "head_unclear", "head_cost")
    rows = tuple(counts_row(material, s, lang) for s in material.policies)
    caption = speak("table_counts", lang, base=material.name(material.base, lang))
    return Grid(caption, tuple(speak(k, lang) for k in keys), rows, note(material, lang), widths=(3, 1.5, 1.5, 2, 4.8))


def counts_row(material: Material, policy: str, lang: str) -> tuple[str, ...]:
    """Return one scenario's counts and cost."""
    good, bad = (len(material.with_verdict(policy, word)) for word in ("better", "worse"))
    rest = len(material.headline) - good - bad
    return material.name(policy, lang), str(good), str(bad), str(rest), cost(material, policy, lang, bare=True)


def cost(material: Material, policy: str, lang: str, *, bare: bool = False) -> str:
    """Return the extra public cost with its interval; ``bare`` without the number of runs, for a table."""
    row = material.rows.get((policy, COST))
    if row is None or row.diff is None:
        return "–" if bare else ""
    if not bare:
        return difference(row, material.runs, lang)
    scaling = scale_of_rows(COST, (row,), lang)
    gap = "" if lang == "zh" else " "
    return f"{cell(row, scaling, '', material.runs, between=gap)}{gap}{scaling.unit}"


def note(material: Material, lang: str) -> str:
    """Return the note below a table of differences."""
    return speak("table_note" if material.runs >= FEWEST_RUNS else "table_note_few", lang, runs=material.runs)


def effect_tables(material: Material, lang: str) -> tuple[Grid, ...]:
    """Return the differences of every headline outcome, at most four scenarios a table."""
    policies = material.policies
    pieces = -(-len(policies) // COLUMNS)
    size = -(-len(policies) // pieces)
    return tuple(effect_table(material, policies[k : k + size], lang) for k in range(0, len(policies), size))


def effect_table(material: Material, policies: tuple[str, ...], lang: str) -> Grid:
    """Return the differences of some scenarios, an outcome a row."""
    heads = (speak("head_outcome", lang), *(material.name(s, lang) for s in policies))
    found = (effect_row(material, o, policies, lang) for o in (*material.headline, *costed(material)))
    rows = tuple((f"{name}\n{unit}", *cells) for name, unit, *cells in found)
    caption = speak("table_effects", lang, base=material.name(material.base, lang))
    widths = (3.4, *([10.6 / len(policies)] * len(policies)))
    return Grid(caption, heads, rows, note(material, lang), widths=widths)


def costed(material: Material) -> tuple[str, ...]:
    """Return the cost as the last outcome, if the results hold it."""
    return (COST,) if (material.base, COST) in material.rows else ()


def effect_row(material: Material, outcome: str, policies: tuple[str, ...], lang: str) -> tuple[str, ...]:
    """Return one outcome's differences on one scale."""
    rows = [material.rows.get((s, outcome)) or Row(s, outcome, "", *(None,) * 4) for s in policies]
    scaling = scale_of_rows(outcome, rows, lang)
    verdicts = ["" if outcome == COST else material.verdict(s, outcome) for s in policies]
    cells = (cell(r, scaling, v, material.runs) for r, v in zip(rows, verdicts, strict=True))
    return label(outcome, lang), scaling.unit, *cells


def each_scenario(material: Material, lang: str) -> tuple[str, ...]:
    """Return a paragraph a scenario."""
    return tuple(one_scenario(material, policy, lang) for policy in material.policies)


def one_scenario(material: Material, policy: str, lang: str) -> str:
    """Say what is clear under a scenario, and name what is not."""
    named = {"name": material.name(policy, lang), "runs": material.runs}
    if material.runs < FEWEST_RUNS:
        return speak("each_few", lang, **named)
    clear = {word: by_size(material, policy, word) for word in CLEAR}
    if not any(clear.values()):
        return speak("each_none", lang, **named)
    said = [speak("each_head", lang, name=named["name"])]
    said += [
        speak(f"each_{word}", lang, items=effect_items(material, policy, found, lang))
        for word, found in clear.items()
        if found
    ]
    rest = [o for o in material.headline if not any(o in found for found in clear.values())]
    if rest:
        items = joined((label(o, lang) for o in rest), lang, by="names")
        said.append(speak("each_rest", lang, items=items, runs=material.runs))
    return sentences(said, lang)


def by_size(material: Material, policy: str, word: str) -> list[str]:
    """Return the outcomes with one judgement, the largest against what is notable first."""
    found = material.with_verdict(policy, word)

    def size(outcome: str) -> float:
        row = material.rows[policy, outcome]
        return abs(row.diff or 0.0) / (
            OUTCOMES[outcome].notable or abs(material.rows[material.base, outcome].mean or 1.0)
        )

    return sorted(found, key=lambda o: -size(o))


def by_income(material: Material, lang: str) -> tuple[Part, ...]:
    """Say what happens to the poorest and the richest fifth where either clearly changes."""
    tables, items = material.tables, []
    outcomes = [o for o in USUAL if has_fifths(tables, o)]
    for policy, place in tables.policies.items():
        for outcome in outcomes:
            groups = tables.groups(outcome, "income")
            ends = [tables.effect(outcome, g) for g in (groups[0], groups[-1])]
            if any(end.clear[place] for end in ends):
                poor, rich = (group_effect(outcome, end, place, material.runs, lang) for end in ends)
                said = {"name": material.name(policy, lang), "label": label(outcome, lang), "poor": poor, "rich": rich}
                items.append(speak("groups_poor", lang, **said))
    if items:
        return (Points(tuple(items)),)
    return (Paragraph(speak("groups_none", lang, runs=material.runs)),) if outcomes else ()


def group_effect(outcome: str, effect, place: int, runs: int, lang: str) -> str:
    """Return a group's median difference with its interval, or that there is no clear one."""
    if not effect.clear[place]:
        return speak(str(effect.verdict[place]), lang)
    low, middle, high = (float(v[place]) for v in effect.parts)
    return difference(Row("", outcome, "", *(None,) * 4, middle, low, high), runs, lang)
