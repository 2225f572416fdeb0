"""Votes of a room beside the runs of the model, an answer a pair of bars."""

import altair as alt
import pandas as pd

from dashboard.charts.look import BASE, COLOURS
from dashboard.words import say

HEIGHT, TYPE = 340, 16


def votes(votes: list[float], runs: list[float] | None, names: list[str], lang: str) -> alt.Chart:
    """Return the chart of shares in per cent by answer; without ``runs``, of the votes alone."""
    series = {say("workshop.compare_votes", lang): votes}
    if runs is not None:
        series[say("workshop.compare_runs", lang)] = runs
    rows = [
        {"answer": name, "who": who, "share": share}
        for who, shares in series.items()
        for name, share in zip(names, shares, strict=True)
    ]
    colour = alt.Scale(domain=list(series), range=[BASE, COLOURS[0]][: len(series)])
    top = alt.Legend(title=None, orient="top", labelFontSize=TYPE, symbolSize=180)
    return (
        alt.Chart(pd.DataFrame(rows))
        .mark_bar()
        .encode(
            x=alt.X("answer:N", sort=names, axis=alt.Axis(title=None, labelAngle=0, labelFontSize=TYPE, labelLimit=0)),
            xOffset=alt.XOffset("who:N", sort=list(series)),
            y=alt.Y("share:Q", axis=alt.Axis(title=say("workshop.share", lang), labelFontSize=TYPE, titleFontSize=TYPE),
                    scale=alt.Scale(domain=[0, 100])),
            color=alt.Color("who:N", scale=colour, legend=top),
            tooltip=["who:N", "answer:N", alt.Tooltip("share:Q", format=".0f")],
        )
        .properties(height=HEIGHT)
        .configure_view(stroke=None)
    )  # fmt: skip
