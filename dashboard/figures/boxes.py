"""Boxes of scenario discovery as a picture: coverage against density, and the ranges of the chosen box."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from matplotlib.figure import Figure

from dashboard.figures import style
from dashboard.figures.canvas import Page, save
from dashboard.figures.lettering import fit
from dashboard.words import LANGUAGES, Scale, label, number, places, say
from model.declare.setting import parameters

PLOT, HEAD, ROW, AXIS = 2.9, 0.35, 0.3, 0.7
FORMATS = ("png", "svg")
SHARE = "%"


def write_boxes(folder: Path, rows: Sequence[dict], outcome: str, title: dict, failing: float) -> None:
    """Write the figure in both languages; ``failing`` is the share of all cases that fail."""
    for lang in LANGUAGES:
        figure = boxes_figure(rows, outcome, title, failing, lang)
        for kind in FORMATS:
            save(figure, folder / f"boxes-{lang}.{kind}")


def boxes_figure(rows: Sequence[dict], outcome: str, title: dict, failing: float, lang: str) -> Figure:
    """Draw the trade-off of all boxes, and beside it each restricted parameter's range within its prior range."""
    best = [r for r in rows if r["chosen"]]
    limits = [r for r in best if r["parameter"]]
    body = HEAD + max(PLOT, len(limits) * ROW * 1.6) + AXIS
    texts = {"title": title[lang], "name": label(outcome, lang)}
    coverage, density = (f"{100 * best[0][key]:.0f}" for key in ("coverage", "density"))
    page = Page(
        body, say("boxes.title", lang, **texts), say("boxes.sub", lang, coverage=coverage, density=density),
        say("boxes.note", lang, share=f"{100 * failing:.0f}"),
    )  # fmt: skip
    trade_off(page, rows, lang)
    ranges(page, limits, lang)
    return page.finish(say("alt", lang, kind=say("alt.boxes", lang), title=page.title, subtitle=page.subtitle))


def trade_off(page: Page, rows: Sequence[dict], lang: str) -> None:
    """Draw every box by coverage and density; the chosen one is filled."""
    left, wide = style.EDGE + 0.6, 3.6
    page.text(style.EDGE, HEAD - 0.2, say("boxes.density", lang))
    axes = page.axes(left, HEAD, wide, PLOT)
    axes.set_xlim(0, 1.05)
    axes.set_ylim(0, 1.05)
    each = list({r["box"]: r for r in rows}.values())
    coverage, density = (np.array([r[key] for r in each]) for key in ("coverage", "density"))
    mine = np.array([r["chosen"] for r in each])
    axes.plot(coverage, density, color=style.GREY, linewidth=0.8, zorder=2)
    axes.plot(coverage[~mine], density[~mine], "o", color=style.BLUE, markerfacecolor="white", markersize=5, zorder=3)
    axes.plot(coverage[mine], density[mine], "o", color=style.ORANGE, markersize=8, zorder=4)
    scaling = Scale(100, 0, SHARE, lang)
    page.numbers(axes, "x", scaling)
    page.numbers(axes, "y", scaling)
    page.text(left, HEAD + PLOT + 0.42, say("boxes.coverage", lang))


def ranges(page: Page, limits: Sequence[dict], lang: str) -> None:
    """Draw the range of each restricted parameter within the range that it can have."""
    left, names = style.EDGE + 4.6, 2.2
    wide = style.WIDTH - style.EDGE - left - names - 0.1
    page.text(left, HEAD - 0.2, say("boxes.ranges", lang))
    if not limits:
        return
    axes = page.axes(left + names, HEAD, wide, len(limits) * ROW * 1.6, spines="")
    axes.set_xlim(0, 1)
    axes.set_ylim(len(limits) - 0.5, -0.5)
    for row, r in enumerate(limits):
        low, high = parameters()[r["parameter"]].low, parameters()[r["parameter"]].high
        ends = np.clip([(r[key] - low) / (high - low) for key in ("low", "high")], 0, 1)
        axes.hlines(row, 0, 1, color=style.GRID, linewidth=7, zorder=1)
        axes.hlines(row, *ends, color=style.ORANGE, linewidth=7, alpha=0.7, zorder=2)
        middle = HEAD + (row + 0.5) * ROW * 1.6
        page.text(left + names - 0.08, middle, fit(label(r["parameter"], lang), style.SMALL, names - 0.1), ha="right")
        decimals = places(max(abs(r["low"]), abs(r["high"]))) + 1
        text = " … ".join(number(r[key], decimals, lang) for key in ("low", "high"))
        page.text(left + names + wide * float(ends.mean()), middle - 0.14, text, colour=style.SOFT, ha="center")
