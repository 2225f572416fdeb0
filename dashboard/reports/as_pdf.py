"""A report as PDF with its fonts inside, a part of the shipped Noto Sans SC; no other program is needed."""

from io import BytesIO

from fpdf import FPDF
from fpdf.enums import TableBordersLayout, XPos, YPos
from fpdf.fonts import FontFace

from dashboard.figures.lettering import font_file, legible, wrap
from dashboard.reports.content import Grid, Paragraph, Part, Picture, Points, Report, Section
from dashboard.reports.phrases import speak

LANGUAGE = {"en": "en", "zh": "zh-CN"}
MARGIN, BOTTOM, INCH = 22.0, 20.0, 25.4
LINE = 1.55 / 72 * INCH
INK, SOFT, ACCENT, BAND = (26, 26, 26), (89, 89, 89), (0, 114, 178), (238, 242, 246)
SIZES = {"title": 20.0, "h1": 15.0, "h2": 12.5, "h3": 11.0, "text": 10.5, "small": 8.5}
TALLEST, PADDING, BULLET = 190.0, 1.0, 4.5
NO_BREAK_BEFORE = 30.0


class Paper(FPDF):
    """Pages with the mark on top and the number below."""

    def __init__(self, report: Report) -> None:
        """Set page, font, language and facts about the file."""
        super().__init__(format="A4", unit="mm")
        self.report = report
        self.set_margins(MARGIN, MARGIN)
        self.set_auto_page_break(True, BOTTOM)
        self.c_margin = 0  # lines are broken to the full width already
        self.add_font("Noto", fname=font_file())
        self.set_font("Noto", size=SIZES["text"])
        self.set_lang(LANGUAGE[report.lang])
        self.set_title(report.title)
        self.set_subject(report.mark)
        self.set_creator("Shidian")
        self.tables = self.figures = 0

    def header(self) -> None:
        """Write the mark."""
        self.set_y(MARGIN - 10)
        self.line_of(self.report.mark, "small", SOFT, align="R")
        self.set_y(MARGIN)

    def footer(self) -> None:
        """Write the page number."""
        self.set_y(-BOTTOM + 6)
        self.line_of(speak("page", self.report.lang, n=self.page_no()), "small", SOFT, align="C")

    def line_of(self, text: str, size: str, colour: tuple[int, int, int], align: str = "L") -> None:
        """Write one line."""
        self.set_font_size(SIZES[size])
        self.set_text_color(*colour)
        self.cell(0, SIZES[size] * LINE, legible(text), align=align, new_x=XPos.LMARGIN, new_y=YPos.NEXT)

    def block(self, text: str, size: str = "text", colour: tuple[int, int, int] = INK, *, indent: float = 0.0) -> None:
        """Write a paragraph, broken where Chinese and English allow it."""
        self.set_font_size(SIZES[size])
        self.set_text_color(*colour)
        width = self.epw - indent
        lines = wrap(text, SIZES[size], width / INCH)
        self.set_x(self.l_margin + indent)
        self.multi_cell(width, SIZES[size] * LINE, "\n".join(lines), align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        self.ln(1.2)

    def write_all(self) -> None:
        """Write the whole report."""
        report = self.report
        self.add_page()
        self.block(report.title, "title")
        self.block(report.subtitle, "small", SOFT)
        self.block(f"{report.mark}  ·  {report.date}", "small", ACCENT)
        if report.abstract:
            self.heading(speak("abstract", report.lang), 1)
        for text in report.abstract:
            self.block(text)
        for section in report.sections:
            self.section(section, 1)

    def heading(self, text: str, level: int) -> None:
        """Write a heading with an entry in the outline, never alone at the foot of a page."""
        if self.will_page_break(NO_BREAK_BEFORE):
            self.add_page()
        self.ln(4 if level == 1 else 2)
        self.start_section(legible(text), level - 1)
        self.block(text, f"h{min(level, 3)}", ACCENT if level == 1 else INK)

    def section(self, section: Section, level: int) -> None:
        """Write a section and what is below it."""
        if section.annex:
            self.add_page()
        self.heading(section.title, level)
        for part in section.parts:
            self.part(part)
        for inner in section.sections:
            self.section(inner, level + 1)

    def part(self, part: Part) -> None:
        """Write one part; long tables are left to the workbook."""
        if isinstance(part, Paragraph):
            self.block(part.text)
        elif isinstance(part, Points):
            for item in part.items:
                self.point(item)
        elif isinstance(part, Picture):
            self.picture(part)
        elif not part.long:
            self.grid(part)

    def point(self, text: str) -> None:
        """Write one point of a list."""
        if self.will_page_break(SIZES["text"] * LINE):
            self.add_page()
        self.set_font_size(SIZES["text"])
        self.set_text_color(*ACCENT)
        self.cell(BULLET, SIZES["text"] * LINE, "•")
        self.block(text, indent=BULLET)

    def picture(self, picture: Picture) -> None:
        """Place a picture with its caption."""
        self.figures += 1
        width = min(self.epw, TALLEST * picture.width / picture.height)
        if self.will_page_break(width * picture.height / picture.width + 8):
            self.add_page()
        self.image(BytesIO(picture.png), w=width, alt_text=legible(picture.alt), title=legible(picture.caption))
        self.block(speak("figure", self.report.lang, n=self.figures, caption=picture.caption), "small", SOFT)

    def grid(self, grid: Grid) -> None:
        """Write a table with its heads on every page."""
        self.tables += 1
        if self.will_page_break(NO_BREAK_BEFORE):
            self.add_page()
        self.block(speak("table", self.report.lang, n=self.tables, caption=grid.caption), "small", SOFT)
        weights = grid.widths or (1,) * len(grid.heads)
        widths = [self.epw * w / sum(weights) for w in weights]
        self.set_font_size(SIZES["small"])
        self.set_text_color(*INK)
        self.set_draw_color(190)
        face = FontFace(fill_color=BAND, color=INK)
        with self.table(
            col_widths=widths, headings_style=face, line_height=SIZES["small"] * LINE * 0.9, padding=PADDING,
            borders_layout=TableBordersLayout.HORIZONTAL_LINES, text_align="LEFT",
        ) as table:  # fmt: skip
            for texts in (grid.heads, *grid.rows):
                row = table.row()
                for text, width in zip(texts, widths, strict=True):
                    row.cell(broken(text, width - 2 * PADDING - 1))
        self.ln(1)
        if grid.note:
            self.block(grid.note, "small", SOFT)


def broken(text: str, width: float) -> str:
    """Return the text of a cell, its lines broken to a width in millimetres."""
    return "\n".join(part for line in text.split("\n") for part in wrap(line, SIZES["small"], width / INCH))


def render(report: Report, _style: str) -> bytes:
    """Return the file."""
    paper = Paper(report)
    paper.write_all()
    return bytes(paper.output())
