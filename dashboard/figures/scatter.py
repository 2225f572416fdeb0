"""What a policy costs against what it does, a panel an outcome."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from dashboard.figures import notes, style
from dashboard.figures.canvas import Page
from dashboard.figures.labels import ON_BAR, ON_MARK, place_labels
from dashboard.figures.lettering import fit, text_width
from dashboard.figures.tables import COST, Interval, Tables, better, unit
from dashboard.words import Scale, label, number, places, say, scale

USUAL = ("three_burdens", "vitality", "parent_anxiety", "learning_mean")
FEWEST, MOST = 2, 3
HEAD, PLOT, FOOT = 0.55, 3.3, 0.62
Y_TICKS, WIDEST_NAME = 0.5, 1.9
MARK, FAR = 0.07, 0.16
LOOK = (
    {"marker": "o", "color": style.BLUE, "markersize": 7, "linestyle": "none"},
    {"marker": "o", "color": style.GREY, "markerfacecolor": "white", "markersize": 6, "linestyle": "none"},
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
    page = Page(
        HEAD + PLOT + FOOT,
        say("trade.title" if kept else "trade.none", lang, k=kept, n=len(tables.policies)),
        say("against", lang, **notes.span(tables, lang)),
        notes.note(lang, notes.runs(tables, lang), say("trade.how", lang)),
        keys=_keys(lang),
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
        _labels(page, axes, (left + Y_TICKS, wide - Y_TICKS - 0.2), names, (drawn, effect, edge))
    return page.finish(say("alt", lang, kind=say("alt.trade", lang), title=page.title, subtitle=page.subtitle))


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
    """Draw zero lines, intervals both ways, and marks: black baseline, filled or hollow policies."""
    axes.axhline(0, color=style.SOFT, linewidth=0.8, zorder=1)
    axes.axvline(0, color=style.SOFT, linewidth=0.8, zorder=1)
    colours = np.where(edge[1:], style.BLUE, style.GREY)
    axes.hlines(effect.middle[1:], cost.low[1:], cost.high[1:], color=colours, linewidth=1.0, alpha=0.6, zorder=2)
    axes.vlines(cost.middle[1:], effect.low[1:], effect.high[1:], color=colours, linewidth=1.0, alpha=0.6, zorder=2)
    for look, those in zip(LOOK[:2], (edge[1:], ~edge[1:]), strict=True):
        axes.plot(cost.middle[1:][those], effect.middle[1:][those], **look, zorder=3)
    axes.plot([0], [0], **LOOK[2], zorder=3)


def _labels(page: Page, axes: Axes, place: tuple, names: list[str], marks: tuple) -> None:
    """Write the names near their points, those that none beats first; ``place`` is left and width of the axes."""
    left, wide = place
    cost, effect, edge = marks
    (x0, x1), (y0, y1) = axes.get_xlim(), axes.get_ylim()

    def across(v: np.ndarray) -> np.ndarray:
        return left + wide * (v - x0) / (x1 - x0)

    def down(v: np.ndarray) -> np.ndarray:
        return HEAD + PLOT * (1 - (v - y0) / (y1 - y0))

    order = [i for i in np.argsort(~edge, kind="stable") if np.isfinite(cost.middle[i] + effect.middle[i])]
    x, y = across(cost.middle), down(effect.middle)
    thin = MARK / 2
    obstacles = [(x[i] - MARK, y[i] - MARK, x[i] + MARK, y[i] + MARK, ON_MARK) for i in order]
    zero = (float(across(np.float64(0))), float(down(np.float64(0))))
    obstacles.append((left, zero[1] - thin, left + wide, zero[1] + thin, ON_BAR))
    obstacles.append((zero[0] - thin, HEAD, zero[0] + thin, HEAD + PLOT, ON_BAR))
    for i in order:
        tall = sorted((down(effect.low[i]), down(effect.high[i])))
        obstacles.append((across(cost.low[i]), y[i] - thin, across(cost.high[i]), y[i] + thin, ON_BAR))
        obstacles.append((x[i] - thin, tall[0], x[i] + thin, tall[1], ON_BAR))
    sizes = [(text_width(names[i], style.SMALL) + 0.04, style.SMALL * style.LINE * 0.9) for i in order]
    middles = place_labels(
        [(x[i], y[i]) for i in order], sizes, obstacles, (left, HEAD, left + wide + 0.15, HEAD + PLOT)
    )
    for i, (at, to), (w, h) in zip(order, middles, sizes, strict=True):
        end = (float(np.clip(x[i], at - w / 2, at + w / 2)), float(np.clip(y[i], to - h / 2, to + h / 2)))
        if np.hypot(end[0] - x[i], end[1] - y[i]) > FAR:
            page.line((x[i], y[i]), end, linestyle=(0, (1, 1.2)), color=style.SOFT)
        page.text(at, to, names[i], colour=style.INK if edge[i] or not i else style.SOFT, ha="center", veil=True)


def _keys(lang: str) -> tuple:
    return tuple(
        (look, say(f"trade.{word}", lang)) for look, word in zip(LOOK, ("edge", "beaten", "baseline"), strict=True)
    )
