"""Bars with intervals, heat maps, and parallel coordinates for saved analyses."""

import altair as alt
import pandas as pd

from dashboard.charts.intervals import RULE
from dashboard.charts.look import BAD, GOOD
from dashboard.words import say

ROW, CELL, AXES = 26, 26, 60
ACCENT, OTHER = GOOD, "#8A8F94"


def signed_bars(table: pd.DataFrame, factor: float, unit: str, lang: str, *, good: str) -> alt.LayerChart:
    """Return signed bars with intervals, longest first: ``table`` has name, value, low, high.

    ``good`` says which direction is better: high, low or neutral; colour follows it.
    """
    data = table.copy()
    data[["value", "low", "high"]] = data[["value", "low", "high"]].astype(float) * factor
    sign = {"high": 1, "low": -1}.get(good, 0)
    data["colour"] = [OTHER if not sign or not v else GOOD if v * sign > 0 else BAD for v in data["value"]]
    return bars(data, unit, lang)


def plain_bars(table: pd.DataFrame, unit: str, lang: str) -> alt.LayerChart:
    """Return bars with intervals in one colour."""
    return bars(table.assign(colour=ACCENT), unit, lang)


def bars(data: pd.DataFrame, unit: str, lang: str) -> alt.LayerChart:
    """Return the bars of a table with a colour a row."""
    order = list(dict.fromkeys(data["name"]))
    y = alt.Y("name:N", sort=order, axis=alt.Axis(title=None, labelLimit=190, ticks=False, domain=False))
    base = alt.Chart(data)
    tips = [
        alt.Tooltip("name:N", title=say("charts.part", lang)),
        alt.Tooltip("value:Q", title=unit, format=".3~g"),
        alt.Tooltip("low:Q", title=say("charts.low", lang), format=".3~g"),
        alt.Tooltip("high:Q", title=say("charts.high", lang), format=".3~g"),
    ]
    x = alt.X("value:Q", axis=alt.Axis(title=unit, tickCount=6))
    bar = base.mark_bar(height=13, cornerRadius=2, opacity=0.85).encode(
        y=y, x=x, color=alt.Color("colour:N", scale=None), tooltip=tips
    )
    span = base.mark_rule(strokeWidth=1.5, color="#5B646C").encode(y=y, x=alt.X("low:Q"), x2="high:Q")
    zero = alt.Chart(pd.DataFrame({"zero": [0.0]})).mark_rule(color=RULE).encode(x="zero:Q")
    return alt.layer(bar, span, zero).properties(height=ROW * len(order) + AXES).configure_view(stroke=None)


def heat(table: pd.DataFrame, lang: str) -> alt.LayerChart:
    """Return inputs × outcomes, coloured by the share of the outcome's largest index."""
    order = list(table.groupby("name")["share"].mean().sort_values(ascending=False).index)
    x = alt.X("outcome_name:N", axis=alt.Axis(title=None, labelAngle=-35, labelLimit=160))
    y = alt.Y("name:N", sort=order, axis=alt.Axis(title=None, labelLimit=190))
    scale = alt.Scale(domain=[0, 1], range=["#EAF1F6", "#0B4F7D"])
    tips = [
        alt.Tooltip("name:N", title=say("charts.part", lang)),
        alt.Tooltip("outcome_name:N", title=say("charts.outcome", lang)),
        alt.Tooltip("share:Q", format=".0%", title=say("charts.relative", lang)),
    ]
    base = alt.Chart(table).encode(x=x, y=y)
    box = base.mark_rect(cornerRadius=2).encode(color=alt.Color("share:Q", scale=scale, legend=None), tooltip=tips)
    ink = alt.condition("datum.share > 0.45", alt.value("white"), alt.value("#33414D"))
    words = base.mark_text(fontSize=11).encode(text=alt.Text("share:Q", format=".0%"), color=ink)
    return alt.layer(box, words).properties(height=CELL * len(order) + 2 * AXES).configure_view(stroke=None)


def parallel(table: pd.DataFrame, columns: dict[str, str], flipped: set[str], lang: str) -> alt.LayerChart:
    """Return parallel coordinates of mixes; every axis runs from worst (below) to best (above).

    ``columns`` are the axes with their names; those ``flipped`` are better when low.
    """
    long = []
    for place, (column, name) in enumerate(columns.items()):
        values = table[column].astype(float)
        low, high = values.min(), values.max()
        share = (values - low) / (high - low) if high > low else values * 0 + 0.5
        share = 1 - share if column in flipped else share
        for mix, s, v, chosen in zip(table["mix"], share, values, table["chosen"], strict=True):
            long.append({"mix": mix, "axis": name, "order": place, "share": s, "value": v, "chosen": chosen})
    data = pd.DataFrame(long)
    x = alt.X(
        "axis:N",
        sort=list(columns.values()),
        axis=alt.Axis(title=None, labelAngle=-25, labelLimit=120, labelOverlap=False, grid=True),
    )
    y = alt.Y("share:Q", axis=alt.Axis(title=say("charts.best_up", lang), labels=False, ticks=False))
    colour = alt.condition("datum.chosen", alt.value(BAD), alt.value(GOOD))
    strong = alt.condition("datum.chosen", alt.value(1.0), alt.value(0.35))
    width = alt.condition("datum.chosen", alt.value(3), alt.value(1.5))
    tips = [
        alt.Tooltip("mix:N"),
        alt.Tooltip("axis:N", title=say("charts.outcome", lang)),
        alt.Tooltip("value:Q", format=".3~g"),
    ]
    base = alt.Chart(data).encode(x=x, y=y, detail="mix:N", color=colour, opacity=strong)
    lines = base.mark_line().encode(strokeWidth=width)
    dots = base.mark_point(filled=True, size=40).encode(tooltip=tips)
    return alt.layer(lines, dots).properties(height=320).configure_view(stroke=None)


def front_points(table: pd.DataFrame, x: tuple[str, str], y: tuple[str, str]) -> alt.Chart:
    """Return mixes and shipped scenarios as points: ``x`` and ``y`` are columns with their titles."""
    kinds = zip(table["chosen"], table["mixed"], strict=True)
    data = table.assign(colour=[BAD if chosen else GOOD if mixed else OTHER for chosen, mixed in kinds])
    colour = alt.Color("colour:N", scale=None)
    base = alt.Chart(data).encode(
        x=alt.X(f"{x[0]}:Q", axis=alt.Axis(title=x[1])), y=alt.Y(f"{y[0]}:Q", axis=alt.Axis(title=y[1]))
    )
    shape = alt.Shape("mixed:N", legend=None, scale=alt.Scale(domain=[True, False], range=["circle", "square"]))
    tips = [alt.Tooltip("name:N"), *(alt.Tooltip(f"{c}:Q", format=".3~g", title=title) for c, title in (x, y))]
    dots = base.mark_point(filled=True, size=90).encode(color=colour, shape=shape, tooltip=tips)
    names = base.mark_text(align="left", dx=8, fontSize=11, color="#6B757E").encode(text="name:N")
    return alt.layer(dots, names).properties(height=340).configure_view(stroke=None)
