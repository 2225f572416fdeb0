"""A report as a Word file: Chinese public-document typography or a plain one, with its own East Asian fonts."""

from io import BytesIO

import docx
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.section import Section as Page
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph as Line

from dashboard.reports.content import Grid, Paragraph, Part, Picture, Points, Report, Section
from dashboard.reports.docx_fonts import clean_styles, name_fonts, run_properties, set_fonts
from dashboard.reports.gbt9704 import STYLES, Look, Typography
from dashboard.reports.phrases import speak

A4 = (210, 297)
TALLEST = 200
TWO_CHARACTERS = 200
OURS = {"mark": "Report Mark", "small": "Report Small", "picture": "Report Picture", "caption": "Caption",
        "date": "Report Date", "lead": "Report Lead"}  # fmt: skip


class Writer:
    """A document that is being written."""

    def __init__(self, report: Report, typography: Typography) -> None:
        """Set page and styles."""
        self.report, self.look = report, typography
        self.document: Document = docx.Document()
        self.tables = self.figures = 0
        top, left, bottom, right = typography.margins
        self.width = A4[0] - left - right
        clean_styles(self.document, typography.body, report.lang)
        name_fonts(self.document)
        page = self.document.sections[0]
        page.page_width, page.page_height = Mm(A4[0]), Mm(A4[1])
        page.top_margin, page.left_margin, page.bottom_margin, page.right_margin = map(Mm, (top, left, bottom, right))
        page.footer_distance, page.header_distance = Mm(bottom - 12), Mm(min(top - 12, 20))
        self.styles()
        self.furnish(page)

    def styles(self) -> None:
        """Set every style that the report uses."""
        look, styles = self.look, self.document.styles
        self.set_style(styles["Normal"], look.body)
        self.set_style(styles["Title"], look.title)
        self.set_style(styles["Subtitle"], look.subtitle)
        for level, heading in enumerate(look.headings, start=1):
            self.set_style(styles[f"Heading {level}"], heading)
        self.set_style(styles["List Bullet"], Look(**{**fields(look.body), "indent": False}))
        small = fields(look.small)
        plain = {"mark": look.mark, "small": look.small, "lead": look.headings[0],
                 "picture": Look(**{**small, "line": None, "centred": True, "before": 6}),
                 "caption": Look(**{**small, "centred": True, "after": 6}),
                 "date": Look(**{**fields(look.body), "indent": False})}  # fmt: skip
        for key, name in OURS.items():
            known = [style.name for style in styles]
            style = styles[name] if name in known else styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
            self.set_style(style, plain[key])
        styles[OURS["date"]].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        styles[OURS["picture"]].paragraph_format.keep_with_next = True

    def set_style(self, style: ParagraphStyle, look: Look) -> None:
        """Set one style in full, so that nothing of the template shows through."""
        set_fonts(run_properties(style), look, self.report.lang)
        font, paragraph = style.font, style.paragraph_format
        font.size, font.bold, font.italic = Pt(look.size), look.bold, False
        font.color.rgb = RGBColor.from_string(look.colour)
        borders = style.element.get_or_add_pPr().find(qn("w:pBdr"))
        if borders is not None:
            borders.getparent().remove(borders)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER if look.centred else WD_ALIGN_PARAGRAPH.LEFT
        paragraph.space_before, paragraph.space_after = Pt(look.before), Pt(look.after)
        if look.line:
            paragraph.line_spacing_rule, paragraph.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(look.line)
        else:
            paragraph.line_spacing_rule, paragraph.line_spacing = WD_LINE_SPACING.SINGLE, 1.0
        if not style.name.startswith("List"):
            paragraph.first_line_indent = Pt(2 * look.size if look.indent else 0)
            indent = style.element.pPr.find(qn("w:ind"))
            indent.set(qn("w:firstLineChars"), str(TWO_CHARACTERS if look.indent else 0))

    def furnish(self, page: Page) -> None:
        """Put the page number outside on odd and even pages, and the mark on top of each."""
        self.document.settings.odd_and_even_pages_header_footer = True
        for footer, side in ((page.footer, WD_ALIGN_PARAGRAPH.RIGHT), (page.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT)):
            self.page_number(footer.paragraphs[0], side)
        for header in (page.header, page.even_page_header):
            line = header.paragraphs[0]
            line.style = self.document.styles[OURS["small"]]
            line.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            line.add_run(self.report.mark)

    def page_number(self, line: Line, side: WD_ALIGN_PARAGRAPH) -> None:
        """Write — 1 — with a field."""
        line.alignment = side
        line.paragraph_format.first_line_indent = Pt(0)
        line._p.get_or_add_pPr().find(qn("w:ind")).set(qn("w:firstLineChars"), "0")
        for text in ("— ", "PAGE", " —"):
            run = line.add_run("" if text == "PAGE" else text)
            run.font.size = Pt(self.look.page_number.size)
            set_fonts(run._r.get_or_add_rPr(), self.look.page_number, self.report.lang)
            if text == "PAGE":
                field = OxmlElement("w:fldSimple")
                field.set(qn("w:instr"), "PAGE")
                shown = run._r
                line._p.remove(shown)
                run.text = "1"
                field.append(shown)
                line._p.append(field)

    def write(self) -> None:
        """Write the whole report."""
        report, document = self.report, self.document
        document.core_properties.title, document.core_properties.author = report.title, "Shidian"
        document.core_properties.comments = report.mark
        document.add_paragraph(report.mark, OURS["mark"])
        document.add_paragraph(report.title, "Title")
        document.add_paragraph(report.subtitle, "Subtitle")
        if report.abstract:
            document.add_paragraph(speak("abstract", report.lang), OURS["lead"])
        for text in report.abstract:
            document.add_paragraph(text)
        dated = False
        for section in report.sections:
            if section.annex and not dated:
                dated = self.date()
            self.section(section, 1)
        if not dated:
            self.date()

    def date(self) -> bool:
        """Write the date at the end of the text, before the annexes."""
        self.document.add_paragraph(self.report.date, OURS["date"])
        return True

    def section(self, section: Section, level: int) -> None:
        """Write a heading and what is below it."""
        heading = self.document.add_paragraph(section.title, f"Heading {min(level, len(self.look.headings))}")
        heading.paragraph_format.page_break_before = True if section.annex else None
        for part in section.parts:
            self.part(part)
        for inner in section.sections:
            self.section(inner, level + 1)

    def part(self, part: Part) -> None:
        """Write one part; long tables are left to the workbook."""
        if isinstance(part, Paragraph):
            self.document.add_paragraph(part.text)
        elif isinstance(part, Points):
            for item in part.items:
                self.document.add_paragraph(item, "List Bullet" if self.look.bullets else None)
        elif isinstance(part, Picture):
            self.picture(part)
        elif not part.long:
            self.table(part)

    def picture(self, picture: Picture) -> None:
        """Place a picture as wide as the text, with its caption and its text for those who cannot see it."""
        self.figures += 1
        width = min(self.width, TALLEST * picture.width / picture.height)
        line = self.document.add_paragraph(style=OURS["picture"])
        shape = line.add_run().add_picture(BytesIO(picture.png), width=Mm(width))
        shape._inline.docPr.set("descr", picture.alt)
        shape._inline.docPr.set("title", picture.caption)
        self.document.add_paragraph(
            speak("figure", self.report.lang, n=self.figures, caption=picture.caption), OURS["caption"]
        )

    def table(self, grid: Grid) -> None:
        """Write a table with its caption above, heads on every page, and no row torn apart."""
        self.tables += 1
        caption = self.document.add_paragraph(
            speak("table", self.report.lang, n=self.tables, caption=grid.caption), OURS["caption"]
        )
        caption.paragraph_format.keep_with_next = True
        caption.paragraph_format.space_before = Pt(6)
        table = self.document.add_table(len(grid.rows) + 1, len(grid.heads), "Table Grid")
        table.autofit = False
        weights = grid.widths or (1,) * len(grid.heads)
        widths = [Mm(self.width * w / sum(weights)) for w in weights]
        for column, width in zip(table.columns, widths, strict=True):
            column.width = width
        for r, texts in enumerate((grid.heads, *grid.rows)):
            row = table.rows[r]
            properties = row._tr.get_or_add_trPr()
            properties.append(OxmlElement("w:cantSplit"))
            if r == 0:
                properties.append(OxmlElement("w:tblHeader"))
            for cell, text, width in zip(row.cells, texts, widths, strict=True):
                cell.width = width
                cell.paragraphs[0].style = self.document.styles[OURS["small"]]
                cell.paragraphs[0].add_run(text).bold = r == 0 or None
        self.document.add_paragraph(grid.note, OURS["small"])


def fields(look: Look) -> dict:
    """Return a look as keyword arguments."""
    return {name: getattr(look, name) for name in Look.__slots__}


def render(report: Report, style: str) -> bytes:
    """Return the file."""
    writer = Writer(report, STYLES[style])
    writer.write()
    held = BytesIO()
    writer.document.save(held)
    return held.getvalue()
