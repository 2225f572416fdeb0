"""The sentences that several figures share: which months, how many runs, what was found. All hedged."""

import numpy as np

from dashboard.figures.intervals import FEWEST_RUNS, Interval, notable, unit
from dashboard.figures.tables import Tables
from dashboard.words import Scale, month, say, scale


def span(tables: Tables, lang: str) -> dict[str, str]:
    """Return the first and the last of the months that effects are averaged over."""
    late = tables.months[tables.late]
    return {"first": month(late[0], lang), "last": month(late[-1], lang)}


def last_months(tables: Tables, lang: str) -> str:
    """Return "mean of the last 12 months"."""
    return say("late", lang, n=len(tables.months[tables.late]))


def runs(tables: Tables, lang: str) -> str:
    """Say what mark and bar are, or that the runs are too few for it."""
    if tables.runs < FEWEST_RUNS:
        return say("few.note", lang, n=tables.runs)
    return note_of(lang, say("runs", lang, n=tables.runs), say("small", lang))


def of_group(tables: Tables, group: str, text: str, lang: str) -> str:
    """Say first which group a figure is of, unless it is the city."""
    return text if group == "city" else say("in.group", lang, group=tables.group(group, lang), text=text)


def title(tables: Tables, text: str, lang: str) -> str:
    """Return the finding, unless the runs are too few for any."""
    return text if tables.runs >= FEWEST_RUNS else say("few.title", lang, n=tables.runs)


def note_of(lang: str, *parts: str) -> str:
    """Join sentences."""
    return (" " if lang == "en" else "").join(part.strip() for part in parts if part)


def note(lang: str, *parts: str) -> str:
    """Join the parts of the note below a figure and end with what intervals do not hold."""
    return note_of(lang, *parts, say("assumes", lang))


def of_difference(outcome: str, effect: Interval, lang: str) -> Scale:
    """Choose one scale for all effects on an outcome, no finer than what is notable."""
    largest = np.nanmax(np.abs(effect.middle), initial=notable(outcome))
    return scale(unit(outcome), float(largest), lang, difference=True)


def found(outcome: str, name: str, effect: Interval, place: int, lang: str) -> str:
    """Say one effect with its interval, or that there is no clear difference or none that matters."""
    if not effect.clear[place]:
        return say(str(effect.verdict[place]), lang)
    scaling = of_difference(outcome, effect, lang)
    low, middle, high = (scaling.number(v[place], signed=True) for v in (effect.low, effect.middle, effect.high))
    return say("found", lang, name=name, middle=middle, low=low, high=high).strip()
