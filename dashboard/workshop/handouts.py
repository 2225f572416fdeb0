"""Hand-outs of a session as reports: what participants get, and the guide of who leads."""

from dashboard.reports.content import Grid, Paragraph, Points, Report, Section
from dashboard.words import label, say, scale
from dashboard.workshop.rooms import BINS
from dashboard.workshop.session import PHASES, TIMED, Prediction, Session
from model.declare.outcome import OUTCOMES
from scenarios.scenario import read_scenario

KINDS = ("handout", "guide")


def speak(key: str, lang: str, **values: object) -> str:
    """Return one sentence of workshop mode."""
    return say(f"workshop.{key}", lang, **values)


def handout(session: Session, kind: str, lang: str) -> Report:
    """Return the hand-out for participants, or the facilitator guide."""
    parts = participant(session, lang) if kind == "handout" else guide(session, lang)
    subtitle = f"{session.about[lang]}"
    return Report(lang, f"{session.title[lang]} · {speak(kind, lang)}", subtitle, say("reports.mark", lang),
                  speak("minutes", lang, n=session.minutes), (), parts)  # fmt: skip


def participant(session: Session, lang: str) -> tuple[Section, ...]:
    """Return story, role cards, prediction sheet and questions; no result is in it."""
    return (
        story(session, lang),
        roles(session, lang),
        Section(speak("predictions", lang), tuple(sheet(session, lang))),
        Section(speak("questions", lang), (texts(session.questions, lang),)),
        debrief(session, lang),
    )


def guide(session: Session, lang: str) -> tuple[Section, ...]:
    """Return goals, timing, what to say, and everything that participants have."""
    lines = tuple(speak(f"line_{key}", lang) for key in ("who", "data", "change"))
    asked = tuple(
        Section(p.question[lang], (Paragraph(bins_said(p, lang)), Paragraph(speak("reading", lang, look=p.look[lang]))))
        for p in session.predictions
    )
    return (
        Section(speak("goals", lang), (texts(session.goals, lang), Paragraph(speak("before", lang)))),
        Section(speak("timing", lang), (timing(session, lang),)),
        Section(speak("step_open", lang), (Points(lines),)),
        story(session, lang),
        roles(session, lang),
        Section(speak("predictions", lang), (), asked),
        Section(speak("questions", lang), (texts(session.questions, lang),)),
        debrief(session, lang),
        Section(speak("tips", lang), (Points((speak("tips_all", lang), *(t[lang] for t in session.tips))),)),
    )


def texts(given: tuple[dict[str, str], ...], lang: str) -> Points:
    """Return texts as points."""
    return Points(tuple(text[lang] for text in given))


def story(session: Session, lang: str) -> Section:
    """Return the story."""
    return Section(speak("story", lang), tuple(Paragraph(text[lang]) for text in session.story))


def roles(session: Session, lang: str) -> Section:
    """Return the role cards as a table."""
    heads = (speak("step_roles", lang), speak("wants", lang), speak("fears", lang))
    rows = tuple((speak(f"role_{k}", lang), r.wants[lang], r.fears[lang]) for k, r in session.roles.items())
    return Section(speak("roles", lang), (Grid(speak("roles", lang), heads, rows, widths=(2.4, 5, 5)),))


def timing(session: Session, lang: str) -> Grid:
    """Return the minutes of each part as a table."""
    rows = tuple((speak(f"step_{part}", lang), speak("minutes", lang, n=session.timing[part])) for part in TIMED)
    return Grid(speak("timing", lang), (speak("timing", lang), speak("minutes", lang, n=session.minutes)), rows)


def sheet(session: Session, lang: str):
    """Yield each question with boxes to tick."""
    for prediction in session.predictions:
        yield Paragraph(prediction.question[lang])
        yield Paragraph("    ".join(f"□ {speak(f'bin_{k}', lang)}" for k in range(BINS)))
        yield Paragraph(bins_said(prediction, lang))


def bins_said(prediction: Prediction, lang: str) -> str:
    """Say which scenario and outcome a question is about, and what a little and a lot are."""
    title = read_scenario(prediction.scenario).title[lang]
    asked = speak("predict_what", lang, scenario=title)
    gap = "" if lang == "zh" else " "
    return f"{label(prediction.outcome, lang)}: {asked}.{gap}{range_said(prediction, lang)}" if lang == "en" else (
        f"{label(prediction.outcome, lang)}：{asked}。{range_said(prediction, lang)}")  # fmt: skip


def range_said(prediction: Prediction, lang: str) -> str:
    """Say what a little and a lot are, in the outcome's unit."""
    scaling = scale(OUTCOMES[prediction.outcome].unit, prediction.small, lang, difference=True)
    small, large = (f"{value * scaling.factor:g}" for value in (prediction.small, prediction.large))
    return speak("bin_range", lang, small=small, large=large, unit=scaling.unit)


def debrief(session: Session, lang: str) -> Section:
    """Return the look back in its three phases."""
    inner = tuple(Section(speak(phase, lang), (texts(session.debrief[phase], lang),)) for phase in PHASES)
    return Section(speak("step_debrief", lang), (), inner)
