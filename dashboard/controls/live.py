"""The result of the draft as it changes: a preview at once, the full result as soon as it is made, never alike."""

import time
from dataclasses import dataclass

import streamlit as st

from dashboard.controls import session
from dashboard.controls.waiting import findings_now, watch
from dashboard.findings import Findings
from dashboard.service.jobs import QUICK, Job, job_of
from dashboard.words import say
from scenarios.scenario import Scenario

PATIENCE = 2.0
REPLAY_SECONDS = 1.2


@dataclass(frozen=True, eq=False)
class Live:
    """Findings of a state of the draft; ``stale`` if they are of another state."""

    findings: Findings
    scenario: Scenario
    final: bool
    stale: bool = False


def live_result(scenario: Scenario, lang: str) -> Live | None:
    """Return the best result of a scenario that is there; have the full one made in the background."""
    baseline = session.shipped()[session.BASELINE]
    quick, full = (job_of((baseline, scenario), session.city(), quick=q) for q in (True, False))
    leave_others(full)
    found = findings_now(full) if made(full) else None
    if found is None:
        preview = findings_now(quick, PATIENCE)
        found_full = findings_now(full)
        if found_full is not None:
            return remember(Live(found_full, scenario, final=True))
        watch(full, lang)
        if preview is None:
            watch(quick, lang, quiet=True)
            return last_one()
        return remember(Live(preview, scenario, final=False))
    return remember(Live(found, scenario, final=True))


def made(job: Job) -> bool:
    """Tell whether the findings of a job are in the cache."""
    return session.service().cache.outcome(job.key).is_dir()


def leave_others(job: Job) -> None:
    """Stop refining what this visit no longer looks at."""
    before = st.session_state.get("refining")
    if before is not None and before.key != job.key:
        session.service().cancel(before.key, session.visitor())
    st.session_state["refining"] = job


def remember(live: Live) -> Live:
    """Keep a result, to be shown as stale while the next one is on its way."""
    st.session_state["live"] = live
    return live


def last_one() -> Live | None:
    """Return the result before the last change, marked as stale."""
    live = st.session_state.get("live")
    return Live(live.findings, live.scenario, live.final, stale=True) if live else None


def show_badge(live: Live, lang: str) -> None:
    """Say whether a preview or the full result is on show, or one that is out of date."""
    about = live.findings.about
    words = {"runs": about["runs"], "scale": f"1:{about['scale']:g}"}
    kind = "final" if live.final else "preview"
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        if live.stale:
            st.badge(say("build.stale", lang), icon=":material/history:", color="orange")
        icon = ":material/check_circle:" if live.final else ":material/bolt:"
        st.badge(say(f"build.{kind}", lang), icon=icon, color="blue" if live.final else "gray")
        st.caption(say(f"build.{kind}_help", lang, **words), width="content")


def replayed(before: Scenario | None) -> Live | None:
    """Return the result before the last change if a replay was asked for and it is there."""
    if before is None or not st.session_state.pop("replay", False):
        return None
    baseline = session.shipped()[session.BASELINE]
    for quick in (False, True):
        job = job_of((baseline, before), session.city(), quick=quick)
        if made(job):
            return Live(findings_now(job), before, final=job.options.draws > QUICK.draws)
    return None


def pause() -> None:
    """Leave the state before the last change on show for a moment."""
    time.sleep(REPLAY_SECONDS)
