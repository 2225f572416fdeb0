"""What the tables of decision and of variance say: which scenario is best in most worlds, and whose doubt it is."""

from collections.abc import Iterable

from dashboard.reports.content import Grid
from dashboard.reports.material import Material
from dashboard.reports.phrases import scale_of, speak
from dashboard.words import label
from experiments.folder import DECISION, VARIANCE

PERCENT = 100


def choice_tables(material: Material, lang: str) -> tuple[Grid, ...]:
    """Return the tables that the results have."""
    made = (best_table(material, lang), variance_table(material, lang))
    return tuple(grid for grid in made if grid.rows)


def late(material: Material, name: str) -> list[dict[str, str]]:
    """Return the rows of an extra table over the last months, for headline outcomes."""
    if name not in material.extras:
        return []
    heads, *rows = material.extras[name]
    found = (dict(zip(heads, row, strict=False)) for row in rows)
    return [r for r in found if r.get("month", "").startswith("last") and r.get("outcome") in material.headline]


def best_table(material: Material, lang: str) -> Grid:
    """Return, for each outcome, the scenario that is best in most worlds and what choosing it may cost."""
    heads = tuple(speak(f"head_{key}", lang) for key in ("outcome", "best", "prob_best", "regret"))
    rows = late(material, DECISION)
    found = (best_row(material, [r for r in rows if r["outcome"] == o], o, lang) for o in material.headline)
    return Grid(speak("table_decision", lang), heads, tuple(r for r in found if r), speak("decision_note", lang))


def best_row(material: Material, rows: list[dict[str, str]], outcome: str, lang: str) -> tuple[str, ...] | None:
    """Return one outcome's row, or None if there is nothing to choose."""
    given = [r for r in rows if r["scenario"] in material.tables.scenarios and r["prob_best"] and r["regret"]]
    if not given:
        return None
    best = max(given, key=lambda r: float(r["prob_best"]))
    regret = float(best["regret"])
    scaling = scale_of(outcome, (regret,), lang, difference=True)
    gap = "" if lang == "zh" else " "
    name = material.name(best["scenario"], lang)
    return label(outcome, lang), name, percent(best["prob_best"], lang), f"{scaling.number(regret)}{gap}{scaling.unit}"


def variance_table(material: Material, lang: str) -> Grid:
    """Return how much of the doubt about each effect is of parameters and of chance, where it can be split."""
    heads = tuple(speak(f"head_{key}", lang) for key in ("outcome", "scenario", "share_parameters", "share_chance"))
    rows = tuple(split_rows(material, late(material, VARIANCE), lang))
    return Grid(speak("table_variance", lang), heads, rows, speak("variance_note", lang), long=True)


def split_rows(material: Material, rows: list[dict[str, str]], lang: str) -> Iterable[tuple[str, ...]]:
    """Yield the effects whose variance is split."""
    for row in rows:
        if row.get("parameters") and row.get("chance") and row["scenario"] in material.policies:
            names = label(row["outcome"], lang), material.name(row["scenario"], lang)
            yield *names, percent(row["parameters"], lang), percent(row["chance"], lang)


def percent(share: str, lang: str) -> str:
    """Return a share as per cent."""
    return f"{float(share) * PERCENT:.0f}" + ("%" if lang == "zh" else " %")
