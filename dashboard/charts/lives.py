"""One state of one agent over the months in two scenarios, as steps."""

import altair as alt
import pandas as pd

from dashboard.charts.look import Look
from dashboard.charts.paths import start_rule
from dashboard.words import month, say
from model.declare.setting import month_name

HEIGHT = 170


def steps(table: pd.DataFrame, looks: list[Look], unit: str, lang: str) -> alt.LayerChart:
    """Return the chart of ``table``: scenario, month (an index), value."""
    titles = {look.name: look.title for look in looks}
    data = table.copy()
    data["date"] = pd.to_datetime([month_name(m) for m in data["month"]])
    data["when"] = [month(month_name(m), lang) for m in data["month"]]
    data["title"] = data["scenario"].map(titles)
    names = [look.name for look in looks]
    colour = alt.Color("scenario:N", legend=None, scale=alt.Scale(domain=names, range=[k.colour for k in looks]))
    dash = alt.StrokeDash("scenario:N", legend=None, scale=alt.Scale(domain=names, range=[k.dash for k in looks]))
    x = alt.X("date:T", axis=alt.Axis(title=None, format="%Y", tickCount="year", grid=False))
    y = alt.Y("value:Q", axis=alt.Axis(title=unit or None, tickCount=4), scale=alt.Scale(zero=False, nice=True))
    tips = [
        alt.Tooltip("title:N", title=say("charts.scenario", lang)),
        alt.Tooltip("when:N", title=say("charts.month", lang)),
        alt.Tooltip("value:Q", format=".3~g", title=unit or say("life.what", lang)),
    ]
    base = alt.Chart(data)
    line = base.mark_line(interpolate="step-after", strokeWidth=2).encode(x=x, y=y, color=colour, strokeDash=dash)
    dots = base.mark_point(size=50, opacity=0).encode(x=x, y=y, tooltip=tips)
    return alt.layer(start_rule(), line, dots).properties(height=HEIGHT).configure_view(stroke=None)
