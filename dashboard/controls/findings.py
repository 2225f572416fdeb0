"""The findings of a comparison: those that come with the program, and those of one's own scenarios once made."""

from dataclasses import dataclass

import streamlit as st

from dashboard.controls import session
from dashboard.controls.selection import Selection
from dashboard.controls.waiting import findings_now, watch
from dashboard.findings import Findings, merge
from dashboard.service.jobs import Job, job_of
from dashboard.ship import shipped_findings
from dashboard.views.effects import Effect, effects_of
from dashboard.words import say
from scenarios.scenario import Scenario


@dataclass(frozen=True, eq=False)
class Found:
    """What there is to show: findings of every scenario that has any, and the job that stands for the comparison."""

    findings: Findings
    selection: Selection

    def effects(self, name: str) -> dict[str, Effect]:
        """Return one scenario's effects by outcome."""
        return effects_of(self.findings, name)


def findings_for(picked: list[str], known: dict[str, Scenario], lang: str) -> Found | None:
    """Return the findings of the picked scenarios; show what is still being simulated."""
    found = base_findings(lang)
    own = [known[name] for name in picked if name not in found.scenarios] if found else []
    parts = [found] if found else []
    for scenario in own:
        job = job_for((scenario,))
        made = findings_now(job)
        if made is None:
            st.caption(say("compare.draft_running", lang))
            watch(job, lang)
        else:
            parts.append(made)
    if not parts:
        return None
    everything = merge(parts)
    job = job_for(tuple(known[name] for name in picked))
    return Found(everything, Selection(job, everything))


def job_for(scenarios: tuple[Scenario, ...]) -> Job:
    """Return the full comparison of scenarios with the status quo."""
    return job_of((session.shipped()[session.BASELINE], *scenarios), session.city(), quick=False)


def base_findings(lang: str) -> Findings | None:
    """Return the results of the shipped scenarios: as they came, or made anew if those are of another model."""
    came = shipped_findings()
    job = job_for(tuple(s for name, s in session.shipped().items() if name != session.BASELINE))
    if came is None or st.session_state.get("recompute"):
        made = findings_now(job)
        if made is not None:
            return made
        if came is None:
            st.info(say("compare.no_results", lang), icon=":material/hourglass:")
        watch(job, lang)
    elif not came.current:
        made = findings_if_made(job)
        if made is not None:
            return made
        version = came.about["model_version"].partition("+")[2]
        with st.container(horizontal=True, vertical_alignment="center", key="stale"):
            st.warning(say("compare.stale", lang, version=version), icon=":material/history:")
            st.button(say("compare.recompute", lang), key="recompute-now", on_click=recompute, icon=":material/replay:")
    return came


def findings_if_made(job: Job) -> Findings | None:
    """Return the findings of a job if somebody had it made before; do not have it made now."""
    folder = session.service().cache.outcome(job.key)
    return findings_now(job) if folder.is_dir() else None


def recompute() -> None:
    """Have the shipped scenarios simulated anew for this visit, and for all after it."""
    st.session_state["recompute"] = True
