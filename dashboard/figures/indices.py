"""Sensitivity indices as pictures: bars with intervals, whether they settle, and settings by outcomes."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure

from dashboard.figures import style
from dashboard.figures.bars import AXIS, HEAD, MOST_PANELS, ROW, Bars, body_height, draw_panels
from dashboard.figures.canvas import Page, save
from dashboard.figures.intervals import unit
from dashboard.figures.lettering import fit, text_width
from dashboard.words import LANGUAGES, Scale, label, places, say, scale

MOST_ROWS, MOST_LINES, MOST_MAP = 12, 5, 25
MAIN = ("total", "mu_star", "pawn", "delta")
FORMATS = ("png", "svg")
SHADES = LinearSegmentedColormap.from_list("shades", ["white", style.BLUE])
PALE = 0.55


def write_indices(folder: Path, rows: Sequence[dict], outcomes: Sequence[str], title: dict[str, str]) -> list[Path]:
    """Write every figure that the indices allow, in both languages."""
    paths = []
    moved = [o for o in outcomes if main_rows(rows, o)]
    for lang in LANGUAGES:
        drawn = {"indices": bars, "convergence": convergence, "heat-map": heat_map} if moved else {}
        for name, draw in drawn.items():
            figure = draw(rows, moved, lang, title=title[lang])
            if figure:
                paths += [save(figure, folder / f"{name}-{lang}.{kind}") for kind in FORMATS]
    return paths


def main_rows(rows: Sequence[dict], outcome: str, *, shorter: bool = False) -> list[dict]:
    """Return the main indices of an outcome from the whole sample, largest first; with ``shorter``, of every sample."""
    mine = [r for r in rows if r["outcome"] == outcome and r["measure"] in MAIN]
    whole = max((r["samples"] for r in mine), default=0)
    return sorted((r for r in mine if shorter or r["samples"] == whole), key=lambda r: -r["value"])


def scaling_of(outcome: str, rows: Sequence[dict], lang: str) -> Scale:
    """Return how indices are written: shares of variance as they are, elementary effects in the outcome's unit."""
    largest = max(abs(r["value"]) for r in rows)
    if rows[0]["measure"] == "mu_star":
        return scale(unit(outcome), largest, lang, difference=True)
    return Scale(1, max(places(largest), 2), "", lang)


def bars(rows: Sequence[dict], outcomes: Sequence[str], lang: str, *, title: str) -> Figure:
    """Draw the largest indices of each outcome as bars with their intervals."""
    found = [main_rows(rows, o)[:MOST_ROWS] for o in outcomes[:MOST_PANELS]]
    panels = [bars_of(mine, lang) for mine in found]
    page = Page(
        body_height(panels)[0], heading(found[0], lang), say("indices.sub", lang, title=title), below(found, lang)
    )
    draw_panels(page, panels, lang)
    return page.finish(say("alt", lang, kind=say("alt.indices", lang), title=page.title, subtitle=page.subtitle))


def bars_of(rows: Sequence[dict], lang: str) -> Bars:
    """Return one outcome's panel."""
    values = np.array([[r[key] for r in rows] for key in ("low", "value", "high")], float)
    names, outcome = [label(r["input"], lang) for r in rows], rows[0]["outcome"]
    return Bars(outcome, scaling_of(outcome, rows, lang), names, values, [style.BLUE] * len(rows))


def heading(rows: Sequence[dict], lang: str) -> str:
    """Return the finding: what comes first, if the intervals allow to say it."""
    first, outcome = rows[0], rows[0]["outcome"]
    if not first["rankable"]:
        return say("indices.unsure", lang, name=label(outcome, lang))
    return say("indices.title", lang, name=label(outcome, lang), first=label(first["input"], lang))


def below(found: Sequence[Sequence[dict]], lang: str) -> str:
    """Return the note: what the index is, and which outcomes cannot be ranked yet."""
    wide = [label(rows[0]["outcome"], lang) for rows in found if not rows[0]["rankable"]]
    text = say(f"index.{found[0][0]['measure']}", lang)
    text += " " * (lang == "en") + say("indices.note", lang)
    return text + (" " * (lang == "en") + say("indices.wide", lang, names=say("list", lang).join(wide)) if wide else "")


