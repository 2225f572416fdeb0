"""Income fifths under each policy: who has how much, and whether the gap moves."""

from typing import NamedTuple

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
PAID = ("spending_burden", "tutoring_spending", "refund_loss")
MOST, FIFTHS = 6, 5
ROW, HEAD, FOOT = 0.25, 0.52, 0.4
NUMBER, GAP = 0.5, 0.25


class Shift(NamedTuple):
    """How a gap changes by scenario, the verdict on the poorest fifth itself, and the word that colours the gap."""

    gap: Interval
    poor: np.ndarray
    word: np.ndarray


def income_gaps(tables: Tables, outcomes: tuple[str, ...] = (), *, lang: str = "zh") -> Figure:
    """Draw poorest and richest fifth of families as a dumbbell for each scenario, a panel an outcome.

    The number is the change of the gap against the baseline. Its colour says who gains: a gap that narrows because the
    poorest fifth is worse off is no gain, and is named below.
    """
    outcomes = tuple(o for o in outcomes or USUAL if has_fifths(tables, o))[:MOST]
    levels = [np.stack([tables.late_levels(o, g) for g in tables.groups(o, "income")]) for o in outcomes]
    changes = [shift_of(tables, o, values) for o, values in zip(outcomes, levels, strict=True)]
    title = _title(tables, outcomes, changes, lang)
    names, first = row_names(tables, tables.scenarios, lang)
    columns = min(len(outcomes), 2)
    wide, plot = (style.WIDTH - 2 * style.EDGE - first) / columns, len(names) * ROW
    tall = HEAD + plot + FOOT
    page = Page(
        -(-len(outcomes) // columns) * tall,
        notes.title(tables, title, lang),
        say("levels", lang, **notes.span(tables, lang)),
        notes.note(lang, *_paid(tables, outcomes, changes, lang), say("income.how", lang, n=tables.runs)),
        keys=_keys(lang),
    )  # fmt: skip
    for place, (outcome, values, change) in enumerate(zip(outcomes, levels, changes, strict=True)):
        left, top = style.EDGE + first + place % columns * wide, place // columns * tall
        right = left + wide - GAP
        middles = np.stack([quantiles(fifth)[1] for fifth in values])
        scaling = scale(unit(outcome), float(np.nanmax(np.abs(middles))), lang)
        moved = notes.of_difference(outcome, change.gap, lang)
        page.text(left, top + 0.14, fit(label(outcome, lang), style.HEADING, wide - GAP), size=style.HEADING)
        page.text(left, top + 0.36, scaling.unit, colour=style.SOFT)
        changed = "income.change" if moved.unit == scaling.unit else "income.change.unit"
        page.text(right, top + 0.36, say(changed, lang, unit=moved.unit), colour=style.SOFT, ha="right")
        axes = page.axes(left, top + HEAD, right - NUMBER - left, plot, spines="bottom")
        policies = tables.policies.values()
        _dumbbells(
            axes, middles, [style.VERDICTS[w][0] if i in policies else style.INK for i, w in enumerate(change.word)]
        )
        page.numbers(axes, "x", scaling, most=5)
        for row in tables.policies.values():
            text, colour = moved.number(change.gap.middle[row], signed=True), style.WORDED[change.word[row]]
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


def shift_of(tables: Tables, outcome: str, values: np.ndarray) -> Shift:
    """Return how the gap moves under each scenario, and who makes it move."""
    gap = gap_change(outcome, values, tables.bases)
    groups = tables.groups(outcome, "income")
    poor = tables.effect(outcome, groups[0]).verdict
    word = np.where(gap.clear, "changed", gap.verdict)
    word = np.where((gap.verdict == "better") & (poor == "better"), "better", word)
    return Shift(gap, poor, np.where(gap.clear & (poor == "worse"), "worse", word))


def _title(tables: Tables, outcomes: tuple[str, ...], shifts: list[Shift], lang: str) -> str:
    """Say under which policy gaps narrow to the gain of the poorest fifth; else who makes them narrow."""
    gains = (np.stack([shift.word for shift in shifts]) == "better").sum(0)
    best = int(np.argmax(gains))
    if gains[best]:
        name = tables.name(tables.scenarios[best], lang)
        return say("income.title", lang, name=name, k=gains[best], n=len(outcomes))
    for key, of in (("income.title.pays", _is_paid), ("income.title.rich", _by_richest)):
        for outcome, shift in zip(outcomes, shifts, strict=True):
            found = np.flatnonzero(of(shift))
            if found.size:
                largest = found[np.argmin(shift.gap.middle[found])]
                name = tables.name(tables.scenarios[largest], lang)
                return say(key, lang, name=name, label=label(outcome, lang), loses=loses(outcome, lang))
    return say("income.none", lang)


def _is_paid(shift: Shift) -> np.ndarray:
    """Tell where a gap narrows because the poorest fifth is worse off."""
    return (shift.gap.verdict == "better") & (shift.poor == "worse")


def _by_richest(shift: Shift) -> np.ndarray:
    """Tell where a gap narrows although the poorest fifth does not clearly move."""
    return (shift.gap.verdict == "better") & ~np.isin(shift.poor, ("better", "worse"))


def _paid(tables: Tables, outcomes: tuple[str, ...], shifts: list[Shift], lang: str) -> list[str]:
    """Name the policies under which a gap narrows at the cost of the poorest fifth, an outcome a sentence."""
    said = []
    for outcome, shift in zip(outcomes, shifts, strict=True):
        names = [tables.name(tables.scenarios[i], lang) for i in np.flatnonzero(_is_paid(shift))]
        if names:
            listed = say("list", lang).join(names)
            said.append(say("income.pays", lang, label=label(outcome, lang), names=listed, loses=loses(outcome, lang)))
    return said


def loses(outcome: str, lang: str) -> str:
    """Return what being worse off means for an outcome: to pay more, or to stand worse."""
    return say("income.pays.more" if outcome in PAID else "income.worse.off", lang)


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
        (bar | {"color": style.BLUE}, say("income.gains", lang)),
        (bar | {"color": style.ORANGE}, say("income.loses", lang)),
        (bar | {"color": style.INK}, say("income.moves", lang)),
        (bar | {"color": style.GREY}, say("unclear", lang)),
    )
