"""Optimise: search for mixes of levers within a budget, look at the front, and take a mix as one's scenario."""

from pathlib import Path

import pandas as pd
import streamlit as st

from dashboard.charts.bars import front_points, parallel
from dashboard.controls import plans
from dashboard.controls.notes import show_table
from dashboard.controls.studies import choose_scenario, choose_size, show_studies, start_button
from dashboard.draft import NAME, renamed
from dashboard.exchange import MOST_UPLOAD, from_toml
from dashboard.figures.intervals import better, unit
from dashboard.service.studies import Study
from dashboard.views import analyses
from dashboard.views.levers import GROUPS, grouped
from dashboard.views.money import TEN_THOUSAND
from dashboard.words import LANGUAGES, OUTCOMES, label, say, scale
from model.declare.errors import SettingError
from model.declare.setting import levers

ROBUST = ("mean", "worst", "regret")
SIZES = {
    "quick": ("--population", "12", "--generations", "5", "--draws", "2", "--scale", "1:200"),
    "usual": ("--population", "24", "--generations", "12", "--draws", "4", "--scale", "1:200"),
    "thorough": ("--population", "40", "--generations", "25", "--draws", "6", "--scale", "1:100"),
}
MOST_AXES = 9


def show(lang: str) -> None:
    """Draw the page."""
    st.title(say("shell.page_optimise", lang))
    st.caption(say("optimise.lead", lang))
    left, right = st.columns((4, 8), gap="large")
    with left, st.container(border=True):
        show_form(lang)
    with right:
        show_studies("optimise", lang, lambda study: show_study(study, lang))


def show_form(lang: str) -> None:
    """Let goals, budget and levers be chosen, and the search be started."""
    options = [key for key, o in OUTCOMES.items() if o.headline and o.better != "neutral" and o.over != "levers"]
    goals = st.multiselect(
        say("optimise.goals", lang), options, default=["vitality", "parent_anxiety"], key="goals",
        format_func=lambda o: label(o, lang), help=say("optimise.goals_help", lang), max_selections=3,
        placeholder=say("optimise.goals", lang),
    )  # fmt: skip
    budget = st.number_input(say("optimise.budget", lang), 1, 100_000, 500, 50, key="search-budget")
    parts = st.pills(
        say("optimise.parts", lang), GROUPS, selection_mode="multi", default=list(GROUPS), key="search-parts",
        wrap=True,
        format_func=lambda g: say(f"levers.group_{g}", lang),
    )  # fmt: skip
    kind = st.segmented_control(
        say("optimise.robust", lang), ROBUST, default="mean", key="search-robust", required=True, wrap=True,
        format_func=lambda r: say(f"optimise.robust_{r}", lang),
    )  # fmt: skip
    base = choose_scenario("search-base", lang, baseline=True)
    size = choose_size("search-size", lang)
    if not goals:
        st.caption(say("optimise.need_goal", lang))
        return
    start_button("optimise", base, arguments_of(goals, budget, parts or GROUPS, kind, size), lang)


def arguments_of(goals: list[str], budget: int, parts: list[str], kind: str, size: str) -> list[str]:
    """Return the options of the command."""
    high = [o for o in goals if better(o) == "high"]
    low = [o for o in goals if better(o) == "low"]
    found = ["--budget", str(budget * TEN_THOUSAND), "--robust", kind, *SIZES[size], "--yes"]
    found += ["--maximise", ",".join(high)] if high else []
    found += ["--minimise", ",".join(low)] if low else []
    return (
        found if set(parts) == set(GROUPS) else [*found, "--only", ",".join(v.id for g in parts for v in grouped()[g])]
    )


