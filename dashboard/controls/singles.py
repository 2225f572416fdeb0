"""Each lever of a scenario alone, in quick runs, to find those that change nothing."""

import streamlit as st

from dashboard.controls import session
from dashboard.controls.waiting import LOOK_AGAIN, findings_now
from dashboard.service.jobs import job_of
from dashboard.views.idle import alone, nothing_at_all
from dashboard.words import label, say
from scenarios.scenario import Scenario


def show_check(scenario: Scenario, lang: str) -> None:
    """Offer the check, and show what it found."""
    st.button(say("build.check", lang), key="check-levers", icon=":material/rule:", on_click=start, args=(scenario,))
    if st.session_state.get("checked") == tuple(sorted(scenario.levers)):
        show_checked(scenario, lang)


def start(scenario: Scenario) -> None:
    """Note which levers are to be checked."""
    st.session_state["checked"] = tuple(sorted(scenario.levers))


@st.fragment(run_every=LOOK_AGAIN)
def show_checked(scenario: Scenario, lang: str) -> None:
    """Show how far the check is; when it is done, the levers that changed nothing."""
    baseline = session.shipped()[session.BASELINE]
    jobs = {key: job_of((baseline, one), session.city(), quick=True) for key, one in alone(scenario).items()}
    found = {key: findings_now(job) for key, job in jobs.items()}
    done = {key: findings for key, findings in found.items() if findings is not None}
    if len(done) < len(jobs):
        st.progress(len(done) / len(jobs), text=say("build.checking", lang, done=len(done), total=len(jobs)))
        return
    idle = nothing_at_all(done)
    for key in idle:
        st.warning(say("build.idle_run", lang, name=label(key, lang)), icon=":material/info:")
    if not idle:
        st.success(say("build.check_ok", lang, n=len(jobs)), icon=":material/check_circle:")
