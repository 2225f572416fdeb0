"""The page of a figure: title, key, plain panels, note; and files that come out the same twice.

Only matplotlib's objects are used, never pyplot, and every colour, size and font is said, so that neither the reader's
matplotlibrc nor another thread's figure changes ours.
"""

import io
import os
from collections.abc import Iterable
from pathlib import Path
from threading import Lock

import numpy as np
from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import MaxNLocator

from dashboard.figures import style
from dashboard.figures.lettering import family, legible, text_width, wrap
from dashboard.words import Scale, say

FEWEST_NUMBERS = 3
CORNER = 0.06  # of an axis: no number here, where the other axis has its own
SAVED = {"svg.hashsalt": "figure", "svg.fonttype": "path", "savefig.bbox": None, "savefig.transparent": False}
SAVING = Lock()


class Page:
    """A figure with a title that says the finding, a line under it, a body of panels and a note below.

    Places are in inches from the left edge and from the top of the body.
    """

    def __init__(self, body: float, title: str, subtitle: str, note: str, *, keys: tuple = ()) -> None:
        """Lay out the text, make the figure as tall as all of it, and draw the text and the key."""
        self.title, self.subtitle, self.width = title, subtitle, style.WIDTH
        self.frames: dict[Axes, tuple[float, float, float, float]] = {}
        inner = self.width - 2 * style.EDGE
        head = [(line, style.TITLE, style.INK) for line in wrap(title, style.TITLE, inner)]
        head += [(line, style.TEXT, style.SOFT) for line in wrap(subtitle, style.TEXT, inner)]
        foot = wrap(note, style.SMALL, inner)
        text = sum(size for _, size, _ in head) * style.LINE
        self.top = style.EDGE + text + 0.12 + (0.26 if keys else 0)
        self.height = self.top + body + 0.3 + len(foot) * style.SMALL * style.LINE
        self.figure = Figure((self.width, self.height), dpi=style.DPI, facecolor="white", layout="none")
        FigureCanvasAgg(self.figure)
        y = style.EDGE - self.top
        for line, size, colour in head:
            self.text(style.EDGE, y + size * style.LINE / 2, line, size=size, colour=colour)
            y += size * style.LINE
        self.key(y + 0.17, keys)
        self.text(style.EDGE, body + 0.15 + style.SMALL * style.LINE / 2, foot, colour=style.SOFT)

    def text(
        self, x: float, y: float, text: str | list[str], *, size: float = style.SMALL, colour: str = style.INK,
        ha: str = "left", veil: bool = False,
    ) -> None:  # fmt: skip
        """Write text with the middle of its first line at a place; lines share a baseline across the page.

        A ``veil`` keeps it readable over lines.
        """
        for line, part in enumerate(map(legible, [text] if isinstance(text, str) else text)):
            baseline = y + (line * style.LINE + style.MIDDLE_OF_LINE) * size
            self.figure.text(
                x / self.width, 1 - (self.top + baseline) / self.height, part, fontsize=size, color=colour, ha=ha,
                va="baseline", fontfamily=family(part), bbox=style.VEIL if veil else None,
                parse_math=False, usetex=False,
            )  # fmt: skip

    def line(self, start: tuple[float, float], end: tuple[float, float], **look: object) -> None:
        """Draw a straight line between two places; without a look, the thin one that leads from a mark to its label."""
        (x1, y1), (x2, y2) = start, end
        across = [x1 / self.width, x2 / self.width]
        height = [1 - (self.top + y1) / self.height, 1 - (self.top + y2) / self.height]
        self.figure.add_artist(Line2D(across, height, **({"color": style.GREY, "linewidth": 0.7} | look)))

    def key(self, y: float, keys: tuple) -> None:
        """Draw one row of (line or marker properties, text)."""
        x = style.EDGE
        for look, text in keys:
            length = 0.3 if look.get("linestyle", "none") != "none" else 0.1
            across = [x / self.width, (x + length) / self.width] if length > 0.1 else [(x + 0.05) / self.width]
            height = [1 - (self.top + y) / self.height] * len(across)
            self.figure.add_artist(Line2D(across, height, **look))
            self.text(x + length + 0.08, y, text, colour=style.SOFT)
            x += length + 0.08 + text_width(text, style.SMALL) + 0.3

    def axes(self, left: float, top: float, width: float, height: float, *, spines: str = "left bottom") -> Axes:
        """Add plain axes: at most two thin spines; ``ticks`` writes the numbers."""
        bottom = 1 - (self.top + top + height) / self.height
        axes = self.figure.add_axes(
            (left / self.width, bottom, width / self.width, height / self.height), facecolor="none"
        )
        axes.xaxis.set_visible(False)
        axes.yaxis.set_visible(False)
        for side, spine in axes.spines.items():
            spine.set(visible=side in spines, color=style.FAINT, linewidth=0.8)
        self.frames[axes] = (left, top, width, height)
        return axes

    def ticks(self, axes: Axes, side: str, places: list[float], texts: list[str], *, grid: bool = True) -> None:
        """Write labels along the x or the y axis, with grid lines.

        Own text and lines: matplotlib's ticks take most of the time of a page of small panels.
        """
        left, top, width, height = self.frames[axes]
        start, end = axes.get_xlim() if side == "x" else axes.get_ylim()
        for place, text in zip(places, texts, strict=True):
            along = (place - start) / (end - start)
            if side == "x":
                self.text(left + width * along, top + height + 0.13, text, colour=style.SOFT, ha="center")
            else:
                self.text(left - 0.06, top + height * (1 - along), text, colour=style.SOFT, ha="right")
        if grid and places:
            draw, across = (axes.vlines, axes.get_ylim()) if side == "x" else (axes.hlines, axes.get_xlim())
            draw(places, *across, color=style.GRID, linewidth=0.7, zorder=0.5)

    def numbers(self, axes: Axes, side: str, scaling: Scale, *, most: int = 4, signed: bool = False) -> None:
        """Put about ``most`` round numbers, and three if they fit, on an axis whose limits are set."""
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
    look = {"markersize": 5.5, "linestyle": "none"}
    return tuple(
        (look | {"marker": mark, "color": edge, "markerfacecolor": face}, say(word, lang))
        for word, (edge, face, mark) in style.VERDICTS.items()
        if word in seen
    )


