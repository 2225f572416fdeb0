"""Show the result of a sweep on standard output: the spread of each outcome, and what it goes with."""

import numpy as np

from console.options import Wanted
from console.outcome import notes_on_parameters
from console.show import print_csv, print_json, print_table
from console.words import say
from dashboard.words import label, named, scale
from experiments.response import HIGH, LOW, MIDDLE, response
from experiments.sweep import Sweep
from experiments.sweep_results import Ends, means_by_point, settings_by_point
from model.declare.outcome import OUTCOMES


def show_sweep(sweep: Sweep, ends: Ends, wanted: Wanted) -> None:
    """Print a row an outcome: a table, or JSON or CSV for programs."""
    rows = rows_of(sweep, ends)
    if wanted.format == "csv":
        print_csv(rows)
    elif wanted.format == "json":
        print_json({"points": len(sweep.points), "month": ends.month, "rows": rows})
    elif rows:
        show_table(rows, sweep, ends, wanted.lang)


def rows_of(sweep: Sweep, ends: Ends) -> list[dict]:
    """Return, for each outcome, its quantiles over points and the share of spread that goes with each setting."""
    settings, found = settings_by_point(sweep), []
    for outcome, values in zip(ends.outcomes, means_by_point(sweep, ends).T, strict=True):
        known = values[np.isfinite(values)]
        low, middle, high = map(float, np.quantile(known, (LOW, MIDDLE, HIGH))) if len(known) else (None,) * 3
        shares = {name: response(at, values).share for name, (at, _) in settings.items()}
        most = max(shares, key=shares.get)
        found.append(
            {"outcome": outcome, "p05": low, "p50": middle, "p95": high, "setting": most, "share": shares[most]}
        )
    return found


def show_table(rows: list[dict], sweep: Sweep, ends: Ends, lang: str) -> None:
    """Print the table for people."""
    heads = {
        "outcome": say("outcome", lang), "middle": "50 %", "range": say("range", lang), "unit": say("unit", lang),
        "setting": say("sweep.setting", lang), "share": say("sweep.share", lang),
    }  # fmt: skip
    late = ends.month.removeprefix("last")
    month = say("sweep.late", lang, n=late) if late != ends.month else ends.month
    name = sweep.design.title[lang] or sweep.design.name
    title = say("sweep.title", lang, title=name, points=len(sweep.points), month=month)
    notes = [say("sweep.how", lang), *notes_on_parameters(sweep.options, next(iter(sweep.cities.values())), lang)]
    print_table([shown(row, lang) for row in rows], heads, title, notes, wide=("setting",))


def shown(row: dict, lang: str) -> dict:
    """Return one outcome in its unit, in two or three digits."""
    known = [abs(row[key]) for key in ("p05", "p50", "p95") if row[key] is not None]
    scaling = scale(OUTCOMES[row["outcome"]].unit, max(known, default=0.0), lang)
    low, middle, high = ("–" if row[k] is None else scaling.number(row[k]) for k in ("p05", "p50", "p95"))
    return {
        "outcome": label(row["outcome"], lang), "middle": middle, "range": f"{low} … {high}", "unit": scaling.unit,
        "setting": named(row["setting"], lang), "share": f"{100 * row['share']:.0f} %",
    }  # fmt: skip
