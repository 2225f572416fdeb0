"""One outcome over the months: a line and a band for each scenario."""

import altair as alt
import pandas as pd

from dashboard.charts.look import Look
from dashboard.words import Scale, month, say
from model.declare.setting import month_name
from scenarios.scenario import FIRST_FUTURE

HEIGHT, BAND = 190, 0.1
FUTURE = month_name(FIRST_FUTURE)


def paths(table: pd.DataFrame, looks: list[Look], scaling: Scale, lang: str, *, bands: bool = True) -> alt.LayerChart:
    """Return the chart of ``table``: scenario, month, low, middle, high in model units.

    Without ``bands``, as for a preview, lines alone are drawn, and thin.
    """
    data = prepared(table, looks, scaling, lang)
    colour = alt.Color(
        "scenario:N", legend=None, scale=alt.Scale(domain=[k.name for k in looks], range=[k.colour for k in looks])
    )
    dash = alt.StrokeDash(
        "scenario:N", legend=None, scale=alt.Scale(domain=[k.name for k in looks], range=[k.dash for k in looks])
    )
    x = alt.X("date:T", axis=alt.Axis(title=None, format="%Y", tickCount="year", grid=False, labelFlush=False))
    y = alt.Y("middle:Q", axis=alt.Axis(title=None, tickCount=4), scale=alt.Scale(zero=False, nice=True))
    tips = [
        alt.Tooltip("title:N", title=say("charts.scenario", lang)),
        alt.Tooltip("when:N", title=say("charts.month", lang)),
        alt.Tooltip("shown:N", title=scaling.unit),
    ]
    base = alt.Chart(data)
    line = base.mark_line(strokeWidth=2 if bands else 1.5, opacity=1 if bands else 0.75).encode(
        x=x, y=y, color=colour, strokeDash=dash
    )
    layers = [start_rule(), line, base.mark_point(size=60, opacity=0).encode(x=x, y=y, tooltip=tips)]
    if bands:
        band = base.mark_area(opacity=BAND).encode(x=x, y=alt.Y("low:Q"), y2="high:Q", color=colour)
        layers.insert(1, band)
    return alt.layer(*layers).properties(height=HEIGHT).configure_view(stroke=None)


def start_rule() -> alt.Chart:
    """Return the dashed line at the first future month."""
    at = pd.DataFrame({"date": [pd.Timestamp(FUTURE)]})
    return alt.Chart(at).mark_rule(strokeDash=[4, 3], color="#9AA3AB").encode(x="date:T")


def prepared(table: pd.DataFrame, looks: list[Look], scaling: Scale, lang: str) -> pd.DataFrame:
    """Return the data in the units that people read; a scenario is drawn from the last month of history on."""
    by_name = {look.name: look for look in looks}
    found = table[table["scenario"].isin(by_name)].copy()
    past = found["month"] < month_name(FIRST_FUTURE - 1)
    found = found[~past | found["scenario"].map(lambda s: s == looks[0].name)]
    found[["low", "middle", "high"]] *= scaling.factor
    found["date"] = pd.to_datetime(found["month"])
    found["title"] = found["scenario"].map(lambda s: by_name[s].title)
    found["when"] = found["month"].map({m: month(m, lang) for m in found["month"].unique()})
    shown = zip(found["low"], found["middle"], found["high"], strict=True)
    found["shown"] = [interval_words(*(v / scaling.factor for v in row), scaling, lang) for row in shown]
    return found[["scenario", "date", "low", "middle", "high", "title", "when", "shown"]]


def interval_words(low: float, middle: float, high: float, scaling: Scale, lang: str) -> str:
    """Return "3.2 (2.8 to 3.6)"."""
    low_words, words, high_words = map(scaling.number, (low, middle, high))
    return say("charts.interval", lang, middle=words, low=low_words, high=high_words)
