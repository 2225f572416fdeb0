"""Months on the x axis: a panel an outcome, or a panel a policy."""

from typing import NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from dashboard.figures import notes, style
from dashboard.figures.canvas import Page
from dashboard.figures.intervals import Interval, quantiles, unit
from dashboard.figures.labels import spread
from dashboard.figures.lettering import fit, text_width
from dashboard.figures.tables import FIRST_FUTURE, POLICY_START, Tables
from dashboard.words import label, month, say, scale

HEAD, PLOT, FOOT = 0.5, 1.4, 0.42
Y_TICKS = 0.46
LABEL, WIDEST_LABEL = style.SMALL * style.LINE, 1.3
HISTORY_LABEL, LEAD, SAMPLE = 0.34, 0.14, 0.3
BEFORE = 12
BEHIND, MIDDLE, FRONT = 1.5, 2.0, 2.5
CALENDAR = ((POLICY_START, (0, (1, 1.5))), (FIRST_FUTURE, (0, (4, 2))))


class Curves(NamedTuple):
    """Months, and (low, middle, high) of one outcome by scenario and month."""

    months: tuple[str, ...]
    values: np.ndarray

    @property
    def now(self) -> int:
        """Place of the first future month."""
        return min(sum(m < FIRST_FUTURE for m in self.months), len(self.months) - 1)

    def since(self, start: int) -> "Curves":
        """Leave out the months before a place."""
        return Curves(self.months[start:], self.values[:, :, start:])


def curves_of(tables: Tables, outcome: str, group: str) -> Curves:
    """Return the median and the 5–95 % band of each scenario."""
    return Curves(tables.months, np.stack(quantiles(tables.levels(outcome, group))))


