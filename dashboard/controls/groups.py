"""Who gains and who loses: effects by district on a schematic map, by income fifth and by post."""

import pandas as pd
import streamlit as st

from dashboard.charts.intervals import by_group
from dashboard.charts.tiles import is_mapped, tiles
from dashboard.controls.notes import show_table
from dashboard.controls.outcomes import cell, named_colour
from dashboard.findings import Findings
from dashboard.views.comparison import Comparison
from dashboard.views.effects import Effect, effect_from, scale_of
from dashboard.views.titles import safe
from dashboard.words import label, say

INNER = ("income", "post")


def show_groups(seen: Comparison, lang: str) -> None:
    """Show the effects on one outcome by district, income fifth and post."""
    st.subheader(say("compare.groups", lang))
    options = [o for o in seen.outcomes() if any(grouped(seen.findings, n, o, "district") for n in seen.names)]
    if not options:
        return
    first = "parent_anxiety" if "parent_anxiety" in options else options[0]
    outcome = st.selectbox(
        say("compare.outcome", lang), options, index=options.index(first), format_func=lambda o: label(o, lang),
        key="group-outcome", width=320,
    )  # fmt: skip
    show_districts(seen, outcome, lang)
    for kind in INNER:
        show_inner(seen, outcome, kind, lang)
    with st.expander(say("compare.groups_table", lang), icon=":material/table:"):
        show_group_table(seen, outcome, lang)


def grouped(findings: Findings, scenario: str, outcome: str, kind: str) -> dict[str, Effect]:
    """Return the effects on an outcome by the groups of a kind, keyed by what follows the colon."""
    table = findings.effects
    rows = table[(table["scenario"] == scenario) & (table["outcome"] == outcome) & table["verdict"].notna()]
    rows = rows[rows["group"].str.startswith(kind + ":")]
    return {row["group"].partition(":")[2]: effect_from(row) for row in rows.to_dict("records")}


def show_districts(seen: Comparison, outcome: str, lang: str) -> None:
    """Show a schematic map a scenario, all in one scale of colour."""
    about = seen.findings.about
    names = {f"{k:02d}": pair[lang] for k, pair in enumerate(about["districts"], start=1)}
    every = {name: grouped(seen.findings, name, outcome, "district") for name in seen.names}
    largest = max((abs(e.middle) for found in every.values() for e in found.values()), default=0.0)
    scaling = scale_of(outcome, largest, lang)
    for column, name in zip(st.columns(max(len(seen.names), 2), gap="medium"), seen.names, strict=False):
        with column:
            look = next(k for k in seen.looks if k.name == name)
            st.markdown(f":{named_colour(look)}[●] **{safe(seen.titles[name])}** :gray[:small[{scaling.unit}]]")
            chart = tiles(every[name], names, about["city"]["name"], scaling, lang, largest)
            clear = sum(e.clear for e in every[name].values())
            finding = say("compare.districts_clear", lang, k=clear, n=len(names))
            alt = say("charts.alt_tiles", lang, name=label(outcome, lang), finding=finding)
            st.altair_chart(chart, width="stretch", alt=alt, key=f"tiles-{name}")
            st.caption(finding)
    st.caption(say("compare.districts" if is_mapped(outcome) else "compare.not_judged", lang))


def show_inner(seen: Comparison, outcome: str, kind: str, lang: str) -> None:
    """Show the effects by income fifth or by post, side by side for the scenarios."""
    every = {name: grouped(seen.findings, name, outcome, kind) for name in seen.names}
    if not any(every.values()):
        return
    st.markdown(f"**{say(f'compare.{kind}', lang)}**")
    largest = max(abs(e.middle) for found in every.values() for e in found.values())
    scaling = scale_of(outcome, largest, lang)
    rows = pd.DataFrame(
        {"scenario": name, "group": group_words(kind, key, lang), "low": e.low, "middle": e.middle, "high": e.high}
        for name, found in every.items()
        for key, e in found.items()
    )
    st.altair_chart(
        by_group(rows, seen.looks, scaling, lang), width="stretch", key=f"groups-{kind}",
        alt=say("charts.alt_effects", lang, name=label(outcome, lang), finding=say(f"compare.{kind}", lang)),
    )  # fmt: skip


def show_group_table(seen: Comparison, outcome: str, lang: str) -> None:
    """Show the effects by every group as a table."""
    names = {f"{k:02d}": pair[lang] for k, pair in enumerate(seen.findings.about["districts"], start=1)}
    rows: dict[str, dict[str, str]] = {}
    for kind in ("district", *INNER):
        for name in seen.names:
            for key, effect in grouped(seen.findings, name, outcome, kind).items():
                words = names[key] if kind == "district" else group_words(kind, key, lang)
                rows.setdefault(words, {"group": words})[name] = cell(effect, lang)
    heads = {"group": say("compare.group", lang)} | {n: safe(seen.titles[n]) for n in seen.names}
    show_table(list(rows.values()), heads)


def group_words(kind: str, key: str, lang: str) -> str:
    """Return a group in words."""
    return say("compare.fifth", lang, n=key) if kind == "income" else say(f"compare.post_{key}", lang)
