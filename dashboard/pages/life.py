"""One life: the same agent, with the same luck, in two scenarios side by side."""

import shlex
from dataclasses import replace

import streamlit as st

from dashboard.charts.lives import steps
from dashboard.charts.look import Look, looks_of
from dashboard.controls import plans, session
from dashboard.controls.notes import show_key, show_table
from dashboard.controls.waiting import folder_now, watch
from dashboard.service.jobs import LIVES, LifeJob
from dashboard.service.lives import read_lives
from dashboard.views import lives
from dashboard.views.lives import KINDS, MOST_COLUMNS, MOST_EVENTS
from dashboard.views.titles import title
from dashboard.words import month, say
from model.declare.setting import month_name
from scenarios.scenario import FIRST_FUTURE, Scenario

PATIENCE = 4.0
USUAL_ROW, STRIDE, MOST_ROW = 123, 97, 999_999
ACROSS = 2
# A scenario that does something to the kind of agent.
TELLING = {"member": "relief", "leader": "relief", "institution": "sound_supervision"}


def show(lang: str) -> None:
    """Draw the page."""
    st.title(say("shell.page_life", lang))
    st.caption(say("life.lead", lang))
    kind, row, pair = choose(lang)
    until = pair[0].until
    job = LifeJob(tuple(replace(s, until=until) for s in pair), session.city(), kind, row, replace(LIVES, until=until))
    folder = folder_now(job, PATIENCE)
    if folder is None:
        watch(job, lang)
        st.skeleton(height=300)
        return
    show_lives(read_lives(folder), pair, lang)


def choose(lang: str) -> tuple[str, int, tuple[Scenario, Scenario]]:
    """Let agent and scenarios be chosen."""
    options = {session.BASELINE: session.shipped()[session.BASELINE], **plans.available()}
    names = list(options)
    with st.container(horizontal=True, vertical_alignment="bottom", key="life-bar"):
        kind = st.segmented_control(
            say("life.kind", lang), KINDS, default=KINDS[0], key="life-kind", required=True,
            format_func=lambda k: say(f"life.kind_{k}", lang),
        )  # fmt: skip
        st.session_state.setdefault("life-row", USUAL_ROW)
        row = st.number_input(say("life.number", lang), 0, MOST_ROW, key="life-row", width=130, persist_state="session")
        st.button(say("life.another", lang), key="life-another", on_click=another, icon=":material/casino:")
        chosen = [
            st.selectbox(
                say(f"life.{which}", lang), names, index=names.index(first), key=f"life-{which}", width=190,
                format_func=lambda n: title(options[n], lang),
            )
            for which, first in (("one", session.BASELINE), ("other", TELLING.get(kind, "quality_schools")))
        ]  # fmt: skip
    return kind, int(row), tuple(options[name] for name in chosen)


def another() -> None:
    """Go to another agent, always by the same stride, so that a room can follow."""
    st.session_state["life-row"] = (int(st.session_state["life-row"]) + STRIDE) % MOST_ROW


def show_lives(found: dict, pair: tuple[Scenario, Scenario], lang: str) -> None:
    """Show the two lives: paths, where they part, all differences."""
    kind, rows = found["kind"], found["rows"]
    row = min(found["row"], rows - 1)
    words = say(f"life.kind_{kind}", lang)
    st.caption(say("life.about", lang, kind=words, row=row, rows=rows, scale=f"1:{LIVES.scale:g}"))
    keys = ["one", "other"]
    both = {key: found["lives"][s.name] for key, s in zip(keys, pair, strict=True)}
    looks = looks_of({}, {key: title(s, lang) for key, s in zip(keys, pair, strict=True)})
    show_key(looks)
    show_paths(both, kind, pair[0].until + 1, looks, lang)
    events = lives.partings(both, FIRST_FUTURE)
    st.subheader(say("life.parts", lang), anchor=False)
    if not events:
        st.info(say("life.same", lang), icon=":material/info:")
        return
    heads = {"month": say("life.month", lang), "what": say("life.what", lang)}
    heads |= {key: look.title for key, look in zip(keys, looks, strict=True)} | {"why": say("life.why", lang)}
    first = lives.first_partings(events)
    st.markdown("\n".join(f"- {sentence(e, kind, lang)}" for e in first[:MOST_COLUMNS]))
    show_table(lives.rows_of(first, kind, lang), heads)
    with st.expander(say("life.all", lang), icon=":material/list:", key="all-events"):
        show_table(lives.rows_of(events[:MOST_EVENTS], kind, lang), heads)
        if len(events) > MOST_EVENTS:
            st.caption(say("life.more", lang, n=MOST_EVENTS, total=len(events)))
    show_command(kind, row, pair, lang)


def sentence(event: lives.Event, kind: str, lang: str) -> str:
    """Return the first parting of a column as a sentence."""
    values = {
        key: lives.value_words(v, kind, event.column, lang) for key, v in (("one", event.one), ("other", event.other))
    }
    what, why = lives.column_words(kind, event.column, lang), lives.rule_words(event.mechanism, lang)
    return say("life.first", lang, month=month(month_name(event.month), lang), what=what, why=why, **values)


def show_paths(both: dict[str, list], kind: str, months: int, looks: list[Look], lang: str) -> None:
    """Show the chosen states of the agent over the months."""
    options = lives.columns_of(both, kind)
    usual = [c for c in lives.USUAL.get(kind, ()) if c in options] or options[:MOST_COLUMNS]
    chosen = st.multiselect(
        say("life.columns", lang), options, default=usual, key=f"life-columns-{kind}", max_selections=MOST_COLUMNS,
        format_func=lambda c: lives.column_words(kind, c, lang), placeholder=say("life.columns", lang),
    )  # fmt: skip
    for start in range(0, len(chosen), ACROSS):
        for place, column in zip(st.columns(ACROSS, gap="medium"), chosen[start : start + ACROSS], strict=False):
            with place:
                name, unit = lives.column_words(kind, column, lang), lives.unit_words(kind, column, lang)
                st.markdown(f"**{name}**")
                chart = steps(lives.paths(both, column, months), looks, unit, lang)
                st.altair_chart(chart, width="stretch", key=f"life-{column}", alt=say("life.alt", lang, name=name))


def show_command(kind: str, row: int, pair: tuple[Scenario, Scenario], lang: str) -> None:
    """Show the command that traces the same life."""
    names = [s.name if s.name in session.shipped() else f"{s.name}.toml" for s in pair]
    st.caption(say("life.command", lang))
    parts = ["python", "run_sim.py", "trace", names[0], "--agent", f"{kind.capitalize()}:{row}", "--against", names[1]]
    st.code(shlex.join([*parts, "--scale", f"1:{LIVES.scale:g}"]), language="bash", wrap_lines=True)