def show_study(study: Study, lang: str) -> None:
    """Show the front of one search."""
    table = analyses.front(study.out)
    if table.empty:
        st.info(say("optimise.empty", lang), icon=":material/info:")
        return
    goals = analyses.goals(table)
    table["name"] = [say("optimise.mix", lang, n=int(m.rpartition("_")[2])) for m in table["mix"]]
    names = dict(zip(table["mix"], table["name"], strict=True))
    picks = dict(zip(table["mix"], table["pick"].fillna(""), strict=True))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        mix = st.selectbox(
            say("optimise.pick", lang), list(names), key="mix", width=320,
            format_func=lambda m: pick_words(names[m], picks[m], lang),
        )  # fmt: skip
        st.button(
            say("optimise.take", lang),
            key="take-mix",
            type="primary",
            on_click=take,
            args=(study.out, mix),
            icon=":material/tune:",
        )
    if st.session_state.pop("took", False):
        st.success(say("optimise.taken", lang), icon=":material/check_circle:")
    table["chosen"] = table["mix"] == mix
    show_front(study.out, table, goals, lang)
    show_parallel(table, goals, lang)
    with st.expander(say("optimise.table", lang), icon=":material/table:"):
        show_mixes(table, goals, lang)


def pick_words(name: str, pick: str, lang: str) -> str:
    """Return a mix's name with what recommends it."""
    words = [say(f"optimise.pick_{p}", lang) for p in pick.split() if p in ("knee", "cheapest")]
    return f"{name} · {' · '.join(words)}" if words else name


def show_front(folder: Path, table: pd.DataFrame, goals: list[str], lang: str) -> None:
    """Show the mixes and the shipped scenarios as points of cost against the first goal."""
    st.markdown(f"**{say('optimise.front', lang)}**")
    shipped = analyses.read(folder, "shipped").assign(mixed=False, chosen=False)
    shipped["name"] = [plans.title_of(s, lang) for s in shipped["scenario"]] if len(shipped) else []
    goal = goals[0]
    both = pd.concat([table.assign(mixed=True), shipped])[["name", "mixed", "chosen", "cost", goal]].copy()
    scaling = scale(unit(goal), float(both[goal].abs().max()), lang, difference=True)
    both[goal] *= scaling.factor
    both["cost"] /= TEN_THOUSAND
    x = ("cost", say("optimise.cost_axis", lang))
    y = (goal, f"{label(goal, lang)} · {scaling.unit}")
    alt = say("charts.alt_front", lang, x=x[1], y=y[1])
    st.altair_chart(front_points(both, x, y), width="stretch", key="front", alt=alt)
    st.caption(say("optimise.front_how", lang))


def show_parallel(table: pd.DataFrame, goals: list[str], lang: str) -> None:
    """Show all mixes on the axes of goals, cost and the levers that differ most."""
    st.markdown(f"**{say('optimise.parallel', lang)}**")
    moved = [c for c in table.columns if c in levers() and table[c].nunique() > 1]
    columns = {g: label(g, lang) for g in goals} | {"cost": say("optimise.cost", lang)}
    columns |= {c: label(c, lang) for c in moved[: MOST_AXES - len(columns)]}
    flipped = {g for g in goals if better(g) == "low"} | {"cost"}
    alt = say("charts.alt_parallel", lang)
    st.altair_chart(parallel(table, columns, flipped, lang), width="stretch", key="parallel", alt=alt)
    st.caption(say("optimise.parallel_how", lang))


def show_mixes(table: pd.DataFrame, goals: list[str], lang: str) -> None:
    """Show all mixes as a table."""
    rows = [
        {"name": r["name"]}
        | {g: analyses.in_words(g, r[g], lang) for g in goals}
        | {"cost": analyses.in_words("policy_cost", r["cost"], lang), "moved": str(int(r["moved"]))}
        for r in table.to_dict("records")
    ]
    heads = {"name": say("optimise.pick", lang)} | {g: label(g, lang) for g in goals}
    show_table(rows, heads | {"cost": say("optimise.cost", lang), "moved": say("optimise.levers", lang)})


def take(folder: Path, mix: str) -> None:
    """Make a mix the draft of this visit."""
    path = folder / "mixes" / f"{mix}.toml"
    try:
        scenario = from_toml(path.read_bytes()[: MOST_UPLOAD + 1], path.name, NAME)
    except (OSError, SettingError):
        return
    both = {lang: say("optimise.mix", lang, n=int(mix.rpartition("_")[2])) for lang in LANGUAGES}
    plans.put(plans.draft().changed(renamed(scenario, both)))
    st.session_state["took"] = True
