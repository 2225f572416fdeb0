"""Typography of Chinese public documents (GB/T 9704-2012) and of a plain report: sizes, fonts and margins as data.

Fonts are named, not shipped: the reader's Word or WPS has them, or takes the other name given. No red head, no document
number and no seal: a report of a model is not an official document.
"""

from dataclasses import dataclass

LATIN = "Times New Roman"
SONG, FANGSONG, HEI, KAI, TITLE = "宋体", "仿宋_GB2312", "黑体", "楷体_GB2312", "方正小标宋简体"
OTHER_NAMES = {TITLE: SONG, FANGSONG: "仿宋", KAI: "楷体"}


@dataclass(frozen=True, slots=True)
class Look:
    """One kind of paragraph: East Asian and Latin font, size in points, and how it is set."""

    asian: str
    latin: str
    size: float
    bold: bool = False
    centred: bool = False
    indent: bool = False
    line: float | None = None
    before: float = 0.0
    after: float = 0.0
    colour: str = "000000"


@dataclass(frozen=True, slots=True)
class Typography:
    """All kinds of paragraphs of a style, and the margins in millimetres (top, left, bottom, right)."""

    margins: tuple[float, float, float, float]
    title: Look
    subtitle: Look
    headings: tuple[Look, ...]
    body: Look
    small: Look
    mark: Look
    page_number: Look
    bullets: bool = False


LINE = 28.9
OFFICIAL = Typography(
    margins=(37, 28, 35, 26),
    title=Look(TITLE, LATIN, 22, centred=True, line=32, before=14, after=14),
    subtitle=Look(KAI, LATIN, 16, centred=True, line=LINE),
    headings=(
        Look(HEI, LATIN, 16, indent=True, line=LINE),
        Look(KAI, LATIN, 16, indent=True, line=LINE),
        Look(FANGSONG, LATIN, 16, indent=True, line=LINE),
    ),
    body=Look(FANGSONG, LATIN, 16, indent=True, line=LINE),
    small=Look(FANGSONG, LATIN, 9, line=13),
    mark=Look(HEI, LATIN, 16, line=LINE),
    page_number=Look(SONG, SONG, 14),
)
PLAIN_ASIAN, PLAIN_LATIN, ACCENT = "微软雅黑", "Calibri", "0B5C8F"
PLAIN = Typography(
    margins=(25, 25, 22, 25),
    title=Look(PLAIN_ASIAN, PLAIN_LATIN, 22, bold=True, before=6, after=6, line=32),
    subtitle=Look(PLAIN_ASIAN, PLAIN_LATIN, 11, colour="595959", after=6),
    headings=(
        Look(PLAIN_ASIAN, PLAIN_LATIN, 15, bold=True, before=16, after=6, colour=ACCENT),
        Look(PLAIN_ASIAN, PLAIN_LATIN, 12, bold=True, before=10, after=4),
        Look(PLAIN_ASIAN, PLAIN_LATIN, 11, bold=True, before=8, after=4),
    ),
    body=Look(PLAIN_ASIAN, PLAIN_LATIN, 11, line=19, after=5),
    small=Look(PLAIN_ASIAN, PLAIN_LATIN, 9, line=13),
    mark=Look(PLAIN_ASIAN, PLAIN_LATIN, 11, bold=True, colour=ACCENT),
    page_number=Look(PLAIN_ASIAN, PLAIN_LATIN, 10),
    bullets=True,
)
STYLES = {"official": OFFICIAL, "plain": PLAIN}
