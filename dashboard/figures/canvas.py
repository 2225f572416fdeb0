"""Paper, type and colour shared by all figures: measured text, plain axes, files that come out the same twice.

Only matplotlib's objects are used, never pyplot, and every colour, size and font is said here, so that neither the
reader's matplotlibrc nor another thread's figure changes ours.
"""

import importlib.util
import os
import re
from collections.abc import Iterable
from functools import cache, lru_cache
from pathlib import Path
from threading import Lock

import numpy as np
from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import findfont, fontManager, get_font
from matplotlib.lines import Line2D
from matplotlib.ticker import MaxNLocator

from dashboard.words import Scale, say

FAMILY = ["Noto Sans SC", "DejaVu Sans"]
INK, SOFT, GREY, FAINT, GRID, HISTORY = "#1a1a1a", "#595959", "#8c8c8c", "#c9c9c9", "#e6e6e6", "#f2f2f2"
BLUE, ORANGE, GREEN, PINK = "#0072B2", "#D55E00", "#009E73", "#CC79A7"
LOOKS = ((BLUE, "-"), (ORANGE, (0, (5, 1.6))), (GREEN, (0, (1.4, 1.2))), (PINK, (0, (6, 1.5, 1.5, 1.5))))
VERDICTS = {"better": (BLUE, BLUE, "o"), "worse": (ORANGE, ORANGE, "s"), "changed": (INK, INK, "D"),
            "unclear": (GREY, "white", "o")}  # fmt: skip
WORDED = {"better": BLUE, "worse": "#A84A00", "changed": INK, "unclear": SOFT}  # dark enough for small text
WIDTH, EDGE = 10.0, 0.25
TITLE, TEXT, SMALL = 15.0, 10.0, 9.0
LINE, MIDDLE_OF_LINE = 1.35 / 72, 0.36 / 72
FEWEST_NUMBERS = 3
CORNER = 0.06  # of an axis: no tick here, where the other axis has its labels
DPI = 150
EM, HINTED = 100, 1.04
SAVING = Lock()
VEIL = {"facecolor": "white", "edgecolor": "none", "alpha": 0.75, "pad": 0.6}


@cache
def font_file() -> Path:
    """Find the font file (Noto Sans SC, OFL) in its package without importing that package."""
    found = importlib.util.find_spec("zhplot")
    if not found or not found.submodule_search_locations:
        raise ImportError("the package zhplot, which holds the Chinese font, is not installed: see README.md")
    return Path(found.submodule_search_locations[0]) / "fonts" / "NotoSansSC-Regular.ttf"


@cache
def charmaps() -> tuple[frozenset[int], frozenset[int]]:
    """Make the font known to matplotlib, once, and return the code points of it and of the one to fall back on."""
    fontManager.addfont(font_file())
    return tuple(frozenset(get_font(findfont(name)).get_charmap()) for name in FAMILY)


def family(text: str) -> list[str]:
    """Return the families that a text needs: the second only if the first lacks a character."""
    return FAMILY if any(ord(c) not in charmaps()[0] for c in text) else FAMILY[:1]


def legible(text: str) -> str:
    """Leave out what no font of ours can draw, such as an emoji in a scenario's title."""
    return "".join(c for c in text if any(ord(c) in known for known in charmaps()))


@lru_cache(maxsize=8192)
def advance(character: str) -> float:
    """Return the width of a character in ems."""
    font = get_font(findfont(FAMILY[ord(character) not in charmaps()[0]]))
    font.set_size(EM, 72)
    return font.load_char(ord(character)).linearHoriAdvance / 65536 / EM


def text_width(text: str, size: float) -> float:
    """Return the width of one line of text in inches; whole pixels and hinting make it a little wider."""
    return sum(advance(c) for c in legible(text)) * size / 72 * HINTED


def wrap(text: str, size: float, width: float) -> list[str]:
    """Break text into lines of at most ``width`` inches: at spaces, and between Chinese characters."""
    pieces = re.findall(r"[⺀-鿿＀-￯][，。、；：）”％]*|[^\s⺀-鿿＀-￯]+|\s+", legible(text))
    lines, line = [], ""
    for piece in pieces:
        if line and text_width((line + piece).rstrip(), size) > width:
            lines.append(line.rstrip())
            line = ""
        line += piece if line else piece.lstrip()
    return [*lines, line.rstrip()] if line.strip() or not lines else lines


