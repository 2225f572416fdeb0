"""Outcomes as small panels: over time, as differences, or as effects; and all of them in a table."""

import math

import streamlit as st

from dashboard.charts.intervals import intervals
from dashboard.charts.look import COLOURS, Look
from dashboard.charts.paths import paths
from dashboard.controls.notes import show_table
from dashboard.views.comparison import Comparison
from dashboard.views.effects import CLEAR, COST, MARKS, Effect, amount, scale_of
from dashboard.views.titles import safe
from dashboard.words import label, say

VIEWS = ("paths", "diffs", "effects")
SYSTEMS = ("all", "cadres", "education")
ACROSS = 3
LEVELS, DIFFS = ("p05", "p50", "p95"), ("diff_p05", "diff_p50", "diff_p95")
NAMED = dict(zip(COLOURS, ("blue", "orange", "green", "violet"), strict=True))
TINTED = {"better": "blue", "worse": "orange"}


def named_colour(look: Look) -> str:
    """Return the name that the theme has for a scenario's colour."""
    return NAMED.get(look.colour, "gray")


def show_outcomes(seen: Comparison, lang: str) -> None:
    """Show the headline outcomes of the chosen system in the chosen view."""
    st.subheader(say("compare.outcomes", lang))
    with st.container(horizontal=True, key="outcome-choices"):
        view = choose("view", VIEWS, lang)
        system = choose("system", SYSTEMS, lang)
    st.caption(say("compare.how_effects" if view == "effects" else "compare.how_paths", lang))
    wanted = seen.outcomes(system)
    for start in range(0, len(wanted), ACROSS):
        for column, outcome in zip(st.columns(ACROSS, gap="medium"), wanted[start : start + ACROSS], strict=False):
            with column:
                show_panel(seen, outcome, view, lang)
    with st.expander(say("compare.table", lang), icon=":material/table:", key="effects-table"):
        show_effects(seen, wanted, lang)


def choose(name: str, options: tuple[str, ...], lang: str) -> str:
    """Return which of a few ways to look was chosen."""
    return st.segmented_control(
        say(f"compare.{name}", lang), options, default=options[0], key=f"compare-{name}", required=True,
        format_func=lambda option: say(f"compare.{name}_{option}", lang), label_visibility="collapsed",
    )  # fmt: skip


def show_panel(seen: Comparison, outcome: str, view: str, lang: str, *, bands: bool = True, mark: str = "") -> None:
    """Show one outcome: what it is, the largest finding, the chart."""
    finding = leading(seen, outcome, lang)
    scaling = scale_for(seen, outcome, view, lang)
    name = label(outcome, lang)
    with st.container(key=f"panel-{mark}{outcome}", gap="xsmall"):
        st.markdown(f"**{name}** :gray[:small[{scaling.unit}]]")
        st.caption(finding)
        if view == "effects":
            effects = [e for e in (seen.effects(n).get(outcome) for n in seen.names) if e]
            chart, words = intervals(effects, seen.looks, scaling, lang), "charts.alt_effects"
        else:
            chart, words = (
                paths(path_table(seen, outcome, view), seen.looks, scaling, lang, bands=bands),
                "charts.alt_paths",
            )
        alt = say(words, lang, name=name, n=len(seen.names), finding=finding)
        st.altair_chart(chart, width="stretch", alt=alt, key=f"chart-{mark}{outcome}")


def path_table(seen: Comparison, outcome: str, view: str) -> object:
    """Return the bands of an outcome: levels, or paired differences."""
    table = seen.findings.paths
    rows = table[(table["outcome"] == outcome) & table["scenario"].isin([k.name for k in seen.looks])]
    columns = dict(zip(LEVELS if view == "paths" else DIFFS, ("low", "middle", "high"), strict=True))
    return rows[["scenario", "month", *columns]].rename(columns=columns)


def scale_for(seen: Comparison, outcome: str, view: str, lang: str) -> object:
    """Return the scale of a panel: of levels, or of the largest difference."""
    if view == "paths":
        rows = path_table(seen, outcome, view)
        return scale_of(outcome, float(rows["high"].abs().max()), lang, difference=False)
    effects = [seen.effects(n).get(outcome) for n in seen.names]
    return scale_of(outcome, max((abs(e.middle) for e in effects if e), default=0.0), lang)


def leading(seen: Comparison, outcome: str, lang: str) -> str:
    """Return the largest clear effect on an outcome in words, or that there is none."""
    effects = [e for e in (seen.effects(n).get(outcome) for n in seen.names) if e]
    clear = [e for e in effects if e.clear]
    if any(e.verdict == "few" for e in effects):
        most = max(effects, key=lambda e: abs(e.middle))
        return say("build.glimpse", lang, amount=amount(most, lang), runs=seen.runs)
    if not clear:
        words = {e.verdict for e in effects}
        return say("slight" if "slight" in words else "unclear", lang)
    best = max(clear, key=lambda e: abs(e.middle))
    finding = f"{MARKS[best.verdict]} {amount(best, lang)}"
    return say("compare.best", lang, scenario=safe(seen.titles[best.scenario]), finding=finding)


def plain_amount(outcome: str, value: float | None, lang: str) -> str:
    """Return a number of an outcome in its unit, without a sign; a dash for none."""
    if value is None:
        return "–"
    scaling = scale_of(outcome, value, lang)
    gap = " " if lang == "en" else ""
    return f"{scaling.number(value)}{gap}{scaling.unit}"


def show_effects(seen: Comparison, wanted: list[str], lang: str) -> None:
    """Show all effects in a table: outcome by scenario, with interval and mark."""
    rows = []
    for outcome in [*wanted, COST]:
        cells = {name: cell(seen.effects(name).get(outcome), lang) for name in seen.names}
        rows.append({"outcome": label(outcome, lang)} | cells)
    show_table(rows, {"outcome": say("charts.outcome", lang)} | {n: safe(seen.titles[n]) for n in seen.names})
    st.caption(say("compare.table_how", lang))


def cell(effect: Effect | None, lang: str) -> str:
    """Return one effect as the text of a table's cell, coloured by whether it is good."""
    if effect is None:
        return "–"
    text = f"{MARKS[effect.verdict]} {amount(effect, lang)}"
    if math.isfinite(effect.prob_better):
        text += say("compare.probability", lang, p=round(100 * effect.prob_better))
    colour = TINTED.get(effect.verdict) if effect.verdict in CLEAR else "gray"
    return f":{colour}[{text}]" if colour else text
