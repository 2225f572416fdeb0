"""What a report says, free of any format: sections of paragraphs, lists, tables and pictures, slides and sheets.

It is built once from saved results; each format only renders it.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of plain text."""

    text: str


@dataclass(frozen=True, slots=True)
class Points:
    """A list of sentences."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: heads and rows of text. A ``long`` one is folded in HTML and left to the workbook on paper."""

    caption: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""
    long: bool = False
    widths: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Picture:
    """A figure as PNG, with its title and a sentence for those who cannot see it."""

    name: str
    caption: str
    alt: str
    png: bytes
    width: float
    height: float


Part = Paragraph | Points | Grid | Picture


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with what stands under it; an ``annex`` begins on a new page."""

    title: str
    parts: tuple[Part, ...] = ()
    sections: tuple["Section", ...] = ()
    annex: bool = False


@dataclass(frozen=True, slots=True)
class Slide:
    """One slide: a title, a few sentences, and at most one table or picture."""

    title: str
    points: tuple[str, ...] = ()
    shown: Grid | Picture | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of a workbook: labels in the first row, machine keys in the second, then values or pictures."""

    title: str
    heads: tuple[str, ...]
    keys: tuple[str, ...]
    rows: tuple[tuple[object, ...], ...]
    pictures: tuple[Picture, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """A whole report in one language; ``date`` is the day on which its results were finished."""

    lang: str
    title: str
    subtitle: str
    mark: str
    date: str
    abstract: tuple[str, ...]
    sections: tuple[Section, ...]
    slides: tuple[Slide, ...] = ()
    sheets: tuple[Sheet, ...] = ()
