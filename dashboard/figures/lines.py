"""Months on the x axis: a panel an outcome, or a panel a policy."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from dashboard.figures import notes, style
from dashboard.figures.canvas import Page, spread
from dashboard.figures.lettering import fit, text_width
from dashboard.figures.tables import FIRST_FUTURE, POLICY_START, Interval, Tables, quantiles, unit
from dashboard.words import label, month, say, scale

HEAD, PLOT, FOOT = 0.5, 1.4, 0.42
Y_TICKS = 0.46
LABEL, WIDEST_LABEL = style.SMALL * style.LINE, 1.3
HISTORY_LABEL, LEAD, SAMPLE = 0.34, 0.14, 0.3
BEHIND, MIDDLE, FRONT = 1.5, 2.0, 2.5


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
    apart = sum(effect.of(looks).clear.any() for effect in effects)
    margin = min(max(text_width(tables.name(tables.scenarios[i], lang), style.SMALL) for i in looks), WIDEST_LABEL)
    beside = LEAD + SAMPLE + 0.06 + margin + 0.15
    wide, tall = (style.WIDTH - 2 * style.EDGE) / columns, HEAD + PLOT + FOOT
    page = Page(
        -(-len(outcomes) // columns) * tall,
        *_title(tables, apart, len(outcomes), group, lang),
        notes.note(lang, _how(tables, lang)),
    )
    for place, (outcome, effect) in enumerate(zip(outcomes, effects, strict=True)):
        left, top = style.EDGE + place % columns * wide, place // columns * tall
        curves = np.stack(quantiles(tables.levels(outcome, group)))
        axes = page.axes(left + Y_TICKS, top + HEAD, wide - Y_TICKS - beside, PLOT)
        _paths(page, axes, tables, curves, looks)
        scaling = scale(unit(outcome), float(np.nanmax(np.abs(curves))), lang)
        page.numbers(axes, "y", scaling)
        page.text(left, top + 0.12, label(outcome, lang), size=style.HEADING)
        second = " · ".join((scaling.unit, *_finding(tables, outcome, effect, looks, lang)))
        page.text(left, top + 0.33, fit(second, style.SMALL, wide - 0.2), colour=style.SOFT)
        if not place:
            page.text(left + Y_TICKS + HISTORY_LABEL, top + HEAD + 0.08, say("history", lang), colour=style.SOFT)
        _end_labels(page, axes, (left + wide - beside, top + HEAD, margin), _ends(tables, curves, looks, lang))
    return page.finish(say("alt", lang, kind=say("alt.paths", lang), title=page.title, subtitle=page.subtitle))


def one_by_one(tables: Tables, outcome: str, *, lang: str = "zh", group: str = "city", columns: int = 3) -> Figure:
    """Draw one outcome over the months, a panel a policy, against the baseline and all others in grey."""
    effect = tables.effect(outcome, group)
    curves = np.stack(quantiles(tables.levels(outcome, group)))
    scaling = scale(unit(outcome), float(np.nanmax(np.abs(curves))), lang)
    wide, tall = (style.WIDTH - 2 * style.EDGE) / columns, HEAD + PLOT + FOOT
    apart = int(effect.clear.sum())
    page = Page(
        -(-len(tables.policies) // columns) * tall,
        say("one.title" if apart else "one.none", lang, label=label(outcome, lang), k=apart, n=len(tables.policies)),
        notes.of_group(
            tables, group, say("one.sub", lang, unit=scaling.unit, late=notes.last_months(tables, lang)), lang
        ),
        notes.note(lang, say("one.how", lang), _how(tables, lang)),
    )
    for place, (name, i) in enumerate(tables.policies.items()):
        left, top = style.EDGE + place % columns * wide, place // columns * tall
        axes = page.axes(left + Y_TICKS, top + HEAD, wide - Y_TICKS - 0.3, PLOT)
        _paths(
            page,
            axes,
            tables,
            curves,
            {tables.bases[i]: style.BASELINE, i: (style.BLUE, style.LOOKS[1][1])},
            within=curves,
        )
        page.numbers(axes, "y", scaling)
        page.text(left, top + 0.12, fit(tables.name(name, lang), style.HEADING, wide - 0.1), size=style.HEADING)
        page.text(left, top + 0.33, notes.found(outcome, "", effect, i, lang), colour=style.SOFT)
    return page.finish(say("alt", lang, kind=say("alt.one", lang), title=page.title, subtitle=page.subtitle))


def _title(tables: Tables, apart: int, outcomes: int, group: str, lang: str) -> tuple[str, str]:
    """Return title and subtitle: how many outcomes some highlighted policy clearly moves."""
    whole = {"first": month(tables.months[0], lang), "last": month(tables.months[-1], lang)}
    if not tables.policies:
        name = tables.name(tables.scenarios[0], lang)
        return say("paths.alone", lang, name=name, n=outcomes), say("paths.alone.sub", lang, **whole)
    title = say("paths.title" if apart else "paths.none", lang, k=apart, n=outcomes)
    return title, notes.of_group(
        tables, group, say("paths.sub", lang, late=notes.last_months(tables, lang), **whole), lang
    )


def _finding(tables: Tables, outcome: str, effect: Interval, looks: dict, lang: str) -> list[str]:
    """Return the largest clear effect among the policies in colour, in words; nothing if there is no policy."""
    if not tables.policies:
        return []
    strongest = max((i for i in looks if i), key=lambda i: abs(effect.middle[i]) * effect.clear[i])
    return [notes.found(outcome, tables.name(tables.scenarios[strongest], lang), effect, strongest, lang)]


def _how(tables: Tables, lang: str) -> str:
    start, future = month(POLICY_START, lang), month(FIRST_FUTURE, lang)
    return say("paths.how", lang, n=tables.runs, policy=start, future=future)


def _paths(
    page: Page, axes: Axes, tables: Tables, curves: np.ndarray, looks: dict[int, tuple], *, within: object = None
) -> None:
    """Draw calendar, bands and medians; history once, from the baseline.

    ``curves`` is (low, middle, high) by scenario and month; ``looks`` gives colour and dash, the baseline's first;
    the y axis holds ``within``, or else the bands in colour and all medians.
    """
    months = tables.months
    now = min(sum(m < FIRST_FUTURE for m in months), len(months) - 1)
    future = slice(max(now - 1, 0), len(months))
    x = np.arange(len(months))
    axes.axvspan(-0.5, now - 0.5, color=style.HISTORY, linewidth=0, zorder=0)
    for text, dash in ((POLICY_START, (0, (1, 1.5))), (FIRST_FUTURE, (0, (4, 2)))):
        if text in months:
            axes.axvline(months.index(text) - 0.5, color=style.SOFT, linewidth=0.8, linestyle=dash, zorder=1)
    for i in range(len(tables.scenarios)):
        if i not in looks:
            axes.plot(x[future], curves[1, i, future], color=style.GREY, alpha=0.55, linewidth=0.8, zorder=BEHIND)
    for rank, (i, (colour, dash)) in enumerate(looks.items()):
        part = future if rank else slice(0, len(months))
        axes.fill_between(
            x[part], curves[0, i, part], curves[2, i, part], color=colour, alpha=0.1, linewidth=0, zorder=BEHIND
        )
        axes.plot(
            x[part], curves[1, i, part], color=colour, linestyle=dash, linewidth=1.7, zorder=MIDDLE if rank else FRONT
        )
    seen = (curves[:, list(looks)], curves[1]) if within is None else (within,)
    low, high = min(float(np.nanmin(c)) for c in seen), max(float(np.nanmax(c)) for c in seen)
    room = (high - low or abs(high) or 1) * 0.06
    axes.set_ylim(low - room, high + 2.5 * room)
    axes.set_xlim(-0.5, len(months) - 0.5)
    years = [i for i, text in enumerate(months) if text.endswith("-01")]
    page.ticks(axes, "x", years, [months[i][:4] for i in years], grid=False)


def _ends(tables: Tables, curves: np.ndarray, looks: dict[int, tuple], lang: str) -> list[tuple[str, tuple, float]]:
    """Return name, look and last value of each line in colour."""
    last = np.nan_to_num(curves[1, :, -1])
    return [(tables.name(tables.scenarios[i], lang), look, float(last[i])) for i, look in looks.items()]


def _end_labels(
    page: Page, axes: Axes, place: tuple[float, float, float], ends: list[tuple[str, tuple, float]]
) -> None:
    """Write each name beside the end of its line, with a sample of it, moved apart where lines end close together.

    ``place`` is right edge and top of the panel and the width for text, in inches.
    """
    right, top, width = place
    low, high = axes.get_ylim()
    texts = [fit(name, style.SMALL, width, lines=2) for name, _, _ in ends]
    points = [PLOT * (high - end) / (high - low) for _, _, end in ends]
    beside = spread(points, [len(lines) * LABEL for lines in texts], 0.0, PLOT)
    for (_, (colour, dash), _), lines, point, y in zip(ends, texts, points, beside, strict=True):
        page.line((right + 0.01, top + point), (right + LEAD, top + y))
        page.line(
            (right + LEAD, top + y), (right + LEAD + SAMPLE, top + y), color=colour, linestyle=dash, linewidth=1.7
        )
        page.text(right + LEAD + SAMPLE + 0.06, top + y - (len(lines) - 1) * LABEL / 2, lines)