def convergence(rows: Sequence[dict], outcomes: Sequence[str], lang: str, *, title: str) -> Figure | None:
    """Draw the largest indices of each outcome against the size of the sample; none if there was one size only."""
    outcomes = outcomes[:MOST_PANELS]
    sizes = sorted({r["samples"] for o in outcomes for r in main_rows(rows, o, shorter=True)})
    if len(sizes) < 2:
        return None
    columns, plot = min(len(outcomes), 2), 2.2
    wide = (style.WIDTH - 2 * style.EDGE) / columns
    page = Page(
        -(-len(outcomes) // columns) * (HEAD + plot + AXIS), say("settle.title", lang),
        say("settle.sub", lang, title=title), say("settle.note", lang),
    )  # fmt: skip
    for place, outcome in enumerate(outcomes):
        down, across = divmod(place, columns)
        where = (style.EDGE + across * wide + 0.5, down * (HEAD + plot + AXIS) + HEAD, wide - 2.6, plot)
        settling(page, rows, outcome, where, sizes, lang)
    return page.finish(say("alt", lang, kind=say("alt.settle", lang), title=page.title, subtitle=page.subtitle))


def settling(page: Page, rows, outcome: str, where: tuple, sizes: list[int], lang: str) -> None:
    """Draw one outcome's indices against the size of the sample, each named at its right end."""
    from dashboard.figures.labels import spread

    left, top, wide, plot = where
    every, names = main_rows(rows, outcome, shorter=True), [r["input"] for r in main_rows(rows, outcome)[:MOST_LINES]]
    scaling = scaling_of(outcome, every, lang)
    page.text(left - 0.5, top - 0.3, label(outcome, lang), size=style.HEADING)
    axes = page.axes(left, top, wide, plot)
    shown = [r for r in every if r["input"] in names]
    low, high = min(0.0, *(r["low"] for r in shown)), max(r["high"] for r in shown)
    axes.set_xlim(-0.3, len(sizes) - 0.7)
    axes.set_ylim(low, high + (high - low) * 0.05)
    ends = []
    for k, name in enumerate(names):
        mine = sorted((r for r in shown if r["input"] == name), key=lambda r: r["samples"])
        colour, dash = ((style.INK, "-"), *style.LOOKS)[k]
        at = [sizes.index(r["samples"]) + (k - 2) * 0.05 for r in mine]
        axes.plot(at, [r["value"] for r in mine], color=colour, linestyle=dash, linewidth=1.3, zorder=3)
        axes.vlines(at, [r["low"] for r in mine], [r["high"] for r in mine], color=colour, linewidth=0.9, alpha=0.7)
        ends.append(top + plot * (1 - (mine[-1]["value"] - low) / (axes.get_ylim()[1] - low)))
    page.numbers(axes, "y", scaling)
    page.ticks(axes, "x", list(range(len(sizes))), [str(n) for n in sizes], grid=False)
    middles = spread(ends, [0.17] * len(ends), top + 0.05, top + plot)
    for k, (end, middle, name) in enumerate(zip(ends, middles, names, strict=True)):
        colour = ((style.INK, "-"), *style.LOOKS)[k][0]
        page.line((left + wide - 0.05, end), (left + wide + 0.12, middle), color=colour, linewidth=0.7)
        page.text(left + wide + 0.16, middle, fit(label(name, lang), style.SMALL, 1.85))


def heat_map(rows: Sequence[dict], outcomes: Sequence[str], lang: str, *, title: str) -> Figure:
    """Draw settings by outcomes: each column shaded from nothing to its largest index, numbers as shares of that."""
    table = {o: {r["input"]: r["value"] for r in main_rows(rows, o)} for o in outcomes}
    share = {o: {k: max(v, 0.0) / max(max(t.values()), 1e-300) for k, v in t.items()} for o, t in table.items()}
    names = sorted({k for t in share.values() for k in t}, key=lambda k: -sum(t.get(k, 0.0) for t in share.values()))
    names = names[:MOST_MAP]
    first = max(text_width(fit(label(n, lang), style.SMALL, 3.0)[0], style.SMALL) for n in names) + 0.15
    wide = min((style.WIDTH - 2 * style.EDGE - first) / len(outcomes), 1.4)
    heads = [fit(label(o, lang), style.SMALL, wide - 0.06, lines=4) for o in outcomes]
    top = 0.18 + max(map(len, heads)) * style.SMALL * style.LINE
    page = Page(
        top + len(names) * ROW + 0.1,
        say("map.title", lang),
        say("indices.sub", lang, title=title),
        say("map.note", lang),
    )
    cells = np.array([[share[o].get(n, 0.0) for o in outcomes] for n in names])
    axes = page.axes(style.EDGE + first, top, wide * len(outcomes), len(names) * ROW, spines="")
    axes.pcolormesh(cells, cmap=SHADES, vmin=0, vmax=1, edgecolors="white", linewidth=1.0)
    axes.set_ylim(len(names), 0)
    for k, lines in enumerate(heads):
        page.text(style.EDGE + first + k * wide, top - 0.1 - (len(lines) - 0.5) * style.SMALL * style.LINE, lines)
    for row, name in enumerate(names):
        y = top + (row + 0.5) * ROW
        page.text(style.EDGE, y, fit(label(name, lang), style.SMALL, first - 0.1))
        for k in range(len(outcomes)):
            ink = "white" if cells[row, k] > PALE else style.SOFT
            text = f"{cells[row, k]:.2f}"
            page.text(style.EDGE + first + (k + 0.5) * wide, y, text, colour=ink, ha="center")
    return page.finish(say("alt", lang, kind=say("alt.map", lang), title=page.title, subtitle=page.subtitle))
