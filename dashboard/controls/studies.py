"""Long studies on the screen: start one, follow it, stop it, and choose which to show."""

import shlex
from collections.abc import Callable, Sequence
from pathlib import Path

import streamlit as st

from dashboard.controls import plans, session
from dashboard.service import studies
from dashboard.service.cache import STUDIES
from dashboard.service.studies import FAILED, FINISHED, LOST, RUNNING, Study
from dashboard.views.titles import safe, title
from dashboard.words import say
from scenarios.scenario import Scenario

SIZES = ("quick", "usual", "thorough")
LOOK_AGAIN = 1.0
RESULTS = Path(__file__).parent.parent.parent / "results"


def root() -> Path:
    """Return where the studies are."""
    return session.service().cache.folder / STUDIES


def choose_scenario(key: str, lang: str, *, baseline: bool = False) -> Scenario:
    """Return the scenario that a study is to be of."""
    options = plans.available()
    if baseline:
        options = {session.BASELINE: session.shipped()[session.BASELINE], **options}
    names = list(options)
    first = names.index("relief") if "relief" in names and not baseline else 0
    chosen = st.selectbox(
        say("study.scenario", lang), names, index=first, key=key, format_func=lambda n: title(options[n], lang)
    )
    return options[chosen]


def choose_size(key: str, lang: str) -> str:
    """Return how thorough a study is to be."""
    return st.segmented_control(
        say("study.size", lang), SIZES, default="quick", key=key, required=True,
        format_func=lambda size: say(f"study.size_{size}", lang),
    )  # fmt: skip


def start_button(kind: str, scenario: Scenario, arguments: Sequence[str], lang: str) -> None:
    """Show the button that starts a study, and what became of it."""
    st.button(
        say("study.start", lang), key=f"start-{kind}", type="primary", icon=":material/play_arrow:",
        on_click=start, args=(kind, scenario, tuple(arguments), lang),
    )  # fmt: skip
    became = st.session_state.pop(f"became-{kind}", None)
    if became == "started":
        st.success(say("study.started", lang), icon=":material/check_circle:")
    elif became == "busy":
        st.warning(say("study.busy", lang), icon=":material/hourglass:")


def start(kind: str, scenario: Scenario, arguments: tuple[str, ...], lang: str) -> None:
    """Start a study and show it."""
    study = studies.start(root(), kind, scenario, arguments, lang)
    st.session_state[f"became-{kind}"] = "started" if study else "busy"
    if study:
        st.session_state[f"study-{kind}"] = study.name


def show_studies(kind: str, lang: str, show: Callable[[Study], None]) -> None:
    """Show the studies of a kind: which there are, how the chosen one stands, and its result by ``show``."""
    every = [*studies.studies(root(), kind), *studies.saved_analyses(RESULTS, kind)]
    there = {s.name: s for s in sorted(every, key=lambda s: s.started, reverse=True)}
    if not there:
        st.info(say("study.empty", lang), icon=":material/science:")
        return
    key = f"study-{kind}"
    if st.session_state.get(key) not in there:
        st.session_state[key] = next(iter(there))
    st.session_state[key] = st.session_state[key]
    name = st.selectbox(say("study.choose", lang), list(there), key=key, format_func=lambda n: entry(there[n], lang))
    study = there[name]
    if study.state == RUNNING:
        follow(study, lang)
        return
    if not study.saved:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.button(
                say("study.remove", lang), key=f"remove-{kind}", type="tertiary", icon=":material/delete:",
                on_click=study.remove,
            )  # fmt: skip
    if study.state == FINISHED:
        show(study)
        show_command(study, lang)
    else:
        show_end(study, lang)


def entry(study: Study, lang: str) -> str:
    """Return a study as a line of a list."""
    when = study.started[:16].replace("T", " ")
    name = str(study.title.get(lang, study.scenario))
    return say("study.entry", lang, title=name, when=when, state=say(f"study.state_{study.state}", lang))


@st.fragment(run_every=LOOK_AGAIN)
def follow(study: Study, lang: str) -> None:
    """Show how far a study is, with a way to stop it; draw the page again once it is over."""
    if study.state != RUNNING:
        st.rerun()
    done, total = study.progress
    text = say("study.running", lang, done=done, total=total) if total else say("study.begun", lang)
    with st.container(horizontal=True, vertical_alignment="center", key="study-progress"):
        st.progress(min(done / total, 1.0) if total else 0.0, text=text)
        st.button(
            say("study.cancel", lang), key=f"cancel-{study.name}", icon=":material/stop_circle:", on_click=study.cancel
        )
    if (study.folder / "cancel").exists():
        st.caption(say("study.cancelling", lang))


def show_end(study: Study, lang: str) -> None:
    """Say why a study has no result."""
    if study.state == FAILED:
        st.error(say("study.failed", lang, line=safe(study.last_line)), icon=":material/error:")
    else:
        st.info(say("study.lost" if study.state == LOST else "study.cancelled", lang), icon=":material/pause_circle:")


def show_command(study: Study, lang: str) -> None:
    """Show the command that gives the same numbers."""
    st.caption(say("study.command", lang))
    name = study.scenario if study.scenario in session.shipped() else f"{study.scenario}.toml"
    words = study.arguments if study.saved else (name, *study.arguments)  # a saved command names what it is of itself
    st.code(shlex.join(["python", "run_sim.py", study.kind, *words]), language="bash", wrap_lines=True)
