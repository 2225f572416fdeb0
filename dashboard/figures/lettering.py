"""Type: the font's file, the width of text, and where to break it."""

import importlib.util
import re
from functools import cache, lru_cache
from pathlib import Path

from matplotlib.font_manager import findfont, fontManager, get_font

FAMILY = ["Noto Sans SC", "DejaVu Sans"]
EM, HINTED = 100, 1.04


@cache
def font_file() -> Path:
    """Find the font file (Noto Sans SC, OFL) in its package without importing that package."""
    found = importlib.util.find_spec("zhplot")
    if not found or not found.submodule_search_locations:
        raise ImportError("the package zhplot, which holds the Chinese font, is not installed: see README.md")
    return Path(found.submodule_search_locations[0]) / "fonts" / "NotoSansSC-Regular.ttf"


@cache
def charmaps() -> tuple[frozenset[int], frozenset[int]]:
    """Make the font known to matplotlib, once, and return the code points of it and of the one to fall back on.

    It is put in front, so that no other font of its name, installed on the system, is taken.
    """
    known = len(fontManager.ttflist)
    fontManager.addfont(font_file())
    fontManager.ttflist[:0] = fontManager.ttflist[known:]
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
    """Break text into lines of at most ``width`` inches: at spaces, between Chinese characters, in endless words."""
    pieces = re.findall(r"[（《“]*[⺀-鿿＀-￯][，。、；：！？）》”％]*|[^\s⺀-鿿＀-￯]{1,24}|\s+", legible(text))
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