def fit(text: str, size: float, width: float, lines: int = 1) -> list[str]:
    """Wrap text into at most so many lines; what is left out shows as an ellipsis."""
    found = wrap(text, size, width)
    if len(found) <= lines:
        return found
    last = found[lines - 1]
    while last and text_width(last + "…", size) > width:
        last = last[:-1]
    return [*found[: lines - 1], last.rstrip() + "…"]


class Page:
    """A figure with a title that says the finding, a line under it, a body of panels and a note below.

    Places are in inches from the left edge and from the top of the body.
    """

    def __init__(self, body: float, title: str, subtitle: str, note: str, *, keys: tuple = (), width: float = WIDTH):
        """Lay out the text, make the figure as tall as all of it, and draw the text and the key."""
        self.title, self.subtitle = title, subtitle
        self.frames: dict[Axes, tuple[float, float, float, float]] = {}
        inner = width - 2 * EDGE
        blocks = ((wrap(title, TITLE, inner), TITLE, INK), (wrap(subtitle, TEXT, inner), TEXT, SOFT))
        below = wrap(note, SMALL, inner)
        head = EDGE + sum(len(lines) * size * LINE for lines, size, _ in blocks) + 0.12 + (0.26 if keys else 0)
        self.width, self.top, self.body = width, head, body
        self.height = head + body + 0.15 + len(below) * SMALL * LINE + EDGE * 0.6
        self.figure = Figure(figsize=(width, self.height), dpi=DPI, facecolor="white")
        FigureCanvasAgg(self.figure)
        y = EDGE - head
        for lines, size, colour in blocks:
            self.text(EDGE, y + size * LINE / 2, lines, size=size, colour=colour)
            y += len(lines) * size * LINE
        if keys:
            self.key(y + 0.17, keys)
        self.text(EDGE, body + 0.15 + SMALL * LINE / 2, below, colour=SOFT)

    def text(
        self,
        x: float,
        y: float,
        text: str | list[str],
        *,
        size: float = SMALL,
        colour: str = INK,
        ha: str = "left",
        veil: bool = False,
    ):
        """Write text with the middle of its first line at a place; lines share a baseline across the page.

        A ``veil`` keeps it readable over lines.
        """
        for line, part in enumerate(map(legible, [text] if isinstance(text, str) else text)):
            baseline = y + (line * LINE + MIDDLE_OF_LINE) * size
            self.figure.text(
                x / self.width, 1 - (self.top + baseline) / self.height, part, fontsize=size, color=colour,
                ha=ha, va="baseline", fontfamily=family(part), parse_math=False, bbox=VEIL if veil else None,
            )  # fmt: skip

    def line(self, start: tuple[float, float], end: tuple[float, float], **look: object) -> None:
        """Draw a straight line between two places; without a look, the thin one that leads from a mark to its label."""
        (x1, y1), (x2, y2) = start, end
        across = [x1 / self.width, x2 / self.width]
        height = [1 - (self.top + y1) / self.height, 1 - (self.top + y2) / self.height]
        self.figure.add_artist(Line2D(across, height, **({"color": GREY, "linewidth": 0.7} | look)))

    def key(self, y: float, keys: tuple) -> None:
        """Draw one row of (line or marker properties, text)."""
        x = EDGE
        for look, text in keys:
            length = 0.3 if look.get("linestyle", "none") != "none" else 0.1
            across = [x / self.width, (x + length) / self.width] if length > 0.1 else [(x + 0.05) / self.width]
            height = [1 - (self.top + y) / self.height] * len(across)
            self.figure.add_artist(Line2D(across, height, **look))
            self.text(x + length + 0.08, y, text, colour=SOFT)
            x += length + 0.08 + text_width(text, SMALL) + 0.3

    def axes(self, left: float, top: float, width: float, height: float, *, spines: str = "left bottom") -> Axes:
        """Add plain axes: at most two thin spines; ``ticks`` writes the numbers."""
        place = (
            left / self.width,
            1 - (self.top + top + height) / self.height,
            width / self.width,
            height / self.height,
        )
        axes = self.figure.add_axes(place, facecolor="none")
        axes.xaxis.set_visible(False)
        axes.yaxis.set_visible(False)
        for side, spine in axes.spines.items():
            spine.set(visible=side in spines, color=FAINT, linewidth=0.8)
        self.frames[axes] = (left, top, width, height)
        return axes

    def ticks(self, axes: Axes, side: str, places: list[float], texts: list[str], *, grid: bool = True) -> None:
        """Write labels along the x or the y axis, with grid lines.

        Own text and lines: matplotlib's ticks take most of the time of a page of small panels.
        """
        left, top, width, height = self.frames[axes]
        start, end = axes.get_xlim() if side == "x" else axes.get_ylim()
        for place, text in zip(places, texts):
            along = (place - start) / (end - start)
            if side == "x":
                self.text(left + width * along, top + height + 0.13, text, colour=SOFT, ha="center")
            else:
                self.text(left - 0.06, top + height * (1 - along), text, colour=SOFT, ha="right")
        if grid and places:
            draw, across = (axes.vlines, axes.get_ylim()) if side == "x" else (axes.hlines, axes.get_xlim())
            draw(places, *across, color=GRID, linewidth=0.7, zorder=0.5)

    def numbers(self, axes: Axes, side: str, scaling: Scale, *, most: int = 4, signed: bool = False) -> None:
        """Put about ``most`` round numbers, and at least three if they fit, in the unit of ``scaling`` on an axis whose limits are set."""
        low, high = (end * scaling.factor for end in sorted(axes.get_xlim() if side == "x" else axes.get_ylim()))
        room = (high - low) * (CORNER if side == "y" else 0)
        for at_most in range(most, most + FEWEST_NUMBERS + 1):
            shown = MaxNLocator(at_most, steps=[1, 2, 2.5, 5, 10]).tick_values(low, high)
            inside = [t for t in shown if low + room <= t <= high - room / 2]
            if len(inside) >= FEWEST_NUMBERS:
                break
        plain = Scale(1, _decimals(shown[1] - shown[0]), scaling.unit, scaling.lang)
        self.ticks(axes, side, [t / scaling.factor for t in inside], [plain.number(t, signed=signed) for t in inside])

    def finish(self, alt: str) -> Figure:
        """Attach the sentence for those who cannot see the figure, and return it."""
        self.figure.set_label(legible(alt))
        return self.figure


