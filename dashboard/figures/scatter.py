"""What a policy costs against what it does, a panel an outcome."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from dashboard.figures import notes, style
from dashboard.figures.canvas import Page
from dashboard.figures.intervals import FEWEST_RUNS, Interval, better, unit
from dashboard.figures.labels import FAR, ON_BAR, ON_MARK, boxes, place_labels
from dashboard.figures.lettering import fit, text_width, wrap
from dashboard.figures.tables import COST, Tables
from dashboard.words import Scale, label, number, places, say, scale

USUAL = ("three_burdens", "vitality", "parent_anxiety", "learning_mean")
FEWEST, MOST = 2, 3
HEAD, PLOT, FOOT = 0.55, 3.3, 0.6
Y_TICKS, WIDEST_NAME = 0.5, 1.9
MARK = 0.07
LOOK = (
    {"marker": "o", "color": style.BLUE, "markersize": 7, "linestyle": "none"},
    {"marker": "o", "color": style.GREY, "markerfacecolor": "white", "markersize": 6, "linestyle": "none"},
    {"marker": ".", "color": style.GREY, "markersize": 6, "linestyle": "none"},
    {"marker": "s", "color": style.INK, "markersize": 6, "linestyle": "none"},
)
SKEWED, NUMBER_GAP = 6.0, 0.55


def trade_off(tables: Tables, outcomes: tuple[str, ...] = (), *, lang: str = "zh") -> Figure:
    """Draw extra public cost against the effect on two or three outcomes, better upwards, intervals both ways.

    Filled: clearly better, and no other scenario, the baseline included, is both cheaper and better (by medians). Costs
    that differ by more than the eye can hold are drawn on a square-root scale.
    """
    wanted = outcomes or tuple(o for o in dict.fromkeys((*USUAL, *tables.headline)) if better(o) != "neutral")
    outcomes = tuple(o for o in wanted if tables.has(o))[: MOST if outcomes else FEWEST]
    shown = (0, *tables.policies.values())
    cost = tables.effect(COST).of(shown)
    found = [tables.effect(o).of(shown) for o in outcomes]
    edges = [
        undominated(cost.middle, effect.middle, better(o)) & np.isin(effect.verdict, ("better", "changed"))
        for o, effect in zip(outcomes, found, strict=True)
    ]
    kept = int(np.any(edges, axis=0).sum())
    money = scale(unit(COST), float(np.nanmax(np.abs([cost.low, cost.high]))), lang, difference=True)
    bent = skewed(cost.middle[1:])
    drawn = Interval(*map(bend, cost.parts), cost.verdict) if bent else cost
    names = [fit(tables.name(s, lang), style.SMALL, WIDEST_NAME)[0] for s in (tables.scenarios[0], *tables.policies)]
    wide = (style.WIDTH - 2 * style.EDGE) / len(outcomes)
    below = [_named_below(names, cost, effect, (wide - Y_TICKS - 0.2, lang)) for effect in found]
    page = Page(
        HEAD + PLOT + FOOT + style.SMALL * style.LINE * max(map(len, below)),
        notes.title(tables, say("trade.title" if kept else "trade.none", lang, k=kept, n=len(tables.policies)), lang),
        say("against", lang, **notes.span(tables, lang)),
        notes.note(lang, notes.runs(tables, lang), say("trade.how", lang)),
        keys=_keys(tables, lang),
    )
    across = say("trade.bent" if bent else "trade.x", lang, unit=money.unit)
    for place, (outcome, effect, edge) in enumerate(zip(outcomes, found, edges, strict=True)):
        left = style.EDGE + place * wide
        largest = float(np.nanmax(np.abs([effect.low, effect.high])))
        scaling = scale(unit(outcome), largest, lang, difference=True)
        page.text(left, 0.12, fit(label(outcome, lang), style.HEADING, wide - 0.2), size=style.HEADING)
        up = say("trade.y" if better(outcome) == "neutral" else "trade.up", lang, unit=scaling.unit)
        page.text(left, 0.34, up, colour=style.SOFT)
        axes = page.axes(left + Y_TICKS, HEAD, wide - Y_TICKS - 0.2, PLOT)
        _limits(axes, drawn, effect, flipped=better(outcome) == "low")
        _points(axes, drawn, effect, edge)
        if bent:
            at = bent_places(axes.get_xlim(), money, wide - Y_TICKS - 0.2)
            texts = [_plain(p * money.factor, lang) for p in at]
            page.ticks(axes, "x", [float(bend(p)) for p in at], texts)
        else:
            page.numbers(axes, "x", money, signed=True)
        page.numbers(axes, "y", scaling, signed=True)
        page.text(left + Y_TICKS, HEAD + PLOT + 0.38, across, colour=style.SOFT)
        page.text(left + Y_TICKS, HEAD + PLOT + 0.6, below[place], colour=style.SOFT)
        _labels(page, axes, (left + Y_TICKS, wide - Y_TICKS - 0.2), names, (drawn, effect, edge))
    return page.finish(say("alt", lang, kind=say("alt.trade", lang), title=page.title, subtitle=page.subtitle))


def named(effect: Interval) -> np.ndarray:
    """Tell which points carry a name: clear effects, or all if the runs are too few to say."""
    return effect.clear | (effect.verdict == "few")


def undominated(cost: np.ndarray, effect: np.ndarray, better_is: str) -> np.ndarray:
    """Return which points no other beats: none is at least as cheap and as good, and cheaper or better.

    A neutral outcome is read as better high. Points with an unknown value are never kept.
    """
    gain = -effect if better_is == "low" else effect
    no_worse = (cost[:, None] <= cost) & (gain[:, None] >= gain)
    strictly = (cost[:, None] < cost) | (gain[:, None] > gain)
    return ~(no_worse & strictly).any(0) & np.isfinite(cost) & np.isfinite(gain)


def skewed(cost: np.ndarray) -> bool:
    """Tell whether one policy costs so much more than the others that a plain axis would heap these up."""
    sizes = np.abs(cost[np.isfinite(cost)])
    return bool(sizes.size > 1 and sizes.max() > SKEWED * np.median(sizes) > 0)


def bend(value: np.ndarray) -> np.ndarray:
    """Return the signed square root."""
    return np.sign(value) * np.sqrt(np.abs(value))


def bent_places(limits: tuple[float, float], money: Scale, inches: float) -> list[float]:
    """Choose 0 and round numbers for a square-root axis, the largest first, far enough apart to be read.

    ``limits`` are bent; the answer is in natural units.
    """
    round_numbers = [d * 10.0**k / money.factor for k in range(-3, 7) for d in (5, 2, 1)]
    chosen = [0.0]
    for size in sorted(round_numbers, reverse=True):
        for value in (size, -size):
            apart = min(abs(bend(value) - bend(c)) for c in chosen) / (limits[1] - limits[0]) * inches
            if limits[0] <= bend(value) <= limits[1] and apart >= NUMBER_GAP:
                chosen.append(value)
    return sorted(chosen)


def _plain(value: float, lang: str) -> str:
    return number(value, max(places(abs(value)) - 1, 0), lang, signed=True)


def _limits(axes: Axes, cost: Interval, effect: Interval, *, flipped: bool) -> None:
    """Give both axes room for every interval and for zero; flip y where lower is better."""
    for low, high, put in ((cost.low, cost.high, axes.set_xlim), (effect.low, effect.high, axes.set_ylim)):
        least, most = min(float(np.nanmin(low)), 0.0), max(float(np.nanmax(high)), 0.0)
        room = (most - least or 1.0) * 0.08
        put(least - room, most + room)
    if flipped:
        axes.invert_yaxis()


def _points(axes: Axes, cost: Interval, effect: Interval, edge: np.ndarray) -> None:
    """Draw zero lines, intervals both ways, and marks: black baseline; filled, hollow or small policies."""
    axes.axhline(0, color=style.SOFT, linewidth=0.8, zorder=1)
    axes.axvline(0, color=style.SOFT, linewidth=0.8, zorder=1)
    colours = np.where(edge[1:], style.BLUE, style.GREY)
    axes.hlines(effect.middle[1:], cost.low[1:], cost.high[1:], color=colours, linewidth=1.0, alpha=0.6, zorder=2)
    axes.vlines(cost.middle[1:], effect.low[1:], effect.high[1:], color=colours, linewidth=1.0, alpha=0.6, zorder=2)
    clear = named(effect)[1:]
    for look, those in zip(LOOK, (edge[1:], clear & ~edge[1:], ~clear), strict=False):
        axes.plot(cost.middle[1:][those], effect.middle[1:][those], **look, zorder=3)
    axes.plot([0], [0], **LOOK[-1], zorder=3)


def _labels(page: Page, axes: Axes, place: tuple, names: list[str], shown: tuple) -> None:
    """Write the names of policies with a clear effect near their points; ``place`` is left and width of the axes."""
    left, wide = place
    cost, effect, edge = shown
    (x0, x1), (y0, y1) = axes.get_xlim(), axes.get_ylim()

    def across(v: np.ndarray) -> np.ndarray:
        return left + wide * (v - x0) / (x1 - x0)

    def down(v: np.ndarray) -> np.ndarray:
        return HEAD + PLOT * (1 - (v - y0) / (y1 - y0))

    order = [i for i in np.argsort(~edge, kind="stable") if i and named(effect)[i] and np.isfinite(cost.middle[i])]
    if not order:
        return
    points = np.column_stack([across(cost.middle), down(effect.middle)])[order]
    sizes = np.array([(text_width(names[i], style.SMALL) + 0.04, style.SMALL * style.LINE * 0.9) for i in order])
    lines = [(x0, 0, x1, 0), (0, y0, 0, y1)]
    for i in np.flatnonzero(np.isfinite(cost.middle + effect.middle)):
        lines.append((cost.low[i], effect.middle[i], cost.high[i], effect.middle[i]))
        lines.append((cost.middle[i], effect.low[i], cost.middle[i], effect.high[i]))
    ends = np.array(lines, float)
    ends = np.stack([across(ends[:, ::2]), down(ends[:, 1::2])], axis=-1)
    bars = np.column_stack([ends.min(1) - MARK / 2, ends.max(1) + MARK / 2, np.full(len(ends), ON_BAR)])
    marked = np.column_stack([across(cost.middle), down(effect.middle)])
    marked = marked[np.isfinite(marked).all(1)]
    marks = boxes(marked, np.full(marked.shape, 2 * MARK), ON_MARK)
    room = (left, HEAD, left + wide + 0.15, HEAD + PLOT)
    middles = place_labels(points, sizes, np.concatenate([bars, marks]), room)
    for i, point, middle, size in zip(order, points, middles, sizes, strict=True):
        end = np.clip(point, middle - size / 2, middle + size / 2)
        if np.hypot(*(end - point)) > FAR:
            page.line(point, end, linestyle=(0, (1, 1.2)), color=style.SOFT)
        page.text(*middle, names[i], colour=style.INK if edge[i] else style.SOFT, ha="center", veil=True)


def _named_below(names: list[str], cost: Interval, effect: Interval, place: tuple[float, str]) -> list[str]:
    """Return lines that name the policies without a clear effect, whose points carry no label.

    ``place`` is the width in inches and the language.
    """
    width, lang = place
    idle = [names[i] for i in np.argsort(cost.middle, kind="stable") if i and not named(effect)[i]]
    return wrap(say("trade.named", lang, names=say("list", lang).join(idle)), style.SMALL, width) if idle else []


def _keys(tables: Tables, lang: str) -> tuple:
    """Return the key: what filled, hollow, small and square marks are."""
    if tables.runs < FEWEST_RUNS:
        return (LOOK[1], say("few", lang)), (LOOK[3], say("trade.baseline", lang))
    words = ("edge", "beaten", "idle", "baseline")
    return tuple((look, say(f"trade.{word}", lang)) for look, word in zip(LOOK, words, strict=True))
