"""A session of a workshop, read strictly from its file; every text is in both languages."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import model.outcomes  # noqa: F401  (declares the outcomes)
from model.declare.errors import SettingError, unknown
from model.declare.outcome import OUTCOMES
from scenarios.reader import both_languages, join, kind_of, only, read_toml, table_of, text_of, whole_number
from scenarios.scenario import shipped_scenarios

FOLDER = Path(__file__).parent / "sessions"
KEYS = ("title", "about", "goals", "story", "questions", "tips", "timing", "prediction", "roles", "debrief")
TIMED = ("open", "story", "roles", "axes", "predict", "reveal", "discuss", "debrief")
ROLES = ("education_bureau", "party_secretary", "school", "institution", "richer_family", "poorer_family")
PHASES = ("description", "analysis", "application")
MOST_TEXTS, MOST_PREDICTIONS, MOST_MINUTES = 8, 4, 120

Text = dict[str, str]


@dataclass(frozen=True, slots=True)
class Prediction:
    """One question: what a scenario does to an outcome, and from which difference on it is a little or a lot."""

    scenario: str
    outcome: str
    small: float
    large: float
    question: Text
    look: Text


@dataclass(frozen=True, slots=True)
class Role:
    """A role card: what the role wants and what it fears."""

    wants: Text
    fears: Text


@dataclass(frozen=True, slots=True)
class Session:
    """One ready session; ``timing`` has the minutes of each part."""

    name: str
    title: Text
    about: Text
    goals: tuple[Text, ...]
    story: tuple[Text, ...]
    predictions: tuple[Prediction, ...]
    roles: dict[str, Role]
    questions: tuple[Text, ...]
    debrief: dict[str, tuple[Text, ...]]
    tips: tuple[Text, ...]
    timing: dict[str, int]

    @property
    def minutes(self) -> int:
        """Minutes of the whole session."""
        return sum(self.timing.values())


@cache
def sessions() -> dict[str, Session]:
    """Read every shipped session, keyed by name."""
    return {path.stem: read_session(path) for path in sorted(FOLDER.glob("*.toml"))}


def read_session(path: Path) -> Session:
    """Return the session in a file, or raise the SettingError of its first fault."""
    where = path.as_posix() if path.parent != FOLDER else f"dashboard/workshop/sessions/{path.name}"
    raw = read_toml(path)
    only(raw, KEYS, where)
    roles, debrief = table_of(raw, "roles", where), table_of(raw, "debrief", where)
    needs(roles, ROLES, join(where, "roles"))
    needs(debrief, PHASES, join(where, "debrief"))
    return Session(
        name=path.stem,
        title=both_languages(raw, "title", where),
        about=both_languages(raw, "about", where),
        goals=texts_of(raw, "goals", where),
        story=texts_of(raw, "story", where),
        predictions=read_predictions(raw, where),
        roles={name: read_role(roles, name, join(where, "roles")) for name in ROLES},
        questions=texts_of(raw, "questions", where),
        debrief={phase: texts_of(debrief, phase, join(where, "debrief")) for phase in PHASES},
        tips=texts_of(raw, "tips", where),
        timing=read_timing(table_of(raw, "timing", where), join(where, "timing")),
    )


def needs(table: dict, known: Iterable[str], where: str) -> None:
    """Refuse a table with other keys than these, or without one of them."""
    only(table, known, where)
    for key in known:
        if key not in table:
            raise SettingError(join(where, key), "must be a table; got nothing")


def texts_of(parent: dict, key: str, where: str) -> tuple[Text, ...]:
    """Return a list of texts in both languages, one at least."""
    given, place = parent.get(key), join(where, key)
    if not isinstance(given, list) or not 0 < len(given) <= MOST_TEXTS:
        got = f"{len(given)}" if isinstance(given, list) else kind_of(given)
        raise SettingError(place, f"must be a list of 1–{MOST_TEXTS} texts; got {got}")
    return tuple(both_languages({"text": text}, "text", f"{place}.{k}") for k, text in enumerate(given))


def read_role(roles: dict, name: str, where: str) -> Role:
    """Return one role card."""
    card, place = table_of(roles, name, where), join(where, name)
    only(card, ("wants", "fears"), place)
    return Role(both_languages(card, "wants", place), both_languages(card, "fears", place))


def read_timing(timing: dict, where: str) -> dict[str, int]:
    """Return the minutes of each part."""
    needs(timing, TIMED, where)
    return {part: whole_number(timing[part], 1, MOST_MINUTES, join(where, part), "minutes") for part in TIMED}


def read_predictions(raw: dict, where: str) -> tuple[Prediction, ...]:
    """Return the questions."""
    given, place = raw.get("prediction"), join(where, "prediction")
    if not isinstance(given, list) or not 0 < len(given) <= MOST_PREDICTIONS:
        got = f"{len(given)}" if isinstance(given, list) else kind_of(given)
        raise SettingError(place, f"must be a list of 1–{MOST_PREDICTIONS} [[prediction]] tables; got {got}")
    return tuple(read_prediction(entry, f"{place}.{k}") for k, entry in enumerate(given))


def read_prediction(entry: dict, where: str) -> Prediction:
    """Return one question: of a shipped scenario and a declared outcome, with 0 < small < large."""
    if not isinstance(entry, dict):
        raise SettingError(where, f"must be a table; got {kind_of(entry)}")
    only(entry, Prediction.__slots__, where)
    scenario, outcome = text_of(entry, "scenario", where), text_of(entry, "outcome", where)
    if scenario not in shipped_scenarios():
        raise unknown(join(where, "scenario"), "scenario", scenario, shipped_scenarios(), "run_sim.py list scenarios")
    if outcome not in OUTCOMES:
        raise unknown(join(where, "outcome"), "outcome", outcome, OUTCOMES, "run_sim.py list outcomes")
    small, large = (size_of(entry, key, where) for key in ("small", "large"))
    if small < OUTCOMES[outcome].notable:
        least = OUTCOMES[outcome].notable
        raise SettingError(join(where, "small"), f"must be at least the notable difference {least:g}; got {small:g}")
    if large <= small:
        raise SettingError(join(where, "large"), f"must be more than small ({small:g}); got {large:g}")
    texts = (both_languages(entry, key, where) for key in ("question", "look"))
    return Prediction(scenario, outcome, small, large, *texts)


def size_of(entry: dict, key: str, where: str) -> float:
    """Return a positive number."""
    value = entry.get(key)
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value < float("inf"):
        raise SettingError(join(where, key), f"must be a number above 0; got {kind_of(value)}")
    return float(value)
