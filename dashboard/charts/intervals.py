"""Effects as dots with intervals, a row a scenario; zero is no difference."""

import altair as alt
import pandas as pd

from dashboard.charts.look import Look
from dashboard.views.effects import Effect
from dashboard.words import Scale, say

ROW, GROUPS_HEIGHT = 30, 220
RULE = "#9AA3AB"


def intervals(effects: list[Effect], looks: list[Look], scaling: Scale, lang: str) -> alt.LayerChart:
    """Return the chart of several scenarios' effects on one outcome."""
    titles = {look.name: look.title for look in looks}
    data = pd.DataFrame(
        {
            "title": titles[e.scenario], "scenario": e.scenario,
            "low": e.low * scaling.factor, "middle": e.middle * scaling.factor, "high": e.high * scaling.factor,
            "shown": interval_words(e.low, e.middle, e.high, scaling, lang),
            "word": say(e.verdict, lang),
        }
        for e in effects
    )  # fmt: skip
    order = [titles[e.scenario] for e in effects]
    colour = alt.Color(
        "scenario:N", legend=None, scale=alt.Scale(domain=[k.name for k in looks], range=[k.colour for k in looks])
    )
    y = alt.Y("title:N", sort=order, axis=alt.Axis(title=None, labelLimit=130, ticks=False, domain=False))
    x = alt.X("middle:Q", axis=alt.Axis(title=None, tickCount=5), scale=alt.Scale(zero=True))
    tips = [
        alt.Tooltip("title:N", title=say("charts.scenario", lang)),
        alt.Tooltip("shown:N", title=scaling.unit),
        alt.Tooltip("word:N", title=say("charts.verdict", lang)),
    ]
    base = alt.Chart(data)
    zero = alt.Chart(pd.DataFrame({"zero": [0.0]})).mark_rule(color=RULE).encode(x="zero:Q")
    bar = base.mark_rule(strokeWidth=3, opacity=0.65).encode(y=y, x=alt.X("low:Q"), x2="high:Q", color=colour)
    dot = base.mark_point(filled=True, size=85, opacity=1).encode(y=y, x=x, color=colour, tooltip=tips)
    height = max(len(effects) * ROW + 50, 110)
    return alt.layer(zero, bar, dot).properties(height=height).configure_view(stroke=None)


def interval_words(low: float, middle: float, high: float, scaling: Scale, lang: str) -> str:
    """Return a difference with its interval: "+3.2 (+2.8 to +3.6)"."""
    low_words, words, high_words = (scaling.number(v, signed=True) for v in (low, middle, high))
    return say("charts.interval", lang, middle=words, low=low_words, high=high_words)


def by_group(table: pd.DataFrame, looks: list[Look], scaling: Scale, lang: str) -> alt.LayerChart:
    """Return effects by group, the scenarios side by side in each: ``table`` has scenario, group, low, middle, high."""
    data = table.copy()
    data[["low", "middle", "high"]] *= scaling.factor
    data["title"] = data["scenario"].map({look.name: look.title for look in looks})
    shown = zip(table["low"], table["middle"], table["high"], strict=True)
    data["shown"] = [interval_words(*values, scaling, lang) for values in shown]
    names = [look.name for look in looks]
    colour = alt.Color("scenario:N", legend=None, scale=alt.Scale(domain=names, range=[k.colour for k in looks]))
    x = alt.X("group:N", sort=None, axis=alt.Axis(title=None, labelAngle=0, labelLimit=160, ticks=False))
    beside = alt.XOffset("scenario:N", sort=[n for n in names if n in set(table["scenario"])])
    tips = [
        alt.Tooltip("title:N", title=say("charts.scenario", lang)),
        alt.Tooltip("shown:N", title=scaling.unit),
    ]
    base = alt.Chart(data)
    zero = alt.Chart(pd.DataFrame({"zero": [0.0]})).mark_rule(color=RULE).encode(y="zero:Q")
    y = alt.Y("middle:Q", axis=alt.Axis(title=None, tickCount=5))
    bar = base.mark_rule(strokeWidth=3, opacity=0.65).encode(
        x=x, xOffset=beside, y=alt.Y("low:Q"), y2="high:Q", color=colour
    )
    dot = base.mark_point(filled=True, size=80, opacity=1).encode(x=x, xOffset=beside, y=y, color=colour, tooltip=tips)
    return alt.layer(zero, bar, dot).properties(height=GROUPS_HEIGHT).configure_view(stroke=None)
