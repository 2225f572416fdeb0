"""How outcomes go with the settings that a sweep varied: a row an outcome, a column a setting."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from dashboard.figures import notes, style
from dashboard.figures.canvas import Page, save
from dashboard.figures.intervals import unit
from dashboard.figures.lettering import fit, wrap
from dashboard.words import Scale, label, month, named, say, scale
from experiments.response import Response, response
from model.declare.setting import setting_or_error

ROWS, COLUMNS = 4, 4
FIRST, HEAD, PLOT, GAP = 1.9, 0.78, 1.15, 0.4
CLEAR = 0.05
MARGIN = 0.06
Settings = Mapping[str, tuple[np.ndarray, Sequence[str]]]


def write_responses(
    folder: Path, settings: Settings, outcomes: Mapping[str, np.ndarray], title: Mapping[str, str], when: str,
    lang: str, formats: tuple[str, ...] = ("png", "svg"),
) -> list[Path]:  # fmt: skip
    """Write as many pages as the outcomes need, as ``folder/figures/responses-<n>-<lang>.<format>``."""
    place = Path(folder) / "figures"
    place.mkdir(parents=True, exist_ok=True)
    names = list(outcomes)
    paths = []
    for page, start in enumerate(range(0, len(names), ROWS), start=1):
        some = {name: outcomes[name] for name in names[start : start + ROWS]}
        figure = responses(settings, some, title, when, lang=lang)
        paths += [save(figure, place / f"responses-{page}-{lang}.{kind}") for kind in formats]
    return paths


def responses(
    settings: Settings, outcomes: Mapping[str, np.ndarray], title: Mapping[str, str], when: str, *, lang: str = "zh"
) -> Figure:
    """Draw each outcome against the settings that it goes with most, at most four, on one scale a row.

    Args:
        settings: by name, the value at each point, and the names of values that are no numbers.
        outcomes: by id, the value at each point. when: the month they are of, or last12.
    """
    found = {(o, s): response(at, values) for o, values in outcomes.items() for s, (at, _) in settings.items()}
    shown = most_related(found, settings)
    wide = (style.WIDTH - 2 * style.EDGE - FIRST) / len(shown)
    points = len(next(iter(outcomes.values())))
    page = Page(
        HEAD + len(outcomes) * (PLOT + GAP) + 0.1,
        finding(found, outcomes, settings, lang),
        say("responses.sub", lang, title=title.get(lang) or "–", n=points, month=when_said(when, lang)),
        notes.note_of(lang, say("responses.how", lang), say("assumes", lang)),
    )
    for column, name in enumerate(shown):
        left = style.EDGE + FIRST + column * wide
        heads = fit(named(name, lang), style.TEXT, wide - 0.3, lines=2)
        page.text(left, HEAD - 0.32 - (len(heads) - 0.5) * style.TEXT * style.LINE, heads, size=style.TEXT)
        page.text(left, HEAD - 0.14, x_scale(name, settings[name], lang).unit, colour=style.SOFT)
    for row, (outcome, values) in enumerate(outcomes.items()):
        top = HEAD + row * (PLOT + GAP)
        scaling, limits = scale_of(outcome, values, lang)
        names = wrap(label(outcome, lang), style.TEXT, FIRST - 0.7)
        page.text(style.EDGE, top + 0.1, names, size=style.TEXT)
        page.text(style.EDGE, top + 0.1 + len(names) * style.TEXT * style.LINE,
                  wrap(scaling.unit, style.SMALL, FIRST - 0.7), colour=style.SOFT)  # fmt: skip
        for column, name in enumerate(shown):
            axes = page.axes(style.EDGE + FIRST + column * wide, top, wide - 0.3, PLOT)
            panel(axes, found[outcome, name], settings[name], limits)
            if column == 0:
                page.numbers(axes, "y", scaling, most=3)
            below(page, axes, name, settings[name], lang)
            text = f"{100 * found[outcome, name].share:.0f} %"
            page.text(style.EDGE + FIRST + (column + 1) * wide - 0.32, top + 0.06, text, ha="right", veil=True)
    return page.finish(say("alt", lang, kind=say("alt.responses", lang), title=page.title, subtitle=page.subtitle))


def most_related(found: Mapping[tuple[str, str], Response], settings: Settings) -> list[str]:
    """Return the settings that outcomes go with most, at most four, in the order of the design."""
    best = {name: max(r.share for (_, s), r in found.items() if s == name) for name in settings}
    chosen = sorted(best, key=best.get, reverse=True)[:COLUMNS]
    return [name for name in settings if name in chosen]


def finding(found: Mapping, outcomes: Mapping, settings: Settings, lang: str) -> str:
    """Say which setting goes most with how many outcomes."""
    strongest = [max(settings, key=lambda s: found[o, s].share) for o in outcomes]
    clear = [s for o, s in zip(outcomes, strongest, strict=True) if found[o, s].share >= CLEAR]
    if not clear:
        return say("responses.none", lang)
    name = max(dict.fromkeys(clear), key=clear.count)
    return say("responses.title", lang, name=named(name, lang), k=clear.count(name), n=len(outcomes))


def when_said(when: str, lang: str) -> str:
    """Return the month, or which mean it is."""
    return say("late", lang, n=when.removeprefix("last")) if when.startswith("last") else month(when, lang)


def scale_of(outcome: str, values: np.ndarray, lang: str) -> tuple[Scale, tuple[float, float]]:
    """Return how an outcome's numbers are written, and the limits of its axis."""
    known = values[np.isfinite(values)] if np.isfinite(values).any() else np.zeros(1)
    low, high = float(known.min()), float(known.max())
    room = (high - low) * MARGIN or max(abs(high), 1.0) * MARGIN
    return scale(unit(outcome), max(abs(low), abs(high)), lang), (low - room, high + room)


def panel(axes: Axes, found: Response, setting: tuple[np.ndarray, Sequence[str]], limits: tuple[float, float]) -> None:
    """Draw a line with a band, or marks with bars where values are names or few."""
    values, names = setting
    low, high = (-0.5, len(names) - 0.5) if names else (float(values.min()), float(values.max()))
    axes.set_xlim(*((low, high) if low < high else (low - 1, high + 1)))
    axes.set_ylim(*limits)
    if names or len(found.at) < 3:
        axes.vlines(found.at, found.low, found.high, color=style.BLUE, linewidth=1.6)
        axes.plot(found.at, found.middle, "o", color=style.BLUE, markersize=5)
        return
    axes.fill_between(found.at, found.low, found.high, color=style.BLUE, alpha=0.18, linewidth=0)
    axes.plot(found.at, found.middle, color=style.BLUE, linewidth=1.8)


def below(page: Page, axes: Axes, name: str, setting: tuple[np.ndarray, Sequence[str]], lang: str) -> None:
    """Write a setting's values below a panel."""
    names = setting[1]
    if names:
        width = page.frames[axes][2] / len(names)
        texts = [fit(named(n, lang), style.SMALL, width - 0.05)[0] for n in names]
        page.ticks(axes, "x", [float(k) for k in range(len(names))], texts, grid=False)
    else:
        page.numbers(axes, "x", x_scale(name, setting, lang), most=3)


def x_scale(name: str, setting: tuple[np.ndarray, Sequence[str]], lang: str) -> Scale:
    """Return how a setting's numbers are written; names have no unit."""
    values, names = setting
    if names:
        return Scale(1, 0, "", lang)
    return scale(setting_or_error(name, name).unit, float(np.abs(values).max()), lang)
