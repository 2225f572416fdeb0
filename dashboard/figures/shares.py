"""Attribution as pictures: each lever's share of an effect, and pairs that help or hinder each other."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from matplotlib.figure import Figure

from dashboard.figures import style
from dashboard.figures.bars import MOST_PANELS, Bars, body_height, draw_panels
from dashboard.figures.canvas import Page, save
from dashboard.figures.intervals import better, unit
from dashboard.words import LANGUAGES, label, say, scale

MOST_ROWS, MOST_PAIRS = 12, 8
FORMATS = ("png", "svg")


def write_shares(
    folder: Path, rows: Sequence[dict], pairs: Sequence[dict], outcomes: Sequence[str], names: dict
) -> None:
    """Write the figures of an attribution in both languages; ``names`` has the titles of ``story`` and ``base``."""
    for lang in LANGUAGES:
        figures = {"shares": share_bars(rows, outcomes, lang, names=names)}
        if pairs:
            figures["pairs"] = pair_bars(pairs, outcomes, lang, names=names)
        for name, figure in figures.items():
            for kind in FORMATS:
                save(figure, folder / f"{name}-{lang}.{kind}")


def share_bars(rows: Sequence[dict], outcomes: Sequence[str], lang: str, *, names: dict) -> Figure:
    """Draw the share of each lever or group in the effect on each outcome, and above them the whole effect."""
    panels = []
    for outcome in outcomes[:MOST_PANELS]:
        whole, *parts = [r for r in rows if r["outcome"] == outcome]
        parts = sorted(parts, key=lambda r: -abs(r["mean"] or 0.0))[:MOST_ROWS]
        titles = [say("shares.total", lang), *(label(r["part"], lang) for r in parts)]
        panels.append(bars_of(outcome, titles, [whole, *parts], lang))
    texts = {"title": names["story"][lang], "base": names["base"][lang]}
    page = Page(
        body_height(panels)[0], say("shares.title", lang, **texts), say("shares.sub", lang, **texts), note(rows, lang),
        keys=keys(lang),
    )  # fmt: skip
    draw_panels(page, panels, lang)
    return page.finish(say("alt", lang, kind=say("alt.shares", lang), title=page.title, subtitle=page.subtitle))


def pair_bars(pairs: Sequence[dict], outcomes: Sequence[str], lang: str, *, names: dict) -> Figure:
    """Draw the largest interactions of pairs on each outcome."""
    panels = []
    for outcome in outcomes[:MOST_PANELS]:
        mine = sorted((r for r in pairs if r["outcome"] == outcome), key=lambda r: -abs(r["mean"] or 0.0))[:MOST_PAIRS]
        titles = [f"{label(r['one'], lang)} × {label(r['other'], lang)}" for r in mine]
        panels.append(bars_of(outcome, titles, mine, lang))
    texts = {"title": names["story"][lang], "base": names["base"][lang]}
    page = Page(
        body_height(panels)[0], say("pairs.title", lang, **texts), say("pairs.sub", lang, **texts), note(pairs, lang),
        keys=keys(lang),
    )  # fmt: skip
    draw_panels(page, panels, lang)
    return page.finish(say("alt", lang, kind=say("alt.pairs", lang), title=page.title, subtitle=page.subtitle))


def bars_of(outcome: str, titles: list[str], rows: Sequence[dict], lang: str) -> Bars:
    """Return one panel; bars are coloured by whether the change is good."""
    middle = np.array([r["mean"] if r["mean"] is not None else np.nan for r in rows], float)
    ends = [[r[k] if r[k] is not None else m for r, m in zip(rows, middle, strict=True)] for k in ("p05", "p95")]
    scaling = scale(unit(outcome), float(np.nanmax(np.abs(middle), initial=0.0)), lang, difference=True)
    good = {"high": 1, "low": -1}.get(better(outcome), 0)
    colours = [style.GREY if not good else style.BLUE if m * good > 0 else style.ORANGE for m in middle]
    return Bars(outcome, scaling, titles, np.array([ends[0], middle, ends[1]], float), colours)


def keys(lang: str) -> tuple:
    """Return the key: what the colours are."""
    look = {"marker": "s", "markersize": 6, "linestyle": "none", "alpha": 0.55}
    words = ((style.BLUE, "better"), (style.ORANGE, "worse"), (style.GREY, "changed"))
    return tuple((look | {"color": colour}, say(word, lang)) for colour, word in words)


def note(rows: Sequence[dict], lang: str) -> str:
    """Return the note: what bars and lines are."""
    few = all(r["p05"] is None for r in rows)
    return say("shares.few" if few else "shares.note", lang) + " " * (lang == "en") + say("shares.how", lang)
