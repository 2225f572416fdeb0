"""A report as slides, 16:9, with East Asian fonts on every run and in the theme."""

from io import BytesIO

from lxml import etree
from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.oxml.ns import qn
from pptx.presentation import Presentation as Deck
from pptx.slide import Slide as Page
from pptx.text.text import TextFrame, _Run
from pptx.util import Inches, Pt

from dashboard.reports.content import Grid, Picture, Report, Slide

ASIAN, LATIN = "微软雅黑", {"en": "Calibri", "zh": "微软雅黑"}
SIZE, EDGE = (13.333, 7.5), 0.6
TOP, BOTTOM = 1.35, 0.65
INK, SOFT, ACCENT = (RGBColor(0x1A, 0x1A, 0x1A), RGBColor(0x59, 0x59, 0x59), RGBColor(0x0B, 0x5C, 0x8F))
WHITE, BAND = RGBColor(0xFF, 0xFF, 0xFF), RGBColor(0xF1, 0xF5, 0xF8)
DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
TITLE_ONLY = 5
LARGEST, SMALLEST = 22.0, 11.0
LEADING, WIDE, NARROW = 1.35, 1.0, 0.52


class Slides:
    """A deck that is being made."""

    def __init__(self, report: Report) -> None:
        """Make an empty deck of the right shape and fonts."""
        self.report = report
        self.deck: Deck = Presentation()
        self.deck.slide_width, self.deck.slide_height = Inches(SIZE[0]), Inches(SIZE[1])
        self.deck.core_properties.title, self.deck.core_properties.author = report.title, "Shidian"
        set_theme(self.deck, LATIN[report.lang])

    def make(self) -> None:
        """Make every slide."""
        self.cover()
        for slide in self.report.slides:
            page = self.page(slide.title)
            if isinstance(slide.shown, Picture):
                self.picture(page, slide.shown, slide.points)
            elif isinstance(slide.shown, Grid):
                self.grid(page, slide.shown)
            else:
                self.points(page, slide)

    def cover(self) -> None:
        """Make the first slide."""
        page = self.deck.slides.add_slide(self.deck.slide_layouts[TITLE_ONLY])
        place(page.shapes.title, (EDGE, 2.1, SIZE[0] - 2 * EDGE, 1.6))
        self.say(page.shapes.title.text_frame, [self.report.title], 36, INK)
        box = page.shapes.add_textbox(Inches(EDGE), Inches(3.9), Inches(SIZE[0] - 2 * EDGE), Inches(1.6)).text_frame
        self.say(box, [self.report.subtitle, self.report.date, self.report.mark], 18, SOFT)
        self.foot(page)

    def page(self, title: str) -> Page:
        """Add a slide with its title and its foot."""
        page = self.deck.slides.add_slide(self.deck.slide_layouts[TITLE_ONLY])
        place(page.shapes.title, (EDGE, 0.4, SIZE[0] - 2 * EDGE, 0.8))
        self.say(page.shapes.title.text_frame, [title], 28, ACCENT)
        self.foot(page)
        return page

    def foot(self, page: Page) -> None:
        """Write the mark and the number of the slide."""
        width = SIZE[0] - 2 * EDGE
        box = page.shapes.add_textbox(Inches(EDGE), Inches(SIZE[1] - 0.5), Inches(width), Inches(0.35)).text_frame
        self.say(box, [f"{self.report.mark}    {len(self.deck.slides)}"], 11, SOFT)

    def points(self, page: Page, slide: Slide) -> None:
        """Write sentences as large as they fit."""
        width, height = SIZE[0] - 2 * EDGE, SIZE[1] - TOP - BOTTOM
        size = fitting(slide.points, width, height)
        box = page.shapes.add_textbox(Inches(EDGE), Inches(TOP), Inches(width), Inches(height)).text_frame
        self.say(box, [f"• {text}" for text in slide.points], size, INK, after=size * 0.5)

    def picture(self, page: Page, picture: Picture, points: tuple[str, ...]) -> None:
        """Place a picture as large as it fits; its title is in it already, so the sentences are notes."""
        width, height = SIZE[0] - 2 * EDGE, SIZE[1] - TOP - BOTTOM + 0.1
        scale = min(width / picture.width, height / picture.height)
        size = picture.width * scale, picture.height * scale
        left = (SIZE[0] - size[0]) / 2
        shape = page.shapes.add_picture(BytesIO(picture.png), Inches(left), Inches(TOP - 0.1), *map(Inches, size))
        shape._element.nvPicPr.cNvPr.set("descr", picture.alt)
        self.say(page.notes_slide.notes_text_frame, [*points, picture.alt], 12, INK)

    def grid(self, page: Page, grid: Grid) -> None:
        """Write a table, with its note below."""
        width, rows = SIZE[0] - 2 * EDGE, len(grid.rows) + 1
        tall = min(0.5, (SIZE[1] - TOP - BOTTOM - 0.7) / rows)
        box = (EDGE, TOP, width, tall * rows)
        table = page.shapes.add_table(rows, len(grid.heads), *map(Inches, box)).table
        weights = grid.widths or (1,) * len(grid.heads)
        for column, weight in zip(table.columns, weights, strict=True):
            column.width = Inches(width * weight / sum(weights))
        size = max(min(16.0, tall * 72 / 2.2), SMALLEST)
        for r, texts in enumerate((grid.heads, *grid.rows)):
            table.rows[r].height = Inches(tall)
            for k, text in enumerate(texts):
                cell = table.cell(r, k)
                cell.fill.solid()
                cell.fill.fore_color.rgb = ACCENT if r == 0 else WHITE if r % 2 else BAND
                cell.vertical_anchor = MSO_ANCHOR.MIDDLE
                self.say(cell.text_frame, [text], size, WHITE if r == 0 else INK)
        note = page.shapes.add_textbox(Inches(EDGE), Inches(SIZE[1] - BOTTOM - 0.6), Inches(width), Inches(0.6))
        self.say(note.text_frame, [grid.note], 12, SOFT)

    def say(self, frame: TextFrame, texts: list[str], size: float, colour: RGBColor, *, after: float = 0) -> None:
        """Write paragraphs of one size."""
        frame.word_wrap = True
        for k, text in enumerate(texts):
            paragraph = frame.paragraphs[0] if k == 0 else frame.add_paragraph()
            paragraph.space_after, paragraph.alignment = Pt(after), PP_ALIGN.LEFT
            run = paragraph.add_run()
            run.text = text
            run.font.size, run.font.color.rgb, run.font.bold = Pt(size), colour, False
            set_font(run, LATIN[self.report.lang])


