"""Section 2 of a report: what the baseline shows, how it has moved, and where the gaps are."""

import numpy as np

from dashboard.figures.gaps import USUAL, has_fifths
from dashboard.figures.intervals import FEWEST_RUNS, Interval, better, interval, mean_of_known, quantiles, too_small
from dashboard.figures.tables import FIRST_FUTURE, LATE_MONTHS
from dashboard.reports.content import Grid, Paragraph, Part, Points, Section
from dashboard.reports.material import Material
from dashboard.reports.phrases import difference, level, scale_of, scale_of_rows, speak, unit_in_prose
from dashboard.words import OUTCOMES, Scale, label, month
from experiments.summary import Row

SYSTEMS = ("cadres", "education")
WORDS = {"better": "problem_better", "changed": "problem_changed", "unclear": "problem_unclear",
         "slight": "problem_slight", "few": "problem_few", "worse": "problem_worse_word"}  # fmt: skip


def problems(material: Material, lang: str) -> Section:
    """Return the section on the baseline."""
    before = {f"before_{k}": v for k, v in before_months(material, lang).items()}
    intro = speak("problems_intro", lang, base=material.name(material.base, lang), **before)
    sections = [
        Section(speak(f"problems_{system}", lang), (Points(found),))
        for system in SYSTEMS
        if (found := tuple(problem(material, o, lang) for o in of_system(material, system)))
    ]
    sections.append(Section(speak("problems_gaps", lang), gaps(material, lang)))
    return Section(speak("problems", lang), (Paragraph(intro), table(material, lang)), tuple(sections))


def of_system(material: Material, system: str) -> list[str]:
    """Return the headline outcomes of one system, those that get worse first."""
    mine = [o for o in material.headline if OUTCOMES[o].system == system]
    return sorted(mine, key=lambda o: verdict(material, o) != "worse")


def before_months(material: Material, lang: str) -> dict[str, str]:
    """Return the first and the last of the twelve months before the scenarios differ."""
    past = past_months(material)
    return {"first": month(past[0], lang), "last": month(past[-1], lang)} if past else {"first": "–", "last": "–"}


def past_months(material: Material) -> list[str]:
    """Return the last twelve months of history."""
    return [m for m in material.tables.months if m < FIRST_FUTURE][-LATE_MONTHS:]


def change(material: Material, outcome: str) -> Interval:
    """Return how the baseline's late mean differs from its mean before the scenarios, run by run."""
    tables = material.tables
    now = tables.late_levels(outcome)[:1]
    months = [tables.months.index(m) for m in past_months(material)]
    then = mean_of_known(tables.levels(outcome)[:1][:, :, months]) if months else np.full_like(now, np.nan)
    return interval(now - then, better(outcome), too_small(outcome, then))


def verdict(material: Material, outcome: str) -> str:
    """Return what may be said of the baseline's own change."""
    return str(change(material, outcome).verdict[0])


def moved(material: Material, outcome: str) -> Row:
    """Return the baseline's own change as a row: median and interval."""
    found = change(material, outcome)
    middle, low, high = (float(v[0]) if np.isfinite(v[0]) else None for v in (found.middle, found.low, found.high))
    nothing = (None,) * 4
    return Row(material.base, outcome, "change", *nothing, middle, low, high)


def problem(material: Material, outcome: str, lang: str) -> str:
    """Return one sentence on an outcome under the baseline: level, change and judgement."""
    said = {"label": label(outcome, lang), "level": level(material.rows[material.base, outcome], material.runs, lang)}
    row, word = moved(material, outcome), verdict(material, outcome)
    if row.diff is None:
        return speak("problem_level", lang, **said)
    said["change"] = difference(row, material.runs, lang)
    return speak("problem_worse" if word == "worse" else "problem_still", lang, word=speak(WORDS[word], lang), **said)


def table(material: Material, lang: str) -> Grid:
    """Return the baseline's headline outcomes: level and change with their intervals."""
    span = before_months(material, lang)
    heads = (speak("head_outcome", lang), speak("head_unit", lang), speak("head_level", lang),
             speak("head_change", lang, **span), speak("head_word", lang))  # fmt: skip
    rows = tuple(row_of(material, o, lang) for o in material.headline)
    caption = speak("table_baseline", lang, base=material.name(material.base, lang))
    note = speak(
        "table_note_levels" if material.runs >= FEWEST_RUNS else "table_note_levels_few", lang, runs=material.runs
    )
    return Grid(caption, heads, rows, note, widths=(3, 2.4, 3, 3.2, 2.2))


def row_of(material: Material, outcome: str, lang: str) -> tuple[str, ...]:
    """Return one outcome's row."""
    row, shift = material.rows[material.base, outcome], moved(material, outcome)
    scaling = scale_of(outcome, (row.mean, row.p05, row.p95), lang, difference=False)
    moving = scale_of_rows(outcome, (shift,), lang)
    level_text = ranged(scaling, (row.mean, row.p05, row.p95), signed=False)
    shift_text = ranged(moving, (shift.diff, shift.diff_p05, shift.diff_p95), signed=True)
    word = verdict(material, outcome)
    return label(outcome, lang), scaling.unit, level_text, shift_text, speak(WORDS[word], lang)


def ranged(scaling: Scale, values: tuple[float | None, ...], *, signed: bool) -> str:
    """Return a number with its range for a table."""
    middle, low, high = values
    if middle is None:
        return "–"
    text = scaling.number(middle, signed=signed)
    if low is None or high is None or low == high:
        return text
    ends = {"low": scaling.number(low, signed=signed), "high": scaling.number(high, signed=signed)}
    return f"{text}\n{speak('range', scaling.lang, **ends).strip()}"


def gaps(material: Material, lang: str) -> tuple[Part, ...]:
    """Return what separates income fifths, and the lowest from the highest district; districts are not named."""
    tables, items = material.tables, []
    for outcome in USUAL:
        if has_fifths(tables, outcome):
            poor, *_, rich = (
                float(quantiles(tables.late_levels(outcome, g))[1][0]) for g in tables.groups(outcome, "income")
            )
            items.append(pair("gap_income", outcome, {"poor": poor, "rich": rich}, material.runs, lang))
    for outcome in ("vitality", "three_burdens"):
        groups = [g for g in tables.groups(outcome, "district") if tables.has(outcome, g)]
        if len(groups) > 1:
            middles = [float(quantiles(tables.late_levels(outcome, g))[1][0]) for g in groups]
            ends = {"low": min(middles), "high": max(middles)}
            items.append(pair("gap_districts", outcome, ends, material.runs, lang, n=len(groups)))
    return (Points(tuple(items)),) if items else (Paragraph(speak("gap_none", lang)),)


def pair(key: str, outcome: str, values: dict[str, float], runs: int, lang: str, **more: object) -> str:
    """Return a sentence on two levels of one outcome."""
    scaling = scale_of(outcome, values.values(), lang, difference=False)
    unit, gap = unit_in_prose(outcome, scaling, difference=False), "" if lang == "zh" else " "
    shown = {name: f"{scaling.number(v)}{gap}{unit}" for name, v in values.items()}
    return speak(key, lang, label=label(outcome, lang), runs=runs, **shown, **more)
