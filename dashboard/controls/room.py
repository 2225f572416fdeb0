"""The parts of a workshop room on the screen: questions with votes, and charts with what they show."""

import numpy as np
import streamlit as st

from dashboard.charts.look import looks_of
from dashboard.charts.paths import paths
from dashboard.charts.votes import votes as votes_chart
from dashboard.controls import session
from dashboard.figures.intervals import better
from dashboard.findings import Findings
from dashboard.views.effects import effects_of, sentence
from dashboard.words import label, say, scale
from dashboard.workshop.handouts import range_said, speak
from dashboard.workshop.rooms import BINS, Room, agreement, bins_of, most, shares
from dashboard.workshop.session import Prediction
from model.declare.outcome import OUTCOMES

TALL, LOW, TYPE = 420, 300, 16
DIRECTIONS = {"high": "up_better", "low": "down_better", "neutral": "no_better"}


def answers(lang: str) -> list[str]:
    """Return the five answers in words."""
    return [speak(f"bin_{k}", lang) for k in range(BINS)]


def show_curves(found: Findings, asked: Prediction, lang: str, *, revealed: bool) -> None:
    """Draw the status quo, and the scenario once it is revealed, large."""
    names = {session.BASELINE: session.shipped()[session.BASELINE].title[lang]}
    chosen = {asked.scenario: session.shipped()[asked.scenario].title[lang]} if revealed else {}
    looks = looks_of(names, chosen)
    table = found.paths[(found.paths["outcome"] == asked.outcome) & found.paths["scenario"].isin({**names, **chosen})]
    table = table.rename(columns={"p05": "low", "p50": "middle", "p95": "high"})
    scaling = scale_of(found, asked, lang)
    chart = paths(table, looks, scaling, lang).properties(height=TALL if revealed else LOW)
    chart = chart.configure_axis(labelFontSize=TYPE).configure_view(stroke=None)
    st.caption(f"{label(asked.outcome, lang)} · {scaling.unit}")
    seen = speak("alt_curves", lang, label=label(asked.outcome, lang))
    st.altair_chart(chart, width="stretch", alt=seen, key=f"curves-{asked.outcome}-{revealed}")


def scale_of(found: Findings, asked: Prediction, lang: str):
    """Return the scale in which an outcome's level is written."""
    of = found.paths[found.paths["outcome"] == asked.outcome]
    return scale(OUTCOMES[asked.outcome].unit, float(np.nanmax(np.abs(of["p95"]))), lang)


def show_axes(found: Findings, asked: Prediction, lang: str) -> None:
    """Introduce axes and colours before anything is predicted."""
    scaling = scale_of(found, asked, lang)
    way = speak(DIRECTIONS[better(asked.outcome)], lang)
    title = session.shipped()[asked.scenario].title[lang]
    st.markdown(f"- {speak('axes_x', lang)}\n"
                f"- {speak('axes_y', lang, label=label(asked.outcome, lang), unit=scaling.unit, better=way)}\n"
                f"- {speak('axes_grey', lang, n=found.about['runs'])}\n"
                f"- {speak('axes_colour', lang, scenario=title)}")  # fmt: skip
    show_curves(found, asked, lang, revealed=False)


def show_question(asked: Prediction, lang: str) -> None:
    """Ask one question."""
    st.markdown(f"### {asked.question[lang]}")
    title = session.shipped()[asked.scenario].title[lang]
    st.markdown(f"{speak('predict_what', lang, scenario=title)}  \n{range_said(asked, lang)}")


def show_prediction(room: Room, asked: Prediction, lang: str) -> None:
    """Collect votes by show of hands and from the room, until they are locked."""
    question = room.step.index
    show_question(asked, lang)
    closed = question in room.locked
    st.caption(speak("votes_by_table", lang))
    before = room.hands.get(question, [0] * BINS)
    for k, (column, name) in enumerate(zip(st.columns(BINS), answers(lang), strict=True)):
        key = f"hands-{room.code}-{question}-{k}"
        column.number_input(
            name, 0, 999, before[k], key=key, disabled=closed, on_change=take_hands, args=(room, question)
        )
    show_count(room, question, lang)


@st.fragment(run_every=2.0)
def show_count(room: Room, question: int, lang: str) -> None:
    """Show how many votes there are, without showing how they fall."""
    closed, total = question in room.locked, sum(room.counts(question))
    st.markdown(speak("votes_joined", lang, n=len(room.votes.get(question, {}))))
    if closed:
        st.success(speak("locked", lang, n=total), icon=":material/lock:")
    elif not total:
        st.info(speak("votes_none", lang), icon=":material/how_to_vote:")


def take_hands(room: Room, question: int) -> None:
    """Take the counted hands from the screen."""
    room.raise_hands(question, (st.session_state.get(f"hands-{room.code}-{question}-{k}") or 0 for k in range(BINS)))


def show_reveal(found: Findings, asked: Prediction, lang: str) -> None:
    """Show the model's curve with its band, and what may be said of it."""
    show_curves(found, asked, lang, revealed=True)
    effect = effects_of(found, asked.scenario)[asked.outcome]
    st.markdown(f"### {sentence(effect, found.about['runs'], lang)}")
    st.markdown(speak("reading", lang, look=asked.look[lang]))


def show_comparison(room: Room, found: Findings, asked: Prediction, lang: str) -> None:
    """Show votes beside runs, and say how far they agree."""
    mine = room.counts(room.step.index)
    runs = runs_by_answer(found, asked)
    st.altair_chart(
        votes_chart(shares(mine), shares(runs), answers(lang), lang),
        width="stretch",
        alt=speak("alt_votes", lang),
        key=f"votes-{room.step.index}",
    )
    if sum(mine):
        names = answers(lang)
        st.markdown(f"### {speak('compare_most', lang, votes=names[most(mine)], runs=names[most(runs)])}")
        st.markdown(speak("compare_same", lang, n=agreement(mine, runs)))
    st.markdown(speak("compare_not_truth", lang))


def runs_by_answer(found: Findings, asked: Prediction) -> list[int]:
    """Return how many runs of the model fall under each answer."""
    table = found.runs[(found.runs["scenario"] == asked.scenario) & (found.runs["outcome"] == asked.outcome)]
    return bins_of((table["value"] - table["base"]).to_numpy(), asked)


def show_ballot(room: Room, asked: Prediction, lang: str) -> None:
    """Let one voter answer the present question."""
    question = room.step.index
    show_question(asked, lang)
    voter = st.text_input(speak("your_table", lang), max_chars=24, key=f"voter-{room.code}")
    closed = question in room.locked
    choice = st.radio(
        speak("vote", lang), range(BINS), index=None, format_func=lambda k: answers(lang)[k],
        key=f"ballot-{room.code}-{question}", disabled=closed,
    )  # fmt: skip
    ready = bool(voter.strip()) and choice is not None and not closed
    if st.button(speak("vote", lang), key="cast", type="primary", disabled=not ready):
        room.vote(question, voter.strip(), choice)
    given = room.votes.get(question, {}).get(voter.strip())
    if given is not None:
        st.success(speak("voted", lang, choice=answers(lang)[given]))
    if closed:
        st.info(say("workshop.locked", lang, n=sum(room.counts(question))), icon=":material/lock:")
