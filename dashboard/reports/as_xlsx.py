"""A report as a workbook: labels in the first row, machine keys in the second, then values; texts stay texts."""

from io import BytesIO

from openpyxl import Workbook
from openpyxl.drawing.image import Image
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from dashboard.reports.content import Report, Sheet
from dashboard.reports.phrases import speak

FONT = {"en": "Calibri", "zh": "微软雅黑"}
SOFT, BAND = "595959", "E8EEF3"
WIDEST, NARROWEST, WIDE_CHARACTER = 60, 8, 1.9
PIXELS = 96 * 0.8


def render(report: Report, _style: str) -> bytes:
    """Return the file."""
    book = Workbook()
    book.remove(book.active)
    book.properties.title, book.properties.creator = report.title, "Shidian"
    for sheet in report.sheets:
        page = book.create_sheet(sheet.title)
        page.sheet_view.showGridLines = not sheet.pictures
        if sheet.pictures:
            place_pictures(page, sheet, report.lang)
        else:
            fill(page, sheet, report.lang)
    first = book.worksheets[0]
    first.oddFooter.center.text = report.mark
    held = BytesIO()
    book.save(held)
    return held.getvalue()


def fill(page: Worksheet, sheet: Sheet, lang: str) -> None:
    """Write heads, keys and rows; freeze the heads and let columns be filtered."""
    page.append(list(sheet.heads))
    page.append(list(sheet.keys))
    for row in sheet.rows:
        page.append(list(row))
    for cell in page[1]:
        cell.font = Font(name=FONT[lang], bold=True)
        cell.fill = PatternFill("solid", fgColor=BAND)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    for cell in page[2]:
        cell.font = Font(name="Consolas", size=9, color=SOFT)
    for row in page.iter_rows():
        for cell in row:
            if cell.row > len(("heads", "keys")):
                cell.font = Font(name=FONT[lang])
            if cell.data_type == "f":  # a text that only looks like a formula
                cell.data_type = "s"
    for k, head in enumerate(sheet.heads):
        texts = [head, *(str(row[k]) for row in sheet.rows[:400] if isinstance(row[k], str))]
        page.column_dimensions[get_column_letter(k + 1)].width = width(texts)
    page.freeze_panes = "A3"
    page.auto_filter.ref = f"A2:{get_column_letter(len(sheet.keys))}{page.max_row}"


def width(texts: list[str]) -> float:
    """Return a column's width in characters; a Chinese one is wider."""
    longest = max(sum(WIDE_CHARACTER if ord(c) > 0x2E7F else 1 for c in text) for text in texts)
    return min(max(longest + 2, NARROWEST), WIDEST)


def place_pictures(page: Worksheet, sheet: Sheet, lang: str) -> None:
    """Place the pictures below each other, each under its caption."""
    row = 1
    for n, picture in enumerate(sheet.pictures, start=1):
        page.cell(row, 1, speak("figure", lang, n=n, caption=picture.caption)).font = Font(name=FONT[lang], bold=True)
        image = Image(BytesIO(picture.png))
        image.width, image.height = round(picture.width * PIXELS), round(picture.height * PIXELS)
        page.add_image(image, f"A{row + 1}")
        row += int(image.height / 20) + 4