def place(shape, box: tuple[float, float, float, float]) -> None:
    """Put a shape in its place, in inches."""
    shape.left, shape.top, shape.width, shape.height = map(Inches, box)


def set_font(run: _Run, latin: str) -> None:
    """Set the Latin and the East Asian font of a run; python-pptx itself sets the first only."""
    run.font.name = latin
    properties = run._r.get_or_add_rPr()
    for old in properties.findall(qn("a:ea")):
        properties.remove(old)
    asian = etree.SubElement(properties, qn("a:ea"))
    asian.set("typeface", ASIAN)
    properties.find(qn("a:latin")).addnext(asian)


def set_theme(deck: Deck, latin: str) -> None:
    """Set both fonts of the theme, for whatever is added by hand later."""
    for master in deck.slide_masters:
        part = master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
        root = etree.fromstring(part.blob)
        for kind in ("majorFont", "minorFont"):
            for fonts in root.iter(f"{DRAWING}{kind}"):
                fonts.find(f"{DRAWING}latin").set("typeface", latin)
                fonts.find(f"{DRAWING}ea").set("typeface", ASIAN)
        part._blob = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def fitting(texts: tuple[str, ...], width: float, height: float) -> float:
    """Return the largest size in points at which sentences fit a box of so many inches."""
    size = LARGEST
    while size > SMALLEST and sum(tall(text, size, width) for text in texts) > height:
        size -= 0.5
    return size


def tall(text: str, size: float, width: float) -> float:
    """Return the inches that a sentence takes, with the space after it; Chinese characters are as wide as high."""
    ems = 1.5 + sum(WIDE if ord(c) > 0x2E7F else NARROW for c in text)
    lines = -(-ems * size / 72 // (width * 0.96))
    return (lines * LEADING + 0.5) * size / 72


def render(report: Report, _style: str) -> bytes:
    """Return the file."""
    slides = Slides(report)
    slides.make()
    held = BytesIO()
    slides.deck.save(held)
    return held.getvalue()
