"""The figures of a report, each drawn once, with its title as caption."""

from collections.abc import Callable

from matplotlib.figure import Figure

from dashboard.figures import as_bytes, planned
from dashboard.reports.content import Picture
from dashboard.reports.material import Material

WANTED = ("effects", "trade-off", "districts-vitality", "districts-three_burdens", "income-gaps")
TIME = "trajectories-"


def pictures_of(material: Material, lang: str) -> dict[str, Picture]:
    """Draw the figures that the results allow, by name."""
    found = {}
    for name, draw, reason in planned(material.tables, lang):
        if not reason and (name in WANTED or name.startswith(TIME)):
            found[name] = picture(name, draw)
    return found


def picture(name: str, draw: Callable[[], Figure]) -> Picture:
    """Return one figure as a picture; its first sentence is its caption."""
    figure = draw()
    width, height = map(float, figure.get_size_inches())
    return Picture(name, caption_of(figure), figure.get_label(), as_bytes(figure), width, height)


def caption_of(figure: Figure) -> str:
    """Return the title that a figure carries: its first line of text and what continues it."""
    first = figure.texts[0]
    size = first.get_fontsize()
    lines = [text.get_text() for text in figure.texts if text.get_fontsize() == size and text.get_color() == first.get_color()]
    return " ".join(lines) if first.get_text().isascii() else "".join(lines)