def verdict_keys(verdicts: Iterable[np.ndarray], lang: str) -> tuple:
    """Return the key's entries for the verdicts that occur."""
    seen = {str(word) for verdict in verdicts for word in verdict}
    return tuple(
        ({"marker": mark, "color": edge, "markerfacecolor": face, "markersize": 5.5, "linestyle": "none"}, say(word, lang))
        for word, (edge, face, mark) in VERDICTS.items() if word in seen
    )  # fmt: skip


def _decimals(step: float) -> int:
    """Return how many decimals write a tick step of 1, 2, 2.5 or 5 times a power of ten exactly."""
    return next((d for d in range(9) if abs(step * 10**d - round(step * 10**d)) < step * 10**d * 1e-6), 0)


def spread(places: list[float], heights: list[float], low: float, high: float) -> list[float]:
    """Move labels apart until none overlaps another, within low–high and as little as possible.

    ``places`` are their middles. Pooling adjacent violators gives the least sum of squares; order is kept.
    """
    order = sorted(range(len(places)), key=places.__getitem__)
    offsets, offset, blocks = {}, 0.0, []
    for rank, i in enumerate(order):
        offset += (heights[i] + heights[order[rank - 1]]) / 2 if rank else 0
        offsets[i] = offset
        blocks.append((places[i] - offset, 1))
        while len(blocks) > 1 and blocks[-2][0] >= blocks[-1][0]:
            (one, n), (two, m) = blocks[-2:]
            blocks[-2:] = [((one * n + two * m) / (n + m), n + m)]
    flat = [mean for mean, count in blocks for _ in range(count)]
    roof = max(high - offset, low)
    return [min(max(flat[order.index(i)], low), roof) + offsets[i] for i in range(len(places))]


def save(figure: Figure, path: Path) -> Path:
    """Write a PNG or SVG beside its name and rename it; the same figure gives the same bytes."""
    kind = path.suffix[1:]
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    kinds = {"svg": {"metadata": {"Title": figure.get_label(), "Date": None}}}
    kinds["png"] = {"metadata": {"Title": figure.get_label()}, "pil_kwargs": {"compress_level": 4}}
    with SAVING, rc_context({"svg.hashsalt": "figure", "svg.fonttype": "path"}):
        figure.savefig(beside, format=kind, dpi=DPI, **kinds.get(kind, {}))
    os.replace(beside, path)
    return path
