"""Findings of a job, or how far it is: the page never simulates, it asks and looks again."""

from pathlib import Path

import streamlit as st

from dashboard.controls import session
from dashboard.findings import Findings, read_findings
from dashboard.service.jobs import Job, LifeJob
from dashboard.service.pool import Progress
from dashboard.words import say

LOOK_AGAIN = 0.4


@st.cache_resource(max_entries=64, show_spinner=False)
def loaded(folder: str) -> Findings:
    """Return findings from the cache; they are shared, so nobody may change them."""
    return read_findings(Path(folder))


def folder_now(job: Job | LifeJob, seconds: float = 0.0) -> Path | None:
    """Ask for a job and return the folder of what it made if that is there within some seconds."""
    service = session.service()
    if key_of_stopped(job) in st.session_state:
        return None
    service.ask(job, session.visitor())
    return service.cache.outcome(job.key) if service.wait(job.key, seconds).finished else None


def findings_now(job: Job, seconds: float = 0.0) -> Findings | None:
    """Ask for a job and return its findings if they are there within some seconds."""
    folder = folder_now(job, seconds)
    try:
        return loaded(str(folder)) if folder else None
    except OSError:
        session.service().forget(job.key)
        return None


def watch(job: Job, lang: str, *, quiet: bool = False) -> None:
    """Show how far a job is and look again until it is over, with a way to stop it."""
    progress = session.service().progress.get(job.key) or Progress(cancelled=True)
    if progress.over:
        show_end(job, progress, lang)
    else:
        show_progress(job, lang, quiet)


@st.fragment(run_every=LOOK_AGAIN)
def show_progress(job: Job, lang: str, quiet: bool) -> None:
    """Show the bar; once the job is over, draw the whole page again."""
    progress = session.service().progress.get(job.key) or Progress(cancelled=True)
    if progress.over:
        st.rerun()
    text = (
        say("shell.running", lang, done=progress.done, total=progress.total)
        if progress.total
        else say("shell.waiting", lang)
    )
    with st.container(horizontal=True, vertical_alignment="center", key=f"watch-{job.key}"):
        st.progress(min(progress.share, 1.0), text=text)
        if not quiet:
            st.button(
                say("shell.cancel", lang),
                key=f"cancel-{job.key}",
                on_click=stop,
                args=(job,),
                icon=":material/stop_circle:",
            )


def key_of_stopped(job: Job) -> str:
    """Return where a visit notes that it stopped a job."""
    return f"stopped-{job.key}"


def stop(job: Job) -> None:
    """Stop a job for this visit."""
    st.session_state[key_of_stopped(job)] = True
    session.service().cancel(job.key, session.visitor())


def go_on(job: Job) -> None:
    """Start a stopped or failed job again."""
    st.session_state.pop(key_of_stopped(job), None)
    session.service().forget(job.key)


def show_end(job: Job, progress: Progress, lang: str) -> None:
    """Say why there are no findings, with a way to start again."""
    if progress.error:
        error = say("shell.process", lang) if progress.error == "process" else progress.error
        st.error(say("shell.failed", lang, error=error), icon=":material/error:")
    else:
        st.info(say("shell.cancelled", lang), icon=":material/pause_circle:")
    st.button(say("shell.again", lang), key=f"again-{job.key}", on_click=go_on, args=(job,), icon=":material/replay:")
