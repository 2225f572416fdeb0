"""Dots with intervals: policies by outcomes, and policies by districts."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from dashboard.figures import notes, style
from dashboard.figures.canvas import Page, verdict_keys
from dashboard.figures.intervals import DEVIATIONS, Interval, better, unit
from dashboard.figures.lettering import fit, text_width
from dashboard.figures.tables import Tables
from dashboard.words import Scale, label, say, scale

ROW, AXIS = 0.25, 0.55
HEAD_LINE, NUMBER, GAP = style.TEXT * style.LINE, 0.42, 0.22
MOST_OUTCOMES, MOST_COLUMNS, TILES = 15, 5, 4
WIDEST_NAME = 1.9


def effects(tables: Tables, outcomes: tuple[str, ...] = (), *, lang: str = "zh") -> Figure:
    """Draw the effect of each policy on each outcome on one scale: per cent of the baseline's level.

    Without ``outcomes`` the headline outcomes are drawn. The number beside each dot is in the outcome's own unit.
    """
    outcomes = tuple(o for o in outcomes or tables.headline if tables.has(o))[:MOST_OUTCOMES]
    found = [tables.effect(o).of(tables.policies.values()) for o in outcomes]
    relative = [as_share(tables, o, effect) for o, effect in zip(outcomes, found, strict=True)]
    names, first = row_names(tables, tuple(tables.policies), lang)
    columns = -(-len(outcomes) // -(-len(outcomes) // MOST_COLUMNS))
    wide, plot = (style.WIDTH - 2 * style.EDGE - first) / columns, len(names) * ROW
    heads = [fit(label(o, lang), style.TEXT, wide - 0.15, lines=3) for o in outcomes]
    starts = range(0, len(outcomes), columns)
    tops = [HEAD_LINE * max(len(lines) for lines in heads[i : i + columns]) + 0.25 for i in starts]
    tops = np.cumsum(tops) + np.arange(len(tops)) * (plot + AXIS)
    page = Page(
        float(tops[-1]) + plot + AXIS, notes.title(tables, _most_improved(tables, found, lang), lang),
        say("against", lang, **notes.span(tables, lang)),
        notes.note(lang, notes.runs(tables, lang), say("effects.how", lang)),
        keys=verdict_keys((effect.verdict for effect in found), lang),
    )  # fmt: skip
    limit = float(np.nanquantile(np.abs(relative), 0.97)) * 1.1 or 1.0
    for place, (outcome, effect, share) in enumerate(zip(outcomes, found, relative, strict=True)):
        left, top = style.EDGE + first + place % columns * wide, float(tops[place // columns])
        right = left + wide - GAP
        scaling = notes.of_difference(outcome, effect, lang)
        page.text(left, top - 0.25 - (len(heads[place]) - 0.5) * HEAD_LINE, heads[place], size=style.TEXT)
        page.text(left, top - 0.16, scaling.unit, colour=style.SOFT)
        axes = page.axes(left, top, right - NUMBER - left, plot, spines="bottom")
        rows(axes, share, effect.verdict, limit)
        page.numbers(axes, "x", Scale(1, 0, "%", lang), most=2, signed=True)
        for row, (value, verdict) in enumerate(zip(effect.middle, effect.verdict, strict=True)):
            text = scaling.number(value, signed=True)
            page.text(right, top + (row + 0.5) * ROW, text, colour=style.WORDED[verdict], ha="right")
        if place % columns == 0:
            write_names(page, names, left, top)
            page.text(left, top + plot + 0.32, say("effects.axis", lang), colour=style.SOFT)
    return page.finish(say("alt", lang, kind=say("alt.effects", lang), title=page.title, subtitle=page.subtitle))


def districts(
    tables: Tables, outcome: str, *, lang: str = "zh", layout: dict[str, tuple[int, int]] | None = None
) -> Figure:
    """Draw the effect of at most four policies on one outcome in each district, a tile each, on one scale.

    ``layout`` gives (row, column) of a tile by district id; without it tiles follow in order, four in a row.
    """
    groups = tables.groups(outcome, "district")
    cells = [(layout or {}).get(g.partition(":")[2], divmod(i, TILES)) for i, g in enumerate(groups)]
    shown = [tables.policies[s] for s in tables.emphasised]
    found = [tables.effect(outcome, g).of(shown) for g in groups]
    city = tables.effect(outcome).of(shown)
    names, first = row_names(tables, tables.emphasised, lang)
    wide, plot = (style.WIDTH - 2 * style.EDGE - first) / (max(column for _, column in cells) + 1), len(names) * ROW
    heads = [fit(tables.group(g, lang), style.TEXT, wide - 0.1, lines=2) for g in groups]
    limit = float(np.nanmax([[np.abs(e.low), np.abs(e.high)] for e in (*found, city)])) * 1.05 or 1.0
    scaling = scale(unit(outcome), limit, lang, difference=True)
    tops, end = {}, 0.0
    for row in sorted({row for row, _ in cells}):
        mine = [lines for lines, cell in zip(heads, cells, strict=True) if cell[0] == row]
        tops[row] = end + HEAD_LINE * max(map(len, mine)) + 0.12
        end = tops[row] + plot + AXIS - 0.1
    page = Page(
        end, notes.title(tables, _districts_title(tables, outcome, found, lang), lang),
        say("against.unit", lang, unit=scaling.unit, **notes.span(tables, lang)),
        notes.note(lang, notes.runs(tables, lang), say("districts.how", lang)),
        keys=verdict_keys((effect.verdict for effect in found), lang),
    )  # fmt: skip
    for effect, lines, (row, column) in zip(found, heads, cells, strict=True):
        left, top = style.EDGE + first + column * wide, tops[row]
        page.text(left, top - 0.07 - (len(lines) - 0.5) * HEAD_LINE, lines, size=style.TEXT)
        axes = page.axes(left, top, wide - 0.25, plot, spines="bottom")
        places = np.arange(len(shown))
        axes.vlines(city.middle, places - 0.36, places + 0.36, color="#a6a6a6", linewidth=2.2, zorder=1)
        rows(axes, effect.parts, effect.verdict, limit)
        page.numbers(axes, "x", scaling, signed=True)
        if column == min(c for r, c in cells if r == row):
            write_names(page, names, left, top)
    return page.finish(say("alt", lang, kind=say("alt.districts", lang), title=page.title, subtitle=page.subtitle))


def row_names(tables: Tables, scenarios: tuple[str, ...], lang: str) -> tuple[list[str], float]:
    """Return the names to write beside rows, and the inches to leave for them."""
    names = [fit(tables.name(s, lang), style.SMALL, WIDEST_NAME)[0] for s in scenarios]
    return names, max(text_width(name, style.SMALL) for name in names) + 0.15


def write_names(page: Page, names: list[str], left: float, top: float) -> None:
    """Write names right-aligned to the left of rows."""
    for row, name in enumerate(names):
        page.text(left - 0.12, top + (row + 0.5) * ROW, name, ha="right")


def as_share(tables: Tables, outcome: str, effect: Interval) -> np.ndarray:
    """Return (low, middle, high) of each policy in per cent of the baseline's level.

    An outcome in standard deviations has no level to compare with and is taken in per cent of one of them; one
    whose baseline is zero is taken against the spread of its baseline.
    """
    if unit(outcome) == DEVIATIONS:
        return effect.parts * 100
    base = abs(np.nanmedian(tables.late_levels(outcome)[0])) or np.nanstd(tables.levels(outcome)[0]) or 1.0
    return effect.parts / base * 100


def rows(axes: Axes, parts: np.ndarray, verdict: np.ndarray, limit: float) -> None:
    """Draw one interval and mark a row, the first on top; what goes beyond ±limit ends in an arrow."""
    low, middle, high = np.clip(parts, -limit, limit)
    line = np.arange(len(verdict))
    colours = np.array([style.VERDICTS[v][0] for v in verdict])
    axes.set_xlim(-limit, limit)
    axes.set_ylim(len(verdict) - 0.5, -0.5)
    axes.axvline(0, color=style.SOFT, linewidth=0.9, zorder=1.5)
    axes.hlines(line, low, high, color=colours, linewidth=1.6, zorder=2)
    inside = np.abs(parts[1]) <= limit
    for word, (edge, face, mark) in style.VERDICTS.items():
        those = (verdict == word) & inside
        axes.plot(
            middle[those], line[those], mark, color=edge, markerfacecolor=face, markersize=5.5, zorder=3, clip_on=False
        )
    for beyond, where, mark in ((parts[0] < -limit, -limit, "<"), (parts[2] > limit, limit, ">")):
        for row in np.flatnonzero(beyond):
            axes.plot(where, row, mark, color=colours[row], markersize=6 if inside[row] else 8, zorder=4, clip_on=False)


def _most_improved(tables: Tables, found: list[Interval], lang: str) -> str:
    """Say which policy clearly improves most outcomes, less those it worsens."""
    verdicts = np.stack([effect.verdict for effect in found])
    improved, worsened = (verdicts == "better").sum(0), (verdicts == "worse").sum(0)
    best = int(np.argmax(improved - worsened))
    if not improved[best]:
        return say("effects.none", lang)
    name = tables.name(list(tables.policies)[best], lang)
    return say("effects.title", lang, name=name, b=improved[best], n=len(found), w=worsened[best])


def _districts_title(tables: Tables, outcome: str, found: list[Interval], lang: str) -> str:
    """Say which policy is clear in most districts, and in how many."""
    verdicts = np.stack([effect.verdict for effect in found])
    for word in ("changed",) if better(outcome) == "neutral" else ("better", "worse"):
        counts = (verdicts == word).sum(0)
        best = int(np.argmax(counts))
        if counts[best]:
            name = tables.name(tables.emphasised[best], lang)
            return say(f"districts.{word}", lang, label=label(outcome, lang), name=name, k=counts[best], n=len(found))
    return say("districts.none", lang, label=label(outcome, lang))
