"""Colours and dashes of the screen, the same as on paper; the baseline is always the same grey."""

from dataclasses import dataclass

from dashboard.figures import style

BASE = "#7A7A7A"
COLOURS = (style.BLUE, style.ORANGE, style.GREEN, style.PINK)
DASHES = ([1, 0], [7, 3], [2, 2], [8, 2, 2, 2])
GOOD, BAD, NEUTRAL, FAINT = style.BLUE, style.ORANGE, "#8A8F94", "#B5BCC2"
VERDICTS = {"better": GOOD, "worse": BAD, "changed": "#6B6F75", "slight": FAINT, "unclear": FAINT, "few": FAINT}


@dataclass(frozen=True, slots=True)
class Look:
    """How one scenario is drawn: its name in words, colour and dash."""

    name: str
    title: str
    colour: str
    dash: list[int]
    reference: bool = False


def looks_of(references: dict[str, str], chosen: dict[str, str]) -> list[Look]:
    """Return the looks of references (first, grey) and of up to four scenarios, given as ``{name: title}``."""
    greys = [([1, 0], BASE), ([4, 2], BASE), ([2, 2], BASE), ([1, 3], BASE), ([6, 2, 1, 2], BASE)]
    found = [Look(n, t, c, d, reference=True) for (n, t), (d, c) in zip(references.items(), greys, strict=False)]
    mine = zip(chosen.items(), COLOURS, DASHES, strict=False)
    return found + [Look(name, title, colour, dash) for (name, title), colour, dash in mine]
