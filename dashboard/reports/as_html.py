"""A report as one HTML file: pictures inside, nothing loaded, light and dark, printable, readable by ear."""

from base64 import b64encode
from collections.abc import Iterator
from html import escape
from io import BytesIO

from dashboard.reports.content import Grid, Paragraph, Part, Picture, Points, Report, Section
from dashboard.reports.phrases import speak

LANGUAGE = {"en": "en", "zh": "zh-CN"}
POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'"
STYLE = """
:root{color-scheme:light dark;--ink:#1a1a1a;--soft:#595959;--line:#d5d5d5;--ground:#fff;--band:#f4f6f8;--accent:#0072B2}
@media (prefers-color-scheme:dark){:root{--ink:#ececec;--soft:#b4b4b4;--line:#3d434a;--ground:#14181c;--band:#1e242a;
--accent:#6db9e8}}
*{box-sizing:border-box}
body{margin:0;background:var(--ground);color:var(--ink);line-height:1.65;
font-family:"PingFang SC","Microsoft YaHei","Noto Sans SC","Noto Sans CJK SC",system-ui,sans-serif;
overflow-wrap:anywhere}
:lang(en) body,body:lang(en){font-family:system-ui,"Segoe UI",Arial,"Noto Sans SC",sans-serif}
main,header,nav{max-width:58rem;margin:0 auto;padding:0 1.25rem}
header{padding-top:2.5rem}
h1{font-size:1.9rem;line-height:1.3;margin:0 0 .5rem}
h2{font-size:1.4rem;margin:2.6rem 0 .8rem;padding-top:.8rem;border-top:1px solid var(--line)}
h3{font-size:1.12rem;margin:1.8rem 0 .5rem}
p,li{max-width:46rem}
.soft,figcaption,.note{color:var(--soft);font-size:.92rem}
.mark{display:inline-block;border:1px solid var(--accent);color:var(--accent);border-radius:.3rem;padding:.1rem .6rem}
.abstract{background:var(--band);border-left:4px solid var(--accent);padding:.4rem 1.2rem;margin:1.5rem 0}
a{color:var(--accent)}
nav ol{list-style:none;padding:0;columns:2 18rem}
.skip{position:absolute;left:-999rem}
.skip:focus{left:1rem;top:1rem;background:var(--ground);padding:.5rem}
.wide{overflow-x:auto;margin:1rem 0}
.wide:focus{outline:2px solid var(--accent)}
table{border-collapse:collapse;font-size:.92rem;min-width:32rem;width:100%}
caption{text-align:left;font-weight:600;padding:.4rem 0}
th,td{border-bottom:1px solid var(--line);padding:.35rem .6rem;text-align:left;vertical-align:top}
thead th{border-bottom:2px solid var(--soft);vertical-align:bottom}
tbody th{font-weight:400}
figure{margin:1.5rem 0}
figure img{width:100%;height:auto;background:#fff;border:1px solid var(--line);border-radius:.4rem}
summary{cursor:pointer;color:var(--accent)}
@media print{nav,.skip{display:none}:root{--ink:#000;--ground:#fff;--band:#fff}
h2,h3{break-after:avoid}figure,tr{break-inside:avoid}.annex{break-before:page}.wide{overflow:visible}details:not([open]){display:none}}
"""


def render(report: Report, _style: str) -> bytes:
    """Return the file."""
    held = BytesIO()
    held.write("".join(pieces(report)).encode())
    return held.getvalue()


def pieces(report: Report) -> Iterator[str]:
    """Yield the document part by part."""
    numbers = Numbers()
    yield f'<!doctype html>\n<html lang="{LANGUAGE[report.lang]}">\n<head>\n<meta charset="utf-8">\n'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
    yield f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n'
    yield f"<title>{escape(report.title)}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n"
    yield f'<a class="skip" href="#content">{escape(speak("skip", report.lang))}</a>\n'
    yield f'<header>\n<p class="mark">{escape(report.mark)}</p>\n<h1>{escape(report.title)}</h1>\n'
    yield f'<p class="soft">{escape(report.subtitle)}<br>{escape(report.date)}</p>\n</header>\n'
    yield f'<nav aria-label="{escape(speak("contents", report.lang))}"><ol>'
    for k, section in enumerate(report.sections):
        yield f'<li><a href="#s{k}">{escape(section.title)}</a></li>'
    yield '</ol></nav>\n<main id="content">\n'
    if report.abstract:
        yield f'<section class="abstract"><h3>{escape(speak("abstract", report.lang))}</h3>'
        yield from (f"<p>{escape(text)}</p>" for text in report.abstract)
        yield "</section>\n"
    for k, section in enumerate(report.sections):
        yield from section_pieces(section, 2, f"s{k}", numbers, report.lang)
    yield "</main>\n</body>\n</html>\n"


class Numbers:
    """Counts tables and figures."""

    def __init__(self) -> None:
        """Begin before the first of each."""
        self.tables = self.figures = 0


def section_pieces(section: Section, depth: int, name: str, numbers: Numbers, lang: str) -> Iterator[str]:
    """Yield a section and what is below it."""
    kind = ' class="annex"' if section.annex else ""
    yield f'<section{kind} aria-labelledby="{name}">\n<h{depth} id="{name}">{escape(section.title)}</h{depth}>\n'
    for part in section.parts:
        yield part_piece(part, numbers, lang)
    for k, inner in enumerate(section.sections):
        yield from section_pieces(inner, min(depth + 1, 6), f"{name}-{k}", numbers, lang)
    yield "</section>\n"


def part_piece(part: Part, numbers: Numbers, lang: str) -> str:
    """Return one part."""
    if isinstance(part, Paragraph):
        return f"<p>{escape(part.text)}</p>\n"
    if isinstance(part, Points):
        return "<ul>" + "".join(f"<li>{escape(item)}</li>" for item in part.items) + "</ul>\n"
    if isinstance(part, Grid):
        numbers.tables += 1
        return table(part, speak("table", lang, n=numbers.tables, caption=part.caption), lang)
    numbers.figures += 1
    return figure(part, speak("figure", lang, n=numbers.figures, caption=part.caption))


def table(grid: Grid, caption: str, lang: str) -> str:
    """Return a table with heads for columns and rows; a long one folded."""
    heads = "".join(f'<th scope="col">{escape(head)}</th>' for head in grid.heads)
    rows = "".join(row(cells) for cells in grid.rows)
    note = f'<p class="note">{escape(grid.note)}</p>\n' if grid.note else ""
    body = (
        f'<div class="wide" tabindex="0" role="region" aria-label="{escape(caption)}"><table><caption>{escape(caption)}'
        f"</caption><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>\n{note}"
    )
    if not grid.long:
        return body
    return f"<details><summary>{escape(speak('folded', lang, n=len(grid.rows)))}</summary>{body}</details>\n"


def row(cells: tuple[str, ...]) -> str:
    """Return one row, its first cell as its head."""
    rest = "".join(f"<td>{broken(cell)}</td>" for cell in cells[1:])
    return f'<tr><th scope="row">{broken(cells[0])}</th>{rest}</tr>'


def broken(text: str) -> str:
    """Return the text of a cell with its line breaks."""
    return escape(text).replace("\n", "<br>")


def figure(picture: Picture, caption: str) -> str:
    """Return a picture with its text for those who cannot see it."""
    data = b64encode(picture.png).decode("ascii")
    return (
        f'<figure><img alt="{escape(picture.alt)}" src="data:image/png;base64,{data}">'
        f"<figcaption>{escape(caption)}</figcaption></figure>\n"
    )
