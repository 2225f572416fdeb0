"""Show what may be decided: the scenarios that are probably best, the least regret, and whose doubt it is."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from console.show import print_table
from console.words import say
from dashboard.words import label, scale
from experiments.decision import Choice, Split, read_decision
from experiments.folder import DECISION, VARIANCE
from model.declare.outcome import OUTCOMES
from scenarios.scenario import Scenario

NAMED = 2
HEADS = (
    "decision.outcome",
    "decision.best",
    "decision.next",
    "decision.safest",
    "decision.regret",
    "decision.parameters",
)


def show_decision(folder: Path, scenarios: Sequence[Scenario], keys: Sequence[str], lang: str) -> None:
    """Print a row for each headline outcome that has a good direction, with the notes below."""
    choices, splits = (late(rows) for rows in read_decision(folder))
    if not choices:
        return
    titles = {s.name: s.title[lang] for s in scenarios}
    outcomes = [key for key in keys if any(c.outcome == key for c in choices)]
    rows = [row_of(key, choices, splits, titles, lang) for key in outcomes]
    heads = {name.removeprefix("decision."): say(name, lang) for name in HEADS}
    notes = [say("decision.rule", lang, n=choices[0].worlds, months=choices[0].month.removeprefix("last"))]
    notes.append(note_on(splits, lang))
    notes.append(say("decision.files", lang, decision=DECISION, variance=VARIANCE))
    print_table(rows, heads, say("decision.title", lang), notes, wide=("best", "next", "safest"))


def late(rows: Sequence) -> list:
    """Return the rows on the mean of the last months."""
    return [row for row in rows if row.month.startswith("last")]


def row_of(
    outcome: str, choices: Sequence[Choice], splits: Sequence[Split], titles: dict[str, str], lang: str
) -> dict[str, str]:
    """Return one outcome's row: the two most probably best and the one of least regret, if the choice matters."""
    mine = sorted((c for c in choices if c.outcome == outcome), key=lambda c: (-c.prob_best, c.regret))
    safest = min(mine, key=lambda c: c.regret)
    scaling = scale(OUTCOMES[outcome].unit, max(c.regret for c in mine), lang, difference=True)
    first, second = (f"{titles.get(c.scenario, c.scenario)} {100 * c.prob_best:.0f} %" for c in mine[:NAMED])
    best_choice = titles.get(safest.scenario, safest.scenario)
    if max(c.regret for c in mine) < OUTCOMES[outcome].notable:
        first, second, best_choice = say("decision.slight", lang), "–", "–"
    return {
        "outcome": label(outcome, lang),
        "best": first,
        "next": second,
        "safest": best_choice,
        "regret": f"{scaling.number(safest.regret)} {scaling.unit}".strip(),
        "parameters": share_of(outcome, splits),
    }


def share_of(outcome: str, splits: Sequence[Split]) -> str:
    """Return the part of the effects' variance that parameters make, the median over scenarios."""
    shares = [s.parameters for s in splits if s.outcome == outcome and s.of == "effect" and s.parameters is not None]
    return f"{100 * float(np.median(shares)):.0f} %" if shares else "–"


def note_on(splits: Sequence[Split], lang: str) -> str:
    """Return how the split was made, or why there is none."""
    first = splits[0]
    if min(first.draws, first.replicates) < len(("one", "other")):
        return say("decision.no_split", lang)
    return say("decision.split", lang, draws=first.draws, replicates=first.replicates)
