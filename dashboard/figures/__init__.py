"""Figures: result tables in, matplotlib figures out, in Chinese or English. Only this package knows matplotlib.

Each function takes ``Tables`` and ``lang`` and returns a ``matplotlib.figure.Figure`` made without pyplot, so that
threads do not share any. ``figure.get_label()`` is a sentence for those who cannot see it.
"""

from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from matplotlib.figure import Figure

from dashboard.figures.canvas import as_bytes, caption_of, save
from dashboard.figures.dots import districts, effects
from dashboard.figures.gaps import USUAL as GAPS
from dashboard.figures.gaps import has_fifths, income_gaps
from dashboard.figures.lines import one_by_one, trajectories
from dashboard.figures.scatter import trade_off
from dashboard.figures.tables import COST, Tables
from dashboard.words import OUTCOMES, label, say

__all__ = [
    "Tables",
    "Written",
    "as_bytes",
    "caption_of",
    "districts",
    "effects",
    "income_gaps",
    "one_by_one",
    "trade_off",
    "trajectories",
    "write_all",
]

CLOSER = ("vitality", "three_burdens")
PANELS = 6


class Written(NamedTuple):
    """What ``write_all`` wrote, the sentence for each figure by its name, and why others are not there."""

    paths: tuple[Path, ...]
    alt: dict[str, str]
    skipped: dict[str, str]


def write_all(
    folder: Path, outcomes: object, experiments: object, names: dict, lang: str,
    formats: tuple[str, ...] = ("png", "svg"), share: tuple[int, int] = (0, 1),
) -> Written:  # fmt: skip
    """Write every figure that the tables allow as ``folder/figures/<name>-<lang>.<format>``.

    A ``share`` of (k, n) is every n-th figure from number k on, for one of n processes.

    ``outcomes`` and ``experiments`` are the result tables (pandas or Arrow), ``names`` the titles of scenarios and
    districts (see ``Tables``). Each file appears complete or not at all; the same tables give the same bytes.
    """
    tables = Tables(outcomes, experiments, names)
    place = Path(folder) / "figures"
    place.mkdir(parents=True, exist_ok=True)
    paths, alt, skipped = [], {}, {}
    for name, draw, reason in islice(planned(tables, lang), share[0], None, share[1]):
        if reason:
            skipped[name] = reason
            continue
        figure = draw()
        alt[name] = figure.get_label()
        paths += [save(figure, place / f"{name}-{lang}.{kind}") for kind in formats]
    return Written(tuple(paths), alt, skipped)


def planned(tables: Tables, lang: str) -> Iterator[tuple[str, Callable[[], Figure], str]]:
    """Name each figure, how to draw it, and why it cannot be drawn from these tables (empty if it can)."""
    alone = "" if tables.policies else say("skip.alone", lang)

    def lacks(*wanted: str) -> str:
        missing = [label(o, lang) for o in wanted if not tables.has(o)]
        return say("skip.absent", lang, missing=", ".join(missing)) if missing else ""

    for name, chosen in _pages(tables):
        yield f"trajectories-{name}", lambda o=chosen: trajectories(tables, o, lang=lang), ""
    yield "effects", lambda: effects(tables, lang=lang), alone or ("" if tables.headline else lacks(*CLOSER))
    yield (
        "trade-off",
        lambda: trade_off(tables, lang=lang),
        alone or lacks(COST) or ("" if tables.headline else lacks(*CLOSER)),
    )
    for outcome in CLOSER:
        reason = alone or lacks(outcome)
        yield f"policies-{outcome}", lambda o=outcome: one_by_one(tables, o, lang=lang), reason
        reason = reason or ("" if tables.groups(outcome, "district") else say("skip.groups", lang))
        yield f"districts-{outcome}", lambda o=outcome: districts(tables, o, lang=lang), reason
    fifths = any(has_fifths(tables, o) for o in GAPS)
    reason = alone or ("" if fifths else lacks(*GAPS) or say("skip.groups", lang))
    yield "income-gaps", lambda: income_gaps(tables, lang=lang), reason


def _pages(tables: Tables) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Split the headline outcomes into pages of at most six, the two systems apart."""
    for system in ("cadres", "education"):
        mine = tuple(o for o in tables.headline if OUTCOMES[o].system == system)
        pages = -(-len(mine) // PANELS)
        size = -(-len(mine) // max(pages, 1))
        for page in range(pages):
            yield f"{system}-{page + 1}" if pages > 1 else system, mine[page * size : (page + 1) * size]
