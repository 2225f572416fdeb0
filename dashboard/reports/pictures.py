"""The figures of a report, each drawn once, with its title as caption."""

from collections.abc import Callable

from dashboard.figures import as_bytes, caption_of, planned
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


def picture(name: str, draw: Callable[[], object]) -> Picture:
    """Return one figure as a picture; its first sentence is its caption."""
    figure = draw()
    width, height = map(float, figure.get_size_inches())
    return Picture(name, caption_of(figure), figure.get_label(), as_bytes(figure), width, height)
