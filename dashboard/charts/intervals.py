"""Effects as dots with intervals, a row a scenario; zero is no difference."""

import altair as alt
import pandas as pd

from dashboard.charts.look import Look
from dashboard.views.effects import Effect
from dashboard.words import Scale, say

ROW = 30


def intervals(effects: list[Effect], looks: list[Look], scaling: Scale, lang: str) -> alt.LayerChart:
    """Return the chart of several scenarios' effects on one outcome."""
    titles = {look.name: look.title for look in looks}
    data = pd.DataFrame(
        {
            "title": titles[e.scenario], "scenario": e.scenario,
            "low": e.low * scaling.factor, "middle": e.middle * scaling.factor, "high": e.high * scaling.factor,
            "shown": say("charts.interval", lang, middle=scaling.number(e.middle, signed=True),
                         low=scaling.number(e.low, signed=True), high=scaling.number(e.high, signed=True)),
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
    tips = [alt.Tooltip("title:N", title=say("charts.scenario", lang)),
            alt.Tooltip("shown:N", title=scaling.unit), alt.Tooltip("word:N", title=say("charts.verdict", lang))]  # fmt: skip
    base = alt.Chart(data)
    zero = alt.Chart(pd.DataFrame({"zero": [0.0]})).mark_rule(color="#9AA3AB").encode(x="zero:Q")
    bar = base.mark_rule(strokeWidth=3, opacity=0.65).encode(y=y, x=alt.X("low:Q"), x2="high:Q", color=colour)
    dot = base.mark_point(filled=True, size=85, opacity=1).encode(y=y, x=x, color=colour, tooltip=tips)
    height = max(len(effects) * ROW + 30, 90)
    return alt.layer(zero, bar, dot).properties(height=height).configure_view(stroke=None)
