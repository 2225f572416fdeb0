"""The result of a draft: a badge that says what it is, cost against a budget, findings, outcomes, what was changed."""

import streamlit as st

from dashboard.controls import outcomes, session
from dashboard.controls.idle import show_idle
from dashboard.controls.live import Live, show_badge
from dashboard.controls.notes import show_key, show_table
from dashboard.controls.singles import show_check
from dashboard.draft import NAME
from dashboard.views.comparison import Comparison, comparison
from dashboard.views.effects import COST, Effect, cost_words
from dashboard.views.levers import assumption_changes, changes
from dashboard.views.money import budget_share
from dashboard.words import label, number, say

USUAL_OUTCOMES = ("vitality", "overload_share", "effective_work", "parent_anxiety", "three_burdens", "hidden_share")
ACROSS = 2
USUAL_BUDGET = 500


def show_result(live: Live, lang: str, *, key: str) -> None:
    """Show everything about one result."""
    known = {session.BASELINE: session.shipped()[session.BASELINE], NAME: live.scenario}
    seen = comparison(live.findings, [NAME], known, lang)
    show_badge(live, lang)
    show_idle(live.scenario, live.findings, lang)
    if key == "now":
        show_budget(seen.effects(NAME).get(COST), lang)
    show_assumptions(live, lang)
    frame = "final" if live.final else "preview"
    with st.container(key=f"{frame}-{key}"):
        show_key(seen.looks)
        wanted = chosen_outcomes(seen, lang, key)
        for start in range(0, len(wanted), ACROSS):
            for column, outcome in zip(st.columns(ACROSS, gap="medium"), wanted[start : start + ACROSS], strict=False):
                with column, st.container(key=f"{key}-{outcome}"):
                    outcomes.show_panel(seen, outcome, "paths", lang, bands=live.final, mark=key)
    if key == "now":
        with st.expander(say("compare.table", lang), icon=":material/table:"):
            outcomes.show_effects(seen, seen.outcomes(), lang)
        show_changes(live, lang)


def chosen_outcomes(seen: Comparison, lang: str, key: str) -> list[str]:
    """Return the outcomes to show; the choice is kept for the visit."""
    options = seen.outcomes()
    usual = [o for o in USUAL_OUTCOMES if o in options]
    if key != "now":
        return st.session_state.get("outcomes-now") or usual
    st.session_state.setdefault("outcomes-now", usual)
    return st.multiselect(
        say("build.outcomes", lang), options, format_func=lambda o: label(o, lang), key="outcomes-now",
        persist_state="session", placeholder=say("build.outcomes", lang),
    )  # fmt: skip


def show_budget(cost: Effect | None, lang: str) -> None:
    """Show the extra cost against a budget."""
    if cost is None:
        return
    st.session_state.setdefault("budget", USUAL_BUDGET)
    with st.container(key="budget-row", gap="xsmall"):
        budget = st.number_input(
            say("build.budget", lang), 0, 1_000_000, step=50, key="budget", width=260, persist_state="session"
        )
        share = budget_share(cost.middle, budget)
        words = cost_words({COST: cost}, lang)
        st.html(meter(share))
        if cost.middle <= 0:
            st.caption(say("build.saved", lang, cost=words))
        elif share > 1:
            st.markdown(f":orange[{say('build.over', lang, cost=words)}]")
        else:
            st.caption(say("build.spent", lang, cost=words, share=f"{number(100 * share, 0, lang)}%"))


def meter(share: float) -> str:
    """Return the bar of a budget as HTML."""
    kind = "meter over" if share > 1 else "meter"
    return f'<div class="{kind}"><i style="width:{100 * min(max(share, 0), 1):.0f}%"></i></div>'


def show_assumptions(live: Live, lang: str) -> None:
    """Show the assumptions that differ, and that the baseline has them too."""
    found = assumption_changes(live.scenario, lang)
    if not found:
        return
    st.markdown(f"**{say('build.assumptions', lang)}**")
    rows = [{"key": c.name, "before": c.before, "after": c.after} for c in found]
    heads = {
        "key": say("build.assumptions", lang),
        "before": say("build.usual", lang),
        "after": say("build.after", lang),
    }
    show_table(rows, heads)
    st.caption(say("build.assumptions_note", lang))


def show_changes(live: Live, lang: str) -> None:
    """Show what differs from the status quo, and offer to check each lever alone."""
    found = changes(live.scenario, session.city(), lang)
    with st.expander(say("build.changes", lang), icon=":material/list:", key="changes"):
        if found:
            rows = [{"lever": c.name, "before": c.before, "after": c.after} for c in found]
            show_table(rows, {key: say(f"build.{key}", lang) for key in ("lever", "before", "after")})
            show_check(live.scenario, lang)
        else:
            st.caption(say("compare.no_levers", lang))
