"""Income fifths under each policy: who has how much, and whether the gap moves."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from dashboard.figures import notes, style
from dashboard.figures.canvas import Page
from dashboard.figures.dots import row_names, write_names
from dashboard.figures.intervals import Interval, interval, quantiles, too_small, unit
from dashboard.figures.lettering import fit
from dashboard.figures.tables import Tables
from dashboard.words import label, say, scale

USUAL = ("tutoring_share", "spending_burden", "parent_anxiety", "learning_mean")
MOST, FIFTHS = 6, 5
ROW, HEAD, FOOT = 0.25, 0.52, 0.4
NUMBER, GAP = 0.5, 0.25


def income_gaps(tables: Tables, outcomes: tuple[str, ...] = (), *, lang: str = "zh") -> Figure:
    """Draw poorest and richest fifth of families as a dumbbell for each scenario, a panel an outcome.

    The number is the change of the gap against the baseline; its colour says whether it clearly narrows or widens.
    """
    outcomes = tuple(o for o in outcomes or USUAL if has_fifths(tables, o))[:MOST]
    levels = [np.stack([tables.late_levels(o, g) for g in tables.groups(o, "income")]) for o in outcomes]
    changes = [gap_change(o, values, tables.bases) for o, values in zip(outcomes, levels, strict=True)]
    narrower = (np.stack([change.verdict for change in changes]) == "better").sum(0)
    best = int(np.argmax(narrower))
    name = tables.name(tables.scenarios[best], lang)
    key = "income.title" if narrower[best] else "income.none"
    title = say(key, lang, name=name, k=narrower[best], n=len(outcomes))
    names, first = row_names(tables, tables.scenarios, lang)
    columns = min(len(outcomes), 2)
    wide, plot = (style.WIDTH - 2 * style.EDGE - first) / columns, len(names) * ROW
    tall = HEAD + plot + FOOT
    page = Page(
        -(-len(outcomes) // columns) * tall,
        notes.title(tables, title, lang),
        say("levels", lang, **notes.span(tables, lang)),
        notes.note(lang, say("income.how", lang, n=tables.runs)), keys=_keys(lang),
    )  # fmt: skip
    for place, (outcome, values, change) in enumerate(zip(outcomes, levels, changes, strict=True)):
        left, top = style.EDGE + first + place % columns * wide, place // columns * tall
        right = left + wide - GAP
        middles = np.stack([quantiles(fifth)[1] for fifth in values])
        scaling = scale(unit(outcome), float(np.nanmax(np.abs(middles))), lang)
        moved = notes.of_difference(outcome, change, lang)
        page.text(left, top + 0.14, fit(label(outcome, lang), style.HEADING, wide - GAP), size=style.HEADING)
        page.text(left, top + 0.36, scaling.unit, colour=style.SOFT)
        changed = "income.change" if moved.unit == scaling.unit else "income.change.unit"
        page.text(right, top + 0.36, say(changed, lang, unit=moved.unit), colour=style.SOFT, ha="right")
        axes = page.axes(left, top + HEAD, right - NUMBER - left, plot, spines="bottom")
        policies = tables.policies.values()
        _dumbbells(
            axes, middles, [style.VERDICTS[v][0] if i in policies else style.INK for i, v in enumerate(change.verdict)]
        )
        page.numbers(axes, "x", scaling, most=5)
        for row in tables.policies.values():
            text, colour = moved.number(change.middle[row], signed=True), style.WORDED[change.verdict[row]]
            page.text(right, top + HEAD + (row + 0.5) * ROW, text, colour=colour, ha="right")
        if place % columns == 0:
            write_names(page, names, left, top + HEAD)
    return page.finish(say("alt", lang, kind=say("alt.income", lang), title=page.title, subtitle=page.subtitle))


def has_fifths(tables: Tables, outcome: str) -> bool:
    """Tell whether the tables hold an outcome for all five income fifths."""
    return len(tables.groups(outcome, "income")) == FIFTHS


def gap_change(outcome: str, values: np.ndarray, bases: tuple[int, ...]) -> Interval:
    """Return how much wider the gap between the outer fifths is than in the baseline, paired; narrower is better.

    ``values`` is (fifth, scenario, run); ``bases`` is the place of each scenario's baseline.
    """
    gap = np.abs(values[-1] - values[0])
    base = gap[list(bases)]
    return interval(gap - base, "low", too_small(outcome, base))


def _dumbbells(axes: Axes, middles: np.ndarray, colours: list[str]) -> None:
    """Draw one dumbbell a row over faint lines where the baseline's ends are."""
    row = np.arange(middles.shape[1])
    least, most = float(np.nanmin(middles)), float(np.nanmax(middles))
    room = (most - least or abs(most) or 1.0) * 0.08
    axes.set_xlim(least - room, most + room)
    axes.set_ylim(len(row) - 0.5, -0.5)
    for end in (0, -1):
        axes.axvline(middles[end, 0], color=style.INK, linewidth=0.7, linestyle=(0, (2, 2)), zorder=1)
    axes.hlines(row, middles.min(0), middles.max(0), color=colours, linewidth=1.6, zorder=2)
    for fifth in middles[1:-1]:
        axes.vlines(fifth, row - 0.16, row + 0.16, color=colours, linewidth=1.2, zorder=2)
    for i, colour in enumerate(colours):
        axes.plot(middles[0, i], row[i], "o", color=colour, markerfacecolor="white", markersize=6, zorder=3)
        axes.plot(middles[-1, i], row[i], "o", color=colour, markersize=6, zorder=3)


def _keys(lang: str) -> tuple:
    dot = {"marker": "o", "color": style.SOFT, "markersize": 6, "linestyle": "none"}
    bar = {"linestyle": "-", "linewidth": 2.4}
    return (
        (dot | {"markerfacecolor": "white"}, say("income.poor", lang)),
        (dot, say("income.rich", lang)),
        (bar | {"color": style.BLUE}, say("income.narrower", lang)),
        (bar | {"color": style.ORANGE}, say("income.wider", lang)),
        (bar | {"color": style.GREY}, say("unclear", lang)),
    )
