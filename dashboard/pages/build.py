"""Make a scenario: levers on the left, what they do on the right, at once and then in full."""

import streamlit as st

from dashboard.charts.timeline import timeline
from dashboard.controls import plans, session
from dashboard.controls.draft_bar import show_bar
from dashboard.controls.levers import show_group
from dashboard.controls.live import live_result, pause, replayed
from dashboard.controls.result import show_result
from dashboard.controls.share import show_share
from dashboard.views.levers import GROUPS, grouped
from dashboard.words import month, say
from model.declare.setting import month_name
from scenarios.path import LONGEST_RAMP
from scenarios.scenario import FIRST_FUTURE

USUAL_START, USUAL_RAMP = FIRST_FUTURE + 3, 3


def show(lang: str) -> None:
    """Draw the page."""
    st.title(say("shell.page_build", lang))
    st.caption(say("build.lead", lang))
    plan = plans.draft()
    code = plans.write_link(plan)
    show_link_error(lang)
    show_bar(plan, lang)
    left, right = st.columns((5, 8), gap="large")
    with left:
        show_levers(plan, lang)
    with right:
        show_outcome(plan, lang)
    show_share(plan, code, lang)


def show_link_error(lang: str) -> None:
    """Say once what was wrong with the link that was followed."""
    error = st.session_state.pop("link_error", None)
    if error is not None:
        text = session.error_words(error, lang)
        st.error(say("shell.broken_link", lang, error=text), icon=":material/link_off:")


def show_levers(plan: object, lang: str) -> None:
    """Show the levers of one part of the source texts, and when new changes start."""
    moved = {group: sum(v.id in plan.now.levers for v in grouped()[group]) for group in GROUPS}
    group = st.pills(
        say("build.part", lang), GROUPS, default="relief", key="lever-group", required=True, wrap=True,
        format_func=lambda g: part_words(g, moved[g], lang),
    )  # fmt: skip
    with st.container(horizontal=True, key="start"):
        options = list(range(FIRST_FUTURE, plan.now.until + 1))
        st.session_state.setdefault("start-month", USUAL_START)
        st.selectbox(
            say("build.start", lang), options, key="start-month", format_func=lambda m: month(month_name(m), lang),
            width=140, persist_state="session",
        )  # fmt: skip
        st.session_state.setdefault("start-ramp", USUAL_RAMP)
        st.number_input(
            say("build.start_ramp", lang), 0, LONGEST_RAMP, key="start-ramp", width=140, persist_state="session"
        )
    show_group(group or GROUPS[0], lang)


def part_words(group: str, moved: int, lang: str) -> str:
    """Return the name of a part, with how many of its levers are moved."""
    name = say(f"levers.group_{group}", lang)
    return say("build.part_count", lang, name=name, n=moved) if moved else name


def show_outcome(plan: object, lang: str) -> None:
    """Show what the draft does; on a replay first what it did before the last change."""
    st.subheader(say("build.results", lang), anchor=False)
    if plans.is_untouched(plan):
        st.info(say("build.empty", lang), icon=":material/tune:")
        return
    place = st.empty()
    before = replayed(plan.before)
    if before is not None:
        with place.container():
            st.badge(say("build.replaying", lang), icon=":material/replay:", color="orange")
            show_result(before, lang, key="before")
        pause()
    live = live_result(plan.now, lang)
    with place.container():
        if live is None:
            st.skeleton(height=320)
            return
        show_result(live, lang, key="now")
    if plan.now.levers:
        st.markdown(f"**{say('build.timeline', lang)}**")
        chart = timeline(plan.now, lang)
        st.altair_chart(chart, width="stretch", alt=say("build.timeline_alt", lang), key="timeline")
