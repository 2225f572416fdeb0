"""The front of a search as a picture: mixes by their goals, the picks, and the shipped scenarios."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from matplotlib.figure import Figure

from dashboard.figures import style
from dashboard.figures.canvas import Page, save
from dashboard.figures.intervals import unit
from dashboard.figures.labels import boxes, place_labels
from dashboard.figures.lettering import fit, text_width
from dashboard.words import LANGUAGES, label, say, scale

PLOT, HEAD, AXIS, LEFT = 3.4, 0.35, 0.75, 0.7
FORMATS = ("png", "svg")
MARK, ON_MARK = 0.06, 200.0
Goals = Sequence[tuple[str, str]]
LOOK = {
    "other": {"marker": ".", "color": style.FAINT, "markersize": 6, "linestyle": "none"},
    "front": {"marker": "o", "color": style.BLUE, "markersize": 6, "linestyle": "none"},
    "shipped": {"marker": "s", "color": style.ORANGE, "markerfacecolor": "white", "markersize": 6, "linestyle": "none"},
}


def write_front(folder: Path, rows, shipped, goals: Goals, titles: dict, *, regret: bool) -> None:
    """Write the figure in both languages."""
    for lang in LANGUAGES:
        figure = front_figure(rows, shipped, goals, titles, lang, regret=regret)
        for kind in FORMATS:
            save(figure, folder / f"front-{lang}.{kind}")


def front_figure(
    rows: Sequence[dict], shipped: Sequence[dict], goals: Goals, titles: dict, lang: str, *, regret: bool
) -> Figure:
    """Draw the first goal against each other one, a panel each, at most three."""
    others = goals[1:4]
    allowed = [r for r in rows if r["within"]]
    found = sum(bool(r["front"]) for r in rows)
    keys = tuple((LOOK[k], say(f"front.{k}", lang)) for k in ("front", "other", "shipped"))
    note = say("front.regret" if regret else "front.note", lang)
    page = Page(
        HEAD + PLOT + AXIS, say("front.title", lang, n=found), say("front.sub", lang, seen=len(rows)), note, keys=keys
    )
    wide = (style.WIDTH - 2 * style.EDGE) / len(others)
    for k, goal in enumerate(others):
        panel(page, allowed, shipped, (goals[0], goal), style.EDGE + k * wide, wide, titles, lang)
    return page.finish(say("alt", lang, kind=say("alt.front", lang), title=page.title, subtitle=page.subtitle))


def panel(page: Page, rows, shipped, goals, left: float, wide: float, titles: dict, lang: str) -> None:
    """Draw two goals; the better end of each axis is up and right."""
    (one, one_better), (two, two_better) = goals
    x, y = ([np.array([r[g] for r in part], float) for part in (rows, shipped)] for g in (one, two))
    scalings = [
        scale(unit(g), float(max(np.abs(np.concatenate(v)).max(), 0.0)), lang, difference=True)
        for g, v in ((one, x), (two, y))
    ]
    page.text(left, HEAD - 0.2, say("with.unit", lang, name=label(two, lang), unit=scalings[1].unit), size=style.TEXT)
    axes = page.axes(left + LEFT, HEAD, wide - LEFT - 0.35, PLOT)
    for values, better, put in ((x, one_better, axes.set_xlim), (y, two_better, axes.set_ylim)):
        every = np.concatenate(values)
        room = (np.ptp(every) or 1.0) * 0.08
        ends = (float(every.min() - room), float(every.max() + room))
        put(*(ends if better == "high" else ends[::-1]))
    kept = np.array([bool(r["front"]) for r in rows])
    axes.plot(x[0][~kept], y[0][~kept], **LOOK["other"], zorder=2)
    axes.plot(x[0][kept], y[0][kept], **LOOK["front"], zorder=3)
    axes.plot(x[1], y[1], **LOOK["shipped"], zorder=4)
    page.numbers(axes, "x", scalings[0], signed=True)
    page.numbers(axes, "y", scalings[1], signed=True)
    page.text(
        left + LEFT,
        HEAD + PLOT + 0.42,
        say("with.unit", lang, name=label(one, lang), unit=scalings[0].unit),
        size=style.TEXT,
    )
    named = [(r[one], r[two], say("list", lang).join(say(f"front.{p}", lang) for p in r["pick"].split()))
             for r in rows if r["pick"]]  # fmt: skip
    named += [(r[one], r[two], titles[r["scenario"]][lang]) for r in shipped]
    name_points(page, axes, (left + LEFT, wide - LEFT - 0.35), named, (np.concatenate(x), np.concatenate(y)))


def name_points(page: Page, axes, place: tuple[float, float], named, points: tuple[np.ndarray, np.ndarray]) -> None:
    """Write names near their points so that none covers another."""
    left, wide = place
    (x0, x1), (y0, y1) = axes.get_xlim(), axes.get_ylim()

    def where(x, y) -> np.ndarray:
        across = left + wide * (np.asarray(x) - x0) / (x1 - x0)
        return np.column_stack([across, HEAD + PLOT * (1 - (np.asarray(y) - y0) / (y1 - y0))])

    texts = [fit(name, style.SMALL, 1.6)[0] for _, _, name in named]
    sizes = np.array([(text_width(t, style.SMALL) + 0.04, style.SMALL * style.LINE * 0.9) for t in texts])
    marks = where(*points)
    obstacles = boxes(marks, np.full(marks.shape, 2 * MARK), ON_MARK)
    room = (left, HEAD, left + wide + 0.2, HEAD + PLOT)
    at = where([n[0] for n in named], [n[1] for n in named])
    for point, middle, size, text in zip(at, place_labels(at, sizes, obstacles, room), sizes, texts, strict=True):
        end = np.clip(point, middle - size / 2, middle + size / 2)
        if np.hypot(*(end - point)) > 0.16:
            page.line(point, end, linestyle=(0, (1, 1.2)), color=style.SOFT)
        page.text(*middle, text, ha="center", veil=True)