def _decimals(step: float) -> int:
    """Return how many decimals write a tick step of 1, 2, 2.5 or 5 times a power of ten exactly."""
    return next((d for d in range(9) if abs(step * 10**d - round(step * 10**d)) < step * 10**d * 1e-6), 0)


def caption_of(figure: Figure) -> str:
    """Return the title that a figure carries: its first line of text and what continues it."""
    first = figure.texts[0]
    size = first.get_fontsize()
    lines = [
        text.get_text()
        for text in figure.texts
        if text.get_fontsize() == size and text.get_color() == first.get_color()
    ]
    return " ".join(lines) if first.get_text().isascii() else "".join(lines)


def save(figure: Figure, path: Path) -> Path:
    """Write a PNG or SVG beside its name and rename it; the same figure gives the same bytes."""
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    _write(figure, beside, path.suffix[1:])
    os.replace(beside, path)
    return path


def as_bytes(figure: Figure, kind: str = "png") -> bytes:
    """Return a figure as the bytes that ``save`` would write."""
    held = io.BytesIO()
    _write(figure, held, kind)
    return held.getvalue()


def _write(figure: Figure, to: Path | io.BytesIO, kind: str) -> None:
    kinds = {"svg": {"metadata": {"Title": figure.get_label(), "Date": None}}}
    kinds["png"] = {"metadata": {"Title": figure.get_label()}, "pil_kwargs": {"compress_level": 4}}
    with SAVING, rc_context(SAVED):
        figure.savefig(to, format=kind, dpi=style.DPI, facecolor="white", **kinds.get(kind, {}))
