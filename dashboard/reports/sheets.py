"""The sheets of the workbook: summary, time series, settings with sources, and facts of the run. Values stay exact."""

import numpy as np

from dashboard.figures.intervals import quantiles
from dashboard.figures.tables import COST
from dashboard.reports.annexes import run_facts, unit_of
from dashboard.reports.content import Picture, Sheet
from dashboard.reports.material import Material
from dashboard.reports.phrases import speak
from dashboard.words import OUTCOMES, label
from experiments.summary import COLUMNS, Row
from model.declare.setting import Lever, Parameter, levers, parameters
from model.declare.source import sources

SETTING = ("type", "id", "label", "value", "low", "high", "unit", "kind", "distribution", "source", "reference")


def sheets(material: Material, pictures: dict[str, Picture], lang: str) -> tuple[Sheet, ...]:
    """Return the sheets in their order."""
    return (
        summary_sheet(material, lang),
        series_sheet(material, lang),
        settings_sheet(material, lang),
        run_sheet(material, lang),
        Sheet(speak("sheet_figures", lang), (), (), (), tuple(pictures.values())),
    )


def heads(keys: tuple[str, ...], lang: str) -> tuple[str, ...]:
    """Return the labels of columns."""
    return tuple(speak(f"head_{key}", lang) for key in keys)


def summary_sheet(material: Material, lang: str) -> Sheet:
    """Return every row of summary.csv with labels, and the judgement on headline outcomes."""
    keys = ("scenario_id", "outcome_id", "scenario", "outcome", "unit", *COLUMNS[2:], "verdict")
    shown = (speak("head_id", lang), speak("head_id", lang), *heads(keys[2:], lang))
    rows = tuple(summary_row(material, row, lang) for row in material.summary)
    return Sheet(speak("sheet_summary", lang), shown, keys, rows)


def summary_row(material: Material, row: Row, lang: str) -> tuple[object, ...]:
    """Return one row of the summary in natural units, exactly as in summary.csv."""
    judged = row.diff is not None and row.outcome in material.headline and row.month.startswith("last")
    word = speak(material.verdict(row.scenario, row.outcome), lang) if judged else None
    unit = unit_of(OUTCOMES[row.outcome].unit, lang) if row.outcome in OUTCOMES else ""
    names = material.name(row.scenario, lang), label(row.outcome, lang)
    when = row.month
    if when.startswith("last"):
        when = speak("last_mean", lang, n=when.removeprefix("last"))
    return row.scenario, row.outcome, *names, unit, when, *row[3:], word


def series_sheet(material: Material, lang: str) -> Sheet:
    """Return the city's headline outcomes month by month: median and 5–95 % of the runs."""
    keys = ("scenario_id", "outcome_id", "scenario", "outcome", "unit", "month", "p05", "p50", "p95")
    shown = (speak("head_id", lang), speak("head_id", lang), *heads(keys[2:], lang))
    tables, rows = material.tables, []
    for outcome in (*material.headline, *((COST,) if tables.has(COST) else ())):
        bands = np.stack(quantiles(tables.levels(outcome)))
        for place, scenario in enumerate(tables.scenarios):
            names = (scenario, outcome, material.name(scenario, lang), label(outcome, lang))
            unit = unit_of(OUTCOMES[outcome].unit, lang)
            for k, month in enumerate(tables.months):
                rows.append((*names, unit, month, *(known(v) for v in bands[:, place, k])))
    return Sheet(speak("sheet_series", lang), shown, keys, tuple(rows))


def known(value: float) -> float | None:
    """Return a number, or nothing if it is none."""
    return float(value) if np.isfinite(value) else None


def settings_sheet(material: Material, lang: str) -> Sheet:
    """Return every lever and parameter with range, evidence and reference; levers also as each scenario has them."""
    names = material.experiments["scenario"].to_pylist()
    used = {s: material.experiments.slice(names.index(s), 1).to_pylist()[0] for s in material.tables.scenarios}
    shown = (*heads(SETTING, lang), *(material.name(s, lang) for s in used))
    rows = [(*setting(lever, lang), *(row.get(lever.id) for row in used.values())) for lever in levers().values()]
    rows += [(*setting(p, lang), *(None for _ in used)) for p in parameters().values()]
    return Sheet(speak("sheet_settings", lang), shown, (*SETTING, *used), tuple(rows))


def setting(what: Lever | Parameter, lang: str) -> tuple[object, ...]:
    """Return one lever or parameter as a row."""
    lever = isinstance(what, Lever)
    low, high = what.range if lever else (what.low, what.high)
    value = what.show(what.default) if lever and what.kind == "month" else what.default if lever else what.value
    ends = what.months if lever and what.kind == "month" else (low, high)
    source = sources().get(what.source)
    reference = (source.zh if lang == "zh" and source.zh else source.reference) if source else ""
    kind = speak("kind_lever" if lever else "kind_parameter", lang)
    prior = "" if lever else what.distribution
    status = speak(f"status_{what.status}", lang)
    unit = unit_of(what.unit, lang)
    return kind, what.id, what.label[lang], value, *ends, unit, status, prior, what.source, reference


def run_sheet(material: Material, lang: str) -> Sheet:
    """Return what makes the results again."""
    keys = ("id", "item", "content")
    rows = tuple(run_facts(material, lang))
    return Sheet(speak("sheet_run", lang), heads(keys, lang), keys, rows)
