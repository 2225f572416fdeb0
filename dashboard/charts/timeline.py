"""When the changes of a scenario come: a bar a lever, pale while it grows, full once it is complete."""

import altair as alt
import pandas as pd

from dashboard.charts.intervals import RULE
from dashboard.views.levers import value_words
from dashboard.words import month, say
from model.declare.setting import levers, month_name
from scenarios.scenario import FIRST_FUTURE, Scenario

ROW, PALE, FULL = 24, 0.35, 0.9


def timeline(scenario: Scenario, lang: str) -> alt.LayerChart:
    """Return the timeline of the levers that a scenario names."""
    data = pd.DataFrame(bars(scenario, lang))
    x = alt.X(
        "start:T", axis=alt.Axis(title=None, format="%Y", tickCount="year"),
        scale=alt.Scale(domain=[stamp(FIRST_FUTURE), stamp(scenario.until + 1)]),
    )  # fmt: skip
    y = alt.Y("lever:N", sort=None, axis=alt.Axis(title=None, labelLimit=150, ticks=False, domain=False))
    tips = [
        alt.Tooltip("lever:N", title=say("levers.lever", lang)),
        alt.Tooltip("shown:N", title=say("build.after", lang)),
    ]
    base = alt.Chart(data)
    bar = base.mark_bar(height=12, cornerRadius=2, color="#2C86BF", clip=True).encode(
        x=x, x2="end:T", y=y, opacity=alt.Opacity("strength:Q", scale=None), tooltip=tips
    )
    start = base.mark_tick(color=RULE, thickness=2, clip=True).encode(x=x, y=y)
    return alt.layer(bar, start).properties(height=ROW * data["lever"].nunique() + 50).configure_view(stroke=None)


def bars(scenario: Scenario, lang: str) -> list[dict]:
    """Return the parts of every lever's bar."""
    found = []
    for key, steps in scenario.levers.items():
        lever = levers()[key]
        ends = [step.month for step in steps[1:]] + [scenario.until + 1]
        for step, end in zip(steps, ends, strict=True):
            shown = f"{value_words(lever, step.value, lang)} ({month(month_name(step.month), lang)})"
            row = {"lever": lever.label[lang], "shown": shown}
            complete = min(step.month + step.ramp_months, end)
            if step.ramp_months:
                found.append(row | {"start": stamp(step.month), "end": stamp(complete), "strength": PALE})
            found.append(row | {"start": stamp(complete), "end": stamp(end), "strength": FULL})
    return found


def stamp(index: int) -> str:
    """Return the first day of a month as a chart takes it."""
    return f"{month_name(index)}-01"