def trajectories(
    tables: Tables, outcomes: tuple[str, ...] = (), *, lang: str = "zh", group: str = "city", columns: int = 2
) -> Figure:
    """Draw outcomes over the months, a panel each: baseline, at most four policies, all others in grey.

    Without ``outcomes`` the headline outcomes are drawn.
    """
    outcomes = tuple(o for o in outcomes or tables.headline if tables.has(o, group))
    looks = {0: style.BASELINE} | {
        tables.policies[s]: look for s, look in zip(tables.emphasised, style.LOOKS, strict=False)
    }
    effects = [tables.effect(o, group) for o in outcomes]
    leading = [_largest(effect, looks) for effect in effects]
    names = [tables.name(tables.scenarios[i], lang) for i in looks]
    margin = min(max(text_width(name, style.SMALL) for name in names), WIDEST_LABEL)
    beside = LEAD + SAMPLE + 0.06 + margin + 0.15
    wide, tall = (style.WIDTH - 2 * style.EDGE) / columns, HEAD + PLOT + FOOT
    page = Page(
        -(-len(outcomes) // columns) * tall,
        *_title(tables, leading, group, lang),
        notes.note(lang, _how(tables, lang)),
    )
    for place, (outcome, effect, first) in enumerate(zip(outcomes, effects, leading, strict=True)):
        left, top = style.EDGE + place % columns * wide, place // columns * tall
        curves = curves_of(tables, outcome, group)
        scaling = scale(unit(outcome), float(np.nanmax(np.abs(curves.values))), lang)
        axes = page.axes(left + Y_TICKS, top + HEAD, wide - Y_TICKS - beside, PLOT)
        _paths(axes, curves, looks, {0, first or 0})
        _years(page, axes, curves.months)
        page.numbers(axes, "y", scaling)
        second = " · ".join((scaling.unit, *_finding(tables, outcome, effect, looks, lang)))
        page.text(left, top + 0.12, fit(label(outcome, lang), style.HEADING, wide - 0.2), size=style.HEADING)
        page.text(left, top + 0.33, fit(second, style.SMALL, wide - 0.2), colour=style.SOFT)
        if not place:
            page.text(left + Y_TICKS + HISTORY_LABEL, top + HEAD + 0.08, say("history", lang), colour=style.SOFT)
        ends = np.nan_to_num(curves.values[1, list(looks), -1])
        _end_labels(page, axes, (left + wide - beside, top + HEAD, margin), names, list(looks.values()), ends)
    return page.finish(say("alt", lang, kind=say("alt.paths", lang), title=page.title, subtitle=page.subtitle))


def one_by_one(tables: Tables, outcome: str, *, lang: str = "zh", group: str = "city", columns: int = 3) -> Figure:
    """Draw the effect on one outcome over the months, paired, a panel a policy, with all other policies in grey."""
    effect = tables.effect(outcome, group)
    levels = tables.levels(outcome, group)
    curves = Curves(tables.months, np.stack(quantiles(levels - levels[list(tables.bases)])))
    curves = curves.since(max(curves.now - BEFORE, 0))
    scaling = scale(unit(outcome), float(np.nanmax(np.abs(curves.values))), lang, difference=True)
    wide, tall = (style.WIDTH - 2 * style.EDGE) / columns, HEAD + PLOT + FOOT
    apart, policies = int(effect.clear.sum()), len(tables.policies)
    subtitle = say("one.sub", lang, unit=scaling.unit, late=notes.last_months(tables, lang))
    page = Page(
        -(-policies // columns) * tall,
        notes.title(
            tables,
            say("one.title" if apart else "one.none", lang, label=label(outcome, lang), k=apart, n=policies),
            lang,
        ),
        notes.of_group(tables, group, subtitle, lang),
        notes.note(lang, say("one.how", lang, n=tables.runs, future=month(FIRST_FUTURE, lang)), say("small", lang)),
    )
    for place, (name, i) in enumerate(tables.policies.items()):
        left, top = style.EDGE + place % columns * wide, place // columns * tall
        axes = page.axes(left + Y_TICKS, top + HEAD, wide - Y_TICKS - 0.3, PLOT)
        looks = {tables.bases[i]: style.BASELINE, i: (style.BLUE, style.LOOKS[1][1])}
        _paths(axes, curves, looks, set(looks), within=curves.values)
        _years(page, axes, curves.months)
        page.numbers(axes, "y", scaling, signed=True)
        page.text(left, top + 0.12, fit(tables.name(name, lang), style.HEADING, wide - 0.1), size=style.HEADING)
        page.text(left, top + 0.33, notes.found(outcome, "", effect, i, lang), colour=style.SOFT)
    return page.finish(say("alt", lang, kind=say("alt.one", lang), title=page.title, subtitle=page.subtitle))


def _largest(effect: Interval, looks: dict) -> int | None:
    """Return the place of the largest clear effect among the policies in colour, if there is one."""
    clear = [i for i in looks if effect.clear[i]]
    return max(clear, key=lambda i: abs(effect.middle[i]), default=None)


def _finding(tables: Tables, outcome: str, effect: Interval, looks: dict, lang: str) -> list[str]:
    """Return the largest clear effect in words, or that none is clear or matters; nothing if there is no policy."""
    if not tables.policies:
        return []
    place = _largest(effect, looks) or max((i for i in looks if i), key=lambda i: abs(effect.middle[i]))
    return [notes.found(outcome, tables.name(tables.scenarios[place], lang), effect, place, lang)]


def _title(tables: Tables, leading: list[int | None], group: str, lang: str) -> tuple[str, str]:
    """Return title and subtitle: which policy makes the largest clear difference most often."""
    whole = {"first": month(tables.months[0], lang), "last": month(tables.months[-1], lang)}
    if not tables.policies:
        title = say("paths.alone", lang, name=tables.name(tables.scenarios[0], lang), n=len(leading))
        return title, notes.of_group(tables, group, say("paths.alone.sub", lang, **whole), lang)
    subtitle = say("paths.sub", lang, late=notes.last_months(tables, lang), **whole)
    subtitle = notes.of_group(tables, group, subtitle, lang)
    found = [i for i in leading if i is not None]
    if not found:
        return notes.title(tables, say("paths.none", lang), lang), subtitle
    best = max(dict.fromkeys(found), key=found.count)
    name = tables.name(tables.scenarios[best], lang)
    return say("paths.title", lang, name=name, k=found.count(best), n=len(leading)), subtitle


def _how(tables: Tables, lang: str) -> str:
    """Say what the lines, the bands, the greys and the marked months are."""
    return notes.note_of(
        lang,
        say("paths.band" if tables.runs > 1 else "paths.single", lang, n=tables.runs),
        say("paths.others", lang) if len(tables.policies) > len(tables.emphasised) else "",
        say("paths.calendar", lang, policy=month(POLICY_START, lang), future=month(FIRST_FUTURE, lang)),
        say("paths.pairs", lang) if tables.policies and tables.runs > 1 else "",
    )


def _paths(axes: Axes, curves: Curves, looks: dict[int, tuple], bands: set[int], *, within: object = None) -> None:
    """Draw calendar, bands and medians; history once, from the baseline.

    ``looks`` gives colour and dash by scenario, the baseline's first; ``bands`` says which show their band. The y axis
    holds ``within``, or else these bands and all medians.
    """
    months, values = curves
    future = slice(max(curves.now - 1, 0), len(months))
    x = np.arange(len(months))
    axes.axvspan(-0.5, curves.now - 0.5, color=style.HISTORY, linewidth=0, zorder=0)
    for text, dash in CALENDAR:
        if text in months:
            axes.axvline(months.index(text) - 0.5, color=style.SOFT, linewidth=0.8, linestyle=dash, zorder=1)
    for i in set(range(values.shape[1])) - set(looks):
        axes.plot(x[future], values[1, i, future], color=style.GREY, alpha=0.55, linewidth=0.8, zorder=BEHIND)
    for rank, (i, (colour, dash)) in enumerate(looks.items()):
        part = future if rank else slice(0, len(months))
        low, middle, high = values[:, i, part]
        if i in bands:
            axes.fill_between(x[part], low, high, color=colour, alpha=0.12, linewidth=0, zorder=BEHIND)
        axes.plot(x[part], middle, color=colour, linestyle=dash, linewidth=1.7, zorder=MIDDLE if rank else FRONT)
    shown = [i for i in looks if i in bands]
    seen = np.concatenate([values[:, shown].ravel(), values[1].ravel()]) if within is None else within
    low, high = float(np.nanmin(seen)), float(np.nanmax(seen))
    room = (high - low or abs(high) or 1) * 0.06
    axes.set_ylim(low - room, high + 2.5 * room)
    axes.set_xlim(-0.5, len(months) - 0.5)


def _years(page: Page, axes: Axes, months: tuple[str, ...]) -> None:
    """Write each year under its January."""
    years = [i for i, text in enumerate(months) if text.endswith("-01")]
    page.ticks(axes, "x", years, [months[i][:4] for i in years], grid=False)


def _end_labels(page: Page, axes: Axes, place: tuple, names: list[str], looks: list[tuple], ends: np.ndarray) -> None:
    """Write each name beside the end of its line, with a sample of it, moved apart where lines end close together.

    ``place`` is right edge and top of the panel and the width for text, in inches.
    """
    right, top, width = place
    low, high = axes.get_ylim()
    texts = [fit(name, style.SMALL, width, lines=2) for name in names]
    points = [PLOT * float(high - end) / (high - low) for end in ends]
    beside = spread(points, [len(lines) * LABEL for lines in texts], 0.0, PLOT)
    for (colour, dash), lines, point, y in zip(looks, texts, points, beside, strict=True):
        start, end = (right + LEAD, top + y), (right + LEAD + SAMPLE, top + y)
        page.line((right + 0.01, top + point), start)
        page.line(start, end, color=colour, linestyle=dash, linewidth=1.7)
        page.text(end[0] + 0.06, end[1] - (len(lines) - 1) * LABEL / 2, lines)
