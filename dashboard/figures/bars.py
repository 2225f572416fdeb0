"""Panels of horizontal bars with intervals: what figures of analyses have in common."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from dashboard.figures import style
from dashboard.figures.canvas import Page
from dashboard.figures.lettering import fit
from dashboard.words import Scale, label

ROW, HEAD, AXIS = 0.25, 0.62, 0.6
NAMES, EDGE, ROOM = 2.3, 0.3, 1.05
MOST_PANELS = 6


class Bars(NamedTuple):
    """One panel: an outcome, its scale, and names, values (low, middle, high) and colours of its bars."""

    outcome: str
    scaling: Scale
    names: list[str]
    values: np.ndarray
    colours: list[str]


def body_height(panels: Sequence[Bars]) -> tuple[float, int, float]:
    """Return the height of a body of panels, how many stand side by side, and the height of one."""
    columns = min(len(panels), 2)
    each = HEAD + max(len(p.names) for p in panels) * ROW + AXIS
    return -(-len(panels) // columns) * each, columns, each


def draw_panels(page: Page, panels: Sequence[Bars], lang: str) -> None:
    """Draw the panels, two side by side."""
    _, columns, each = body_height(panels)
    wide = (style.WIDTH - 2 * style.EDGE) / columns
    for place, bars in enumerate(panels):
        down, across = divmod(place, columns)
        draw_panel(page, bars, (style.EDGE + across * wide, down * each + HEAD, wide), lang)


def draw_panel(page: Page, bars: Bars, place: tuple[float, float, float], lang: str) -> None:
    """Draw one outcome's bars, their intervals and their names."""
    left, top, wide = place
    page.text(left, top - 0.42, fit(label(bars.outcome, lang), style.HEADING, wide - 0.2), size=style.HEADING)
    if bars.scaling.unit:
        page.text(left, top - 0.2, bars.scaling.unit, colour=style.SOFT)
    axes = page.axes(left + NAMES, top, wide - NAMES - EDGE, len(bars.names) * ROW, spines="bottom")
    at = np.arange(len(bars.names))
    low, middle, high = bars.values
    least, most = min(0.0, np.nanmin(bars.values)), max(0.0, np.nanmax(bars.values))
    axes.set_xlim(least * ROOM, most * ROOM if most > least else 1.0)
    axes.set_ylim(len(at) - 0.5, -0.5)
    axes.barh(at, middle, 0.62, color=bars.colours, alpha=0.55, zorder=2)
    axes.hlines(at, low, high, color=style.INK, linewidth=1.2, zorder=3)
    axes.axvline(0, color=style.SOFT, linewidth=0.8, zorder=3)
    page.numbers(axes, "x", bars.scaling, signed=least < 0)
    for row, name in enumerate(bars.names):
        page.text(left + NAMES - 0.08, top + (row + 0.5) * ROW, fit(name, style.SMALL, NAMES - 0.15), ha="right")
