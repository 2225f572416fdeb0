"""Workshop mode: a trainer leads a room through a session; others may join it with its code."""

from collections.abc import Callable

import streamlit as st

from dashboard.controls import room as parts
from dashboard.controls.findings import base_findings
from dashboard.findings import Findings
from dashboard.reports import render
from dashboard.words import say
from dashboard.workshop.handouts import KINDS, handout, speak
from dashboard.workshop.rooms import Room, Rooms, Step
from dashboard.workshop.session import PHASES, TIMED, Session, sessions

LARGE = """<style>
[data-testid="stSidebar"], [data-testid="stExpandSidebarButton"] { display: none; }
.st-key-stage { font-size: 1.35rem; }
.st-key-stage p, .st-key-stage li { font-size: 1.35rem; line-height: 1.6; }
.st-key-stage h1 { font-size: 2.4rem; } .st-key-stage h3 { font-size: 1.75rem; }
@media (max-width: 640px) {
  .st-key-stage p, .st-key-stage li { font-size: 1.1rem; }
  .st-key-stage h1 { font-size: 1.6rem; }
}
</style>"""
FORMS = {"docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "html": "text/html"}


@st.cache_resource(show_spinner=False)
def rooms() -> Rooms:
    """Return the rooms of this server, shared by all visits."""
    return Rooms()


def show(lang: str) -> None:
    """Draw the page: the list of sessions, or the room that the link names."""
    code = st.query_params.get("room", "")
    room = rooms().find(code) if code else None
    if code and room is None:
        st.warning(speak("lost", lang), icon=":material/meeting_room:")
    if room is None:
        show_list(lang)
    elif st.query_params.get("lead") == room.token:
        show_room(room, lang)
    else:
        show_voter(room, lang)


def show_list(lang: str) -> None:
    """Show the sessions to choose from, their papers, and the door to a room."""
    st.title(say("shell.page_workshop", lang))
    st.markdown(speak("lead", lang))
    for name, story in sessions().items():
        with st.container(border=True, key=f"session-{name}"):
            st.markdown(f"### {story.title[lang]}")
            st.markdown(f"{story.about[lang]}  \n:small[{speak('minutes', lang, n=story.minutes)}]")
            with st.container(horizontal=True):
                st.button(speak("start", lang), key=f"start-{name}", type="primary", on_click=open_room, args=(story,))
                downloads(story, lang)
    show_door(lang)


def downloads(story: Session, lang: str) -> None:
    """Offer the papers of a session."""
    for kind in KINDS:
        for form, mime in FORMS.items():
            st.download_button(
                f"{speak(kind, lang)} ({form.upper()})", lambda k=kind, f=form: paper(story.name, k, f, lang),
                f"{story.name}-{kind}-{lang}.{form}", mime, key=f"{kind}-{form}-{story.name}", on_click="ignore",
            )  # fmt: skip


@st.cache_data(max_entries=64, show_spinner=False)
def paper(name: str, kind: str, form: str, lang: str) -> bytes:
    """Return a paper of a session as a file."""
    return render(handout(sessions()[name], kind, lang), form, "plain")


def show_door(lang: str) -> None:
    """Let a visitor join a room by its code."""
    st.subheader(speak("join_head", lang))
    with st.form("door", border=False):
        code = st.text_input(speak("join_code", lang), max_chars=8, key="door-code")
        if st.form_submit_button(speak("join", lang)):
            if rooms().find(code):
                st.query_params["room"] = code.strip().upper()
                st.rerun()
            st.error(speak("join_wrong", lang, code=repr(code)[:20]))


def open_room(story: Session) -> None:
    """Open a room and lead it."""
    room = rooms().start(story)
    st.query_params["room"], st.query_params["lead"] = room.code, room.token


def leave() -> None:
    """Go back to the list; the room stays open for who has its link."""
    for name in ("room", "lead"):
        if name in st.query_params:
            del st.query_params[name]


def show_room(room: Room, lang: str) -> None:
    """Show the present step, large, with the keys to move."""
    st.html(LARGE)
    story = sessions()[room.session]
    found = base_findings(lang)
    show_bar(room, lang)
    with st.container(key="stage"):
        st.title(f"{story.title[lang]} · {speak(f'step_{room.step.kind}', lang)}", anchor=False)
        if found is not None or room.step.kind not in ("axes", "reveal", "compare"):
            SHOWN[room.step.kind](room, story, found, lang)


def show_bar(room: Room, lang: str) -> None:
    """Show where the session stands, and the buttons that move it."""
    with st.container(horizontal=True, vertical_alignment="center", key="bar"):
        st.button(
            speak("back", lang), key="back", shortcut="Left", on_click=room.move, args=(-1,), disabled=not room.at
        )
        step = room.step
        if step.kind == "predict":
            st.button(
                speak("lock", lang), key="lock", shortcut="L", on_click=room.lock, args=(step.index,),
                disabled=step.index in room.locked, icon=":material/lock:",
            )  # fmt: skip
        st.button(
            speak("next", lang), key="next", shortcut="Right", type="primary", on_click=room.move, args=(1,),
            disabled=not room.may_go_on,
        )  # fmt: skip
        st.caption(speak("step_of", lang, k=room.at + 1, n=len(room.steps)))
        st.markdown(f"**{speak('room', lang, code=room.code)}**")
        st.caption(speak("keys", lang))
        st.button(speak("leave", lang), key="leave", type="tertiary", on_click=leave)


def show_open(_room: Room, story: Session, _found: Findings | None, lang: str) -> None:
    """Say the three lines first, then goals and timing."""
    points([speak(f"line_{key}", lang) for key in ("who", "data", "change")])
    left, right = st.columns([2, 1])
    with left:
        st.markdown(f"### {speak('goals', lang)}")
        points([goal[lang] for goal in story.goals])
    with right:
        st.markdown(f"### {speak('timing', lang)}")
        steps = [(speak(f"step_{part}", lang), story.timing[part]) for part in TIMED]
        points([speak("timing_line", lang, step=step, n=n) for step, n in steps])


def show_story(room: Room, story: Session, _found: Findings | None, lang: str) -> None:
    """Show one page of the story."""
    st.markdown(f"### {story.story[room.step.index][lang]}")


def show_roles(_room: Room, story: Session, _found: Findings | None, lang: str) -> None:
    """Show the role cards."""
    cards = list(story.roles.items())
    for row in (cards[:3], cards[3:]):
        for column, (name, role) in zip(st.columns(3), row, strict=True):
            with column, st.container(border=True, height="stretch"):
                st.markdown(f"### {speak(f'role_{name}', lang)}")
                st.markdown(f"{speak('wants', lang)}  \n**{role.wants[lang]}**")
                st.markdown(f"{speak('fears', lang)}  \n**{role.fears[lang]}**")


def asked(room: Room, story: Session):
    """Return the present question."""
    return story.predictions[room.step.index]


def show_axes(room: Room, story: Session, found: Findings, lang: str) -> None:
    """Introduce the chart."""
    parts.show_axes(found, asked(room, story), lang)


def show_predict(room: Room, story: Session, _found: Findings | None, lang: str) -> None:
    """Collect the votes."""
    parts.show_prediction(room, asked(room, story), lang)
    if room.step.index not in room.locked:
        st.caption(speak("unlock_first", lang))


def show_reveal(room: Room, story: Session, found: Findings, lang: str) -> None:
    """Reveal the model's answer."""
    parts.show_reveal(found, asked(room, story), lang)


def show_compare(room: Room, story: Session, found: Findings, lang: str) -> None:
    """Set votes against runs."""
    parts.show_comparison(room, found, asked(room, story), lang)


def show_discuss(_room: Room, story: Session, _found: Findings | None, lang: str) -> None:
    """Show the questions."""
    points([question[lang] for question in story.questions])


def show_debrief(_room: Room, story: Session, _found: Findings | None, lang: str) -> None:
    """Look back: what happened, why, and what to do with it."""
    for phase in PHASES:
        st.markdown(f"### {speak(phase, lang)}")
        points([text[lang] for text in story.debrief[phase]])


def show_end(_room: Room, story: Session, _found: Findings | None, lang: str) -> None:
    """Offer the papers."""
    with st.container(horizontal=True):
        downloads(story, lang)


def points(items: list[str]) -> None:
    """Write a list."""
    st.markdown("\n".join(f"- {item}" for item in items))


SHOWN: dict[str, Callable] = {
    "open": show_open, "story": show_story, "roles": show_roles, "axes": show_axes, "predict": show_predict,
    "reveal": show_reveal, "compare": show_compare, "discuss": show_discuss, "debrief": show_debrief, "end": show_end,
}  # fmt: skip


def show_voter(room: Room, lang: str) -> None:
    """Show a voter the present question, or that there is none."""
    story = sessions()[room.session]
    st.title(story.title[lang])
    st.caption(speak("room", lang, code=room.code))
    voting(room, room.step, lang)
    st.button(speak("leave", lang), key="leave", type="tertiary", on_click=leave)


@st.fragment(run_every=2.0)
def voting(room: Room, drawn: Step, lang: str) -> None:
    """Show the ballot, and draw it anew once the room has moved on."""
    if room.step != drawn:
        st.rerun()
    if room.step.kind == "predict":
        parts.show_ballot(room, sessions()[room.session].predictions[room.step.index], lang)
    else:
        st.info(speak("wait", lang), icon=":material/hourglass:")
